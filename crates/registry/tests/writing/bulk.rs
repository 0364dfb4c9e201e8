//! What is reported of many at once: what the amounts have in common is read once, and each finds its own period.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ketnoi_domain::{
    Head, Id, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, Measurement, Outcome, Period, Text, query::Filter,
};
use ketnoi_registry::{Actual, NewHead, Reading, Reference, Saved, UserErrorCode};
use ketnoi_test_support::{TestDb, on_both_databases};
use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id as Span, Record},
    subscriber::set_default,
};

use crate::support::{at, id, make_programme, of, officer, refused, result, said};

const FEW: usize = 2;
const MANY: usize = 40;

/// Hears of every statement that runs in a transaction: sea-orm opens a span for each.
struct Heard(Arc<AtomicU64>);

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let runs = ["execute_raw", "execute_unprepared", "query_one_raw", "query_all_raw"];
        metadata.is_span() && metadata.target() == "sea_orm::database::transaction" && runs.contains(&metadata.name())
    }
    fn new_span(&self, _: &Attributes<'_>) -> Span {
        Span::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
    fn record(&self, _: &Span, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Span, _: &Span) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Span) {}
    fn exit(&self, _: &Span) {}
}

/// How many statements work takes within transactions. All of it is done by the thread of the test.
async fn statements_of(work: impl Future<Output = Vec<Saved>>) -> u64 {
    let heard = Arc::new(AtomicU64::new(0));
    let hearing = set_default(Heard(Arc::clone(&heard)));
    work.await;
    drop(hearing);
    heard.load(Ordering::Relaxed)
}

/// Indicators of one result: `PRO:result:1:indicator:1.0` and so on.
async fn indicators(db: &TestDb) -> Vec<Id<Indicator>> {
    let registry = db.registry();
    let pro = make_programme(db, "PRO").await;
    let made = registry.create::<Outcome>(&officer(), &NewHead::default(), result(id(&pro), "1")).await.unwrap();
    let result = id::<Outcome>(&made);
    let build = |i: usize, _: &mut Reading, head: Head<Indicator>| Indicator {
        head,
        result,
        number: format!("1.{i}"),
        title: said("An indicator"),
        measure: IndicatorMeasure::Unit,
        unit: Text::default(),
        cumulative: false,
        ascending: true,
        verification: Text::default(),
        baseline: None,
    };
    let heads = vec![NewHead::default(); MANY];
    let made = registry.create_many::<Indicator>(&officer(), "indicators", &heads, build).await.unwrap();
    made.iter().map(id::<Indicator>).collect()
}

fn measured(value: Measured) -> Measurement {
    Measurement { value, on: None, breakdown: Vec::new(), note: Text::default() }
}

fn number(n: usize) -> Measurement {
    measured(Measured::Number(i64::try_from(n).unwrap().into()))
}

fn half(from: &str, to: &str) -> Period {
    Period { from: from.parse().ok(), to: to.parse().ok() }
}

/// What a client writes of an indicator, named by its code.
fn written(reading: &mut Reading, code: String, value: Measurement) -> Actual {
    let indicator = reading.at("indicator", |r| r.refer(&Reference::code(code)));
    Actual { indicator: Some(indicator), indicator_period: None, expected: None, value }
}

fn code_of(i: usize) -> String {
    format!("PRO:result:1:indicator:1.{i}")
}

/// Reports a number that is its own for each of the first so many indicators.
async fn report(db: &TestDb, period: Period, count: usize, from: usize) -> Vec<Saved> {
    let read = |i: usize, reading: &mut Reading| written(reading, code_of(i), number(from + i));
    db.registry().report_actuals(&officer(), &Reference::code("PRO"), period, count, read).await.unwrap()
}

/// Writes such numbers into periods, by changing one after the other.
async fn change(db: &TestDb, periods: &[Saved], from: usize) -> Vec<Saved> {
    let which: Vec<_> = periods.iter().map(|period| (of::<IndicatorPeriod>(period), None)).collect();
    let edit = |i: usize, _: &mut Reading, period: &mut IndicatorPeriod| period.actual = Some(number(from + i));
    db.registry().update_many::<IndicatorPeriod>(&officer(), "periods", &which, edit).await.unwrap()
}

#[tokio::test]
async fn an_amount_among_many_takes_fewer_statements_than_the_change_of_its_period() {
    on_both_databases(async |db: TestDb| {
        let indicators = indicators(&db).await;
        let (first, second) = (half("2025-01", "2025-06"), half("2025-07", "2025-12"));
        report(&db, second, MANY, 1_000).await;
        let periods = report(&db, first, MANY, 0).await;
        let mut heard = Vec::new();
        for (count, from) in [(FEW, 100), (MANY, 200)] {
            let reported = statements_of(report(&db, first, count, from)).await;
            let changed = statements_of(change(&db, &periods[..count], from + 50)).await;
            assert!(changed > u64::try_from(count).unwrap(), "the statements of {count} changes are heard: {changed}");
            heard.push((reported, changed));
        }
        let more = (heard[1].0 - heard[0].0, heard[1].1 - heard[0].1);
        assert!(more.0 < more.1, "{} amounts more take {}, as many changes {}", MANY - FEW, more.0, more.1);

        report(&db, first, MANY, 300).await;
        let all = db.stranger().all::<IndicatorPeriod>(&Filter::all()).await.unwrap();
        assert_eq!(all.len(), 2 * MANY, "a period is made once");
        let told = |period: Period| -> Vec<Option<Measurement>> {
            let of = |indicator: &Id<Indicator>| all.iter().find(|p| p.indicator == *indicator && p.period == period);
            indicators.iter().map(|indicator| of(indicator).and_then(|p| p.actual.clone())).collect()
        };
        let wanted = |from: usize| -> Vec<_> { (0..MANY).map(|i| Some(number(from + i))).collect() };
        assert_eq!(told(first), wanted(300), "each amount stands in the period of its indicator");
        assert_eq!(told(second), wanted(1_000), "and what is there of another period stays");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_some_amounts_is_told_of_each_and_nothing_is_written() {
    on_both_databases(async |db: TestDb| {
        indicators(&db).await;
        let period = half("2025-01", "2025-06");
        report(&db, period, FEW, 0).await;
        let there = Reference::code(format!("{}:period:2025-01", code_of(0)));
        let read = |i: usize, reading: &mut Reading| match i {
            0 => written(reading, "nobody".to_owned(), number(7)),
            1 => written(reading, code_of(1), measured(Measured::Words(said("many")))),
            2 => written(reading, code_of(0), number(7)),
            // The same period, by its own code.
            3 => {
                let named = reading.at("indicator_period", |r| r.refer(&there));
                Actual { indicator: None, indicator_period: Some(named), expected: None, value: number(8) }
            }
            _ => written(reading, code_of(i), number(7)),
        };
        let done = db.registry().report_actuals(&officer(), &Reference::code("PRO"), period, 5, read).await;
        let expected = [
            at(UserErrorCode::NotFound, "actuals.0.indicator"),
            at(UserErrorCode::Invalid, "actuals.1.value"),
            at(UserErrorCode::Invalid, "actuals.3.indicatorPeriod"),
        ];
        assert_eq!(refused(done), expected);
        let all = db.stranger().all::<IndicatorPeriod>(&Filter::all()).await.unwrap();
        assert_eq!(all.iter().map(|p| p.actual.clone()).collect::<Vec<_>>(), [Some(number(0)), Some(number(1))]);
    })
    .await;
}

//! What is written together is written all or not at all.

use ketnoi_domain::{
    Head, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, Measurement, Organisation, Outcome, Period, Text, query::Filter,
};
use ketnoi_registry::{Actual, NewHead, Reading, Reference, UserErrorCode};
use ketnoi_test_support::{TestDb, on_both_databases, organisation};

use crate::support::{at, called, id, make_programme, officer, refused, result, said};

#[tokio::test]
async fn the_actuals_of_a_period_are_all_reported_or_none() {
    on_both_databases(async |db: TestDb| {
        let registry = db.registry();
        let pro = make_programme(&db, "PRO").await;
        let one = registry.create::<Outcome>(&officer(), &NewHead::default(), result(id(&pro), "1")).await.unwrap();
        let result = id::<Outcome>(&one);
        let indicator = |number: &'static str, measure| {
            move |_: &mut Reading, head: Head<Indicator>| Indicator {
                head,
                result,
                number: number.into(),
                title: said("An indicator"),
                measure,
                unit: Text::default(),
                cumulative: false,
                ascending: true,
                verification: Text::default(),
                baseline: None,
            }
        };
        let measures = [("1.a", IndicatorMeasure::Unit), ("1.b", IndicatorMeasure::Percentage)];
        let mut indicators = Vec::new();
        for (number, measure) in measures {
            let saved = registry.create::<Indicator>(&officer(), &NewHead::default(), indicator(number, measure)).await;
            indicators.push(id::<Indicator>(&saved.unwrap()));
        }
        let number =
            |n: i64| Measurement { value: Measured::Number(n.into()), on: None, breakdown: Vec::new(), note: Text::default() };
        let actual = |indicator, value| Actual { indicator: Some(indicator), indicator_period: None, expected: None, value };
        let period = Period { from: "2025-01".parse().ok(), to: "2025-06".parse().ok() };
        let programme = Reference::code("PRO");
        let both = |i: usize, _: &mut Reading| actual(indicators[i], number(3));
        let wrong = registry.report_actuals(&officer(), &programme, period, 2, both).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "actuals.1.value")], "a percentage is no number");
        assert_eq!(db.administrator().count::<IndicatorPeriod>(&Filter::all()).await.unwrap(), 0, "all or none");

        let first = |_: usize, _: &mut Reading| actual(indicators[0], number(3));
        let twice = registry.report_actuals(&officer(), &programme, period, 2, first).await;
        assert_eq!(refused(twice), [at(UserErrorCode::Invalid, "actuals.1.indicator")], "one period has one actual");
        assert_eq!(db.administrator().count::<IndicatorPeriod>(&Filter::all()).await.unwrap(), 0, "all or none");
        registry.report_actuals(&officer(), &programme, period, 1, first).await.unwrap();
        let mended = |_: usize, _: &mut Reading| actual(indicators[0], number(4));
        let saved = registry.report_actuals(&officer(), &programme, period, 1, mended).await.unwrap();
        assert_eq!(saved.iter().map(|s| s.version).collect::<Vec<_>>(), [2], "the period that is there is changed");
        let period: IndicatorPeriod = db.stranger().require("PRO:result:1:indicator:1.a:period:2025-01").await.unwrap();
        assert_eq!(period.actual, Some(number(4)));
    })
    .await;
}

#[tokio::test]
async fn several_records_are_made_or_none_of_them() {
    on_both_databases(async |db: TestDb| {
        let heads = [called("ONE"), called("two words"), called("THREE")];
        let build =
            |i: usize, _: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation(["1", "2", "3"][i], "x") };
        let wrong = db.registry().create_many::<Organisation>(&officer(), "organisations", &heads, build).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "organisations.1.code")]);
        assert_eq!(db.administrator().count::<Organisation>(&Filter::all()).await.unwrap(), 0);
    })
    .await;
}

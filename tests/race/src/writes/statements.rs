//! How many statements a mutation's unit of work takes: counted as sea-orm runs them, in this process.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ketnoi_domain::{GoodPractice, Head, Lang, Measured, Measurement, PartialDate, Period, Text, Viewer, Visibility};
use ketnoi_persistence::{Database, Store};
use ketnoi_registry::{Actual, Author, Clock, NewHead, Reading, Reference, Registry};
use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};

use super::{ACTUALS, Write};

/// How many statements each write takes.
pub(super) struct Taken {
    create: u64,
    update: u64,
    bulk: u64,
}

impl Taken {
    pub(super) fn of(&self, write: Write) -> u64 {
        match write {
            Write::Create => self.create,
            Write::Update => self.update,
            Write::Bulk => self.bulk,
        }
    }
}

/// Hears of every statement that runs in a transaction: sea-orm opens a span for each.
struct Heard(Arc<AtomicU64>);

const RUNS: [&str; 4] = ["execute_raw", "execute_unprepared", "query_one_raw", "query_all_raw"];

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target() == "sea_orm::database::transaction" && RUNS.contains(&metadata.name())
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Makes each write once, on the programme that the run has made.
pub(super) fn count(database: &str, stamp: &str) -> anyhow::Result<Taken> {
    let heard = Arc::new(AtomicU64::new(0));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let counted = || {
        // Those that begin and end the transaction are no spans of these names.
        heard.swap(0, Ordering::Relaxed) + 2
    };
    tracing::subscriber::with_default(Heard(Arc::clone(&heard)), || {
        runtime.block_on(async {
            let registry = Registry::new(Store::open(Database::parse(database)?).await?, Clock::system());
            let author = Author::of(Viewer::LocalAdministrator, Lang::Vi);
            let (programme, code) = (format!("w-{stamp}"), format!("w-{stamp}-counted"));
            heard.store(0, Ordering::Relaxed);

            let head = NewHead { code: Some(code.clone()), visibility: Some(Visibility::Public), illustrative: false };
            let build = |_: &mut Reading, head: Head<GoodPractice>| GoodPractice {
                head,
                title: Text::new(Lang::Vi, "Lập kế hoạch có người dân tham gia"),
                description: Text::default(),
                theme: None,
                authority: None,
                programme: None,
                since: None,
            };
            registry.create::<GoodPractice>(&author, &head, build).await?;
            let create = counted();

            let edit = |_: &mut Reading, practice: &mut GoodPractice| practice.description = Text::new(Lang::Vi, "Lần sửa 1");
            registry.update::<GoodPractice>(&author, &Reference::code(code), Some(1), edit).await?;
            let update = counted();

            let day: PartialDate = "1899-01-01".parse()?;
            let period = Period { from: Some(day), to: Some(day) };
            let mut bulk = 0;
            // The first time makes the periods; what is measured changes them.
            for reached in [1i64, 2] {
                counted();
                let read = |n: usize, reading: &mut Reading| Actual {
                    indicator: Some(reading.refer(&Reference::code(format!("{programme}:result:1:indicator:{n}")))),
                    indicator_period: None,
                    expected: None,
                    value: Measurement {
                        value: Measured::Number(reached.into()),
                        on: None,
                        breakdown: Vec::new(),
                        note: Text::default(),
                    },
                };
                let of = Reference::code(programme.clone());
                registry.report_actuals(&author, &of, period, ACTUALS, read).await?;
                bulk = counted();
            }
            registry.store().clone().close().await?;
            Ok(Taken { create, update, bulk })
        })
    })
}

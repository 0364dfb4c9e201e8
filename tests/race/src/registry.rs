//! A registry of many programmes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use ketnoi_persistence::{Database, Signature, Store, UnitOfWork};
use ketnoi_test_support::{Bulk, fixed_clock, programmes};

/// Makes the registry anew and fills it with programmes and their funders.
pub(crate) fn fill(url: &str, count: usize) -> anyhow::Result<()> {
    make(url, &programmes(count))
}

/// Makes the registry anew and fills it with programmes alone: as many titles as records.
pub(crate) fn fill_titles(url: &str, count: usize) -> anyhow::Result<()> {
    make(url, &Bulk { participations: Vec::new(), ..programmes(count) })
}

fn make(url: &str, bulk: &Bulk) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(Database::parse(url)?).await?;
        if store.made_by().await?.is_none() {
            store.migrate_up("race").await?;
            let mut unit = UnitOfWork::begin(&store).await?;
            unit.put(&bulk.organisations).await?;
            unit.put(&bulk.programmes).await?;
            unit.put_programme_lists(&bulk.programmes).await?;
            unit.put(&bulk.participations).await?;
            let clock = fixed_clock();
            unit.commit(&Signature::of(clock.new_id(), &clock.now(), "race", "fill")).await?;
        }
        Ok(store.close().await?)
    })
}

/// One who changes a programme after another, without a pause, until told to stop.
pub(crate) struct Writer {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<anyhow::Result<f64>>,
}

impl Writer {
    pub(crate) fn start(url: &str) -> Self {
        let (stop, url) = (Arc::new(AtomicBool::new(false)), url.to_owned());
        let told = Arc::clone(&stop);
        Self { stop, thread: std::thread::spawn(move || write(&url, &told)) }
    }

    /// How many changes a second it has committed.
    pub(crate) fn stop(self) -> anyhow::Result<f64> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?
    }
}

fn write(url: &str, stop: &AtomicBool) -> anyhow::Result<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(Database::parse(url)?).await?;
        let mut programmes = programmes(100).programmes;
        let (clock, began) = (ketnoi_registry::Clock::system(), std::time::Instant::now());
        let mut written = 0u32;
        while !stop.load(Ordering::Relaxed) {
            let programme = &mut programmes[written as usize % 100];
            programme.acronym = Some(format!("A{written}"));
            let mut unit = UnitOfWork::begin(&store).await?;
            unit.put(std::slice::from_ref(programme)).await?;
            unit.commit(&Signature::of(clock.new_id(), &clock.now(), "race", "write")).await?;
            written += 1;
        }
        store.close().await?;
        Ok(f64::from(written) / began.elapsed().as_secs_f64())
    })
}

//! A registry of many programmes.

use ketnoi_persistence::{Database, Store, UnitOfWork};
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
            unit.commit(clock.new_id(), &clock.now(), "race", "fill", "").await?;
        }
        Ok(store.close().await?)
    })
}

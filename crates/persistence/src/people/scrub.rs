//! What a database leaves of deleted rows in its files. A row that is deleted is gone for readers of tables; its bytes may lie
//! in the file until something else is written there.

use sea_orm::{ConnectionTrait, DbBackend};

use crate::{Error, Store, UnitOfWork};

/// The tables that hold what people are called, and what is found by it.
const TABLES: &str =
    "person, public_role, participant, statement, stated_figure, kept_report, report_job, archived, search_entry, search_name";

/// From now on what is deleted from an embedded database is overwritten in its file. PostgreSQL needs nothing beforehand.
pub async fn begin_overwriting(store: &Store) {
    if is_embedded(store) {
        run(store, "PRAGMA secure_delete = ON").await;
    }
}

/// Ends that, and brings what was deleted out of the log; on PostgreSQL, frees the rows that nobody sees any more.
pub async fn end_overwriting(store: &Store) {
    if is_embedded(store) {
        run(store, "PRAGMA secure_delete = OFF").await;
        run(store, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    } else {
        run(store, &format!("VACUUM {TABLES}")).await;
    }
}

fn is_embedded(store: &Store) -> bool {
    store.writer().get_database_backend() == DbBackend::Sqlite
}

async fn run(store: &Store, sql: &str) {
    if let Err(error) = store.writer().execute_unprepared(sql).await {
        // The rows are gone; only their bytes may lie in the files for longer.
        tracing::warn!(%error, "what was deleted may not have been overwritten yet");
    }
}

impl UnitOfWork {
    /// Lets the search of an embedded database forget words that no record holds any more: it keeps them until its parts are
    /// merged.
    pub async fn forget_words(&mut self) -> Result<(), Error> {
        // What is written now is what it shall know from here on.
        self.write_entries().await?;
        if self.transaction().get_database_backend() == DbBackend::Sqlite {
            self.transaction().execute_unprepared("INSERT INTO search_index(search_index) VALUES('optimize')").await?;
        }
        Ok(())
    }
}

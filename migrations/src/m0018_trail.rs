use sea_orm_migration::prelude::*;

use crate::table::{add_id_null, add_int_null, add_text_null, drop, drop_column, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Who exactly, from which request; and the chain, each entry over the one before.
        add_id_null(m, "audit_entry", "account").await?;
        for column in ["request", "previous", "hash"] {
            add_text_null(m, "audit_entry", column).await?;
        }
        // What a record was and became, and who could see it. The digest stays when what was said is no longer kept.
        for column in ["before", "after", "contents", "code"] {
            add_text_null(m, "change", column).await?;
        }
        for column in ["effective_before", "effective_after", "version"] {
            add_int_null(m, "change", column).await?;
        }
        // Who was ever among the partners that could see a record: they are told when it goes out of their view.
        table(m, "reach_past").id("record_id").id("party_id").unique(&["record_id", "party_id"]).create().await?;
        let connection = m.get_connection();
        connection
            .execute_unprepared(r#"CREATE INDEX "ix_change_record_id_revision" ON "change" ("record_id", "revision")"#)
            .await?;
        // From which revision on the contents of changes are kept, and from which on entries are chained. What was there before
        // this has neither.
        for column in ["kept_from", "chained_from"] {
            connection
                .execute_unprepared(&format!(r#"ALTER TABLE "registry" ADD COLUMN "{column}" bigint NOT NULL DEFAULT 1"#))
                .await?;
        }
        connection
            .execute_unprepared(r#"UPDATE "registry" SET "kept_from" = "revision" + 1, "chained_from" = "revision" + 1"#)
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ["chained_from", "kept_from"] {
            drop_column(m, "registry", column).await?;
        }
        // SQLite drops no column that an index stands on; and this one is of no use without the history.
        m.get_connection().execute_unprepared(r#"DROP INDEX "ix_change_record_id_revision""#).await?;
        for column in ["version", "effective_after", "effective_before", "code", "contents", "after", "before"] {
            drop_column(m, "change", column).await?;
        }
        for column in ["hash", "previous", "request", "account"] {
            drop_column(m, "audit_entry", column).await?;
        }
        drop(m, &["reach_past"]).await
    }
}

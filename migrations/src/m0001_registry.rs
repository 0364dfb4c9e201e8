use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One row: how often the registry was written. It orders the change feed and keys every cache.
        table(m, "registry").int("id").int("revision").text("made_by").unique(&["id"]).create().await?;
        // What a write did, in the transaction that did it.
        table(m, "audit_entry")
            .id("id")
            .int("revision")
            .text("at")
            .text("actor")
            .text("action")
            .text("detail")
            .unique(&["id"])
            .indexed(&["revision"])
            .create()
            .await?;
        // Every record that a write touched: the outbox of the change feed.
        table(m, "change")
            .int("revision")
            .int("position")
            .text("kind")
            .id("record_id")
            .text("operation")
            .unique(&["revision", "position"])
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["change", "audit_entry", "registry"]).await
    }
}

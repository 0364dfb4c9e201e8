use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Requests that were answered, by the keys that their clients gave them: who asks again gets the same outcome.
        table(m, "claim")
            .text("owner")
            .text("key")
            .text("digest")
            .text("outcome")
            .text("at")
            .unique(&["owner", "key"])
            .indexed(&["at"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["claim"]).await
    }
}

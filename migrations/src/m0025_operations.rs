use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Documents that clients may name by their hash. Who registered one is no reference that the database checks: the
        // document stays when the account goes.
        table(m, "operation")
            .text("hash")
            .text("name")
            .text("document")
            .text("registered_at")
            .id_null("account")
            .unique(&["hash"])
            .indexed(&["name", "hash"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["operation"]).await
    }
}

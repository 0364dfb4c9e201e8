use sea_orm_migration::prelude::*;

use crate::table::{add_text, drop_column};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // A text in no language, for the events that there are.
        add_text(m, "event", "motto", "{}").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_column(m, "event", "motto").await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Reports that were asked for: what, by whom, how far each has come, and who works on it until when.
        table(m, "report_job")
            .identity("id")
            .id_null("account_id")
            .text("report")
            .text("subject")
            .text("lang")
            .text("audience")
            .text_null("brand")
            .text_null("from_date")
            .text_null("to_date")
            .text("state")
            .text("stage")
            .int("attempts")
            .text_null("holder")
            .text_null("lease_until")
            .text_null("problem")
            .id_null("kept_id")
            .text("asked_at")
            .text_null("ended_at")
            .indexed(&["state", "asked_at", "id"])
            .indexed(&["account_id", "asked_at", "id"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["report_job"]).await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // A report as it was handed out: what it was asked for, what it was made from, and its bytes.
        table(m, "kept_report")
            .identity("id")
            .int("effective")
            .text("definition")
            .text("subject_kind")
            .text("subject")
            .text("lang")
            .text("audience")
            .text_null("brand")
            .text("taken")
            .int("revision")
            .int("pages")
            .text("digest")
            .bytes("pdf")
            .indexed(&["taken", "id"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["kept_report"]).await
    }
}

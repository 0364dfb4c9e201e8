use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "document")
            .text("title")
            .text("category")
            .text_null("publisher")
            .text_null("published")
            .text_null("modified")
            .text_null("url")
            .text_null("language")
            .text("note")
            .refers_null("programme_id", "programme")
            .refers_null("organisation_id", "organisation")
            .create_record()
            .await?;
        record(m, "statement")
            .text("subject_kind")
            .id("subject_id")
            .text_null("property")
            .text("value")
            .text_null("raw")
            .bool("current")
            .refers("document_id", "document")
            .text_null("locator")
            .text_null("stated")
            .text("note")
            .indexed(&["subject_id", "id"])
            .create_record()
            .await?;
        record(m, "stated_figure")
            .text("subject_kind")
            .id("subject_id")
            .text("measure")
            .text("label")
            .text("value")
            .text("qualifier")
            .text_null("as_of")
            .refers("document_id", "document")
            .indexed(&["subject_id", "id"])
            .create_record()
            .await?;
        record(m, "risk")
            .refers("programme_id", "programme")
            .text("title")
            .text("likelihood")
            .text("impact")
            .text("mitigation")
            .refers_null("owner_id", "organisation")
            .text("status")
            .create_record()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["risk", "stated_figure", "statement", "document"]).await
    }
}

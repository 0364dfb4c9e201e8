use sea_orm_migration::prelude::*;

use crate::table::{add_reference, drop, drop_reference, index_unknown_last, record, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "partnership")
            .text("kind")
            .text("title")
            .text("description")
            .period("period_from", "period_to")
            .text_null("status")
            .text("sectors")
            .create_record()
            .await?;
        index_unknown_last(m, "partnership", "period_from").await?;
        // The list of a partnership that it is found by; written together with it.
        table(m, "partnership_sector")
            .id("partnership_id")
            .text("code")
            .foreign("partnership_id", "partnership")
            .indexed(&["partnership_id"])
            .indexed(&["code", "partnership_id"])
            .create()
            .await?;
        record(m, "partnership_party")
            .refers("partnership_id", "partnership")
            .refers("authority_id", "local_authority")
            .unique(&["partnership_id", "authority_id"])
            .create_record()
            .await?;
        record(m, "cooperation_agreement")
            .refers("partnership_id", "partnership")
            .text("title")
            .text_null("reference")
            .text_null("signed")
            .text_null("reported")
            .period("period_from", "period_to")
            .refers_null("document_id", "document")
            .create_record()
            .await?;
        record(m, "news_item")
            .text("title")
            .text("summary")
            .text_null("published")
            .refers_null("publisher_id", "organisation")
            .refers_null("document_id", "document")
            .refers_null("partnership_id", "partnership")
            .refers_null("programme_id", "programme")
            .refers_null("event_id", "event")
            .refers_null("authority_id", "local_authority")
            .text("related")
            .create_record()
            .await?;
        index_unknown_last(m, "news_item", "published").await?;
        record(m, "person").text("name").text("honorific").create_record().await?;
        record(m, "public_role")
            .refers("person_id", "person")
            .text("kind")
            .text("title")
            .refers_null("organisation_id", "organisation")
            .refers_null("event_id", "event")
            .refers_null("session_id", "event_session")
            .refers_null("programme_id", "programme")
            .refers_null("agreement_id", "cooperation_agreement")
            .period("period_from", "period_to")
            .text("said")
            .text("contacts")
            .refers("document_id", "document")
            .create_record()
            .await?;
        add_reference(m, "programme", "partnership_id", "partnership").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_reference(m, "programme", "partnership_id").await?;
        let tables = [
            "public_role",
            "person",
            "news_item",
            "cooperation_agreement",
            "partnership_party",
            "partnership_sector",
            "partnership",
        ];
        drop(m, &tables).await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, record, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "organisation")
            .text("kind")
            .text("names")
            .text_null("country")
            .refers_null("parent_id", "organisation")
            .bool("network")
            .period("founded", "dissolved")
            .text("seat")
            .text("profile")
            .text_null("website")
            .text_null("iati_identifier")
            .bool("partner")
            .text_null("partner_since")
            .text("contacts")
            .create_record()
            .await?;
        record(m, "local_authority")
            .text("level")
            .text("names")
            .text("country")
            .text_null("subdivision")
            .refers_null("parent_id", "local_authority")
            .text_null("latitude")
            .text_null("longitude")
            .text_null("urban_class")
            .period("established", "abolished")
            .create_record()
            .await?;
        record(m, "cluster").text("name").text("description").create_record().await?;
        // Who followed whom: organisations and local authorities, told apart by kind.
        table(m, "succession")
            .id("id")
            .text("kind")
            .id("predecessor_id")
            .id("successor_id")
            .text("how")
            .text_null("happened_on")
            .unique(&["id"])
            .indexed(&["predecessor_id", "successor_id"])
            .indexed(&["successor_id", "predecessor_id"])
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["succession", "cluster", "local_authority", "organisation"]).await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, index_unknown_last, record, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "programme")
            .text("level")
            .refers_null("parent_id", "programme")
            .text("title")
            .text_null("acronym")
            .refers_null("reporting_organisation_id", "organisation")
            .text_null("status")
            .period("planned_from", "planned_to")
            .period("actual_from", "actual_to")
            // The real date if it is known, else the planned one: what lists are ordered and filtered by.
            .period("starts", "ends")
            .text_null("iati_identifier")
            .text("classifications")
            .text("places")
            .text("relations")
            .text("description")
            .create_record()
            .await?;
        index_unknown_last(m, "programme", "starts").await?;
        // The two lists of a programme that others are found by; written together with it.
        table(m, "programme_classification")
            .id("programme_id")
            .text("scheme")
            .text("code")
            .foreign("programme_id", "programme")
            .indexed(&["programme_id"])
            .indexed(&["scheme", "code", "programme_id"])
            .create()
            .await?;
        table(m, "programme_place")
            .id("programme_id")
            .id("authority_id")
            .foreign("programme_id", "programme")
            .foreign("authority_id", "local_authority")
            .indexed(&["programme_id"])
            .indexed(&["authority_id", "programme_id"])
            .create()
            .await?;
        record(m, "participation")
            .refers("programme_id", "programme")
            .refers("organisation_id", "organisation")
            .text("role")
            .text("stated_name")
            .refers_null("via_id", "organisation")
            .period("period_from", "period_to")
            .text("note")
            .create_record()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["participation", "programme_place", "programme_classification", "programme"]).await
    }
}

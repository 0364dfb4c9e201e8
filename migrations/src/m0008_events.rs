use sea_orm_migration::prelude::*;

use crate::table::{add_reference, drop, drop_reference, index_unknown_last, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "event_series")
            .text("name")
            .text("description")
            .refers_null("organiser_id", "organisation")
            .refers_null("programme_id", "programme")
            .create_record()
            .await?;
        record(m, "event")
            .refers_null("series_id", "event_series")
            .int_null("number")
            .text("kind")
            .text("title")
            .text("description")
            .refers_null("organiser_id", "organisation")
            .text("co_organisers")
            .refers_null("programme_id", "programme")
            .refers_null("authority_id", "local_authority")
            .text_null("country")
            .text("venue")
            .refers_null("cluster_id", "cluster")
            .period("period_from", "period_to")
            .create_record()
            .await?;
        index_unknown_last(m, "event", "period_from").await?;
        record(m, "event_session")
            .refers("event_id", "event")
            .int("number")
            .text("format")
            .text("title")
            .text("topic")
            .text_null("date")
            .text("counterparts")
            .create_record()
            .await?;
        record(m, "delegation")
            .refers("event_id", "event")
            .text("title")
            .text("description")
            .refers_null("organiser_id", "organisation")
            .refers_null("programme_id", "programme")
            .refers_null("agreement_id", "agreement")
            .text_null("country")
            .text("attended")
            .create_record()
            .await?;
        record(m, "participant_count")
            .refers("event_id", "event")
            .refers_null("delegation_id", "delegation")
            .refers_null("session_id", "event_session")
            .text("category")
            .refers_null("organisation_id", "organisation")
            .int_null("women")
            .int_null("men")
            .int_null("total")
            .create_record()
            .await?;
        record(m, "event_outcome")
            .refers("event_id", "event")
            .refers_null("delegation_id", "delegation")
            .text("kind")
            .text("title")
            .create_record()
            .await?;
        add_reference(m, "document", "event_id", "event").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_reference(m, "document", "event_id").await?;
        drop(m, &["event_outcome", "participant_count", "delegation", "event_session", "event", "event_series"]).await
    }
}

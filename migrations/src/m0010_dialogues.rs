use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "recommendation")
            .text_null("number")
            .text("title")
            .text("text")
            .refers_null("document_id", "document")
            .refers_null("event_id", "event")
            .refers_null("programme_id", "programme")
            .refers_null("addressee_id", "organisation")
            .text_null("status")
            .create_record()
            .await?;
        record(m, "road_map")
            .text("title")
            .text("description")
            .refers_null("programme_id", "programme")
            .refers_null("event_id", "event")
            .period("period_from", "period_to")
            .create_record()
            .await?;
        record(m, "road_map_step")
            .refers("road_map_id", "road_map")
            .refers_null("recommendation_id", "recommendation")
            .int("number")
            .text("title")
            .refers_null("responsible_id", "organisation")
            .text_null("due")
            .text_null("done")
            .text("status")
            .create_record()
            .await?;
        record(m, "dialogue")
            .text("title")
            .text("question")
            .refers_null("programme_id", "programme")
            .refers_null("study_id", "document")
            .text("voters")
            .int_null("minimum")
            .int_null("maximum")
            .text_null("secrecy")
            .int_null("places")
            .text_null("tie")
            .text("status")
            .period("period_from", "period_to")
            .create_record()
            .await?;
        record(m, "dialogue_option")
            .refers("dialogue_id", "dialogue")
            .refers("recommendation_id", "recommendation")
            .int("number")
            .unique(&["dialogue_id", "number"])
            .create_record()
            .await?;
        record(m, "dialogue_cluster")
            .refers("dialogue_id", "dialogue")
            .refers("cluster_id", "cluster")
            .refers_null("event_id", "event")
            .int_null("eligible")
            .text_null("voted_on")
            .unique(&["dialogue_id", "cluster_id"])
            .create_record()
            .await?;
        record(m, "ballot")
            .refers("dialogue_id", "dialogue")
            .refers("cluster_id", "cluster")
            .refers_null("authority_id", "local_authority")
            .text("choices")
            .bool("spoiled")
            .create_record()
            .await?;
        record(m, "advocacy_action")
            .refers("recommendation_id", "recommendation")
            .refers_null("dialogue_id", "dialogue")
            .text("kind")
            .text("title")
            .text_null("number")
            .text_null("date")
            .refers_null("addressee_id", "organisation")
            .text_null("replied")
            .text_null("reply_number")
            .text("reply")
            .text("status")
            .create_record()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "advocacy_action",
            "ballot",
            "dialogue_cluster",
            "dialogue_option",
            "dialogue",
            "road_map_step",
            "road_map",
            "recommendation",
        ];
        drop(m, &tables).await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // The steps of records towards their publication: only what visibility and archive do not tell. Revisions order them.
        table(m, "review")
            .id("record_id")
            .text("kind")
            .text("step")
            .int("revision")
            .text("at")
            .id_null("account")
            .text("actor")
            .text("why")
            .unique(&["record_id", "revision"])
            .indexed(&["step", "revision"])
            .create()
            .await?;
        // Records as they were published, with their parts. Nothing changes a row or takes one away.
        table(m, "publication")
            .id("record_id")
            .text("kind")
            .int("number")
            .int("revision")
            .text("at")
            .id_null("account")
            .text("actor")
            .int("visibility")
            .text("note")
            .text("digest")
            .text("contents")
            .unique(&["record_id", "number"])
            .create()
            .await?;
        // What focal points propose for their authorities. The base is what they saw in its place.
        table(m, "proposal")
            .identity("id")
            .text("target_kind")
            .id_null("target_id")
            .id("authority_id")
            .id_null("account")
            .text("actor")
            .text("at")
            .text("state")
            .int_null("base_version")
            .text_null("base")
            .text("contents")
            .text("note")
            .id_null("decided_account")
            .text_null("decided_by")
            .text_null("decided_at")
            .text("reason")
            .indexed(&["state", "at", "id"])
            .indexed(&["authority_id", "at", "id"])
            .indexed(&["at", "id"])
            .create()
            .await?;
        // Periods of programmes in which nothing is changed any more, until an administrator unlocks them.
        table(m, "period_lock")
            .identity("id")
            .id("programme_id")
            .foreign("programme_id", "programme")
            .text("from_date")
            .text("to_date")
            .text("reason")
            .text("at")
            .id_null("account")
            .text("actor")
            .text_null("unlocked_at")
            .text_null("unlocked_by")
            .text_null("unlock_reason")
            .indexed(&["programme_id", "from_date"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["period_lock", "proposal", "publication", "review"]).await
    }
}

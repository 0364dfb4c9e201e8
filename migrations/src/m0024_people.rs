use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // People who took part in events, by name, for administration alone. They are no records: nothing lists, searches,
        // exports or publishes them. What they point at is no reference that the database checks: what becomes of an event must
        // not depend on who came, and entries of an event that is gone are due at once.
        table(m, "participant")
            .identity("id")
            .id("event_id")
            .id_null("delegation_id")
            .id_null("person_id")
            .id_null("organisation_id")
            .id_null("authority_id")
            .text("name")
            .text("folded")
            .bytes("sort_key")
            .text("category")
            .text_null("sex")
            .text("contacts")
            .text("purpose")
            .text("legal_basis")
            .text("retain_until")
            .int("version")
            .indexed(&["event_id", "sort_key", "id"])
            .indexed(&["person_id"])
            .indexed(&["folded"])
            .indexed(&["retain_until"])
            .create()
            .await?;
        // For what, and on which ground, a person is kept whom a published source names, and until when.
        table(m, "personal_record")
            .identity("person_id")
            .text("purpose")
            .text("legal_basis")
            .text_null("retain_until")
            .indexed(&["retain_until"])
            .create()
            .await?;
        // What a participant or a person agreed to, and when they took it back.
        table(m, "consent")
            .identity("id")
            .id("subject_id")
            .text("given_for")
            .text("given_on")
            .text_null("withdrawn_on")
            .indexed(&["subject_id", "given_on", "id"])
            .create()
            .await?;
        // Persons who were erased, with their roles: ids and nothing else, so that no file brings them back.
        table(m, "erased").identity("record_id").text("at").id_null("account").create().await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["erased", "consent", "personal_record", "participant"]).await
    }
}

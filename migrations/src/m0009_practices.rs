use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "good_practice")
            .text("title")
            .text("description")
            .text_null("theme")
            .refers_null("authority_id", "local_authority")
            .refers_null("programme_id", "programme")
            .text_null("since")
            .create_record()
            .await?;
        record(m, "replication")
            .refers_null("practice_id", "good_practice")
            .refers("authority_id", "local_authority")
            .refers_null("programme_id", "programme")
            .text("title")
            .text("result")
            .text("stages")
            // The last stage reached, and when the first and the last were: what lists are filtered by.
            .text_null("stage")
            .period("began", "ended")
            .create_record()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["replication", "good_practice"]).await
    }
}

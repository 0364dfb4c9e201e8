use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "result")
            .refers("programme_id", "programme")
            .refers_null("parent_id", "result")
            .text("level")
            .text("number")
            .text("title")
            .text("description")
            .text("assumption")
            .create_record()
            .await?;
        record(m, "indicator")
            .refers("result_id", "result")
            .text("number")
            .text("title")
            .text("measure")
            .text("unit")
            .bool("cumulative")
            .bool("ascending")
            .text("verification")
            .text_null("baseline")
            .create_record()
            .await?;
        record(m, "indicator_period")
            .refers("indicator_id", "indicator")
            .period("period_from", "period_to")
            .text_null("target")
            .text_null("actual")
            .create_record()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["indicator_period", "indicator", "result"]).await
    }
}

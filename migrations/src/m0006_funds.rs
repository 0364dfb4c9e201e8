use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "fund")
            .text("name")
            .text("description")
            .refers_null("manager_id", "organisation")
            .refers_null("programme_id", "programme")
            .text_null("since")
            .create_record()
            .await?;
        record(m, "community")
            .refers("fund_id", "fund")
            .refers("authority_id", "local_authority")
            .text("name")
            .int_null("households")
            .create_record()
            .await?;
        record(m, "savings_group")
            .refers("community_id", "community")
            .text("name")
            .text_null("since")
            .int_null("members")
            .int_null("women")
            .money_null("savings_minor", "savings_exact", "savings_currency")
            .create_record()
            .await?;
        record(m, "small_grant")
            .refers("fund_id", "fund")
            .refers("authority_id", "local_authority")
            .refers_null("community_id", "community")
            .text("title")
            .money_null("value_minor", "value_exact", "value_currency")
            .text_null("granted")
            .text_null("status")
            .create_record()
            .await?;
        record(m, "housing_project")
            .refers("fund_id", "fund")
            .refers("authority_id", "local_authority")
            .refers_null("programme_id", "programme")
            .text("title")
            .int_null("households")
            .money_null("value_minor", "value_exact", "value_currency")
            .period("period_from", "period_to")
            .text_null("status")
            .create_record()
            .await?;
        record(m, "membership")
            .refers_null("organisation_id", "organisation")
            .refers_null("authority_id", "local_authority")
            .refers_null("network_id", "organisation")
            .refers_null("cluster_id", "cluster")
            .refers_null("fund_id", "fund")
            .period("period_from", "period_to")
            .text("note")
            .create_record()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["membership", "housing_project", "small_grant", "savings_group", "community", "fund"]).await
    }
}

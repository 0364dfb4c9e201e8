use sea_orm_migration::prelude::*;

use crate::table::{add_money_null, add_text, drop, drop_column, index_unknown_last, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "narrative")
            .refers("programme_id", "programme")
            .text("section")
            .period("period_from", "period_to")
            .text("text")
            .create_record()
            .await?;
        index_unknown_last(m, "narrative", "period_from").await?;
        // Nobody has explained the budget lines that there are, and of none is it known what will be spent.
        add_text(m, "budget_line", "explanation", "{}").await?;
        add_money_null(m, "budget_line", "forecast_minor", "forecast_exact", "forecast_currency").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ["forecast_currency", "forecast_exact", "forecast_minor", "explanation"] {
            drop_column(m, "budget_line", column).await?;
        }
        drop(m, &["narrative"]).await
    }
}

use sea_orm_migration::prelude::*;

use crate::table::{drop, record};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        record(m, "agreement")
            .refers("programme_id", "programme")
            .refers("funder_id", "organisation")
            .refers_null("recipient_id", "organisation")
            .text("title")
            .text_null("reference")
            .text_null("signed")
            .period("period_from", "period_to")
            .money_null("eligible_minor", "eligible_exact", "eligible_currency")
            .int_null("funder_share")
            .money_null("ceiling_minor", "ceiling_exact", "ceiling_currency")
            .text_null("rate_rule")
            .text("instalments")
            .text("amendments")
            .text("reports_due")
            .create_record()
            .await?;
        record(m, "budget_line")
            .refers("programme_id", "programme")
            .refers_null("agreement_id", "agreement")
            .text("number")
            .text("title")
            .text("kind")
            .text("status")
            .period("period_from", "period_to")
            .money("value_minor", "value_exact", "value_currency")
            .bool("eligible")
            .create_record()
            .await?;
        record(m, "transaction")
            .refers("programme_id", "programme")
            .refers_null("agreement_id", "agreement")
            .refers_null("budget_line_id", "budget_line")
            .text("kind")
            .text("date")
            .money("value_minor", "value_exact", "value_currency")
            .refers_null("provider_id", "organisation")
            .refers_null("receiver_id", "organisation")
            .text("description")
            .text_null("voucher")
            .id_null("document_id")
            .indexed(&["date", "id"])
            .create_record()
            .await?;
        record(m, "exchange_rate")
            .text("base")
            .text("quote")
            .text("date")
            .text("rate")
            .text("source")
            .indexed(&["base", "quote", "date"])
            .create_record()
            .await?;
        record(m, "in_kind_contribution")
            .refers("programme_id", "programme")
            .refers("contributor_id", "organisation")
            .text("description")
            .money_null("value_minor", "value_exact", "value_currency")
            .text_null("date")
            .text("valuer")
            .text("basis")
            .create_record()
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["in_kind_contribution", "exchange_rate", "transaction", "budget_line", "agreement"]).await
    }
}

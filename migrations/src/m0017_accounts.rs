use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Whom an account speaks for is no reference that the database checks: what becomes of a record must not depend on who
        // signs in.
        table(m, "account")
            .identity("id")
            .text("name")
            .text("role")
            .id_null("organisation_id")
            .id_null("authority_id")
            .text_null("password")
            .text_null("second_factor")
            .text_null("second_factor_pending")
            .int_null("second_factor_step")
            .bool("disabled")
            .text("created_at")
            .int("version")
            .unique(&["name"])
            .create()
            .await?;
        // Of every secret that is handed out only a hash is kept.
        table(m, "account_session")
            .text("hash")
            .id("account_id")
            .foreign("account_id", "account")
            .bool("by_password")
            .text("created_at")
            .text("used_at")
            .text("rotated_at")
            .text("expires_at")
            .text("csrf")
            .text_null("previous_hash")
            .unique(&["hash"])
            .indexed(&["previous_hash"])
            .indexed(&["account_id"])
            .create()
            .await?;
        table(m, "api_key")
            .identity("id")
            .refers("account_id", "account")
            .text("prefix")
            .text("hash")
            .text("scopes")
            .text("label")
            .text("created_at")
            .text_null("expires_at")
            .text_null("used_at")
            .text_null("revoked_at")
            .unique(&["prefix"])
            .create()
            .await?;
        table(m, "reset_link")
            .text("hash")
            .id("account_id")
            .foreign("account_id", "account")
            .text("issued_by")
            .text("expires_at")
            .text_null("used_at")
            .unique(&["hash"])
            .indexed(&["account_id"])
            .create()
            .await?;
        // Who signs in elsewhere: an issuer of OpenID Connect, and what it calls the person.
        table(m, "account_subject")
            .text("issuer")
            .text("subject")
            .id("account_id")
            .foreign("account_id", "account")
            .unique(&["issuer", "subject"])
            .indexed(&["account_id"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["account_subject", "reset_link", "api_key", "account_session", "account"]).await
    }
}

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::table::{drop, drop_column, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Who may see what is for partners: organisations and local authorities, whichever has a part in the record. Computed
        // in Rust when records are written; `Store::migrate_up` does it once for those that there are.
        table(m, "reach")
            .id("record_id")
            .id("party_id")
            .unique(&["record_id", "party_id"])
            .indexed(&["party_id", "record_id"])
            .create()
            .await?;
        // Records that are put away: since when, by whom and why.
        table(m, "archived")
            .identity("record_id")
            .text("kind")
            .text("at")
            .id_null("account")
            .text("why")
            .indexed(&["kind", "at", "record_id"])
            .create()
            .await?;
        let connection = m.get_connection();
        // Whether anything is for partners at all is asked by every write; most registries hold little or nothing of it.
        let partners = r#"CREATE INDEX "ix_search_entry_partners" ON "search_entry" ("record_id") WHERE "effective" = 2"#;
        connection.execute_unprepared(partners).await?;
        // The party that a report for partners was made for.
        let id = if m.get_database_backend() == DbBackend::Postgres { "uuid" } else { "uuid_text" };
        connection.execute_unprepared(&format!(r#"ALTER TABLE "kept_report" ADD COLUMN "party_id" {id}"#)).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_column(m, "kept_report", "party_id").await?;
        m.get_connection().execute_unprepared(r#"DROP INDEX "ix_search_entry_partners""#).await?;
        drop(m, &["archived", "reach"]).await
    }
}

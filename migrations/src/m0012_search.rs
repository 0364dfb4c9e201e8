use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One row a record of any kind: what a search filters and orders by. `number` stands for the id of the record where
        // only a whole number will do.
        table(m, "search_entry")
            .key("number")
            .text("kind")
            .id("record_id")
            .int("effective")
            .bool("illustrative")
            .int("weight")
            .bytes("sort_key")
            .period("starts", "ends")
            .unique(&["record_id"])
            .indexed(&["weight", "sort_key", "number"])
            .create()
            .await?;
        // Its folded names whole, to find what is called just so, or begins so.
        table(m, "search_name").int("number").text("name").indexed(&["number"]).indexed(&["name", "number"]).create().await?;
        table(m, "search_place")
            .int("number")
            .id("authority_id")
            .indexed(&["number"])
            .indexed(&["authority_id", "number"])
            .create()
            .await?;
        // The words themselves lie in each database's own index of words.
        let statements: &[&str] = if m.get_database_backend() == DbBackend::Postgres {
            &[
                r#"ALTER TABLE "search_entry" ADD COLUMN "name_words" tsvector NOT NULL, ADD COLUMN "words" tsvector NOT NULL"#,
                r#"CREATE INDEX "ix_search_entry_words" ON "search_entry" USING gin ("words")"#,
                r#"CREATE INDEX "ix_search_entry_name_words" ON "search_entry" USING gin ("name_words")"#,
            ]
        } else {
            &[
                r#"CREATE VIRTUAL TABLE "search_index" USING fts5(names, texts, content='', contentless_delete=1, tokenize='ascii', detail='column', prefix='1 2 3')"#,
            ]
        };
        for statement in statements {
            m.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        if m.get_database_backend() == DbBackend::Sqlite {
            drop(m, &["search_index"]).await?;
        }
        drop(m, &["search_place", "search_name", "search_entry"]).await
    }
}

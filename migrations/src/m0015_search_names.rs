use sea_orm_migration::{prelude::*, sea_orm::ConnectionTrait};

use crate::table::drop_column;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

async fn run(m: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        m.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // A name knows the weight of its record, so that an index has the names in the order of a page; and where many are
        // found by their words, they come by weight and number. Nothing comes by weight and Vietnamese order any more.
        run(
            m,
            &[
                r#"ALTER TABLE "search_name" ADD COLUMN "weight" bigint NOT NULL DEFAULT 0"#,
                r#"UPDATE "search_name" SET "weight" = (SELECT "search_entry"."weight" FROM "search_entry" WHERE "search_entry"."number" = "search_name"."number")"#,
                r#"CREATE INDEX "ix_search_name_weight_name_number" ON "search_name" ("weight", "name", "number")"#,
                r#"DROP INDEX "ix_search_entry_weight_sort_key_number""#,
                r#"CREATE INDEX "ix_search_entry_weight_number" ON "search_entry" ("weight", "number")"#,
            ],
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        run(
            m,
            &[
                r#"DROP INDEX "ix_search_entry_weight_number""#,
                r#"CREATE INDEX "ix_search_entry_weight_sort_key_number" ON "search_entry" ("weight", "sort_key", "number")"#,
                r#"DROP INDEX "ix_search_name_weight_name_number""#,
            ],
        )
        .await?;
        drop_column(m, "search_name", "weight").await
    }
}

//! The columns that tables share, so that a migration says only what is its own.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// A table being made.
pub(crate) struct Table<'m> {
    manager: &'m SchemaManager<'m>,
    name: &'static str,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

/// Starts an empty table.
pub(crate) fn table<'m>(manager: &'m SchemaManager<'m>, name: &'static str) -> Table<'m> {
    let table = sea_orm_migration::prelude::Table::create().table(name).to_owned();
    Table { manager, name, table, indexes: Vec::new() }
}

/// Starts the table of a kind of record: id, code, who may see it, version; its sort key and search text are added by
/// [`Table::create_record`].
pub(crate) fn record<'m>(manager: &'m SchemaManager<'m>, name: &'static str) -> Table<'m> {
    let mut t = table(manager, name);
    t.table.col(ColumnDef::new("id").uuid().not_null().primary_key());
    t = t.text("code").int("visibility").int("effective").bool("illustrative").int("version");
    t.unique(&["code"])
}

/// Drops tables in the order given.
pub(crate) async fn drop(manager: &SchemaManager<'_>, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names {
        manager.drop_table(sea_orm_migration::prelude::Table::drop().table(*name).to_owned()).await?;
    }
    Ok(())
}

impl Table<'_> {
    /// A column of text that both databases compare byte by byte, whatever the locale of the server.
    fn text_column(&self, name: &'static str) -> ColumnDef {
        let mut column = ColumnDef::new(name).text().to_owned();
        if self.manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        column
    }
    fn with(mut self, column: &mut ColumnDef) -> Self {
        self.table.col(column);
        self
    }

    /// Text that is always there.
    pub(crate) fn text(self, name: &'static str) -> Self {
        let mut column = self.text_column(name);
        self.with(column.not_null())
    }
    /// Text that may be unknown.
    pub(crate) fn text_null(self, name: &'static str) -> Self {
        let mut column = self.text_column(name);
        self.with(&mut column)
    }
    /// A period: two partial dates as text, either of which may be unknown.
    pub(crate) fn period(self, from: &'static str, to: &'static str) -> Self {
        self.text_null(from).text_null(to)
    }
    /// An amount of money that is always there: smallest units, the exact digits where they say more, the currency.
    pub(crate) fn money(self, minor: &'static str, exact: &'static str, currency: &'static str) -> Self {
        self.int(minor).text_null(exact).text(currency)
    }
    /// An amount of money that may be unknown.
    pub(crate) fn money_null(self, minor: &'static str, exact: &'static str, currency: &'static str) -> Self {
        self.int_null(minor).text_null(exact).text_null(currency)
    }
    /// A whole number.
    pub(crate) fn int(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).big_integer().not_null())
    }
    /// A whole number that may be unknown.
    pub(crate) fn int_null(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).big_integer())
    }
    /// Yes or no.
    pub(crate) fn bool(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).boolean().not_null())
    }
    /// Bytes.
    pub(crate) fn bytes(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).binary().not_null())
    }
    /// A whole number that is the primary key.
    pub(crate) fn key(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).big_integer().not_null().primary_key())
    }
    /// An id that is the primary key, of something that is no record.
    pub(crate) fn identity(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).uuid().not_null().primary_key())
    }
    /// An id that may point at a record of any kind, or at one that the database need not know of.
    pub(crate) fn id(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).uuid().not_null())
    }
    /// Such an id, or nothing.
    pub(crate) fn id_null(self, name: &'static str) -> Self {
        self.with(ColumnDef::new(name).uuid())
    }
    /// An id of a record in another table.
    pub(crate) fn refers(self, name: &'static str, to: &'static str) -> Self {
        self.id(name).foreign(name, to).indexed(&[name, "id"])
    }
    /// An id of a record in another table, or nothing.
    pub(crate) fn refers_null(self, name: &'static str, to: &'static str) -> Self {
        self.with(ColumnDef::new(name).uuid()).foreign(name, to).indexed(&[name, "id"])
    }
    /// Checked at each statement: writers put what is pointed at before what points.
    pub(crate) fn foreign(mut self, column: &'static str, to: &'static str) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("fk_{}_{column}", self.name)).from(self.name, column).to(to, "id");
        self.table.foreign_key(&mut key);
        self
    }
    /// An index.
    pub(crate) fn indexed(mut self, columns: &[&'static str]) -> Self {
        self.indexes.push(self.index(columns));
        self
    }
    /// An index that admits each combination once.
    pub(crate) fn unique(mut self, columns: &[&'static str]) -> Self {
        let index = self.index(columns).unique().to_owned();
        self.indexes.push(index);
        self
    }
    fn index(&self, columns: &[&'static str]) -> IndexCreateStatement {
        let mut index = Index::create().name(format!("ix_{}_{}", self.name, columns.join("_"))).table(self.name).to_owned();
        for column in columns {
            index.col(*column);
        }
        index
    }

    /// Makes the table and its indexes.
    pub(crate) async fn create(self) -> Result<(), DbErr> {
        self.manager.create_table(self.table).await?;
        for index in self.indexes {
            self.manager.create_index(index).await?;
        }
        Ok(())
    }

    /// Makes the table of a record, with the Vietnamese sort key and the folded search text that both databases order and
    /// search by. They come last: they are the longest, and rarely read.
    pub(crate) async fn create_record(self) -> Result<(), DbErr> {
        self.bytes("sort_key").text("search").indexed(&["sort_key", "id"]).create().await
    }
}

/// An index on a date that may be unknown, once for each direction: what is unknown comes last in both. The expressions
/// are the ones that `persistence` orders by; neither database uses the index for any other spelling.
pub(crate) async fn index_unknown_last(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    for (direction, last) in [("up", "~"), ("down", "")] {
        let sql =
            format!(r#"CREATE INDEX "ix_{table}_{column}_{direction}" ON "{table}" ((COALESCE("{column}", '{last}')), "id")"#);
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Adds to a table an id of a record in another table, or nothing, with its index. SQLite takes a reference with a new
/// column only where the column is declared, so both databases are told there.
pub(crate) async fn add_reference(manager: &SchemaManager<'_>, table: &str, column: &str, to: &str) -> Result<(), DbErr> {
    let id = if manager.get_database_backend() == DbBackend::Postgres { "uuid" } else { "uuid_text" };
    let add =
        format!(r#"ALTER TABLE "{table}" ADD COLUMN "{column}" {id} CONSTRAINT "fk_{table}_{column}" REFERENCES "{to}" ("id")"#);
    manager.get_connection().execute_unprepared(&add).await?;
    let index = format!(r#"CREATE INDEX "ix_{table}_{column}_id" ON "{table}" ("{column}", "id")"#);
    manager.get_connection().execute_unprepared(&index).await?;
    Ok(())
}

/// Adds to a table a text that is always there; the rows that there are get this one.
pub(crate) async fn add_text(manager: &SchemaManager<'_>, table: &str, column: &str, default: &str) -> Result<(), DbErr> {
    let collation = if manager.get_database_backend() == DbBackend::Postgres { r#" COLLATE "C""# } else { "" };
    let add = format!(r#"ALTER TABLE "{table}" ADD COLUMN "{column}" text{collation} NOT NULL DEFAULT '{default}'"#);
    manager.get_connection().execute_unprepared(&add).await?;
    Ok(())
}

/// Adds to a table a text that may be unknown; of the rows that there are nothing is known.
pub(crate) async fn add_text_null(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    let text = if manager.get_database_backend() == DbBackend::Postgres { r#"text COLLATE "C""# } else { "text" };
    add_null(manager, table, column, text).await
}

/// Adds to a table a whole number that may be unknown; of the rows that there are nothing is known.
pub(crate) async fn add_int_null(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    add_null(manager, table, column, "bigint").await
}

/// Adds to a table an id, or nothing, that the database need not know of.
pub(crate) async fn add_id_null(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    let id = if manager.get_database_backend() == DbBackend::Postgres { "uuid" } else { "uuid_text" };
    add_null(manager, table, column, id).await
}

async fn add_null(manager: &SchemaManager<'_>, table: &str, column: &str, of: &str) -> Result<(), DbErr> {
    let add = format!(r#"ALTER TABLE "{table}" ADD COLUMN "{column}" {of}"#);
    manager.get_connection().execute_unprepared(&add).await?;
    Ok(())
}

/// Adds to a table an amount of money that may be unknown; of the rows that there are nothing is known.
pub(crate) async fn add_money_null(
    manager: &SchemaManager<'_>,
    table: &str,
    minor: &str,
    exact: &str,
    currency: &str,
) -> Result<(), DbErr> {
    let text = if manager.get_database_backend() == DbBackend::Postgres { r#"text COLLATE "C""# } else { "text" };
    for (column, of) in [(minor, "bigint"), (exact, text), (currency, text)] {
        let add = format!(r#"ALTER TABLE "{table}" ADD COLUMN "{column}" {of}"#);
        manager.get_connection().execute_unprepared(&add).await?;
    }
    Ok(())
}

/// Takes a column back on which no index stands.
pub(crate) async fn drop_column(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(&format!(r#"ALTER TABLE "{table}" DROP COLUMN "{column}""#)).await?;
    Ok(())
}

/// Takes a reference back.
pub(crate) async fn drop_reference(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    // SQLite drops no column that an index stands on.
    connection.execute_unprepared(&format!(r#"DROP INDEX "ix_{table}_{column}_id""#)).await?;
    drop_column(manager, table, column).await
}

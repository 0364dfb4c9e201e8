//! A row as either database gives it, read column by column in the order of the statement.

use ketnoi_domain::query::Key;
use rusqlite::types::ValueRef;
use tokio_postgres::types::Type;
use uuid::Uuid;

use crate::Error;

/// A row of one of the two databases.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

/// What a row is read into, while the database holds it.
pub(crate) trait FromRow: Sized + Send + 'static {
    /// How many columns it takes.
    const WIDTH: usize;
    fn from_row(row: &Row<'_>) -> Result<Self, Error>;
}

impl<'r> Row<'r> {
    pub(crate) fn get<C: Cell<'r>>(&self, column: usize) -> Result<C, Error> {
        match self {
            Self::Sqlite(row) => C::sqlite(row.get_ref(column)?).ok_or_else(|| {
                Error::Statement(format!("column {column} holds {:?}, which is not what is expected", row.get_ref(column)))
            }),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A sort key, whose type only the database knows.
    pub(crate) fn key(&self, column: usize) -> Result<Key, Error> {
        match self {
            Self::Sqlite(row) => match row.get_ref(column)? {
                ValueRef::Blob(b) => Ok(Key::Bytes(b.to_vec())),
                ValueRef::Integer(n) => Ok(Key::Int(n)),
                _ => self.get(column).map(Key::Text),
            },
            Self::Postgres(row) => match row.columns().get(column).map(tokio_postgres::Column::type_) {
                Some(&Type::BYTEA) => self.get(column).map(Key::Bytes),
                Some(&Type::INT8) => self.get(column).map(Key::Int),
                _ => self.get(column).map(Key::Text),
            },
        }
    }
}

/// A column's value. SQLite's own conversions would accept too much, so each type says what it takes.
pub(crate) trait Cell<'r>: Sized + tokio_postgres::types::FromSql<'r> {
    fn sqlite(value: ValueRef<'r>) -> Option<Self>;
}

impl<'r> Cell<'r> for &'r str {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        // Checked once, here: what SQLite calls text need not be UTF-8.
        value.as_str().ok()
    }
}
impl<'r> Cell<'r> for String {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        <&'r str>::sqlite(value).map(str::to_owned)
    }
}
impl<'r> Cell<'r> for Vec<u8> {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        value.as_blob().ok().map(<[u8]>::to_vec)
    }
}
impl<'r> Cell<'r> for i64 {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        value.as_i64().ok()
    }
}
impl<'r> Cell<'r> for bool {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        value.as_i64().ok().map(|n| n != 0)
    }
}
impl<'r> Cell<'r> for Uuid {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        value.as_blob().ok().and_then(|b| Uuid::from_slice(b).ok())
    }
}
impl<'r, C: Cell<'r>> Cell<'r> for Option<C> {
    fn sqlite(value: ValueRef<'r>) -> Option<Self> {
        if matches!(value, ValueRef::Null) { Some(None) } else { C::sqlite(value).map(Some) }
    }
}

/// The type that a column has in the row of an entity, with what it lends to those who decode it: they need the text, and
/// no text of their own.
pub(crate) trait Lend: 'static {
    type Lent<'r>: Cell<'r>
    where
        Self: 'r;
    fn lend(&self) -> Self::Lent<'_>;
}

impl Lend for String {
    type Lent<'r> = &'r str;
    fn lend(&self) -> &str {
        self
    }
}
impl<L: Lend> Lend for Option<L> {
    type Lent<'r> = Option<L::Lent<'r>>;
    fn lend(&self) -> Option<L::Lent<'_>> {
        self.as_ref().map(L::lend)
    }
}
macro_rules! lend_copies {
    ($($t:ty),+) => { $(impl Lend for $t {
        type Lent<'r> = Self;
        fn lend(&self) -> Self {
            *self
        }
    })+ };
}
lend_copies!(bool, i64, Uuid);

macro_rules! tuple_rows {
    ($($($t:ident $i:tt),+;)+) => { $(impl<$($t: for<'r> Cell<'r> + Send + 'static),+> FromRow for ($($t,)+) {
        const WIDTH: usize = [$($i),+].len();
        fn from_row(row: &Row<'_>) -> Result<Self, Error> {
            Ok(($(row.get::<$t>($i)?,)+))
        }
    })+ };
}
tuple_rows! { A 0; A 0, B 1; A 0, B 1, C 2; A 0, B 1, C 2, D 3; A 0, B 1, C 2, D 3, E 4; }

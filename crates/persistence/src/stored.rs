use ketnoi_domain::{FEWEST, Record, fold, query::Key};
use sea_orm::{EntityTrait, IntoActiveModel, ModelTrait};

use crate::{
    BadRow, Error,
    codec::Decoded,
    row::{FromRow, Row},
};

/// A kind of record and the table that keeps it: one row a record.
#[expect(private_bounds, reason = "rows are read and decoded here alone; callers only name the kind")]
pub trait Stored: Record + Readable {
    /// The table's name.
    const TABLE: &'static str;
    /// What lists of the kind can be filtered by.
    const FIELDS: &'static [(&'static str, Field)];
    /// What lists of the kind can be ordered by; the first is the default.
    const SORTS: &'static [Sort];
}

/// The conversion between a record and its row.
pub(crate) trait Readable: Record {
    type Entity: EntityTrait<Model = Self::Row>;
    type Row: RowHead
        + PartialEq
        + ModelTrait<Entity = Self::Entity>
        + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>;
    fn decode(row: <Self::Row as RowHead>::Cells<'_>) -> Decoded<Self>;
    fn encode(&self) -> Self::Row;

    /// [`Readable::decode`] of a row at hand, with the row's name on what is wrong.
    fn from_row(row: Self::Row) -> Result<Self, BadRow> {
        Self::decode(row.cells()).map_err(|b| b.in_row(<Self::Row as RowHead>::TABLE, row.id()))
    }
}

/// A record, decoded from what the database holds: no row is made in between.
pub(crate) struct Whole<T>(pub(crate) T);

impl<T: Readable> FromRow for Whole<T> {
    const WIDTH: usize = <<T as Readable>::Row as RowHead>::WIDTH;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        match T::decode(<<T as Readable>::Row as RowHead>::read(row)?) {
            Ok(record) => Ok(Self(record)),
            // The first column of every record is its id.
            Err(bad) => Err(bad.in_row(<<T as Readable>::Row as RowHead>::TABLE, row.get(0)?).into()),
        }
    }
}

/// What every row of a record knows of itself.
pub(crate) trait RowHead: 'static {
    const TABLE: &'static str;
    /// How many columns, from the first on, a record is made of.
    const WIDTH: usize;
    /// Those columns, as they are lent to [`Readable::decode`].
    type Cells<'r>
    where
        Self: 'r;
    fn read<'r>(row: &Row<'r>) -> Result<Self::Cells<'r>, Error>;
    fn cells(&self) -> Self::Cells<'_>;
    fn id(&self) -> uuid::Uuid;
    fn code(&self) -> &str;
    /// The row without its version: two rows with equal content say the same.
    fn content(&self) -> Self
    where
        Self: Sized;
    fn set_version(&mut self, version: i64);
    fn version(&self) -> i64;
    fn effective(&self) -> i64;
    fn set_effective(&mut self, level: i64);
    fn sort_key(&self) -> &[u8];
}

/// How a field of a filter is found.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// A column of the record's own.
    Column(&'static str),
    /// A period of the record's own: the columns of its start and end.
    Period(&'static str, &'static str),
    /// A column that points at a record of another table.
    Refers(&'static str, &'static str),
    /// Rows of another table that point back at the record.
    Through(Through),
    /// The folded search text.
    Search,
}

/// Rows of another table that point back at a record.
#[derive(Clone, Copy, Debug)]
pub struct Through {
    /// The other table.
    pub table: &'static str,
    /// Its column that points back.
    pub back: &'static str,
    /// Its column that is tested.
    pub column: &'static str,
    /// The table that this column points at, if it points.
    pub target: Option<&'static str>,
    /// A column that must hold a value for the row to count.
    pub only: Option<(&'static str, &'static str)>,
    /// Whether the rows are records, with a visibility of their own.
    pub records: bool,
}

/// An order that a list can have.
#[derive(Clone, Copy, Debug)]
pub struct Sort {
    /// What clients call it.
    pub name: &'static str,
    /// The column.
    pub column: &'static str,
    /// What is in it.
    pub kind: SortKind,
}

/// What a sort column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKind {
    /// A collation key, always there.
    Bytes,
    /// Text, always there.
    Text,
    /// A date, or unknown.
    Date,
    /// A number, or unknown.
    Int,
    /// How many people, or unknown. So few that they are withheld from some are among the unknown for all: neither a place in
    /// a list nor a cursor tells how many they are.
    People,
}

impl Sort {
    /// By code: every kind has it.
    pub const CODE: Self = Self { name: "code", column: "code", kind: SortKind::Text };
    /// By name or title, in the Vietnamese order.
    pub const TITLE: Self = Self { name: "title", column: "sort_key", kind: SortKind::Bytes };

    /// By a date that may be unknown.
    pub const fn date(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: SortKind::Date }
    }

    /// By a full date that is always known.
    pub const fn day(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: SortKind::Text }
    }

    /// By an amount that may be unknown; of several currencies it orders by the bare number.
    pub const fn int(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: SortKind::Int }
    }

    /// By how many people it counts, which may be unknown.
    pub const fn people(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: SortKind::People }
    }

    /// The expression that is ordered by, in words that both databases read alike. What is unknown comes last.
    pub(crate) fn expression(&self, descending: bool) -> String {
        let column = self.column;
        match (self.kind, descending) {
            (SortKind::Bytes | SortKind::Text, _) => format!("\"{column}\""),
            (SortKind::Date, false) => format!("COALESCE(\"{column}\", '~')"),
            (SortKind::Date, true) => format!("COALESCE(\"{column}\", '')"),
            (SortKind::Int, false) => format!("COALESCE(\"{column}\", {})", i64::MAX),
            // One above the smallest, which no literal can be written for.
            (SortKind::Int, true) => format!("COALESCE(\"{column}\", {})", i64::MIN + 1),
            (SortKind::People, _) => {
                let last = if descending { i64::MIN + 1 } else { i64::MAX };
                let few = format!("\"{column}\" BETWEEN 1 AND {}", FEWEST - 1);
                format!("CASE WHEN {few} THEN {last} ELSE COALESCE(\"{column}\", {last}) END")
            }
        }
    }

    /// Whether the expression that is ordered by puts something in the place of what is unknown.
    pub(crate) fn may_be_unknown(&self) -> bool {
        matches!(self.kind, SortKind::Date | SortKind::Int | SortKind::People)
    }

    /// Whether no two records share a key, so that the id decides nothing.
    pub(crate) fn is_unique(&self) -> bool {
        self.column == "code"
    }

    pub(crate) fn accepts(&self, key: &Key) -> bool {
        matches!(
            (self.kind, key),
            (SortKind::Bytes, Key::Bytes(_))
                | (SortKind::Text | SortKind::Date, Key::Text(_))
                | (SortKind::Int | SortKind::People, Key::Int(_))
        )
    }
}

/// The search text of a record: everything that a person may type to find it.
pub(crate) fn search_text<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut all = String::new();
    for text in texts {
        let folded = fold(text);
        if !folded.is_empty() {
            all.push(' ');
            all.push_str(&folded);
        }
    }
    all.push(' ');
    all
}

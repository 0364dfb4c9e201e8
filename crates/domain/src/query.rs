//! What a list is asked for, in words that every kind and both databases share: filter, order, page.

use crate::PartialDate;
use uuid::Uuid;

/// A condition on the records of one kind. Fields are named as the kind's table in `persistence` declares them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All of these hold; none of them given, everything passes.
    And(Vec<Filter>),
    /// One of these holds; none of them given, nothing passes.
    Or(Vec<Filter>),
    /// This does not hold. What is unknown neither holds nor fails: it passes neither a test nor its denial.
    Not(Box<Filter>),
    /// One field passes one test.
    Field(&'static str, Test),
}

/// A test on one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// It equals one of these.
    In(Vec<Scalar>),
    /// Nothing is known of it, or something is.
    IsUnknown(bool),
    /// It points at one of the records of these codes, or at what belongs to them.
    Refers {
        /// The codes.
        codes: Vec<String>,
        /// How far around them.
        scope: Scope,
    },
    /// Its folded text contains each word of this folded text.
    Matches(String),
    /// It may lie within these bounds, partial dates counting as their whole span.
    Overlaps {
        /// From this day, month or year.
        from: Option<PartialDate>,
        /// To this day, month or year.
        to: Option<PartialDate>,
    },
}

/// How far a reference to an organisation or a local authority reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// That record alone.
    #[default]
    Itself,
    /// With all that it succeeded: one body under all its names.
    Succession,
    /// With all that it succeeded and all its parts, and what those succeeded: a government with its departments.
    Family,
}

/// A value that a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// A text, or a coded value by its code.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// An id.
    Id(Uuid),
}

impl Filter {
    /// Lets everything pass.
    pub fn all() -> Self {
        Self::And(Vec::new())
    }
    /// The field equals one of these.
    pub fn is_in(field: &'static str, values: impl IntoIterator<Item = Scalar>) -> Self {
        Self::Field(field, Test::In(values.into_iter().collect()))
    }
    /// Both conditions hold.
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::And(mut all) => {
                all.push(other);
                Self::And(all)
            }
            one => Self::And(vec![one, other]),
        }
    }
}

/// How a list is ordered; ties are broken by id, and what is unknown comes last in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// The field, as the kind's table declares it.
    pub by: &'static str,
    /// From the largest down.
    pub descending: bool,
}

/// Where a record stands in an ordered list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// Its sort key.
    pub key: Key,
    /// Its id.
    pub id: Uuid,
}

/// A sort key as the database compares it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Bytes: a collation key.
    Bytes(Vec<u8>),
    /// A text compared byte by byte: codes and dates.
    Text(String),
    /// A whole number.
    Int(i64),
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// How many at most.
    pub size: u32,
    /// The last ones instead of the first.
    pub from_end: bool,
    /// Only what comes after this position.
    pub after: Option<Position>,
    /// Only what comes before this position.
    pub before: Option<Position>,
}

impl Page {
    /// The first `size`.
    pub fn first(size: u32) -> Self {
        Self { size, from_end: false, after: None, before: None }
    }
}

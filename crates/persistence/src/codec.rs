//! Columns to domain values and back; a value that does not fit names its column.

use ketnoi_domain::{
    Code, Coded, Currency, Decimal, Head, Id, Money, PartialDate, Percentage, Period, Record, Subject, Visibility,
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::BadRow;

/// A column that does not say what it must.
pub(crate) struct BadColumn {
    pub(crate) column: &'static str,
    pub(crate) problem: String,
}

impl BadColumn {
    /// The same, with the row that the column is in.
    pub(crate) fn in_row(self, table: &'static str, id: Uuid) -> BadRow {
        BadRow { table, column: self.column, id: id.to_string(), problem: self.problem }
    }
}

pub(crate) type Decoded<T> = Result<T, BadColumn>;

fn bad(column: &'static str, problem: impl std::fmt::Display) -> BadColumn {
    BadColumn { column, problem: problem.to_string() }
}

/// Reads a column by the function named first: `get!(coded, row.kind)`.
macro_rules! get {
    ($read:ident, $row:ident.$column:ident) => {
        $crate::codec::$read(stringify!($column), $row.$column)?
    };
}
/// Reads the three columns of an amount: `get_money!(row.value_minor, row.value_exact, row.value_currency)`.
macro_rules! get_money {
    ($row:ident.$minor:ident, $row2:ident.$exact:ident, $row3:ident.$currency:ident) => {
        $crate::codec::money(stringify!($minor), $row.$minor, $row2.$exact, $row3.$currency)?
    };
}
pub(crate) use {get, get_money};

/// The columns that every record has.
pub(crate) fn head<T: Record>(id: Uuid, code: &str, levels: (i64, i64), illustrative: bool, version: i64) -> Decoded<Head<T>> {
    let visible = |column, n: i64| {
        let known = Visibility::ALL.iter().copied().find(|v| level(*v) == n);
        known.ok_or_else(|| bad(column, format!("{n} is no visibility")))
    };
    // Whoever reads an archived record reads it as archived; nobody else gets hold of one.
    let effective = if levels.1 == ARCHIVED { Visibility::Draft } else { visible("effective", levels.1)? };
    Ok(Head {
        id: Id::from_uuid(id),
        code: code.parse::<Code>().map_err(|e| bad("code", e))?,
        visibility: visible("visibility", levels.0)?,
        effective,
        illustrative,
        version,
    })
}

/// What stands in the place of a visibility where a record, or what it belongs to, is archived: below all that anyone sees.
pub(crate) const ARCHIVED: i64 = -1;

/// A visibility as the number that is compared.
pub(crate) fn level(visibility: Visibility) -> i64 {
    visibility as i64
}

pub(crate) fn coded<T: Coded>(column: &'static str, code: &str) -> Decoded<T> {
    T::from_code(code).ok_or_else(|| bad(column, format!("`{code}` is no {}", T::NAME)))
}
pub(crate) fn coded_null<T: Coded>(column: &'static str, code: Option<&str>) -> Decoded<Option<T>> {
    code.map(|c| coded(column, c)).transpose()
}
pub(crate) fn text(_: &'static str, text: &str) -> Decoded<String> {
    Ok(text.to_owned())
}
pub(crate) fn text_null(_: &'static str, text: Option<&str>) -> Decoded<Option<String>> {
    Ok(text.map(str::to_owned))
}
pub(crate) fn json<T: DeserializeOwned>(column: &'static str, text: &str) -> Decoded<T> {
    serde_json::from_str(text).map_err(|e| bad(column, e))
}
pub(crate) fn json_null<T: DeserializeOwned>(column: &'static str, text: Option<&str>) -> Decoded<Option<T>> {
    text.map(|t| json(column, t)).transpose()
}
pub(crate) fn date(column: &'static str, text: Option<&str>) -> Decoded<Option<PartialDate>> {
    text.map(|t| t.parse().map_err(|e| bad(column, e))).transpose()
}
pub(crate) fn day(column: &'static str, text: &str) -> Decoded<chrono::NaiveDate> {
    text.parse().map_err(|_| bad(column, format!("`{text}` is no date")))
}
pub(crate) fn decimal(column: &'static str, text: &str) -> Decoded<Decimal> {
    text.parse().map_err(|e| bad(column, e))
}
pub(crate) fn decimal_null(column: &'static str, text: Option<&str>) -> Decoded<Option<Decimal>> {
    text.map(|t| decimal(column, t)).transpose()
}
pub(crate) fn currency(column: &'static str, text: &str) -> Decoded<Currency> {
    text.parse().map_err(|e| bad(column, e))
}
pub(crate) fn share(column: &'static str, millionths: Option<i64>) -> Decoded<Option<Percentage>> {
    let read = |n| Percentage::from_millionths(n).ok_or_else(|| bad(column, format!("{n} millionths are no percentage")));
    millionths.map(read).transpose()
}
pub(crate) fn id<T>(_: &'static str, id: Uuid) -> Decoded<Id<T>> {
    Ok(Id::from_uuid(id))
}
pub(crate) fn id_null<T>(_: &'static str, id: Option<Uuid>) -> Decoded<Option<Id<T>>> {
    Ok(id.map(Id::from_uuid))
}
pub(crate) fn subject(kind: &str, id: Uuid) -> Decoded<Subject> {
    let kind =
        ketnoi_domain::Kind::from_name(kind).ok_or_else(|| bad("subject_kind", format!("`{kind}` is no kind of record")))?;
    Ok(Subject { kind, id })
}
pub(crate) fn period(from: Option<PartialDate>, to: Option<PartialDate>) -> Period {
    Period { from, to }
}

/// An amount from its columns: optional where the currency is.
pub(crate) fn money<'r, M: MoneyColumns<'r>>(
    column: &'static str,
    minor: M::Minor,
    exact: Option<&'r str>,
    currency: M::Code,
) -> Decoded<M> {
    M::read(column, minor, exact, currency)
}
/// What three columns make: an amount, or perhaps one.
pub(crate) trait MoneyColumns<'r>: Sized {
    type Minor;
    type Code;
    fn read(column: &'static str, minor: Self::Minor, exact: Option<&'r str>, currency: Self::Code) -> Decoded<Self>;
}
impl<'r> MoneyColumns<'r> for Money {
    type Minor = i64;
    type Code = &'r str;
    fn read(column: &'static str, minor: i64, exact: Option<&'r str>, code: &'r str) -> Decoded<Self> {
        let code = currency(column, code)?;
        match exact {
            None => Ok(Self::from_minor(minor, code)),
            Some(exact) => Self::new(decimal(column, exact)?, code).ok_or_else(|| bad(column, "the amount is too large")),
        }
    }
}
impl<'r> MoneyColumns<'r> for Option<Money> {
    type Minor = Option<i64>;
    type Code = Option<&'r str>;
    fn read(column: &'static str, minor: Option<i64>, exact: Option<&'r str>, code: Option<&'r str>) -> Decoded<Self> {
        minor.zip(code).map(|(minor, code)| Money::read(column, minor, exact, code)).transpose()
    }
}

/// A value as JSON. Domain values are maps with text keys, lists, texts and numbers: none of them can fail.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
pub(crate) fn to_text(value: Option<impl ToString>) -> Option<String> {
    value.map(|v| v.to_string())
}
pub(crate) fn to_code(value: Option<impl Coded>) -> Option<String> {
    value.map(|v| v.code().to_owned())
}
pub(crate) fn to_uuid<T>(value: Option<Id<T>>) -> Option<Uuid> {
    value.map(Id::uuid)
}
/// The columns of an amount. One beyond 64 bits of smallest units is kept exactly and ordered as the largest there is.
pub(crate) fn to_money(value: Money) -> (i64, Option<String>, String) {
    let (minor, whole) = value.to_minor().unwrap_or((i64::MAX, false));
    (minor, (!whole).then(|| value.amount().to_string()), value.currency().to_string())
}
pub(crate) fn to_money_null(value: Option<Money>) -> (Option<i64>, Option<String>, Option<String>) {
    value.map(to_money).map_or((None, None, None), |(minor, exact, currency)| (Some(minor), exact, Some(currency)))
}

/// What a record is ordered by: the Vietnamese sort key of its name, by its Vietnamese text, else the first there is. Records
/// without a name are ordered by their code; its bytes do.
pub(crate) fn sort_key_of<T: Record>(record: &T) -> Vec<u8> {
    let name = record.label().map(|name| ketnoi_domain::sort_key(name.in_lang(ketnoi_domain::Lang::Vi)));
    name.unwrap_or_else(|| record.head().code.as_str().as_bytes().to_vec())
}

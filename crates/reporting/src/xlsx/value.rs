//! Values as a spreadsheet can hold them, or that it cannot.

use chrono::{Datelike, NaiveDate};
use ketnoi_domain::{Decimal, Measured, PartialDate, Precision};
use rust_xlsxwriter::ExcelDateTime;

use crate::model::{Cell, Value};

/// How many digits of a number a spreadsheet keeps.
const DIGITS: u32 = 15;
/// How many digits after the point a number shows; the cell holds them all.
const PLACES: u8 = 15;

/// What a cell holds.
pub(super) enum Held {
    /// The printed words.
    Words,
    /// A number, and how it is shown.
    Number(f64, String),
    /// A day.
    Day(ExcelDateTime),
    /// A number with more digits than a spreadsheet keeps.
    Exact(Decimal),
}

/// What a cell can hold of a value. Nothing is ever rounded to fit: what does not fit stays words.
pub(super) fn held(value: &Value) -> Held {
    match value {
        Value::Money(money) => {
            let places = money.amount().scale().min(money.currency().exponent());
            number(money.amount(), 0, format!("{} \"{}\"", grouped(places), money.currency().code()))
        }
        Value::Number(n) | Value::Measured(Measured::Number(n)) => number(*n, 0, grouped(n.scale())),
        Value::PerCent(n) => per_cent(*n),
        Value::Share(share) => per_cent(share.decimal()),
        Value::Measured(Measured::Ratio { numerator, denominator }) => ratio(*numerator, *denominator),
        Value::Date(date) => day(*date).map_or(Held::Words, Held::Day),
        Value::Measured(Measured::Words(_)) | Value::Monies(_) | Value::Period(_) => Held::Words,
        // A blank or a nought would be counted; the words are not.
        Value::Unknown | Value::NotApplicable => Held::Words,
    }
}

fn number(n: Decimal, power: i32, shape: String) -> Held {
    double(n, power).map_or(Held::Exact(n), |number| Held::Number(number, shape))
}

/// A number of per cent is held as the share that spreadsheets compute with.
fn per_cent(n: Decimal) -> Held {
    number(n, -2, percentage(n.normalised().scale()))
}

/// A share is the quotient; the counts behind it are in the printed words, which go into the cell's note.
fn ratio(part: Decimal, whole: Decimal) -> Held {
    match (double(part, 0), double(whole, 0)) {
        (Some(n), Some(d)) if !whole.is_zero() => Held::Number(n / d, percentage(1)),
        _ => Held::Words,
    }
}

/// `n` times a power of ten as a binary number that prints with the same digits; `None` for more digits than that allows.
fn double(n: Decimal, power: i32) -> Option<f64> {
    let mut digits = n.coefficient().unsigned_abs();
    while digits != 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    if digits >= 10u128.pow(DIGITS) {
        return None;
    }
    format!("{n}e{power}").parse().ok()
}

/// A full date. The calendar of spreadsheets has a day too many in 1900, so dates up to that year stay words.
fn day(date: PartialDate) -> Option<ExcelDateTime> {
    let day: NaiveDate = date.from();
    let year = u16::try_from(day.year()).ok().filter(|year| (1901..=9999).contains(year))?;
    let whole = date.precision() == Precision::Day;
    whole.then(|| ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()).flatten()
}

/// Thousands apart, so many digits after the point; the reader's spreadsheet chooses the marks.
fn grouped(places: u8) -> String {
    let mut shape = String::from("#,##0");
    if places > 0 {
        shape.push('.');
        shape.push_str(&"0".repeat(usize::from(places.min(PLACES))));
    }
    shape
}

/// Per cent with one digit after the point, or more where the number has more.
fn percentage(places: u8) -> String {
    format!("0.{}%", "0".repeat(usize::from(places.clamp(1, PLACES))))
}

/// Whether the printed text says more than the value, such as `about 140` or `84.6% (22 of 26)`.
pub(super) fn says_more(cell: &Cell) -> bool {
    let text = cell.text.plain();
    let plain = |c: char| c.is_ascii_digit() || ".,'’%-\u{2212}+".contains(c) || (c.is_whitespace() && c != '\n');
    match &cell.value {
        Some(Value::Money(money)) => !text.replace(money.currency().code(), "").chars().all(plain),
        // Months have names, so letters say nothing more here.
        Some(Value::Date(_)) => text.contains(['\n', '(', '[']),
        _ => !text.chars().all(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Value) -> String {
        match held(value) {
            Held::Words => "words".to_owned(),
            Held::Number(n, shape) => format!("{n} as {shape}"),
            Held::Day(day) => format!("day {}", day.to_excel()),
            Held::Exact(n) => format!("exactly {n}"),
        }
    }

    #[test]
    fn numbers_keep_every_digit_or_stay_words() {
        let number = |s: &str| shown(&Value::Number(s.parse().unwrap()));
        assert_eq!(number("12.50"), "12.5 as #,##0.00");
        assert_eq!(number("999999999999999"), "999999999999999 as #,##0");
        assert_eq!(number("1234567890123456"), "exactly 1234567890123456");
        assert_eq!(number("0.12345678901234567"), "exactly 0.12345678901234567");
        let money = |s: &str| shown(&Value::Money(s.parse().unwrap()));
        assert_eq!(money("18458189 CAD"), "18458189 as #,##0.00 \"CAD\"");
        assert_eq!(money("10000000000000 VND"), "10000000000000 as #,##0 \"VND\"");
        assert_eq!(money("86514.0845070423 EUR"), "86514.0845070423 as #,##0.00 \"EUR\"");
    }

    #[test]
    fn shares_are_fractions_and_only_whole_days_are_days() {
        assert_eq!(shown(&Value::Share("84.6".parse().unwrap())), "0.846 as 0.0%");
        assert_eq!(shown(&Value::PerCent("33.3333".parse().unwrap())), "0.333333 as 0.0000%");
        let ratio = |n: i64, d: i64| Value::Measured(Measured::Ratio { numerator: n.into(), denominator: d.into() });
        assert_eq!([shown(&ratio(1, 2)), shown(&ratio(1, 0))], ["0.5 as 0.0%", "words"]);
        let date = |s: &str| shown(&Value::Date(s.parse().unwrap()));
        assert_eq!([date("2026-11-22"), date("2026-11"), date("1900-01-01")], ["day 46348", "words", "words"]);
        assert_eq!(shown(&Value::Unknown), "words");
    }
}

//! The bare SQL of what a mutation writes: the same rows, in as few statements as there are tables.

use std::{cell::RefCell, collections::HashMap};

use ketnoi_persistence::Database;
use ketnoi_registry::Clock;
use uuid::Uuid;

use super::Write;

/// A value that is bound.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Id(Uuid),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A statement with its values.
pub(super) struct Step {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// How much of it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All that a mutation writes.
    Whole,
    /// The row of the record.
    Record,
}

/// Where ids and codes come from, and what is pointed at.
#[derive(Clone)]
pub(super) struct Ids {
    clock: Clock,
    stamp: String,
    indicators: Vec<Uuid>,
}

const TITLE: &str = r#"{"vi":"Lập kế hoạch có người dân tham gia"}"#;
const FOLDED: &str = "lap ke hoach co nguoi dan tham gia";
const NOW: &str = "2026-01-01T00:00:00Z";
const HASH: &str = "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92";
const DAY: &str = "2025-12-31";
const ACTUAL: &str = r#"{"value":"5","note":{}}"#;
const REVISION: &str = "(SELECT revision FROM registry)";

/// A record that is written.
#[derive(Clone)]
pub(super) struct Record {
    kind: &'static str,
    id: Uuid,
    code: String,
    /// As the trail keeps it.
    contents: String,
}

thread_local! {
    /// Rows that were written out before: what is measured is the database, and not how long texts are made.
    static ROWS: RefCell<HashMap<(String, usize), String>> = RefCell::default();
}

/// Rows for one `VALUES`: in `row`, `{n}` stands for its n-th value, which are counted on from one row to the next.
fn rows(row: &str, width: usize, count: usize) -> String {
    let marked = |i: usize| move |row: String, n: usize| row.replace(&format!("{{{n}}}"), &format!("${}", i * width + n));
    let all = || (0..count).map(|i| (1..=width).fold(row.to_owned(), marked(i))).collect::<Vec<_>>().join(", ");
    ROWS.with_borrow_mut(|rows| rows.entry((row.to_owned(), count)).or_insert_with(all).clone())
}

/// The numbers of so many values after the first ones, for one `IN`.
fn within(after: usize, count: usize) -> String {
    (1..=count).map(|n| format!("${}", after + n)).collect::<Vec<_>>().join(", ")
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn folded() -> Value {
    Value::Bytes(FOLDED.as_bytes().to_vec())
}

fn number(id: Uuid) -> Value {
    Value::Int(i64::try_from(id.as_u128() & ((1 << 62) - 1)).unwrap_or_default())
}

fn numbers(records: &[Record]) -> impl Iterator<Item = Value> {
    records.iter().map(|record| number(record.id))
}

/// PostgreSQL's columns for the words of an entry, and what goes into them.
fn words(postgres: bool, value: usize) -> (&'static str, String) {
    if !postgres {
        return ("", String::new());
    }
    let words = format!("array_to_tsvector(string_to_array({{{value}}}, ' '))");
    (", name_words, words", format!(", {words}, {words}"))
}

pub(super) fn is_postgres(database: &Database) -> bool {
    matches!(database, Database::Postgres { .. })
}

impl Ids {
    pub(super) fn new(clock: &Clock, stamp: &str, indicators: Vec<Uuid>) -> Self {
        Self { clock: clock.clone(), stamp: stamp.to_owned(), indicators }
    }

    fn record(&self, kind: &'static str) -> Record {
        let id = self.clock.new_id();
        let code = format!("b-{}-{}", self.stamp, id.simple());
        let contents = format!(
            r#"{{"head":{{"id":"{id}","code":"{code}","visibility":"public","effective":"public","illustrative":false,"version":1}},"title":{TITLE},"description":{{}},"theme":null,"authority":null,"programme":null,"since":null}}"#
        );
        Record { kind, id, code, contents }
    }

    /// The records that one connection changes again and again, if it changes any, and the steps that make them.
    pub(super) fn begin(&self, database: &Database, write: Write) -> (Vec<Record>, Vec<Step>) {
        let records: Vec<Record> = match write {
            Write::Create => return (Vec::new(), Vec::new()),
            Write::Update => vec![self.record("good_practice")],
            Write::Bulk => self.indicators.iter().map(|_| self.record("indicator_period")).collect(),
        };
        let own = if write == Write::Update { practices(&records) } else { self.periods(&records) };
        let steps = self.whole(own, entries(is_postgres(database), &records), changes(&records, None));
        (records, steps)
    }

    /// The steps of one write.
    pub(super) fn steps(&self, database: &Database, write: Write, part: Part, changed: &[Record]) -> Vec<Step> {
        let postgres = is_postgres(database);
        let made = [self.record("good_practice")];
        let own = match write {
            Write::Create => practices(&made),
            Write::Update => described(changed),
            Write::Bulk => reported(changed),
        };
        match (part, write) {
            (Part::Record, _) => vec![own],
            (Part::Whole, Write::Create) => self.whole(own, entries(postgres, &made), changes(&made, None)),
            (Part::Whole, Write::Update | Write::Bulk) => {
                self.whole(own, entries_again(postgres, changed), changes(changed, Some("changed")))
            }
        }
    }

    /// How many statements one write takes, with its transaction.
    pub(super) fn statements(&self, database: &Database, write: Write) -> usize {
        let (changed, _) = self.begin(database, write);
        self.steps(database, write, Part::Whole, &changed).len() + 2
    }

    /// The revision, the records, what the search keeps of them, and the trail.
    fn whole(&self, own: Step, search: Vec<Step>, changes: Step) -> Vec<Step> {
        let revise = Step { sql: "UPDATE registry SET revision = revision + 1".to_owned(), values: Vec::new() };
        let mut steps = vec![revise, own];
        steps.extend(search);
        steps.extend([changes, self.sign()]);
        steps
    }

    fn sign(&self) -> Step {
        let columns = "id, revision, at, actor, account, request, action, detail, previous, hash";
        let values = format!("$1, {REVISION}, $2, 'race-officer', $3, $4, 'bare', '', $5, $5");
        let sql = format!("INSERT INTO audit_entry ({columns}) VALUES ({values})");
        let (entry, account, request) = (self.clock.new_id(), self.clock.new_id(), self.clock.new_id().to_string());
        Step { sql, values: vec![Value::Id(entry), text(NOW), Value::Id(account), Value::Text(request), text(HASH)] }
    }

    /// Makes a period of each indicator.
    fn periods(&self, records: &[Record]) -> Step {
        let value = |(record, indicator): (&Record, &Uuid)| {
            let key = Value::Bytes(record.code.clone().into_bytes());
            [Value::Id(record.id), text(&record.code), Value::Id(*indicator), text(DAY), text(ACTUAL), key]
        };
        let row = "({1}, {2}, 3, 3, FALSE, 1, {3}, {4}, {4}, {5}, {6}, {2})";
        let columns = "id, code, visibility, effective, illustrative, version, indicator_id, period_from, period_to, actual, sort_key, search";
        let sql = format!("INSERT INTO indicator_period ({columns}) VALUES {}", rows(row, 6, records.len()));
        Step { sql, values: records.iter().zip(&self.indicators).flat_map(value).collect() }
    }
}

/// Changes what a practice says.
fn described(changed: &[Record]) -> Step {
    let sql = "UPDATE good_practice SET description = $1, search = $2, version = version + 1 WHERE id = $3".to_owned();
    let said = changed.iter().flat_map(|r| {
        let description = format!(r#"{{"vi":"Lần sửa {}"}}"#, r.code);
        [Value::Text(description), Value::Text(format!(" {} {FOLDED} lan sua ", r.code)), Value::Id(r.id)]
    });
    Step { sql, values: said.collect() }
}

/// Changes what was reached in periods.
fn reported(changed: &[Record]) -> Step {
    let those = within(1, changed.len());
    let sql = format!("UPDATE indicator_period SET actual = $1, version = version + 1 WHERE id IN ({those})");
    Step { sql, values: std::iter::once(text(ACTUAL)).chain(changed.iter().map(|r| Value::Id(r.id))).collect() }
}

/// Writes the entries of records in the search once more.
fn entries_again(postgres: bool, records: &[Record]) -> Vec<Step> {
    let mut steps = Vec::new();
    if postgres {
        let words = "array_to_tsvector(string_to_array($2, ' '))";
        let sql = format!(
            "UPDATE search_entry SET sort_key = $1, name_words = {words}, words = {words} WHERE number IN ({})",
            within(2, records.len())
        );
        steps.push(Step { sql, values: [folded(), text(FOLDED)].into_iter().chain(numbers(records)).collect() });
    } else {
        let sql = format!("UPDATE search_entry SET sort_key = $1 WHERE number IN ({})", within(1, records.len()));
        steps.push(Step { sql, values: std::iter::once(folded()).chain(numbers(records)).collect() });
        steps.push(index(records));
    }
    let sql = format!("DELETE FROM search_name WHERE number IN ({})", within(0, records.len()));
    steps.push(Step { sql, values: numbers(records).collect() });
    steps.push(names(records));
    steps
}

/// The words of records, as SQLite keeps them.
fn index(records: &[Record]) -> Step {
    let sql = format!("REPLACE INTO search_index (rowid, names, texts) VALUES {}", rows("({1}, {2}, '')", 2, records.len()));
    Step { sql, values: records.iter().flat_map(|r| [number(r.id), said(r)]).collect() }
}

fn said(record: &Record) -> Value {
    Value::Text(format!("{} {FOLDED}", record.code))
}

fn practices(records: &[Record]) -> Step {
    let value = |record: &Record| {
        [
            Value::Id(record.id),
            Value::Text(record.code.clone()),
            text(TITLE),
            folded(),
            Value::Text(format!(" {} {FOLDED} ", record.code)),
        ]
    };
    let row = "({1}, {2}, 3, 3, FALSE, 1, {3}, '{}', {4}, {5})";
    let columns = "id, code, visibility, effective, illustrative, version, title, description, sort_key, search";
    let sql = format!("INSERT INTO good_practice ({columns}) VALUES {}", rows(row, 5, records.len()));
    Step { sql, values: records.iter().flat_map(value).collect() }
}

/// The entries of records in the search.
fn entries(postgres: bool, records: &[Record]) -> Vec<Step> {
    let (more, words) = words(postgres, 5);
    let row = format!("({{1}}, {{2}}, {{3}}, 3, FALSE, 0, {{4}}{words})");
    let columns = format!("number, kind, record_id, effective, illustrative, weight, sort_key{more}");
    let width = if postgres { 5 } else { 4 };
    let value = |record: &Record| {
        let all = [number(record.id), text(record.kind), Value::Id(record.id), folded(), said(record)];
        all.into_iter().take(width)
    };
    let sql = format!("INSERT INTO search_entry ({columns}) VALUES {}", rows(&row, width, records.len()));
    let mut steps = vec![Step { sql, values: records.iter().flat_map(value).collect() }];
    if !postgres {
        steps.push(index(records));
    }
    steps.push(names(records));
    steps
}

/// The names of records in the search: the code and the title of each.
fn names(records: &[Record]) -> Step {
    let all = rows("({1}, {2}, 0), ({1}, {3}, 0)", 3, records.len());
    let value = |r: &Record| [number(r.id), Value::Text(r.code.clone()), text(FOLDED)];
    let sql = format!("INSERT INTO search_name (number, name, weight) VALUES {all}");
    Step { sql, values: records.iter().flat_map(value).collect() }
}

/// The rows of records in the change feed: made, unless something else was done with them.
fn changes(records: &[Record], done: Option<&str>) -> Step {
    let columns = r#"revision, position, kind, record_id, operation, "before", "after", contents, effective_before, effective_after, code, version"#;
    let (before, level) = done.map_or(("NULL", "NULL"), |_| ("{4}", "3"));
    let operation = done.unwrap_or("added");
    let row = format!("({REVISION}, {{1}}, {{2}}, {{3}}, '{operation}', {before}, {{4}}, {{5}}, {level}, 3, {{6}}, 1)");
    let sql = format!("INSERT INTO change ({columns}) VALUES {}", rows(&row, 6, records.len()));
    let value = |(position, record): (usize, &Record)| {
        [
            Value::Int(i64::try_from(position).unwrap_or_default()),
            text(record.kind),
            Value::Id(record.id),
            text(&record.contents),
            text(HASH),
            text(&record.code),
        ]
    };
    Step { sql, values: records.iter().enumerate().flat_map(value).collect() }
}

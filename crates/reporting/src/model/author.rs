//! Who writes the model: puts values into the reader's language and notes what only another language has.

use std::{
    cell::{Cell as Flag, RefCell},
    collections::HashMap,
};

use chrono::Datelike as _;
use ketnoi_domain::{Coded, Decimal, Lang, Measured, Money, PartialDate, Percentage, Period, Precision, Text, Totals};

use super::{Cell, Rich, Span, Style, Target, Value};
use crate::{ReportError, Snapshot, brand::Brand, locale, shelf::Shelf, wording::Wording};

/// A space at which no line ends.
const NBSP: char = '\u{A0}';

/// Writes in one language over one snapshot.
pub(crate) struct Author<'a> {
    /// The facts.
    pub(crate) snapshot: &'a Snapshot,
    /// The brands that apply.
    pub(crate) brands: &'a [Brand],
    /// Where emblems are.
    pub(crate) shelf: &'a Shelf,
    wording: &'a Wording,
    /// The number of each document.
    numbers: HashMap<&'a str, usize>,
    fell_back: Flag<bool>,
    /// The headings of sections that had nothing to say and are named together.
    silent: RefCell<Vec<String>>,
}

impl<'a> Author<'a> {
    /// An author for a snapshot.
    pub(crate) fn new(snapshot: &'a Snapshot, wording: &'a Wording, brands: &'a [Brand], shelf: &'a Shelf) -> Self {
        let numbers = snapshot.documents.iter().enumerate().map(|(i, d)| (d.key.as_str(), i + 1)).collect();
        Self { snapshot, brands, shelf, wording, numbers, fell_back: Flag::new(false), silent: RefCell::default() }
    }

    /// The reader's language.
    pub(crate) fn lang(&self) -> Lang {
        self.wording.lang()
    }

    /// Whether some text so far was only there in another language.
    pub(crate) fn fell_back(&self) -> bool {
        self.fell_back.get()
    }

    /// Notes the heading of a section that had nothing to say.
    pub(crate) fn pass_over(&self, heading: String) {
        self.silent.borrow_mut().push(heading);
    }

    /// The headings that were noted so far.
    pub(crate) fn passed_over(&self) -> Vec<String> {
        self.silent.borrow().clone()
    }

    /// A message of the wording.
    pub(crate) fn say(&self, key: &str) -> String {
        self.wording.say(key)
    }

    /// A message with words in it.
    pub(crate) fn say_with(&self, key: &str, words: &[(&str, &str)]) -> String {
        self.wording.say_with(key, words)
    }

    /// A message with texts in it that keep their styles, the marks of their languages and where they lead.
    pub(crate) fn say_rich(&self, key: &str, texts: &[(&str, Rich)]) -> Rich {
        // Each text is held a place by a character that no language writes, from the area for private use.
        let holders: Vec<String> = ('\u{E000}'..='\u{F8FF}').take(texts.len()).map(String::from).collect();
        let words: Vec<(&str, &str)> = texts.iter().zip(&holders).map(|((name, _), holder)| (*name, holder.as_str())).collect();
        let said = self.say_with(key, &words);
        let mut rich = Rich::default();
        for piece in said.split_inclusive(|c: char| ('\u{E000}'..='\u{F8FF}').contains(&c)) {
            let held =
                holders.iter().zip(texts).find_map(|(holder, (_, text))| Some((piece.strip_suffix(holder.as_str())?, text)));
            match held {
                Some(("", text)) => rich = rich.then(text.clone()),
                Some((words, text)) => rich = rich.then(words).then(text.clone()),
                None => rich = rich.then(piece),
            }
        }
        rich
    }

    /// A label and what it names, with the colon that the language sets between them.
    pub(crate) fn labelled(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.say("colon"))
    }

    /// Items in a row, with the semicolons that the language sets between them.
    pub(crate) fn in_a_row(&self, items: &[String]) -> String {
        items.join(&self.say("semicolon"))
    }

    /// A message that depends on a count.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        self.wording.count(key, count)
    }

    /// A message that may not be there.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        self.wording.find(key)
    }

    /// The word for a value of a closed list.
    pub(crate) fn coded<T: Coded>(&self, prefix: &str, value: T) -> String {
        self.wording.say(&format!("{prefix}-{}", value.name()))
    }

    /// A text in the reader's language, else in English, which most readers of other languages know best, else in another.
    fn served<'t>(&self, text: &'t Text) -> Option<(Lang, &'t str)> {
        let first = [self.lang(), Lang::En].into_iter().find_map(|lang| Some((lang, text.get(lang)?)));
        first.or_else(|| text.served(self.lang()))
    }

    /// A text in the reader's language, else in another with a small mark that names it.
    pub(crate) fn text(&self, text: &Text) -> Rich {
        // A name that is the same in several languages, such as that of a city, is taken for the reader's too.
        let is_name = |words: &str| text.iter().count() > 1 && text.iter().all(|(_, other)| other == words);
        match self.served(text) {
            None => Rich::default(),
            Some((lang, words)) if lang == self.lang() || is_name(words) => words.into(),
            Some((lang, words)) => {
                self.fell_back.set(true);
                let span = Span { text: words.to_owned(), lang: Some(lang), ..Span::default() };
                let mark = Span { text: format!("{NBSP}{}", lang.code().to_uppercase()), style: Style::Mark, ..Span::default() };
                Rich(vec![span, mark])
            }
        }
    }

    /// A text without a mark, for places that hold a line of plain words.
    pub(crate) fn plain(&self, text: &Text) -> String {
        self.served(text).map(|(_, words)| words.to_owned()).unwrap_or_default()
    }

    /// That nobody knows.
    pub(crate) fn unknown(&self) -> Rich {
        Rich::styled(self.say("unknown"), Style::Faint)
    }

    /// That there can be none.
    pub(crate) fn not_applicable(&self) -> Rich {
        Rich::styled(self.say("not-applicable"), Style::Faint)
    }

    /// A text, or that nobody knows.
    pub(crate) fn text_or_unknown(&self, text: &Text) -> Rich {
        if text.is_empty() { self.unknown() } else { self.text(text) }
    }

    /// A text without a mark, or that nobody knows.
    pub(crate) fn plain_or_unknown(&self, text: &Text) -> String {
        if text.is_empty() { self.say("unknown") } else { self.plain(text) }
    }

    /// A number.
    pub(crate) fn number(&self, n: Decimal) -> String {
        locale::number(self.lang(), n)
    }

    /// A cell with a count, or that nobody knows it.
    pub(crate) fn count_cell(&self, count: Option<i64>) -> Cell {
        count.map_or_else(
            || Cell::of(self.unknown(), Value::Unknown),
            |n| Cell::of(self.number(n.into()), Value::Number(n.into())),
        )
    }

    /// An amount without its currency, for columns that name it.
    pub(crate) fn amount(&self, money: Money) -> String {
        self.number(money.amount())
    }

    /// An amount with its currency.
    pub(crate) fn money(&self, money: Money) -> String {
        format!("{}{NBSP}{}", self.amount(money), money.currency().code())
    }

    /// Amounts of several currencies, each on its line.
    pub(crate) fn totals(&self, totals: &Totals) -> Rich {
        Rich::joined(totals.iter().map(|m| Rich::from(self.money(m))), "\n")
    }

    /// A cell with an amount, or that nobody knows it.
    pub(crate) fn money_cell(&self, money: Option<Money>) -> Cell {
        money.map_or_else(|| Cell::of(self.unknown(), Value::Unknown), |m| Cell::of(self.money(m), Value::Money(m)))
    }

    /// A number of per cent.
    pub(crate) fn per_cent(&self, n: Decimal) -> String {
        self.say_with("per-cent", &[("n", &self.number(n.normalised()))])
    }

    /// A share.
    pub(crate) fn share(&self, share: Percentage) -> String {
        self.per_cent(share.decimal())
    }

    /// A cell with a share; empty where no source gives one.
    pub(crate) fn share_cell(&self, share: Option<Percentage>) -> Cell {
        share.map_or_else(|| Cell::text(Rich::default()), |s| Cell::of(self.share(s), Value::Share(s)))
    }

    /// A date, with as much of it as is known.
    pub(crate) fn date(&self, date: PartialDate) -> String {
        self.written(date, "date-month", "date-day")
    }

    /// A date by the messages for one whose day is not known and for one that is known in full.
    fn written(&self, date: PartialDate, of_month: &str, of_day: &str) -> String {
        let text = date.to_string();
        let mut parts = text.split('-');
        let (year, mm, dd) =
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let month = || self.say(&format!("month-{}", mm.trim_start_matches('0')));
        match date.precision() {
            Precision::Year => year.to_owned(),
            Precision::Month => self.say_with(of_month, &[("year", year), ("mm", mm), ("month", &month())]),
            Precision::Day => {
                let day = dd.trim_start_matches('0');
                self.say_with(of_day, &[("year", year), ("mm", mm), ("month", &month()), ("dd", dd), ("day", day)])
            }
        }
    }

    /// The date of an instant.
    pub(crate) fn instant_date(&self, instant: &str) -> String {
        let date = instant.split('T').next().and_then(|d| d.parse().ok());
        date.map_or_else(|| instant.to_owned(), |d| self.date(d))
    }

    /// A cell with a date, or that nobody knows.
    pub(crate) fn date_cell(&self, date: Option<PartialDate>) -> Cell {
        date.map_or_else(|| Cell::of(self.unknown(), Value::Unknown), |d| Cell::of(self.date(d), Value::Date(d)))
    }

    /// A period; `None` if nothing is known of it.
    pub(crate) fn period(&self, period: Period) -> Option<String> {
        let short = period.from.zip(period.to).and_then(|(from, to)| self.within_a_year(from, to));
        if short.is_some() {
            return short;
        }
        let (from, to) = (period.from.map(|d| self.date(d)), period.to.map(|d| self.date(d)));
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(from),
            (Some(from), Some(to)) => Some(self.say_with("period-full", &[("from", &from), ("to", &to)])),
            (Some(from), None) => Some(self.say_with("period-from", &[("from", &from)])),
            (None, Some(to)) => Some(self.say_with("period-to", &[("to", &to)])),
        }
    }

    /// A period within one year: its first date leaves out what the last one says too. `None` for any other.
    fn within_a_year(&self, from: PartialDate, to: PartialDate) -> Option<String> {
        let whole_year = [from, to].iter().any(|d| d.precision() == Precision::Year);
        if from == to || whole_year || from.year() != to.year() {
            return None;
        }
        let days = [from, to].iter().all(|d| d.precision() == Precision::Day);
        let (message, first) = if days && from.from().month() == to.from().month() {
            ("period-in-month", self.written(from, "date-month", "date-day-in-month"))
        } else {
            ("period-full", self.written(from, "date-month-in-year", "date-day-in-year"))
        };
        Some(self.say_with(message, &[("from", &first), ("to", &self.date(to))]))
    }

    /// A measured value: a number, a percentage with the counts behind it, words.
    pub(crate) fn measured(&self, value: &Measured) -> Rich {
        match value {
            Measured::Number(n) => self.number(n.normalised()).into(),
            Measured::Words(text) => self.text(text),
            Measured::Ratio { numerator, denominator } => {
                let of = [("part", self.number(*numerator)), ("whole", self.number(*denominator))];
                let of = self.say_with("ratio", &of.each_ref().map(|(k, v)| (*k, v.as_str())));
                let share = numerator.checked_mul(100.into()).and_then(|n| n.checked_div(*denominator, 1));
                match share {
                    Some(share) => Rich::from(self.per_cent(share)).then(Rich::styled(format!("\n({of})"), Style::Faint)),
                    None => of.into(),
                }
            }
        }
    }

    /// A country's name: the snapshot's, else the wording's, else its code.
    pub(crate) fn country(&self, code: &str) -> Rich {
        let named = self.snapshot.countries.iter().find(|c| c.code == code && !c.name.is_empty());
        named.map_or_else(
            || self.find(&format!("country-{code}")).unwrap_or_else(|| code.to_owned()).into(),
            |c| self.text(&c.name),
        )
    }

    /// The number of a document, leading to its entry.
    pub(crate) fn source(&self, key: &str, subject: &str) -> Result<Rich, ReportError> {
        let dangling = || ReportError::Dangling { subject: subject.to_owned(), what: "the document", key: key.to_owned() };
        let number = self.numbers.get(key).ok_or_else(dangling)?;
        Ok(Rich::link(format!("[{number}]"), Target::Anchor(document_anchor(key))))
    }

    /// The numbers of several documents, the smallest first, each leading to its entry.
    pub(crate) fn sources(&self, keys: &[String], subject: &str) -> Result<Rich, ReportError> {
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        keys.sort_by_key(|key| self.numbers.get(key).copied());
        let numbers: Vec<Rich> = keys.into_iter().map(|key| self.source(key, subject)).collect::<Result<_, _>>()?;
        Ok(Rich::joined(numbers, " "))
    }
}

/// The name by which links reach a document's entry.
pub(crate) fn document_anchor(key: &str) -> String {
    format!("document {key}")
}

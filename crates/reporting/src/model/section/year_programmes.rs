//! The programmes of a year: what became of each in it, who pays, in which sectors. Pictures count a whole and its parts once.

use super::charted::{self, Counted, sector};
use crate::{
    Course, ReportError, YearFacts, YearProgrammeFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// How many columns the table has.
const COLUMNS: usize = 4;

/// A table with a group for each course, then the counts.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = &author.snapshot.year else { return Ok(Vec::new()) };
    let mut blocks = Vec::new();
    if !year.programmes.is_empty() {
        blocks.push(Block::Table(table(author, year)?));
        blocks.extend(by_funder(author, year));
        blocks.extend(by_sector(author, year));
    }
    if year.undated > 0 {
        blocks.push(note(author.count("year-undated", year.undated)));
    }
    Ok(blocks)
}

fn table(author: &Author<'_>, year: &YearFacts) -> Result<Table, ReportError> {
    let columns = vec![
        Column::names(author.say("column-programme")),
        Column::text(author.say("column-period")),
        Column::text(author.say("column-funders")),
        Column::text(author.say("column-sectors")),
    ];
    let mut rows = Vec::new();
    for course in Course::ALL {
        let mut own = year.programmes.iter().filter(|p| p.course == course).peekable();
        if own.peek().is_some() {
            let head = Cell::text(author.say(&format!("course-{}", course.name()))).over(COLUMNS);
            rows.push(Row { kind: RowKind::Group, cells: vec![head] });
        }
        for p in own {
            rows.push(row(author, year, p)?);
        }
    }
    Ok(Table { caption: String::new(), columns, rows })
}

fn row(author: &Author<'_>, year: &YearFacts, p: &YearProgrammeFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&p.sources, &author.plain(&p.title))?;
    let short = p.acronym.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
    let title = Rich::joined([author.text_or_unknown(&p.title).then(short), numbers], " ");
    let whole = p.part_of.as_ref().and_then(|code| year.programmes.iter().find(|q| q.code == *code));
    let whole = whole.map(|q| q.acronym.clone().unwrap_or_else(|| author.plain(&q.title)));
    let whole = whole.map(|name| author.say_with("year-part-of", &[("whole", &name)])).unwrap_or_default();
    let level = Rich::styled(author.coded("level", p.level), Style::Faint);
    let below = Rich::joined([level, Rich::styled(whole, Style::Faint)], ", ");
    let period = author.period(p.period).map_or_else(|| author.unknown(), Rich::from);
    let status = p.status.map(|s| Rich::styled(author.coded("status", s), Style::Faint)).unwrap_or_default();
    let funders = Rich::joined(p.funders.iter().map(|f| author.text(f)), "\n");
    let sectors = Rich::joined(p.sectors.iter().map(|s| sector(author, s)), "\n");
    Ok(Row::plain(vec![
        Cell::text(Rich::joined([title, below], "\n")),
        Cell::of(Rich::joined([period, status], "\n"), Value::Period(p.period)),
        known(author, funders),
        known(author, sectors),
    ]))
}

fn known(author: &Author<'_>, text: Rich) -> Cell {
    if text.is_empty() { Cell::of(author.unknown(), Value::Unknown) } else { Cell::text(text) }
}

/// The programmes that are counted: those that certainly ran, a whole and its parts once.
fn counted(year: &YearFacts) -> impl Iterator<Item = &YearProgrammeFacts> {
    year.programmes.iter().filter(|p| p.part_of.is_none() && p.course != Course::MayHaveRun)
}

fn by_funder(author: &Author<'_>, year: &YearFacts) -> Vec<Block> {
    let keyed = counted(year).flat_map(|p| &p.funders).map(|f| (author.plain(f), author.text(f)));
    let silent = counted(year).filter(|p| p.funders.is_empty()).count();
    let counts = grouped(keyed);
    with_note(author, charted::blocks(author, "programmes-by-funder", "column-funder", &counts, silent))
}

fn by_sector(author: &Author<'_>, year: &YearFacts) -> Vec<Block> {
    let keyed = counted(year).flat_map(|p| &p.sectors).map(|s| (s.code.clone(), sector(author, s)));
    let silent = counted(year).filter(|p| p.sectors.is_empty()).count();
    let counts = grouped(keyed);
    if counts.is_empty() {
        return Vec::new();
    }
    with_note(author, charted::blocks(author, "programmes-by-sector", "column-sectors", &counts, silent))
}

/// A programme of several funders or sectors counts with each: that has to be said where there is a count.
fn with_note(author: &Author<'_>, mut blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.is_empty() {
        blocks.push(note(author.say("programmes-counted-note")));
    }
    blocks
}

/// How often each key comes, the most first.
fn grouped(keyed: impl Iterator<Item = (String, Rich)>) -> Vec<Counted> {
    let mut counts: Vec<(String, Counted)> = Vec::new();
    for (key, label) in keyed {
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.count += 1,
            None => counts.push((key, Counted { label, count: 1 })),
        }
    }
    counts.sort_by(|(a, one), (b, other)| (other.count, a).cmp(&(one.count, b)));
    counts.into_iter().map(|(_, counted)| counted).collect()
}

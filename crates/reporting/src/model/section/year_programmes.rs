//! The programmes of a year: what became of each in it, who pays, in which sectors. Pictures count a whole and its parts once.
//! Those that may have run are named in a sentence: a list that grows with every year would hide what the year is known for.

use super::charted::{self, Counted, sector};
use crate::{
    Course, ReportError, YearFacts, YearProgrammeFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// How many columns the table has.
const COLUMNS: usize = 4;

/// A table with a group for each course, the counts, then what may have run.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let Some(year) = &author.snapshot.year else { return Ok(Vec::new()) };
    let mut blocks = Vec::new();
    if year.programmes.iter().any(|p| p.course != Course::MayHaveRun) {
        blocks.push(Block::Table(table(author, year)?));
        blocks.extend(counts(author, year));
    }
    blocks.extend(perhaps(author, year)?);
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
    for course in Course::ALL.into_iter().filter(|c| *c != Course::MayHaveRun) {
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
    let title = titled(author, p)?;
    let whole = p.part_of.as_ref().and_then(|code| year.programmes.iter().find(|q| q.code == *code));
    let whole = whole.map(|q| q.acronym.as_deref().map_or_else(|| author.text(&q.title), Rich::from));
    let whole = whole.map(|name| author.say_rich("part-of-whole", &[("whole", name)])).unwrap_or_default();
    let below = Rich::joined([author.coded("level", p.level).into(), whole], ", ").restyled(Style::Faint);
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

/// The title with the acronym and where it is told.
fn titled(author: &Author<'_>, p: &YearProgrammeFacts) -> Result<Rich, ReportError> {
    let numbers = author.sources(&p.sources, &author.plain(&p.title))?;
    let short = p.acronym.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
    Ok(Rich::joined([author.text_or_unknown(&p.title).then(short), numbers], " "))
}

/// What may have run, with what is known of when.
fn perhaps(author: &Author<'_>, year: &YearFacts) -> Result<Option<Block>, ReportError> {
    let mut all = Vec::new();
    for p in year.programmes.iter().filter(|p| p.course == Course::MayHaveRun) {
        all.push(Rich::joined([titled(author, p)?, author.period(p.period).map(Rich::from).unwrap_or_default()], ", "));
    }
    let said = Rich::from(author.labelled(&author.say("course-may-have-run"), ""));
    let all = Rich::joined(all, &author.say("semicolon"));
    Ok((!all.is_empty()).then(|| note(said.then(all).then("."))))
}

fn known(author: &Author<'_>, text: Rich) -> Cell {
    if text.is_empty() { Cell::of(author.unknown(), Value::Unknown) } else { Cell::text(text) }
}

/// The programmes that are counted: those that certainly ran, a whole and its parts once.
fn counted(year: &YearFacts) -> impl Iterator<Item = &YearProgrammeFacts> {
    year.programmes.iter().filter(|p| p.part_of.is_none() && p.course != Course::MayHaveRun)
}

/// How many there are by funder and by sector, where one has several: else the table above says as much. A programme of several
/// funders or sectors counts with each, which has to be said.
fn counts(author: &Author<'_>, year: &YearFacts) -> Vec<Block> {
    let funders = grouped(counted(year).flat_map(|p| &p.funders).map(|f| (author.plain(f), author.text(f))));
    let sectors = grouped(counted(year).flat_map(|p| &p.sectors).map(|s| (s.code.clone(), sector(author, s))));
    let mut blocks = Vec::new();
    if charted::tells(&funders) {
        let silent = counted(year).filter(|p| p.funders.is_empty()).count();
        blocks.push(charted::block(author, "programmes-by-funder", "column-funder", funders, silent));
    }
    if charted::tells(&sectors) {
        let silent = counted(year).filter(|p| p.sectors.is_empty()).count();
        blocks.push(charted::block(author, "programmes-by-sector", "column-sectors", sectors, silent));
    }
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

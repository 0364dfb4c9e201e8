//! News as a dated list, and what sources say of their dates.

use super::said::{details, said};
use crate::{
    DatedNewsFacts, ReportError,
    model::{Author, Block, Cell, Column, Rich, Row, Style, Table, build::note},
};

/// A table of news, the oldest first; who published all of them is said once.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let of_countries = author.snapshot.bilateral.iter().flat_map(|f| &f.news);
    let news: Vec<&DatedNewsFacts> = of_countries.chain(author.snapshot.year.iter().flat_map(|f| &f.news)).collect();
    if news.is_empty() {
        return Ok(Vec::new());
    }
    let mut columns = vec![Column::text(author.say("column-date")), Column::names(author.say("column-news"))];
    let mut about = Rich::from(author.say("dated-news-note"));
    let first = news.first().map(|n| &n.publisher).filter(|p| !p.is_empty() && news.len() > 1);
    match first.filter(|p| news.iter().all(|n| n.publisher == **p)) {
        Some(all) => about = about.then(" ").then(author.say_rich("dated-news-publisher", &[("publisher", author.text(all))])),
        None => columns.push(Column::text(author.say("column-publisher"))),
    }
    let mut rows = Vec::new();
    for n in &news {
        let mut row = row(author, n)?;
        row.cells.truncate(columns.len());
        rows.push(row);
        rows.extend(details(columns.len(), said(author, &n.said)?));
    }
    Ok(vec![note(about), Block::Table(Table { caption: String::new(), columns, rows })])
}

fn row(author: &Author<'_>, n: &DatedNewsFacts) -> Result<Row, ReportError> {
    let numbers = author.sources(&n.sources, &author.plain(&n.title))?;
    let title = Rich::joined([author.text_or_unknown(&n.title), numbers], " ");
    let summary = author.text(&n.summary).restyled(Style::Faint);
    // The name of a partnership names its city.
    let named = author.plain(&n.about).contains(&author.plain(&n.place));
    let place = if named { Rich::default() } else { author.text(&n.place) };
    let about = Rich::joined([author.text(&n.about), place], " · ").restyled(Style::Faint);
    Ok(Row::plain(vec![
        author.date_cell(n.published),
        Cell::text(Rich::joined([title, summary, about], "\n")),
        Cell::text(author.text_or_unknown(&n.publisher)),
    ]))
}

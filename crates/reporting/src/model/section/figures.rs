//! Numbers that sources state and nobody can count from the registry: beside what is registered, never merged with it.

use ketnoi_domain::Coded;

use crate::{
    ReportError, StatedFigureFacts,
    model::{Author, Block, Cell, Column, Row, Table, Value, build::note},
};

/// A table of stated figures.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let figures = &author.snapshot.stated_figures;
    if figures.is_empty() {
        return Ok(Vec::new());
    }
    let columns = vec![
        Column::names(author.say("column-figure")),
        Column::figures(author.say("column-stated")),
        Column::figures(author.say("column-registered")),
        Column::text(author.say("column-as-of")),
        Column::text(author.say("column-source")),
    ];
    let mut rows = Vec::new();
    for f in figures {
        let registered = f.registered.map(|n| Cell::of(author.number(n), Value::Number(n)));
        rows.push(Row::plain(vec![
            Cell::text(author.text_or_unknown(&f.label)),
            Cell::of(qualified(author, f), Value::Number(f.value)),
            registered.unwrap_or_else(|| Cell::text("")),
            author.date_cell(f.as_of),
            Cell::text(author.source(&f.source, &author.plain(&f.label))?),
        ]));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    Ok(vec![note(author.say("stated-figures-note")), Block::Table(table)])
}

/// The number as it is meant: `about 140`.
pub(in crate::model) fn qualified(author: &Author<'_>, figure: &StatedFigureFacts) -> String {
    author.say_with(&format!("qualified-{}", figure.qualifier.name()), &[("n", &author.number(figure.value))])
}

//! Who takes part, by role: the name of the time first, the name in the registry beside it where it differs.

use ketnoi_domain::{Coded, Role};

use super::acknowledgement::only_acronym;
use crate::{
    ParticipationFacts,
    model::{Author, Block, Cell, Column, Rich, Row, RowKind, Style, Table},
};

/// A table with a group for each role.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let all = &author.snapshot.participations;
    if all.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::names(author.say("column-organisation")),
        Column::text(author.say("column-country")),
        Column::text(author.say("column-through")),
        Column::text(author.say("column-note")),
    ];
    let mut rows = Vec::new();
    for role in Role::ALL {
        let mut members = all.iter().filter(|p| p.role == *role).peekable();
        if members.peek().is_some() {
            let cell = Cell::text(author.coded("role", *role)).over(columns.len());
            rows.push(Row { kind: RowKind::Group, cells: vec![cell] });
        }
        rows.extend(members.map(|p| row(author, p)));
    }
    let mut table = Table { caption: String::new(), columns, rows };
    table.drop_empty_columns();
    vec![Block::Table(table)]
}

fn row(author: &Author<'_>, p: &ParticipationFacts) -> Row {
    let short = p.short.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
    let name = if p.stated_name.is_empty() || only_acronym(p).is_some() || same_elsewhere(author, p) {
        author.text(&p.name).then(short)
    } else {
        let stated = author.text(&p.stated_name);
        let registered = format!("{}{short}", author.plain(&p.name));
        let told = [author.plain(&p.name), registered.clone(), p.short.clone().unwrap_or_default()];
        // Said only where it says more than the name of the time.
        if told.contains(&author.plain(&p.stated_name)) {
            stated
        } else {
            let now = author.say_with("registered-as", &[("name", &registered)]);
            stated.then(Rich::styled(format!("\n{now}"), Style::Faint))
        }
    };
    let period = author.period(p.period).map(Rich::from).unwrap_or_default();
    let kind = p.kind.map(|k| Rich::styled(author.coded("organisation", k), Style::Faint)).unwrap_or_default();
    Row::plain(vec![
        Cell::text(name),
        Cell::text(p.country.as_deref().map(|c| author.country(c)).unwrap_or_default()),
        Cell::text(author.text(&p.via)),
        Cell::text(Rich::joined([kind, period, author.text(&p.note)], "\n")),
    ])
}

/// Whether the name of the time is not known in the reader's language, and is the registered one in a language that has both: the
/// reader then gets that in theirs.
fn same_elsewhere(author: &Author<'_>, p: &ParticipationFacts) -> bool {
    let known = p.stated_name.get(author.lang()).is_none() && p.name.get(author.lang()).is_some();
    known && p.stated_name.iter().any(|(lang, name)| p.name.get(lang) == Some(name))
}

//! Those who went to an event together: from which side and organisations, how many women and men. People are never named.

use ketnoi_domain::Decimal;

use super::counted::People;
use crate::{
    AttendanceFacts, DelegationFacts, ReportError, SubjectKind,
    model::{Author, Bar, Bars, Block, Cell, Column, Drawing, Fact, Figure, Part, Rich, Row, RowKind, Table, build::note},
};

/// How many of one sort a group has.
type Count = fn(&AttendanceFacts) -> Option<i64>;

/// The sorts that people are counted by, with their headings.
static SORTS: [(&str, Count); 4] = [
    ("column-women", |g| g.women),
    ("column-men", |g| g.men),
    ("column-unstated", |g| g.unstated),
    ("column-withheld", |g| g.withheld),
];

/// Each delegation with its facts, its table and its picture.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks = Vec::new();
    for d in author.snapshot.events.iter().flat_map(|e| &e.delegations) {
        if author.snapshot.subject.kind != SubjectKind::Delegation {
            blocks.push(Block::Heading(author.text_or_unknown(&d.title)));
        }
        blocks.push(Block::Facts(facts(author, d)?));
        if d.members.is_empty() {
            blocks.push(note(author.say("delegation-unknown")));
            continue;
        }
        let people = People::of(&d.members);
        let counted = people.in_all().is_some();
        if counted {
            blocks.extend(picture(author, &d.members).map(Block::Figure));
        } else if !people.is_withheld() {
            blocks.push(note(author.say("delegation-uncounted")));
        }
        blocks.push(Block::Table(table(author, &d.members, counted)));
        blocks.extend(people.note(author));
    }
    Ok(blocks)
}

fn facts(author: &Author<'_>, d: &DelegationFacts) -> Result<Vec<Fact>, ReportError> {
    let country = d.country.as_deref().map(|c| author.country(c)).unwrap_or_default();
    let facts = [
        ("fact-sent-by", author.text_or_unknown(&d.organiser)),
        ("fact-from", country),
        ("fact-about", author.text(&d.description)),
        ("fact-sources", author.sources(&d.sources, &author.plain(&d.title))?),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(said.map(|(label, value)| Fact { label: author.say(label), values: vec![value] }).collect())
}

/// A row for each side; the numbers only where anybody was counted.
fn table(author: &Author<'_>, members: &[AttendanceFacts], counted: bool) -> Table {
    let mut columns = vec![Column::names(author.say("column-side")), Column::text(author.say("column-organisations"))];
    if counted {
        columns.extend(People::COLUMNS.map(|heading| Column::figures(author.say(heading))));
    }
    let row = |g: &AttendanceFacts| {
        let organisations = Rich::joined(g.organisations.iter().map(|o| author.text(o)), "\n");
        let mut cells = vec![Cell::text(author.coded("participants", g.category)), Cell::text(organisations)];
        if counted {
            cells.extend(People::of([g]).cells(author));
        }
        Row::plain(cells)
    };
    let mut rows: Vec<Row> = members.iter().map(row).collect();
    if counted && members.len() > 1 {
        let mut cells = vec![Cell::text(author.say("total")).over(2)];
        cells.extend(People::of(members).cells(author));
        rows.push(Row { kind: RowKind::Total, cells });
    }
    // Where the sex of everybody is known, a column of noughts would say so again for each side.
    if counted && members.iter().all(|g| g.unstated.unwrap_or(0) == 0) {
        columns.remove(columns.len() - 3);
        for row in &mut rows {
            row.cells.remove(row.cells.len() - 3);
        }
    }
    let mut table = Table { caption: author.say("delegation-caption"), columns, rows };
    table.drop_empty_columns();
    table
}

/// A bar for each side of which the number is known, parted by sex; none where nobody went.
fn picture(author: &Author<'_>, members: &[AttendanceFacts]) -> Option<Figure> {
    let counted: Vec<&AttendanceFacts> = members.iter().filter(|g| People::of([*g]).in_all().is_some_and(|n| n > 0)).collect();
    let sorts: Vec<&(&str, Count)> =
        SORTS.iter().filter(|(_, count)| counted.iter().any(|g| count(g).is_some_and(|n| n > 0))).collect();
    if counted.is_empty() || sorts.is_empty() {
        return None;
    }
    let series: Vec<String> = sorts.iter().map(|(heading, _)| author.say(heading)).collect();
    let mut said = Vec::new();
    let mut bars = Vec::new();
    for g in counted {
        let side = author.coded("participants", g.category);
        let figure = People::of([g]).words(author);
        let counts: Vec<Option<i64>> = sorts.iter().map(|(_, count)| count(g)).collect();
        // A sort that nobody counted has no length; the table has a dash for it.
        let words = |n: &Option<i64>| n.filter(|n| *n > 0).map(|n| author.number(n.into()));
        let named = series.iter().zip(&counts).filter_map(|(name, n)| Some(format!("{name} {}", words(n)?)));
        said.push(author.labelled(&side, &format!("{figure} ({})", named.collect::<Vec<_>>().join(", "))));
        let part = |n: &Option<i64>| Part { value: Decimal::from(n.unwrap_or(0)), figure: words(n).unwrap_or_default() };
        let parts = counts.iter().map(part).collect();
        bars.push(Bar { label: side.into(), parts, mark: None, figure, strong: false });
    }
    Some(Figure {
        caption: author.say("delegation-picture-caption"),
        alternative: author.say_with("delegation-alternative", &[("list", &author.in_a_row(&said))]),
        drawing: Drawing::Bars(Bars { series, bars, ..Bars::default() }),
        note: Rich::default(),
    })
}

//! Things counted by one of their sides: a picture where there is something to compare, and always the table with the counts.

use ketnoi_domain::Decimal;

use crate::{
    ClassifiedFacts,
    model::{Author, Bar, Bars, Block, Cell, Column, Drawing, Figure, Part, Rich, Row, Table, Value},
};

/// How many there are of something.
pub(super) struct Counted {
    /// What was counted.
    pub(super) label: Rich,
    /// How many.
    pub(super) count: usize,
}

/// A sector by its name, else by its code.
pub(super) fn sector(author: &Author<'_>, c: &ClassifiedFacts) -> Rich {
    if c.name.is_empty() { c.code.as_str().into() } else { author.text(&c.name) }
}

/// A number of things as the model keeps numbers.
pub(super) fn whole(n: usize) -> Decimal {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// A cell with a number of things.
pub(super) fn cell(author: &Author<'_>, n: usize) -> Cell {
    Cell::of(author.number(whole(n)), Value::Number(whole(n)))
}

/// Bars for those that could be attributed, the table for all. A single bar compares nothing: then there is only the table.
pub(super) fn blocks(author: &Author<'_>, caption: &str, heading: &str, counted: &[Counted], unattributed: usize) -> Vec<Block> {
    if counted.is_empty() && unattributed == 0 {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if counted.len() > 1 {
        blocks.push(Block::Figure(picture(author, &author.say(caption), counted)));
    }
    blocks.push(Block::Table(table(author, author.say(caption), author.say(heading), counted, unattributed)));
    blocks
}

fn picture(author: &Author<'_>, caption: &str, counted: &[Counted]) -> Figure {
    let said = counted.iter().map(|c| author.labelled(&c.label.plain(), &author.number(whole(c.count))));
    let said: Vec<String> = said.collect();
    let bar = |c: &Counted| Bar {
        label: c.label.clone(),
        parts: vec![Part { value: whole(c.count), figure: String::new() }],
        mark: None,
        figure: author.number(whole(c.count)),
        strong: false,
    };
    Figure {
        caption: caption.to_owned(),
        alternative: author.say_with("counted-alternative", &[("caption", caption), ("list", &author.in_a_row(&said))]),
        drawing: Drawing::Bars(Bars { bars: counted.iter().map(bar).collect(), ..Bars::default() }),
        note: Rich::default(),
    }
}

fn table(author: &Author<'_>, caption: String, heading: String, counted: &[Counted], unattributed: usize) -> Table {
    let columns = vec![Column::names(heading), Column::figures(author.say("column-how-many"))];
    let mut rows: Vec<Row> =
        counted.iter().map(|c| Row::plain(vec![Cell::text(c.label.clone()), cell(author, c.count)])).collect();
    if unattributed > 0 {
        rows.push(Row::plain(vec![Cell::of(author.unknown(), Value::Unknown), cell(author, unattributed)]));
    }
    Table { caption, columns, rows }
}

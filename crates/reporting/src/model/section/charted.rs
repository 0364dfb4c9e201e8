//! Things counted by one of their sides: a picture where there is something to compare, else a table.

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

/// Whether counts say more than a list of what was counted.
pub(super) fn tells(counted: &[Counted]) -> bool {
    counted.iter().any(|c| c.count > 1)
}

/// Bars, each with its count; the last for those that could not be attributed. Bars of one length compare nothing: then there is
/// a table.
pub(super) fn block(author: &Author<'_>, caption: &str, heading: &str, mut counted: Vec<Counted>, unattributed: usize) -> Block {
    if unattributed > 0 {
        counted.push(Counted { label: author.unknown(), count: unattributed });
    }
    let differ = counted.windows(2).any(|two| two[0].count != two[1].count);
    if differ {
        Block::Figure(picture(author, &author.say(caption), &counted))
    } else {
        Block::Table(table(author, author.say(caption), author.say(heading), &counted))
    }
}

fn picture(author: &Author<'_>, caption: &str, counted: &[Counted]) -> Figure {
    let said = counted.iter().map(|c| author.labelled(&c.label.unmarked(), &author.number(whole(c.count))));
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

fn table(author: &Author<'_>, caption: String, heading: String, counted: &[Counted]) -> Table {
    let columns = vec![Column::names(heading), Column::figures(author.say("column-how-many"))];
    let rows = counted.iter().map(|c| Row::plain(vec![Cell::text(c.label.clone()), cell(author, c.count)]));
    Table { caption, columns, rows: rows.collect() }
}

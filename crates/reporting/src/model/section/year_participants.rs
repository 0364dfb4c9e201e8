//! Who came to the events of a year, by sex. Those who came with a delegation are counted with it, in the section on events.

use super::{
    charted::{self, Counted},
    counted::{People, balanced},
};
use crate::{
    AttendanceFacts, EventFacts, ReportError,
    model::{
        Author, Block,
        build::{body, note},
    },
};

/// All who came to the events. One of which no source says who came makes the number a least one.
pub(in crate::model) fn people(author: &Author<'_>) -> People {
    let of = |e: &EventFacts| {
        let silent = !e.visited && e.participants.is_empty();
        if silent { People::UNCOUNTED } else { People::of(&e.participants) }
    };
    author.snapshot.events.iter().map(of).fold(People::default(), People::and)
}

/// The total, and a picture; nothing where no source gives a number.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let events = &author.snapshot.events;
    let groups = || events.iter().flat_map(|e| &e.participants);
    let people = people(author);
    let Some(all) = people.in_all() else { return Ok(Vec::new()) };
    let sum = |of: fn(&AttendanceFacts) -> Option<i64>| -> Option<i64> {
        let known: Vec<i64> = groups().filter_map(of).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    };
    let parts = [
        ("column-women", sum(|g| g.women)),
        ("column-men", sum(|g| g.men)),
        ("column-unstated", sum(|g| g.unstated)),
        ("column-withheld", sum(|g| g.withheld)),
    ];
    balanced(&author.say("section-year-participants"), parts.iter().filter_map(|(_, n)| *n).sum(), all)?;
    // That no women came is a fact; that the sex of nobody is unstated is nothing to show.
    let counted = parts.into_iter().filter_map(|(key, n)| {
        let count = usize::try_from(n?).ok().filter(|n| *n > 0 || key != "column-unstated")?;
        Some(Counted { label: author.say(key).into(), count })
    });
    let counted: Vec<Counted> = counted.collect();
    let counting = events.iter().filter(|e| People::of(&e.participants).in_all().is_some()).count();
    let mut blocks = vec![body(author.say_with("year-people-in-all", &[("n", &people.words(author))]))];
    if !counted.is_empty() {
        blocks.push(charted::block(author, "participants-by-sex", "column-participants", counted, 0));
    }
    blocks.push(note(author.count("year-people-note", counting)));
    blocks.extend(people.note(author));
    Ok(blocks)
}

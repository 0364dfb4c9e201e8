//! How far each replication of a good practice has come: a picture of the stages, and what sources remark on those on the way.

use ketnoi_domain::{Coded as _, ReplicationStage, StageReached};

use crate::{
    ReplicationFacts, ReportError,
    model::{Author, Block, Cell, Column, Drawing, Figure, Rich, Row, StepRow, Steps, Style, Table},
};

/// A picture, and a table where there are remarks; nothing where no source says how far any has come.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let replications = &author.snapshot.replications;
    let reached = |stage: &ReplicationStage| replications.iter().flat_map(|r| &r.stages).any(|s| s.stage == *stage);
    let stages: Vec<ReplicationStage> = ReplicationStage::ALL.iter().copied().filter(reached).collect();
    if stages.is_empty() {
        return Ok(Vec::new());
    }
    let mut blocks = vec![Block::Figure(picture(author, &stages))];
    blocks.extend(remarks(author)?.map(Block::Table));
    Ok(blocks)
}

/// A row for each city, the stages that any of them reached from the left.
fn picture(author: &Author<'_>, stages: &[ReplicationStage]) -> Figure {
    let (told, silent): (Vec<&ReplicationFacts>, Vec<&ReplicationFacts>) =
        author.snapshot.replications.iter().partition(|r| !r.stages.is_empty());
    let date = |s: &StageReached| s.on.map(|d| author.date(d)).unwrap_or_default();
    let row = |r: &&ReplicationFacts| StepRow {
        label: label(author, r),
        reached: stages.iter().map(|stage| r.stages.iter().find(|s| s.stage == *stage).map(date)).collect(),
    };
    let said: Vec<String> = told.iter().map(|r| author.labelled(&named(author, r), &in_words(author, r))).collect();
    let silent = Rich::joined(silent.iter().map(|r| author.text_or_unknown(&r.city)), ", ");
    let unknown = if silent.is_empty() { silent } else { author.say_rich("stages-unknown", &[("cities", silent)]) };
    Figure {
        caption: author.say("stages-caption"),
        alternative: author.say_with("stages-alternative", &[("list", &author.in_a_row(&said))]),
        drawing: Drawing::Steps(Steps {
            steps: stages.iter().map(|s| author.coded("stage", *s)).collect(),
            rows: told.iter().map(row).collect(),
        }),
        note: Rich::joined([author.say("stages-note").into(), unknown], " "),
    }
}

/// The city and, below it, whose practice it takes over; what it does where no source names the practice.
fn label(author: &Author<'_>, r: &ReplicationFacts) -> Rich {
    let what = if r.practice.is_empty() { &r.title } else { &r.practice };
    Rich::joined([author.text_or_unknown(&r.city), author.text(what).restyled(Style::Faint)], "\n")
}

fn named(author: &Author<'_>, r: &ReplicationFacts) -> String {
    author.plain_or_unknown(&r.city)
}

/// `chosen, planned 15 April 2011, under way`.
fn in_words(author: &Author<'_>, r: &ReplicationFacts) -> String {
    r.stages.iter().map(|s| stage(author, s)).collect::<Vec<_>>().join(", ")
}

fn stage(author: &Author<'_>, s: &StageReached) -> String {
    let on = s.on.map(|d| format!(" {}", author.date(d))).unwrap_or_default();
    format!("{}{on}", author.coded("stage", s.stage))
}

/// What is remarked on the stages before the last, a line for each. On the last one the replications have it.
fn remarks(author: &Author<'_>) -> Result<Option<Table>, ReportError> {
    let columns = vec![Column::names(author.say("column-city")), Column::text(author.say("column-stages"))];
    let mut rows = Vec::new();
    for r in &author.snapshot.replications {
        let before = r.stages.split_last().map(|(_, before)| before).unwrap_or_default();
        let lines = before.iter().filter(|s| !s.note.is_empty()).map(|s| {
            let note = author.text(&s.note).restyled(Style::Faint);
            Rich::joined([Rich::from(stage(author, s)), note], " – ")
        });
        let stages = Rich::joined(lines, "\n");
        if stages.is_empty() {
            continue;
        }
        let numbers = author.sources(&r.sources, &author.plain(&r.title))?;
        let title = author.text(&r.title).restyled(Style::Faint);
        let head = Rich::joined([Rich::joined([author.text_or_unknown(&r.city), numbers], " "), title], "\n");
        rows.push(Row::plain(vec![Cell::text(head), Cell::text(stages)]));
    }
    Ok((!rows.is_empty()).then(|| Table { caption: String::new(), columns, rows }))
}

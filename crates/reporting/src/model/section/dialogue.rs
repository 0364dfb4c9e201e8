//! Policy dialogues: the rule in words, the clusters, the votes. The result was counted twice, by cluster and in all; both
//! have to agree before anything is printed.

use super::{
    cited::stated,
    counted::{balanced, per_cent_cell, sum_if_known},
    tallies,
};
use crate::{
    BallotRuleFacts, DialogueClusterFacts, DialogueFacts, DialogueOptionFacts, ReportError, SubjectKind, TallyFacts, VoteFacts,
    model::{Author, Block, Cell, Column, Fact, Rich, Row, RowKind, Style, Table, Value, build::note},
};

/// Each dialogue under a heading of its own, where the report is not on that dialogue alone.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks = Vec::new();
    for d in &author.snapshot.dialogues {
        if author.snapshot.subject.kind != SubjectKind::Dialogue {
            blocks.push(Block::Heading(author.text_or_unknown(&d.title)));
        }
        blocks.push(Block::Facts(facts(author, d)?));
        match &d.result {
            Some(result) => blocks.extend(counted(author, d, result)?),
            None => blocks.extend(uncounted(author, d)),
        }
    }
    Ok(blocks)
}

/// What there is to say of a dialogue besides its votes.
fn facts(author: &Author<'_>, d: &DialogueFacts) -> Result<Vec<Fact>, ReportError> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, values: Vec<Rich>| {
        let values: Vec<Rich> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if !values.is_empty() {
            facts.push(Fact { label: author.say(label), values });
        }
    };
    fact("fact-part-of", vec![author.text(&d.part)]);
    fact("fact-status", vec![author.coded("dialogue-status", d.status).into()]);
    fact("fact-priorities", priorities(author, d));
    fact("fact-vote-period", vec![author.period(d.period).map(Rich::from).unwrap_or_default()]);
    fact("fact-question", vec![author.text(&d.question)]);
    fact("fact-voters", vec![author.text(&d.voters)]);
    fact("fact-rule", d.rule.map_or_else(|| vec![author.unknown()], |r| rule(author, r)));
    fact("fact-stated", stated(author, &d.stated)?);
    // A report on the dialogue has them at length.
    if d.result.is_none() && author.snapshot.subject.kind != SubjectKind::Dialogue {
        let option = |number: i64, title: Rich| Rich::from(format!("{number}. ")).then(title);
        fact("fact-options", d.options.iter().map(|o| option(o.number, author.text_or_unknown(&o.title))).collect());
    }
    fact("fact-sources", vec![author.sources(&d.sources, &author.plain(&d.title))?]);
    Ok(facts)
}

/// What became a priority, the one with the most votes first: `3. More trees (24 votes)`.
fn priorities(author: &Author<'_>, d: &DialogueFacts) -> Vec<Rich> {
    let Some(result) = &d.result else { return Vec::new() };
    let chosen = tallies::ranked(d, result).into_iter().filter(|o| result.priorities.contains(&o.number));
    let line = |o: &DialogueOptionFacts| {
        let votes = usize::try_from(votes_of(&result.overall, o.number)).unwrap_or(0);
        tallies::label(author, o).then(format!(" ({})", author.count("count-votes", votes)))
    };
    chosen.map(line).collect()
}

/// The rule in words, a line for each thing that it settles.
fn rule(author: &Author<'_>, r: BallotRuleFacts) -> Vec<Rich> {
    let number = |n: i64| author.number(n.into());
    let picks = if r.minimum == r.maximum {
        author.say_with("rule-picks-exactly", &[("n", &number(r.minimum))])
    } else {
        author.say_with("rule-picks", &[("minimum", &number(r.minimum)), ("maximum", &number(r.maximum))])
    };
    let places = author.say_with("rule-places", &[("n", &number(r.places))]);
    let said = [picks, author.coded("secrecy", r.secrecy), places, author.coded("tie", r.tie)];
    said.into_iter().map(Rich::from).collect()
}

/// The clusters and the votes.
fn counted(author: &Author<'_>, d: &DialogueFacts, result: &VoteFacts) -> Result<Vec<Block>, ReportError> {
    check(author, d, result)?;
    let mut blocks = vec![Block::Table(turnout(author, d, result)), note(author.say("votes-note"))];
    blocks.extend(tallies::blocks(author, d, result));
    blocks.push(Block::Table(votes(author, d, result)));
    let tied = d.rule.is_some_and(|r| i64::try_from(result.priorities.len()).is_ok_and(|n| n > r.places));
    if tied {
        blocks.push(note(author.say("priorities-tied")));
    }
    Ok(blocks)
}

/// Refuses a result whose clusters do not make the whole.
fn check(author: &Author<'_>, d: &DialogueFacts, result: &VoteFacts) -> Result<(), ReportError> {
    let title = author.plain(&d.title);
    let of = |what: &str| format!("{title}, {what}");
    balanced(&of(&author.say("column-valid")), over_clusters(d, |t| t.valid), result.overall.valid)?;
    balanced(&of(&author.say("column-spoiled")), over_clusters(d, |t| t.spoiled), result.overall.spoiled)?;
    if let Some((sum, total)) = sum_if_known(d.clusters.iter().map(|c| c.eligible)).zip(result.eligible) {
        balanced(&of(&author.say("column-eligible")), sum, total)?;
    }
    for option in &d.options {
        let subject = of(&author.plain(&option.title));
        balanced(&subject, over_clusters(d, |t| votes_of(t, option.number)), votes_of(&result.overall, option.number))?;
    }
    Ok(())
}

/// What the clusters whose ballots are given come to.
fn over_clusters(d: &DialogueFacts, count: impl Fn(&TallyFacts) -> i64) -> i64 {
    d.clusters.iter().filter_map(|c| c.tally.as_ref()).map(count).sum()
}

pub(super) fn votes_of(tally: &TallyFacts, option: i64) -> i64 {
    tally.votes.get(&option).copied().unwrap_or(0)
}

/// The letter by which the columns of votes name a cluster; its number where there are more clusters than letters.
fn letter(position: usize) -> String {
    let letter = u8::try_from(position).ok().filter(|p| *p < 26).map(|p| char::from(b'A' + p));
    letter.map_or_else(|| (position + 1).to_string(), String::from)
}

/// A table of the clusters with their ballots.
fn turnout(author: &Author<'_>, d: &DialogueFacts, result: &VoteFacts) -> Table {
    let columns = vec![
        Column::names(author.say("column-cluster")),
        Column::text(author.say("column-date")),
        Column::figures(author.say("column-eligible")),
        Column::figures(author.say("column-valid")),
        Column::figures(author.say("column-spoiled")),
        Column::figures(author.say("column-turnout")),
    ];
    let figures = |tally: Option<&TallyFacts>, eligible: Option<i64>| {
        let turnout = tally
            .map_or_else(|| Cell::of(author.unknown(), Value::Unknown), |t| per_cent_cell(author, t.valid + t.spoiled, eligible));
        [
            author.count_cell(eligible),
            author.count_cell(tally.map(|t| t.valid)),
            author.count_cell(tally.map(|t| t.spoiled)),
            turnout,
        ]
    };
    let cluster = |(i, c): (usize, &DialogueClusterFacts)| {
        let name = Rich::from(format!("{}. ", letter(i))).then(author.text_or_unknown(&c.name));
        let mut cells = vec![Cell::text(held_at(author, name, c)), author.date_cell(c.on)];
        cells.extend(figures(c.tally.as_ref(), c.eligible));
        Row::plain(cells)
    };
    let mut rows: Vec<Row> = d.clusters.iter().enumerate().map(cluster).collect();
    let mut cells = vec![Cell::text(author.say("total")).over(2)];
    cells.extend(figures(Some(&result.overall), result.eligible));
    rows.push(Row { kind: RowKind::Total, cells });
    Table { caption: author.say("turnout-caption"), columns, rows }
}

/// A cluster's name, and below it the event at which it voted.
fn held_at(author: &Author<'_>, name: Rich, c: &DialogueClusterFacts) -> Rich {
    Rich::joined([name, author.text(&c.event).restyled(Style::Faint)], "\n")
}

/// A table of the options with their votes in each cluster and in all, those with the most votes first.
fn votes(author: &Author<'_>, d: &DialogueFacts, result: &VoteFacts) -> Table {
    let mut columns = vec![Column::figures(author.say("column-number")), Column::names(author.say("column-recommendation"))];
    columns.extend((0..d.clusters.len()).map(|i| Column::figures(letter(i))));
    columns.push(Column::figures(author.say("column-all-clusters")));
    columns.push(Column::figures(author.say("column-rank")));
    columns.push(Column::text(author.say("column-priority")));
    let rows = tallies::ranked(d, result).into_iter().map(|o| {
        let chosen = result.priorities.contains(&o.number);
        let title = author.text_or_unknown(&o.title);
        let mut cells =
            vec![author.count_cell(Some(o.number)), Cell::text(if chosen { title.restyled(Style::Strong) } else { title })];
        cells.extend(d.clusters.iter().map(|c| author.count_cell(c.tally.as_ref().map(|t| votes_of(t, o.number)))));
        cells.push(author.count_cell(Some(votes_of(&result.overall, o.number))));
        cells.push(author.count_cell(result.ranks.get(&o.number).copied()));
        cells.push(Cell::text(if chosen { author.say("priority") } else { String::new() }));
        Row::plain(cells)
    });
    let mut table = Table { caption: author.say("votes-caption"), columns, rows: rows.collect() };
    table.drop_empty_columns();
    table
}

/// That there is no result to show, and which clusters took part at which events.
fn uncounted(author: &Author<'_>, d: &DialogueFacts) -> Vec<Block> {
    let mut blocks = vec![note(author.say("dialogue-no-result"))];
    if d.clusters.is_empty() {
        return blocks;
    }
    let columns = vec![
        Column::names(author.say("column-cluster")),
        Column::text(author.say("column-event")),
        Column::text(author.say("column-date")),
        Column::figures(author.say("column-eligible")),
    ];
    // Where it is known of no cluster, a column that says so of each would say nothing.
    let known = d.clusters.iter().any(|c| c.eligible.is_some());
    let rows = d.clusters.iter().map(|c| {
        Row::plain(vec![
            Cell::text(author.text_or_unknown(&c.name)),
            Cell::text(author.text(&c.event)),
            author.date_cell(c.on),
            if known { author.count_cell(c.eligible) } else { Cell::text("") },
        ])
    });
    let mut table = Table { caption: String::new(), columns, rows: rows.collect() };
    table.drop_empty_columns();
    blocks.push(Block::Table(table));
    blocks
}

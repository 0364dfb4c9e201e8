//! Votes as a picture: how many for each recommendation, by cluster where several voted. The table of votes has the same
//! figures.

use ketnoi_domain::Decimal;

use super::dialogue::votes_of;
use crate::{
    DialogueClusterFacts, DialogueFacts, DialogueOptionFacts, TallyFacts, VoteFacts,
    model::{Author, Bar, Bars, Block, Drawing, Figure, Part, Rich},
};

/// More clusters than this cannot be told apart by tints of one colour.
const CLUSTERS: usize = 5;

/// One picture, by cluster where several voted; nothing where nobody got a vote.
pub(super) fn blocks(author: &Author<'_>, d: &DialogueFacts, result: &VoteFacts) -> Vec<Block> {
    if d.options.iter().all(|o| votes_of(&result.overall, o.number) == 0) {
        return Vec::new();
    }
    let options = ranked(d, result);
    vec![Block::Figure(by_cluster(author, d, &options, result).unwrap_or_else(|| overall(author, &options, result)))]
}

/// The options, those with the most votes first.
pub(super) fn ranked<'d>(d: &'d DialogueFacts, result: &VoteFacts) -> Vec<&'d DialogueOptionFacts> {
    let mut options: Vec<_> = d.options.iter().collect();
    options.sort_by_key(|o| (result.ranks.get(&o.number).copied().unwrap_or(i64::MAX), o.number));
    options
}

/// All ballots: a bar for each option, priorities set off.
fn overall(author: &Author<'_>, options: &[&DialogueOptionFacts], result: &VoteFacts) -> Figure {
    let mut said = Vec::new();
    let mut bars = Vec::new();
    for o in options {
        let votes = votes_of(&result.overall, o.number);
        let figure = votes_and_share(author, votes, result.overall.valid);
        let strong = result.priorities.contains(&o.number);
        said.push(in_words(author, o, &figure, strong));
        let parts = vec![Part { value: votes.into(), figure: figure.clone() }];
        bars.push(Bar { label: label(author, o), parts, mark: None, figure, strong });
    }
    Figure {
        caption: author.say("tallies-caption"),
        alternative: author.say_with("tallies-alternative", &[("list", &author.in_a_row(&said))]),
        drawing: Drawing::Bars(Bars { bars, ..Bars::default() }),
        note: author.say("tallies-note").into(),
    }
}

/// The bars parted by cluster; none where a single cluster voted, or too many.
fn by_cluster(author: &Author<'_>, d: &DialogueFacts, options: &[&DialogueOptionFacts], result: &VoteFacts) -> Option<Figure> {
    let counted: Vec<(&DialogueClusterFacts, &TallyFacts)> =
        d.clusters.iter().filter_map(|c| Some((c, c.tally.as_ref()?))).collect();
    if !(2..=CLUSTERS).contains(&counted.len()) {
        return None;
    }
    let names: Vec<Rich> = counted.iter().map(|(c, _)| author.text_or_unknown(&c.name)).collect();
    // A legend is a line of plain words: the mark of a language stands in it like one.
    let series = names.iter().map(Rich::plain).collect();
    let mut said = Vec::new();
    let mut bars = Vec::new();
    for o in options {
        let votes: Vec<i64> = counted.iter().map(|(_, tally)| votes_of(tally, o.number)).collect();
        let parts = votes.iter().map(|n| Part { value: Decimal::from(*n), figure: author.number((*n).into()) }).collect();
        let of_clusters = names.iter().zip(&votes).map(|(name, n)| format!("{} {}", name.unmarked(), author.number((*n).into())));
        let figure = votes_and_share(author, votes_of(&result.overall, o.number), result.overall.valid);
        let strong = result.priorities.contains(&o.number);
        let option = in_words(author, o, &figure, strong);
        said.push(format!("{option} – {}", of_clusters.collect::<Vec<_>>().join(", ")));
        bars.push(Bar { label: label(author, o), parts, mark: None, figure, strong });
    }
    Some(Figure {
        caption: author.say("tallies-by-cluster-caption"),
        alternative: author.say_with("tallies-by-cluster-alternative", &[("list", &author.in_a_row(&said))]),
        drawing: Drawing::Bars(Bars { series, bars, ..Bars::default() }),
        note: author.say("tallies-note").into(),
    })
}

/// `More trees: 34 votes (92%), priority`.
fn in_words(author: &Author<'_>, o: &DialogueOptionFacts, figure: &str, chosen: bool) -> String {
    let priority = if chosen { format!(", {}", author.say("priority")) } else { String::new() };
    author.labelled(&author.plain(&o.title), &format!("{figure}{priority}"))
}

/// The option with its number on the ballot.
pub(super) fn label(author: &Author<'_>, o: &DialogueOptionFacts) -> Rich {
    Rich::from(format!("{}. ", author.number(o.number.into()))).then(author.text_or_unknown(&o.title))
}

/// `34 votes (92%)`: the share of the valid ballots, which may each pick several.
fn votes_and_share(author: &Author<'_>, votes: i64, valid: i64) -> String {
    let counted = author.count("count-votes", usize::try_from(votes).unwrap_or(0));
    let share = Decimal::from(votes).checked_mul(100.into()).and_then(|n| n.checked_div(valid.into(), 1));
    share.map_or_else(|| counted.clone(), |share| format!("{counted} ({})", author.per_cent(share)))
}

//! When partnerships were, what they signed and did, and what was reported of them: a picture with every date in it. What no
//! source dates is named below the picture, not guessed.

use ketnoi_domain::{PartialDate, Period};

use super::spans::day;
use crate::{
    BilateralFacts, DatedNewsFacts, PartnershipFacts,
    model::{Author, Block, Drawing, Figure, Rich, Stretch, Style, TimeLine, build::note},
};

/// Something that happened.
struct Moment {
    what: Rich,
    /// What sort of thing it is.
    sort: String,
    period: Period,
    from: PartialDate,
    to: PartialDate,
    /// Whether it began and nobody says when it ended.
    open: bool,
}

/// A picture; where nothing is dated, the sentence that says so.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let Some(facts) = author.snapshot.bilateral.as_ref().filter(|f| !f.partnerships.is_empty()) else { return Vec::new() };
    let moments = moments(author, facts);
    if moments.is_empty() {
        return vec![note(author.say("time-line-without-dates"))];
    }
    vec![Block::Figure(picture(author, facts, &moments))]
}

fn moments(author: &Author<'_>, facts: &BilateralFacts) -> Vec<Moment> {
    let mut all: Vec<Moment> = Vec::new();
    for p in &facts.partnerships {
        all.extend(of_partnership(author, p));
    }
    // News of the day on which an agreement was signed or reported tell of that: the agreement is drawn.
    let agreed = |p: &PartnershipFacts, on: Option<PartialDate>| {
        on.is_some() && p.agreements.iter().any(|a| a.signed.or(a.reported) == on)
    };
    let told = |n: &DatedNewsFacts| facts.partnerships.iter().any(|p| p.title == n.about && !agreed(p, n.published));
    for n in facts.news.iter().filter(|n| told(n)) {
        all.extend(point(author.text_or_unknown(&n.title), author.say("moment-news"), n.published));
    }
    all.sort_by_key(|m| (m.from, m.to));
    all
}

/// The partnership itself, what it signed, its projects.
fn of_partnership(author: &Author<'_>, p: &PartnershipFacts) -> Vec<Moment> {
    let mut all = Vec::new();
    let agreed = p.agreements.iter().filter_map(|a| a.signed.or(a.reported));
    let ran = p.projects.iter().flat_map(|q| [q.period.from, q.period.to]).flatten();
    let last = agreed.chain(ran).max();
    all.extend(stretch(author.text_or_unknown(&p.title), author.say("moment-partnership"), p.period, last));
    for a in &p.agreements {
        let key = if a.signed.is_some() { "moment-signed" } else { "moment-reported" };
        all.extend(point(author.text_or_unknown(&a.title), author.say(key), a.signed.or(a.reported)));
    }
    for q in &p.projects {
        all.extend(stretch(author.text_or_unknown(&q.title), author.say("moment-project"), q.period, None));
    }
    all
}

fn point(what: Rich, sort: String, on: Option<PartialDate>) -> Option<Moment> {
    let on = on?;
    Some(Moment { what, sort, period: Period { from: Some(on), to: Some(on) }, from: on, to: on, open: false })
}

/// A stretch whose beginning is known. One without an end is drawn as far as it is known to have gone on.
fn stretch(what: Rich, sort: String, period: Period, last: Option<PartialDate>) -> Option<Moment> {
    let from = period.from?;
    let known = period.to.or(last).filter(|to| *to >= from).unwrap_or(from);
    Some(Moment { what, sort, period, from, to: known, open: period.to.is_none() })
}

fn picture(author: &Author<'_>, facts: &BilateralFacts, moments: &[Moment]) -> Figure {
    let item = |m: &Moment| Stretch {
        label: Rich::joined([m.what.clone(), Rich::styled(m.sort.as_str(), Style::Faint)], "\n"),
        from: day(m.from.from()),
        // A point of which only the year is known is drawn over that year.
        to: day(m.to.to()),
        open: m.open,
        figure: author.period(m.period).unwrap_or_default(),
    };
    let said = moments.iter().map(|m| {
        let period = author.period(m.period).unwrap_or_default();
        author.labelled(&period, &format!("{} ({})", m.what.unmarked(), m.sort))
    });
    let said: Vec<String> = said.collect();
    let undated = facts.partnerships.iter().filter(|p| p.period.from.is_none()).map(|p| author.text(&p.title));
    let undated = Rich::joined(undated, &author.say("semicolon"));
    let without = if undated.is_empty() { undated } else { author.say_rich("time-line-undated", &[("partnerships", undated)]) };
    let open = if moments.iter().any(|m| m.open) { author.say("time-line-open").into() } else { Rich::default() };
    Figure {
        caption: author.say("time-line-caption"),
        alternative: author.say_with("time-line-alternative", &[("list", &author.in_a_row(&said))]),
        drawing: Drawing::TimeLine(TimeLine { items: moments.iter().map(item).collect() }),
        note: Rich::joined([open, without], " "),
    }
}

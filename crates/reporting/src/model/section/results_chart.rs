//! Target against actual as a picture, and for each indicator that counts people the parts by sex.

use ketnoi_domain::{Breakdown, Decimal, Dimension, Measured};

use super::{
    asked::Asked,
    reached::{Dated, Reached},
    results::{category_name, name},
};
use crate::{
    IndicatorFacts,
    definition::SectionSpec,
    model::{Author, Bar, Bars, Block, Drawing, Figure, Part, Rich, build::note},
};

/// The picture of what was reached, with sentences that name the indicators it leaves out; then the pictures by sex.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Vec<Block> {
    let asked = Asked::of(author);
    let indicators = author.snapshot.results.iter().flat_map(|r| &r.indicators);
    let reached: Vec<(&IndicatorFacts, Reached<'_>)> = indicators.map(|i| (i, Reached::of(i, asked))).collect();
    let bars: Vec<Bar> = reached.iter().filter_map(|(i, r)| bar(author, i, r)).collect();
    let mut blocks = Vec::new();
    if !bars.is_empty() {
        blocks.push(Block::Figure(chart(author, bars)));
        blocks.extend(left_out(author, &reached));
    }
    if spec.disaggregation.unwrap_or(false) {
        blocks.extend(reached.iter().filter_map(|(i, r)| by_sex(author, i, r)));
    }
    blocks
}

/// A bar as long as the part of the way from baseline to target that is behind it.
fn bar(author: &Author<'_>, i: &IndicatorFacts, reached: &Reached<'_>) -> Option<Bar> {
    let (target, actual, share) = (reached.target.as_ref()?, reached.to_date.as_ref()?, reached.achieved?);
    let words = [("actual", short(author, actual)), ("target", short(author, target)), ("share", author.per_cent(share))];
    let figure = author.say_with("chart-of-target", &words.each_ref().map(|(k, v)| (*k, v.as_str())));
    let part = Part { value: share, figure: figure.clone() };
    Some(Bar { label: name(author, i), parts: vec![part], mark: Some(Decimal::from(100)), figure, strong: false })
}

/// A value in one line: of a percentage, the share alone.
fn short(author: &Author<'_>, value: &Measured) -> String {
    author.measured(value).plain().lines().next().unwrap_or_default().to_owned()
}

fn chart(author: &Author<'_>, bars: Vec<Bar>) -> Figure {
    let items: Vec<String> = bars.iter().map(|b| author.labelled(&b.label.unmarked(), &b.figure)).collect();
    Figure {
        caption: author.say("caption-results-chart"),
        alternative: author.say_with("alt-results-chart", &[("items", &author.in_a_row(&items))]),
        drawing: Drawing::Bars(Bars {
            series: Vec::new(),
            mark: Some(author.say("column-target")),
            bars,
            scale: Some(Decimal::from(100)),
        }),
        note: author.say("results-chart-note").into(),
    }
}

/// The indicators without a bar, by the reason why they have none.
fn left_out(author: &Author<'_>, reached: &[(&IndicatorFacts, Reached<'_>)]) -> Vec<Block> {
    type Test = fn(&Reached<'_>) -> bool;
    let reasons: [(&str, Test); 3] = [
        ("chart-no-target", |r| r.target.is_none()),
        ("chart-no-actual", |r| r.target.is_some() && r.to_date.is_none()),
        ("chart-no-share", |r| r.target.is_some() && r.to_date.is_some() && r.achieved.is_none()),
    ];
    let sentence = |(key, test): (&str, Test)| {
        let named = reached.iter().filter(|(_, r)| test(r));
        let named = named.map(|(i, _)| Rich::from(format!("{} ", i.number)).then(author.text(&i.title)));
        let named = Rich::joined(named, &author.say("semicolon"));
        (!named.is_empty()).then(|| note(author.say_rich(key, &[("indicators", named)])))
    };
    reasons.into_iter().filter_map(sentence).collect()
}

/// A value that is a count of people by sex, with its parts.
struct Split<'a> {
    dated: Dated<'a>,
    whole: Decimal,
    parts: Vec<(&'a str, Decimal)>,
}

impl<'a> Split<'a> {
    fn of(dated: &Dated<'a>) -> Option<Self> {
        let Measured::Number(whole) = dated.measurement.value else { return None };
        let part = |b: &'a Breakdown| match b.value {
            Measured::Number(n) => Some((b.category.as_str(), n)),
            _ => None,
        };
        let by_sex = dated.measurement.breakdown.iter().filter(|b| b.by == Dimension::Sex);
        let parts: Vec<_> = by_sex.map(part).collect::<Option<_>>()?;
        (!parts.is_empty()).then_some(Self { dated: *dated, whole, parts })
    }

    /// How many there are of a category; none where nobody counted them.
    fn count(&self, category: &str) -> Option<Decimal> {
        let own: Vec<Decimal> = self.parts.iter().filter(|(c, _)| *c == category).map(|(_, n)| *n).collect();
        let first = own.first().copied()?;
        own[1..].iter().try_fold(first, |sum, n| sum.checked_add(*n))
    }

    /// Those of whom the sex is not known.
    fn rest(&self) -> Option<Decimal> {
        let known = self.parts.iter().try_fold(Decimal::ZERO, |sum, (_, n)| sum.checked_add(*n))?;
        self.whole.checked_sub(known).filter(|rest| *rest > Decimal::ZERO)
    }
}

/// The parts by sex of what an indicator came to, a bar for each measurement; none where it is not counted so.
fn by_sex(author: &Author<'_>, i: &IndicatorFacts, reached: &Reached<'_>) -> Option<Block> {
    let splits: Vec<Split<'_>> = reached.so_far.iter().filter_map(Split::of).collect();
    let mut categories: Vec<&str> = Vec::new();
    for (category, _) in splits.iter().flat_map(|s| &s.parts) {
        if !categories.contains(category) {
            categories.push(category);
        }
    }
    // A legend is a line of plain words: the mark of a language stands in it like one.
    let mut series: Vec<String> = categories.iter().map(|c| category_name(author, Dimension::Sex, c).plain()).collect();
    let unstated = splits.iter().any(|s| s.rest().is_some());
    if unstated {
        series.push(author.say("column-unstated"));
    }
    let bars: Vec<Bar> = splits.iter().map(|split| split_bar(author, split, &categories, unstated)).collect();
    if bars.is_empty() {
        return None;
    }
    let told = |bar: &Bar| {
        let named = series.iter().zip(&bar.parts).filter(|(_, part)| !part.figure.is_empty());
        let parts: Vec<String> = named.map(|(name, part)| format!("{name} {}", part.figure)).collect();
        author.labelled(&bar.label.unmarked(), &parts.join(", "))
    };
    let items: Vec<String> = bars.iter().map(told).collect();
    let title = name(author, i);
    let told = title.unmarked();
    Some(Block::Figure(Figure {
        caption: author.say_with("caption-by-sex", &[("indicator", &title.plain())]),
        alternative: author.say_with("alt-by-sex", &[("indicator", &told), ("items", &author.in_a_row(&items))]),
        drawing: Drawing::Bars(Bars { series, mark: None, bars, scale: None }),
        note: Rich::default(),
    }))
}

fn split_bar(author: &Author<'_>, split: &Split<'_>, categories: &[&str], unstated: bool) -> Bar {
    // A part that nobody counted has no length and no figure: it is not said to be nought.
    let part = |count: Option<Decimal>| Part {
        value: count.unwrap_or(Decimal::ZERO),
        figure: count.map(|n| author.number(n)).unwrap_or_default(),
    };
    let mut parts: Vec<Part> = categories.iter().map(|c| part(split.count(c))).collect();
    if unstated {
        parts.push(part(split.rest()));
    }
    let label = split.dated.date.map_or_else(|| author.unknown(), |d| author.date(d).into());
    Bar { label, parts, mark: None, figure: author.number(split.whole), strong: false }
}

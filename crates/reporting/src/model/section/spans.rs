//! Stretches of time for pictures: dates of which only a part may be known, as days on a scale.

use chrono::{Datelike, NaiveDate};
use ketnoi_domain::{PartialDate, Period};

use crate::model::{Author, Drawing, Figure, Rich, Stretch, TimeLine};

/// A day as pictures count it: by its distance from 1970-01-01, which is day 719,163 of our era.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// A period; nothing if nobody knows when it began or ended. Where the end is unknown it is drawn fading out; where only the
/// end is known it is drawn as that.
pub(super) fn stretch(author: &Author<'_>, label: Rich, period: Period) -> Option<Stretch> {
    let from = period.from.or(period.to)?;
    let last = period.to.unwrap_or(from);
    let figure = author.period(period)?;
    Some(Stretch { label, from: day(from.from()), to: day(last.to()), open: period.to.is_none(), figure })
}

/// A date: a point, or as long as the year or the month of which no more is known.
pub(super) fn moment(author: &Author<'_>, label: Rich, on: PartialDate) -> Stretch {
    Stretch { label, from: day(on.from()), to: day(on.to()), open: false, figure: author.date(on) }
}

/// How many days a picture spans at least: less than two years need no scale of years.
const SHORTEST: i32 = 730;

/// A picture of what happened when, in order; none where there are not at least two things to set beside each other, or where
/// all happened at about the same time.
pub(super) fn picture(author: &Author<'_>, caption: String, mut items: Vec<Stretch>) -> Option<Figure> {
    let first = items.iter().map(|i| i.from).min().unwrap_or_default();
    let last = items.iter().map(|i| i.to).max().unwrap_or_default();
    if items.len() < 2 || last - first < SHORTEST {
        return None;
    }
    items.sort_by_key(|i| (i.from, i.to));
    let list: Vec<String> = items.iter().map(|i| author.labelled(&i.label.unmarked(), &i.figure)).collect();
    let alternative = author.say_with("picture-alternative", &[("caption", &caption), ("list", &author.in_a_row(&list))]);
    Some(Figure { caption, alternative, drawing: Drawing::TimeLine(TimeLine { items }), note: Rich::default() })
}

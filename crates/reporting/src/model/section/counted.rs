//! People and votes, added up so that what is unknown is never taken for nought.

use ketnoi_domain::Decimal;

use crate::{
    AttendanceFacts, ReportError,
    model::{Author, Block, Cell, Rich, Style, Value, build::note},
};

/// A total that has to come out twice the same: over the lines as printed, and as it is given.
pub(super) fn balanced(subject: &str, lines: i64, total: i64) -> Result<(), ReportError> {
    if lines == total {
        return Ok(());
    }
    Err(ReportError::Unbalanced { subject: subject.to_owned(), sum: lines.to_string(), total: total.to_string() })
}

/// A sum of which no part is unknown.
pub(super) fn sum_if_known(parts: impl IntoIterator<Item = Option<i64>>) -> Option<i64> {
    parts.into_iter().try_fold(0, |sum, part| Some(sum + part?))
}

/// A part of a whole as a cell of per cent.
pub(super) fn per_cent_cell(author: &Author<'_>, part: i64, whole: Option<i64>) -> Cell {
    let Some(whole) = whole else { return Cell::of(author.unknown(), Value::Unknown) };
    let share = Decimal::from(part).checked_mul(100.into()).and_then(|n| n.checked_div(whole.into(), 1));
    share.map_or_else(
        || Cell::of(author.not_applicable(), Value::NotApplicable),
        |n| Cell::of(author.per_cent(n), Value::PerCent(n)),
    )
}

/// People of several groups together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::model) struct People {
    women: Option<i64>,
    men: Option<i64>,
    unstated: Option<i64>,
    withheld: Option<i64>,
    uncounted: i64,
    hidden: i64,
}

impl People {
    /// The headings of [`People::cells`].
    pub(super) const COLUMNS: [&str; 5] = ["column-women", "column-men", "column-unstated", "column-withheld", "column-in-all"];

    /// Some of whom nobody says how many they were.
    pub(super) const UNCOUNTED: Self = Self { women: None, men: None, unstated: None, withheld: None, uncounted: 1, hidden: 0 };

    /// The people of these groups.
    pub(in crate::model) fn of<'f>(groups: impl IntoIterator<Item = &'f AttendanceFacts>) -> Self {
        let one = |g: &AttendanceFacts| Self {
            women: g.women,
            men: g.men,
            unstated: g.unstated,
            withheld: g.withheld,
            uncounted: g.uncounted,
            hidden: g.hidden,
        };
        groups.into_iter().map(one).fold(Self::default(), Self::and)
    }

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            women: known(self.women, other.women),
            men: known(self.men, other.men),
            unstated: known(self.unstated, other.unstated),
            withheld: known(self.withheld, other.withheld),
            uncounted: self.uncounted + other.uncounted,
            hidden: self.hidden + other.hidden,
        }
    }

    /// How many are known of; none if no group gives a number.
    pub(in crate::model) fn in_all(self) -> Option<i64> {
        known(known(self.women, self.men), known(self.unstated, self.withheld))
    }

    /// Whether anything of these people is withheld from the reader.
    pub(in crate::model) fn is_withheld(self) -> bool {
        self.withheld.is_some() || self.hidden > 0
    }

    /// Says why numbers are missing, where any are withheld.
    pub(in crate::model) fn note(self, author: &Author<'_>) -> Option<Block> {
        self.is_withheld().then(|| note(author.say("withheld-note")))
    }

    /// Women, men, those of whom the sex is not known, those of whom it is withheld, and all: [`People::COLUMNS`].
    pub(super) fn cells(self, author: &Author<'_>) -> [Cell; 5] {
        let part = |count: Option<i64>| match count {
            Some(_) => author.count_cell(count),
            None => Cell::of(Rich::styled("–", Style::Faint), Value::Unknown),
        };
        let all = match self.in_all() {
            Some(n) => Cell::of(self.words(author), Value::Number(n.into())),
            None if self.hidden > 0 => Cell::of(self.words(author), Value::Unknown),
            None => author.count_cell(None),
        };
        // Where nothing is withheld the cell is empty, and so is its column.
        let withheld = self.withheld.map_or_else(|| Cell::text(""), |n| author.count_cell(Some(n)));
        [part(self.women), part(self.men), part(self.unstated), withheld, all]
    }

    /// How many are known of in words: at least so many where a group has no number.
    pub(in crate::model) fn words(self, author: &Author<'_>) -> String {
        match self.in_all().map(|n| author.number(n.into())) {
            None if self.hidden > 0 => author.say("withheld"),
            None => author.say("unknown"),
            Some(n) if self.uncounted == 0 => n,
            Some(n) => author.say_with("at-least", &[("n", &n)]),
        }
    }
}

/// What is known of both together.
fn known(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (None, None) => None,
        _ => Some(one.unwrap_or(0) + other.unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ketnoi_domain::ParticipantCategory;

    fn group(women: Option<i64>, men: Option<i64>, unstated: Option<i64>, uncounted: i64) -> AttendanceFacts {
        let category = ParticipantCategory::Other;
        AttendanceFacts { category, organisations: Vec::new(), women, men, unstated, withheld: None, uncounted, hidden: 0 }
    }

    #[test]
    fn what_is_withheld_is_not_taken_for_unstated() {
        let mut few = group(None, None, None, 1);
        few.hidden = 1;
        assert!(People::of([&few]).is_withheld());
        assert_eq!(People::of([&few]).in_all(), None);
        let mut undivided = group(None, None, None, 0);
        undivided.withheld = Some(23);
        let both = People::of([&few, &undivided]);
        assert_eq!((both.unstated, both.withheld, both.in_all()), (None, Some(23), Some(23)));
        assert!(!People::of([&group(Some(2), Some(0), None, 0)]).is_withheld());
    }

    #[test]
    fn what_no_group_says_stays_unknown() {
        let silent = People::of(&[group(None, None, None, 1)]);
        assert_eq!(silent.in_all(), None);
        let all = People::of(&[group(None, None, None, 1), group(Some(2), Some(0), None, 0), group(None, None, Some(5), 0)]);
        assert_eq!((all.women, all.men, all.unstated, all.uncounted), (Some(2), Some(0), Some(5), 1));
        assert_eq!(all.in_all(), Some(7));
        assert_eq!(sum_if_known([Some(1), None]), None);
        assert_eq!(sum_if_known([Some(1), Some(2)]), Some(3));
    }

    #[test]
    fn a_total_that_its_lines_do_not_make_is_refused() {
        assert!(balanced("votes", 3, 3).is_ok());
        let error = balanced("votes", 3, 4).unwrap_err().to_string();
        assert!(error.starts_with("votes: the lines sum to 3, the total says 4"), "{error}");
    }
}

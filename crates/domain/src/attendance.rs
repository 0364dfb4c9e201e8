//! How many came, added up without counting anyone twice and without taking the unknown for nought.

use std::collections::BTreeMap;

use crate::ParticipantCount;

/// People of several groups together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// How many women are known of.
    pub women: i64,
    /// How many men.
    pub men: i64,
    /// How many of whom the sex is not known.
    pub unstated: i64,
    /// How many of whom the sex is known and not told, because so few are of one.
    pub undivided: i64,
    /// How many groups came of which no number is known, or none that the viewer may see.
    pub uncounted: i64,
    /// How many of these are of so few people that their number is not told.
    pub hidden: i64,
}

impl Headcount {
    /// How many people are known of.
    pub fn people(self) -> i64 {
        self.women + self.men + self.unstated + self.undivided
    }

    /// Whether numbers are missing here because they are of so few people.
    pub fn is_withheld(self) -> bool {
        self.undivided > 0 || self.hidden > 0
    }

    fn add(&mut self, count: &ParticipantCount) {
        let (women, men) = (count.women.unwrap_or(0), count.men.unwrap_or(0));
        self.women += women;
        self.men += men;
        match count.total {
            Some(total) if count.withheld => self.undivided += total,
            Some(total) => self.unstated += (total - women - men).max(0),
            None if count.women.is_none() || count.men.is_none() => {
                self.uncounted += 1;
                self.hidden += i64::from(count.withheld);
            }
            None => {}
        }
    }
}

/// The headcounts of groups. Counts of single sessions are left out: who sat in a session came to the event.
pub fn attendance<'c, K: Ord>(counts: impl IntoIterator<Item = (K, &'c ParticipantCount)>) -> BTreeMap<K, Headcount> {
    let mut groups: BTreeMap<K, Headcount> = BTreeMap::new();
    for (key, count) in counts.into_iter().filter(|(_, c)| c.session.is_none()) {
        groups.entry(key).or_default().add(count);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Event, Head, Id, ParticipantCategory, Record, Visibility};
    use proptest::prelude::*;

    fn count(women: Option<i64>, men: Option<i64>, total: Option<i64>) -> ParticipantCount {
        let code: Code = "e:participants:press".parse().unwrap();
        let event: Id<Event> = Id::of_code(&"e".parse().unwrap());
        let head = Head {
            id: Id::of_code(&code),
            code,
            visibility: Visibility::Public,
            effective: Visibility::Public,
            illustrative: true,
            version: 1,
        };
        let category = ParticipantCategory::Press;
        let (delegation, session, organisation, withheld) = (None, None, None, false);
        ParticipantCount { head, event, delegation, session, category, organisation, women, men, total, withheld }
    }

    #[test]
    fn what_is_unknown_is_told_apart_from_nought() {
        let all =
            [count(Some(2), Some(3), None), count(None, None, Some(4)), count(None, None, None), count(Some(1), None, Some(3))];
        let sum = attendance(all.iter().map(|c| ((), c)))[&()];
        assert_eq!(sum, Headcount { women: 3, men: 3, unstated: 6, undivided: 0, uncounted: 1, hidden: 0 });
        assert_eq!(sum.people(), 12);
    }

    #[test]
    fn what_is_withheld_is_in_no_sum() {
        let mut all = [count(Some(2), Some(1), Some(3)), count(Some(3), Some(20), Some(23)), count(Some(9), Some(7), Some(16))];
        all.iter_mut().for_each(Record::withhold);
        let sum = attendance(all.iter().map(|c| ((), c)))[&()];
        // The first is left out whole; of the second only the total is told.
        assert_eq!(sum, Headcount { women: 9, men: 7, unstated: 0, undivided: 23, uncounted: 1, hidden: 1 });
        assert!(sum.is_withheld());
    }

    proptest! {
        #[test]
        fn no_valid_count_is_lost_or_doubled(parts in proptest::collection::vec((0i64..50, 0i64..50, 0i64..50), 0..20)) {
            let all: Vec<_> = parts.iter().map(|(w, m, more)| count(Some(*w), Some(*m), Some(w + m + more))).collect();
            prop_assert!(all.iter().all(|c| c.faults().0.is_empty()));
            let sum = attendance(all.iter().map(|c| ((), c))).remove(&()).unwrap_or_default();
            prop_assert_eq!(sum.people(), all.iter().filter_map(ParticipantCount::people).sum::<i64>());
        }
    }
}

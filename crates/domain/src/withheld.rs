//! Counts of so few people that they might be known by them.

/// The fewest people whose number is told to everyone; nought is told as well.
pub const FEWEST: i64 = 5;

/// What is told of a count, in all and by parts, to those who may not see people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<const N: usize> {
    /// The parts, such as women and men.
    pub parts: [Option<i64>; N],
    /// How many in all.
    pub total: Option<i64>,
    /// Whether anything that is known was left out.
    pub withheld: bool,
}

impl<const N: usize> Told<N> {
    /// Leaves out a total of few people. Where any part is of few people, or those who are in no part are, all parts are left
    /// out: of all but one, the one could be computed.
    pub fn of(parts: [Option<i64>; N], total: Option<i64>) -> Self {
        let is_few = |n: i64| (1..FEWEST).contains(&n);
        let known: Vec<i64> = parts.iter().flatten().copied().collect();
        let rest = total.filter(|_| !known.is_empty()).map(|t| t.saturating_sub(known.iter().sum()));
        let few_in_all = total.is_some_and(is_few);
        let few_in_part = few_in_all || known.iter().copied().chain(rest).any(is_few);
        let withheld = few_in_all || (few_in_part && !known.is_empty());
        Self { parts: if few_in_part { [None; N] } else { parts }, total: total.filter(|_| !few_in_all), withheld }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(women: i64, men: i64, total: i64) -> (Option<i64>, Option<i64>, Option<i64>, bool) {
        let told = Told::of([Some(women), Some(men)], Some(total));
        (told.parts[0], told.parts[1], told.total, told.withheld)
    }

    #[test]
    fn nought_and_five_are_told_and_what_lies_between_is_not() {
        assert_eq!(told(0, 5, 5), (Some(0), Some(5), Some(5), false));
        assert_eq!(told(1, 1, 2), (None, None, None, true));
        for few in 1..5 {
            assert_eq!(Told::of([], Some(few)), Told { parts: [], total: None, withheld: true });
        }
    }

    #[test]
    fn what_could_be_computed_is_withheld_as_well() {
        assert_eq!(told(3, 20, 23), (None, None, Some(23), true), "the men would tell of the women");
        assert_eq!(told(10, 10, 22), (None, None, Some(22), true), "two are neither among the women nor among the men");
        assert_eq!(Told::of([Some(5)], Some(6)).parts, [None], "one of the members is no woman");
        assert_eq!(Told::of([Some(8), None], Some(30)).parts, [Some(8), None]);
    }

    #[test]
    fn what_is_unknown_is_not_withheld() {
        assert_eq!(Told::of([None, None], None), Told { parts: [None, None], total: None, withheld: false });
    }

    proptest! {
        #[test]
        fn nobody_learns_that_a_part_is_of_few(women in 0i64..12, men in 0i64..12, more in 0i64..12) {
            let told = Told::of([Some(women), Some(men)], Some(women + men + more));
            let shown = told.parts.iter().flatten().copied().chain(told.total);
            prop_assert!(shown.clone().all(|n| n == 0 || n >= FEWEST));
            if let ([Some(w), Some(m)], Some(t)) = (told.parts, told.total) {
                prop_assert!(t - w - m == 0 || t - w - m >= FEWEST);
            }
        }

        #[test]
        fn what_was_told_once_is_told_again(women in 0i64..12, men in 0i64..12, more in 0i64..12) {
            let once = Told::of([Some(women), Some(men)], Some(women + men + more));
            let again = Told::of(once.parts, once.total);
            prop_assert_eq!((again.parts, again.total), (once.parts, once.total));
        }
    }
}

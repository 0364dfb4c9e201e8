//! The rules of a vote: its steps, what may be cast, the codes that admit to it, and which results are too small to be told.

use std::collections::{BTreeMap, BTreeSet};

use crate::{BallotRule, Dialogue, DialogueCluster, DialogueOption, DialogueStatus};

/// A step that a dialogue takes; each is taken once, and none is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ballots are taken from now on.
    Open,
    /// No ballot is taken any more.
    Close,
    /// The result is told to everyone.
    Publish,
}

impl Step {
    /// Where a dialogue must stand to take it.
    pub fn from(self) -> DialogueStatus {
        match self {
            Self::Open => DialogueStatus::Preparing,
            Self::Close => DialogueStatus::Open,
            Self::Publish => DialogueStatus::Closed,
        }
    }

    /// Where the dialogue stands after it.
    pub fn to(self) -> DialogueStatus {
        match self {
            Self::Open => DialogueStatus::Open,
            Self::Close => DialogueStatus::Closed,
            Self::Publish => DialogueStatus::Published,
        }
    }
}

/// What a dialogue lacks before it can be put to the vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A rule by which ballots are filled in and counted.
    Rule,
    /// At least two options, and as many as a ballot may pick.
    Options,
    /// A cluster that votes.
    Clusters,
}

/// All that a dialogue lacks before it can be put to the vote.
pub fn lacks(dialogue: &Dialogue, options: &[DialogueOption], clusters: &[DialogueCluster]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if dialogue.rule.is_none() {
        lacks.push(Lack::Rule);
    }
    let enough = dialogue.rule.map_or(2, |r| r.maximum.max(2));
    if i64::try_from(options.len()).unwrap_or(i64::MAX) < enough {
        lacks.push(Lack::Options);
    }
    if clusters.is_empty() {
        lacks.push(Lack::Clusters);
    }
    lacks
}

/// Why choices are no ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceFault {
    /// So many are picked, which is too few or too many.
    Picked(i64),
    /// There is no option of this number.
    Unknown(i64),
}

/// The choices of a ballot, by the numbers of the options: each once, in order. What stands there twice is picked once.
pub fn choices(rule: BallotRule, options: &BTreeSet<i64>, picked: &[i64]) -> Result<Vec<i64>, ChoiceFault> {
    let chosen: BTreeSet<i64> = picked.iter().copied().collect();
    if let Some(unknown) = chosen.iter().find(|n| !options.contains(n)) {
        return Err(ChoiceFault::Unknown(*unknown));
    }
    let count = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
    if (rule.minimum..=rule.maximum).contains(&count) {
        Ok(chosen.into_iter().collect())
    } else {
        Err(ChoiceFault::Picked(count))
    }
}

/// A result of fewer ballots than that would tell how single people voted.
pub const SMALL: u64 = 5;

/// Which of these groups of valid ballots are too small to be told by themselves. Where those that are small come to too few
/// even together, the next larger one joins them: else they could be found by taking all others from the whole.
pub fn too_small<K: Ord + Copy>(valid: &BTreeMap<K, u64>) -> BTreeSet<K> {
    let mut by_size: Vec<(u64, K)> = valid.iter().filter(|(_, n)| **n > 0).map(|(k, n)| (*n, *k)).collect();
    by_size.sort_unstable();
    let (mut together, mut small) = (0, BTreeSet::new());
    for (n, key) in by_size {
        if n >= SMALL && (together == 0 || together >= SMALL) {
            break;
        }
        together += n;
        small.insert(key);
    }
    small
}

/// A code that admits to a vote once: nine signs of Crockford's alphabet, which has no two that look alike, and one that tells
/// whether the others were typed right.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct VotingCode([u8; Self::LENGTH]);

/// Crockford's alphabet: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl VotingCode {
    /// How many signs it has.
    pub const LENGTH: usize = 10;
    const DRAWN: usize = Self::LENGTH - 1;

    /// The code of nine random bytes; five bits of each count.
    pub fn of_random(bytes: [u8; Self::DRAWN]) -> Self {
        let mut signs = [0; Self::LENGTH];
        for (sign, byte) in signs.iter_mut().zip(bytes) {
            *sign = byte & 31;
        }
        signs[Self::DRAWN] = weighed(&signs[..Self::DRAWN]);
        Self(signs)
    }

    /// The code that someone typed: in small or large letters, with spaces and hyphens or without, O for 0, and I or L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut signs = [0; Self::LENGTH];
        let mut typed = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'));
        for sign in &mut signs {
            let c = match typed.next()?.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            *sign = u8::try_from(ALPHABET.iter().position(|known| char::from(*known) == c)?).ok()?;
        }
        let whole = typed.next().is_none() && weighed(&signs[..Self::DRAWN]) == signs[Self::DRAWN];
        whole.then_some(Self(signs))
    }

    /// Its signs as they are hashed and put into addresses, without a hyphen.
    pub fn plain(self) -> String {
        self.0.iter().map(|sign| char::from(ALPHABET[usize::from(*sign)])).collect()
    }
}

/// As it is printed: in two groups.
impl std::fmt::Display for VotingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = self.plain();
        let (first, second) = plain.split_at(Self::LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

/// A code is a secret: no log shows it.
impl std::fmt::Debug for VotingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VotingCode(…)")
    }
}

/// The last sign of a code: a sum in the field of 32 elements in which each place has a weight of its own. One wrong sign, or two
/// that changed places, give another sum.
fn weighed(signs: &[u8]) -> u8 {
    signs.iter().fold(0, |sum, sign| doubled(sum ^ sign))
}

/// Times x in the field of polynomials over x⁵ + x² + 1.
fn doubled(element: u8) -> u8 {
    let twice = element << 1;
    if twice & 32 == 0 { twice } else { (twice ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Secrecy, TieRule};

    const RULE: BallotRule = BallotRule { minimum: 2, maximum: 3, secrecy: Secrecy::Anonymous, places: 2, tie: TieRule::AllWin };

    #[test]
    fn a_ballot_picks_as_many_as_the_rule_says_each_once() {
        let options = BTreeSet::from([1, 2, 3, 4, 5]);
        assert_eq!(choices(RULE, &options, &[3, 1, 3]), Ok(vec![1, 3]));
        assert_eq!(choices(RULE, &options, &[3, 3]), Err(ChoiceFault::Picked(1)));
        assert_eq!(choices(RULE, &options, &[1, 2, 3, 4]), Err(ChoiceFault::Picked(4)));
        assert_eq!(choices(RULE, &options, &[1, 9]), Err(ChoiceFault::Unknown(9)));
        assert_eq!(choices(RULE, &options, &[]), Err(ChoiceFault::Picked(0)));
    }

    #[test]
    fn what_is_too_small_is_never_left_to_be_computed() {
        let of = |sizes: &[u64]| too_small(&sizes.iter().copied().enumerate().collect::<BTreeMap<usize, u64>>());
        assert_eq!(of(&[5, 8, 0]), BTreeSet::new());
        assert_eq!(of(&[3, 8, 9]), BTreeSet::from([0, 1]), "three alone would be the whole without the others");
        assert_eq!(of(&[3, 4, 9]), BTreeSet::from([0, 1]), "seven together tell nothing");
        assert_eq!(of(&[2]), BTreeSet::from([0]));
        assert_eq!(of(&[1, 1, 6]), BTreeSet::from([0, 1, 2]));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = VotingCode::of_random([0, 1, 2, 3, 4, 250, 8, 30, 31]);
        let shown = code.to_string();
        assert_eq!((shown.len(), shown.as_bytes()[5]), (11, b'-'));
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), format!(" {} ", shown.replace('-', " – "))] {
            assert_eq!(VotingCode::parse(&typed), Some(code), "{typed}");
        }
        assert_eq!(VotingCode::parse(&shown.replace('0', "o").replace('1', "l")), Some(code));
        assert_eq!(VotingCode::parse(&shown[..10]), None);
        assert_eq!(VotingCode::parse(&format!("{shown}0")), None);
        assert_eq!(VotingCode::parse("UUUUU-UUUUU"), None);
        assert_eq!(format!("{code:?}"), "VotingCode(…)");
    }

    proptest! {
        #[test]
        fn a_wrong_sign_or_two_that_changed_places_are_noticed(
            bytes in any::<[u8; 9]>(), at in 0usize..10, other in 0usize..10, turn in 1u8..32,
        ) {
            let code = VotingCode::of_random(bytes);
            let mut wrong = code;
            wrong.0[at] = (wrong.0[at] + turn) % 32;
            prop_assert_eq!(VotingCode::parse(&wrong.plain()), None);
            let mut swapped = code;
            swapped.0.swap(at, other);
            let same = swapped == code;
            prop_assert_eq!(VotingCode::parse(&swapped.plain()).is_some(), same);
            prop_assert_eq!(VotingCode::parse(&code.to_string()), Some(code));
        }
    }
}

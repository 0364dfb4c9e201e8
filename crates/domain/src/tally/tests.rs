use proptest::prelude::*;

use super::*;
use crate::{Code, Head, Record, Secrecy, Visibility};

fn head<T: Record>(code: &str) -> Head<T> {
    let code: Code = code.parse().unwrap();
    Head {
        id: Id::of_code(&code),
        code,
        visibility: Visibility::Public,
        effective: Visibility::Public,
        illustrative: true,
        version: 1,
    }
}

fn id<T: Record>(code: &str) -> Id<T> {
    head::<T>(code).id
}

const RULE: BallotRule = BallotRule { minimum: 2, maximum: 3, secrecy: Secrecy::Anonymous, places: 2, tie: TieRule::AllWin };

fn options(n: i64) -> Vec<DialogueOption> {
    let option =
        |number| DialogueOption { head: head(&format!("d:option:{number}")), dialogue: id("d"), recommendation: id("r"), number };
    (1..=n).map(option).collect()
}

fn cluster(n: usize, eligible: Option<i64>) -> DialogueCluster {
    let cluster = id(&format!("c{n}"));
    DialogueCluster { head: head(&format!("d:cluster:{n}")), dialogue: id("d"), cluster, event: None, eligible, on: None }
}

fn ballot(serial: usize, in_cluster: usize, choices: &[i64]) -> Ballot {
    Ballot {
        head: head(&format!("d:ballot:{serial}")),
        dialogue: id("d"),
        cluster: id(&format!("c{in_cluster}")),
        authority: None,
        choices: choices.iter().map(|n| id(&format!("d:option:{n}"))).collect(),
        spoiled: choices.is_empty(),
    }
}

fn ballots(of: &[(usize, &[i64])]) -> Vec<Ballot> {
    of.iter().enumerate().map(|(serial, (cluster, choices))| ballot(serial, *cluster, choices)).collect()
}

#[test]
fn clusters_and_all_are_counted_with_turnout_and_spoiled_ballots() {
    let cast = ballots(&[(1, &[1, 2]), (1, &[1, 3]), (1, &[]), (2, &[1, 2, 3])]);
    let count = count(RULE, &options(4), &[cluster(1, Some(5)), cluster(2, Some(2)), cluster(3, Some(3))], &cast);
    assert_eq!((count.overall.valid, count.overall.spoiled, count.overall.turnout()), (3, 1, Some((4, 10))));
    assert_eq!(count.overall.votes.into_iter().collect::<Vec<_>>(), [(1, 3), (2, 2), (3, 2), (4, 0)]);
    assert_eq!(count.clusters[&id("c3")].turnout(), Some((0, 3)));
    // The second place is shared, so there are three winners.
    assert_eq!(count.winners.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn a_tie_is_decided_by_the_stated_rule() {
    // Two and three have as many votes; three leads in the second cluster.
    let cast = ballots(&[(1, &[1, 2]), (1, &[1, 2]), (2, &[1, 3]), (2, &[3, 4])]);
    let clusters = [cluster(1, None), cluster(2, None)];
    let winners = |tie| count(BallotRule { tie, ..RULE }, &options(4), &clusters, &cast).winners.into_iter().collect::<Vec<_>>();
    assert_eq!(winners(TieRule::AllWin), [1, 2, 3]);
    assert_eq!(winners(TieRule::BallotOrder), [1, 2]);
    // Each leads in one cluster, so both win.
    assert_eq!(winners(TieRule::MoreClusters), [1, 2, 3]);
    let cast = ballots(&[(1, &[1, 2]), (1, &[1, 2]), (2, &[1, 3]), (3, &[1, 3])]);
    let clusters = [cluster(1, None), cluster(2, None), cluster(3, None)];
    let count = count(BallotRule { tie: TieRule::MoreClusters, ..RULE }, &options(4), &clusters, &cast);
    assert_eq!(count.winners.into_iter().collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn nobody_wins_where_nobody_voted_and_an_unknown_electorate_gives_no_turnout() {
    let count = count(RULE, &options(3), &[cluster(1, None)], &[]);
    assert!(count.winners.is_empty());
    assert_eq!(count.overall.turnout(), None);
}

#[test]
fn a_handful_of_anonymous_ballots_is_told_together_with_others_only() {
    const PICKED: &[i64] = &[1, 2];
    let of = |cluster: usize, n: usize| std::iter::repeat_n((cluster, PICKED), n);
    let cast = ballots(&of(1, 3).chain(of(2, 7)).chain(of(3, 9)).collect::<Vec<_>>());
    let clusters = [cluster(1, Some(4)), cluster(2, Some(8)), cluster(3, Some(9)), cluster(4, Some(2))];
    let whole = count(RULE, &options(3), &clusters, &cast);
    let told = whole.clone().told(Secrecy::Anonymous);
    let merged = told.merged.clone().unwrap();
    assert_eq!(merged.clusters, BTreeSet::from([id("c1"), id("c2")]));
    assert_eq!((merged.tally.valid, merged.tally.eligible), (10, Some(12)));
    assert_eq!(told.clusters.keys().copied().collect::<BTreeSet<_>>(), BTreeSet::from([id("c3"), id("c4")]));
    assert_eq!((&told.overall, &told.winners), (&whole.overall, &whole.winners));
    assert_eq!(whole.clone().told(Secrecy::Named), whole);
    // Ballots that were kept without their cluster from the start come to the same.
    let (small, rest): (Vec<Ballot>, Vec<Ballot>) = cast.into_iter().partition(|b| b.cluster != id("c3"));
    let loose = Loose { clusters: merged.clusters, ballots: small.iter().map(|_| Some(vec![1, 2])).collect() };
    assert_eq!(count_with(RULE, &options(3), &clusters, &rest, &loose), told);
    assert_eq!(count_with(RULE, &options(3), &clusters, &rest, &loose).told(Secrecy::Anonymous), told);
}

fn any_ballots() -> impl Strategy<Value = Vec<Ballot>> {
    let one = (0usize..4, proptest::sample::subsequence(vec![1i64, 2, 3, 4, 5], 0..=3));
    proptest::collection::vec(one, 0..60)
        .prop_map(|all| all.into_iter().enumerate().map(|(i, (cluster, choices))| ballot(i, cluster, &choices)).collect())
}

proptest! {
    #[test]
    fn a_tally_is_the_same_in_any_order_of_ballots(cast in any_ballots(), turn in 0usize..60, tie in 0usize..3) {
        let rule = BallotRule { tie: [TieRule::AllWin, TieRule::MoreClusters, TieRule::BallotOrder][tie], ..RULE };
        let clusters: Vec<_> = (0..4).map(|n| cluster(n, Some(20))).collect();
        let mut turned = cast.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        prop_assert_eq!(count(rule, &options(5), &clusters, &cast), count(rule, &options(5), &clusters, &turned));
    }

    #[test]
    fn merging_clusters_equals_counting_together(cast in any_ballots()) {
        let clusters: Vec<_> = (0..4).map(|n| cluster(n, Some(20))).collect();
        let apart = count(RULE, &options(5), &clusters, &cast);
        let together: Vec<Ballot> = cast.iter().map(|b| Ballot { cluster: id("c0"), ..b.clone() }).collect();
        let together = count(RULE, &options(5), &[cluster(0, Some(80))], &together);
        prop_assert_eq!(&apart.overall, &together.overall);
        prop_assert_eq!(apart.winners, together.winners);
        let choices: usize = cast.iter().map(|b| b.choices.len()).sum();
        prop_assert_eq!(apart.overall.votes.values().sum::<u64>(), choices as u64);
    }

    #[test]
    fn every_winner_has_at_least_as_many_votes_as_every_loser(cast in any_ballots(), tie in 0usize..3) {
        let rule = BallotRule { tie: [TieRule::AllWin, TieRule::MoreClusters, TieRule::BallotOrder][tie], ..RULE };
        let clusters: Vec<_> = (0..4).map(|n| cluster(n, None)).collect();
        let result = count(rule, &options(5), &clusters, &cast);
        let lowest = result.winners.iter().map(|n| result.overall.votes[n]).min();
        for (number, votes) in result.overall.votes.iter().filter(|(n, _)| !result.winners.contains(n)) {
            prop_assert!(lowest.is_none_or(|l| l >= *votes), "{number}");
        }
        let voted = result.overall.votes.values().filter(|v| **v > 0).count();
        prop_assert!(result.winners.len() >= voted.min(2));
        if tie == 2 { prop_assert!(result.winners.len() <= 2); }
    }
}

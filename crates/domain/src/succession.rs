use std::collections::{BTreeMap, BTreeSet};

use crate::{PartialDate, coded::coded};

coded! {
    /// How one body followed another.
    pub enum SuccessionKind {
        /// It is the same body under another name.
        Renamed = "renamed" / "renamed",
        /// It was merged into the successor, alone or with others.
        Merged = "merged" / "merged",
        /// It was split, the successor being one of the parts.
        Split = "split" / "split",
        /// The successor took over its work.
        Succeeded = "succeeded" / "succeeded",
    }
}

/// One body followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession<I> {
    /// What was before.
    pub predecessor: I,
    /// What came after.
    pub successor: I,
    /// How.
    pub kind: SuccessionKind,
    /// When; may be unknown.
    pub on: Option<PartialDate>,
}

/// Successions and mergers: a graph without cycles.
#[derive(Clone, Debug)]
pub struct SuccessionGraph<I> {
    before: BTreeMap<I, Vec<I>>,
    after: BTreeMap<I, Vec<I>>,
}

/// A body that would come after itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a succession runs in a circle through {0:?}: nothing can follow itself")]
pub struct Cycle<I: std::fmt::Debug>(pub Vec<I>);

impl<I: Copy + Ord + std::fmt::Debug> SuccessionGraph<I> {
    /// The graph of (predecessor, successor) pairs; refused with the members of a circle if there is one.
    pub fn try_new(pairs: impl IntoIterator<Item = (I, I)>) -> Result<Self, Cycle<I>> {
        let mut graph = Self { before: BTreeMap::new(), after: BTreeMap::new() };
        for (predecessor, successor) in pairs {
            graph.before.entry(successor).or_default().push(predecessor);
            graph.after.entry(predecessor).or_default().push(successor);
        }
        // What can be peeled off from the beginnings is acyclic; what remains lies on, or after, a circle.
        let mut waiting: BTreeMap<I, usize> = graph.before.iter().map(|(i, before)| (*i, before.len())).collect();
        let mut ready: Vec<I> = graph.after.keys().filter(|i| !waiting.contains_key(i)).copied().collect();
        while let Some(i) = ready.pop() {
            for next in graph.after.get(&i).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(next) {
                    *count -= 1;
                    if *count == 0 {
                        waiting.remove(next);
                        ready.push(*next);
                    }
                }
            }
        }
        if waiting.is_empty() { Ok(graph) } else { Err(Cycle(waiting.into_keys().collect())) }
    }

    /// Everything that came before, and the body itself.
    pub fn with_predecessors(&self, body: I) -> BTreeSet<I> {
        closure(body, &self.before)
    }

    /// Everything that came after, and the body itself.
    pub fn with_successors(&self, body: I) -> BTreeSet<I> {
        closure(body, &self.after)
    }
}

fn closure<I: Copy + Ord>(from: I, edges: &BTreeMap<I, Vec<I>>) -> BTreeSet<I> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(i) = open.pop() {
        open.extend(edges.get(&i).into_iter().flatten().filter(|next| seen.insert(**next)));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn canada_is_found_under_all_its_names() {
        let graph = SuccessionGraph::try_new([("CIDA", "DFATD"), ("DFAIT", "DFATD"), ("DFATD", "GAC")]).unwrap();
        assert_eq!(graph.with_predecessors("GAC"), BTreeSet::from(["CIDA", "DFAIT", "DFATD", "GAC"]));
        assert_eq!(graph.with_successors("CIDA"), BTreeSet::from(["CIDA", "DFATD", "GAC"]));
        assert_eq!(graph.with_predecessors("FCM"), BTreeSet::from(["FCM"]));
    }

    #[test]
    fn a_circle_is_refused_with_its_members() {
        assert_eq!(SuccessionGraph::try_new([(1, 2), (2, 3), (3, 2), (0, 1)]).unwrap_err(), Cycle(vec![2, 3]));
        assert!(SuccessionGraph::try_new([(1, 1)]).is_err());
    }

    proptest! {
        #[test]
        fn edges_that_only_go_forward_make_no_circle(pairs in prop::collection::vec((0u8..30, 0u8..30), 0..60)) {
            let forward: Vec<(u8, u8)> = pairs.iter().filter(|(a, b)| a < b).copied().collect();
            let graph = SuccessionGraph::try_new(forward.clone()).unwrap();
            for (a, b) in forward {
                prop_assert!(graph.with_predecessors(b).is_superset(&graph.with_predecessors(a)));
                prop_assert!(SuccessionGraph::try_new([(a, b), (b, a)]).is_err());
            }
        }
    }
}

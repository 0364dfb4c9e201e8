//! Measures a parsed document: depth, aliases, root fields, directives, and what its fragments unfold to.
//!
//! Each fragment is measured once, whatever the number of its spreads, so a small document cannot make this slow. It has
//! to come before validation, because the validator walks each spread anew: fragments that spread each other twice, or
//! that spread themselves, would keep it busy for ever.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};

use super::error::{Code, Refusal};
use super::limits::Limits;

/// Lists of the introspection types that lead from types to types. Nesting them squares the answer each time, and no
/// tool nests more than two.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
const INTROSPECTION_LISTS_NESTED: u64 = 3;

/// What hangs below one place of a document.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    /// Selection sets inside one another, fragments included.
    height: u64,
    /// Fields inside one another.
    depth: u64,
    /// Fields of this very level, after fragments are spread.
    direct: u64,
    /// Everything below, after fragments are spread.
    selections: u64,
    /// How many of [`INTROSPECTION_LISTS`] are inside one another.
    lists: u64,
}

impl Measure {
    /// Adds what stands beside it on the same level.
    fn beside(&mut self, other: Self) {
        self.height = self.height.max(other.height);
        self.depth = self.depth.max(other.depth);
        self.direct = self.direct.saturating_add(other.direct);
        self.selections = self.selections.saturating_add(other.selections);
        self.lists = self.lists.max(other.lists);
    }
}

/// Refuses a document that is too large in any measure, or whose fragments spread themselves.
pub(super) fn check(document: &ExecutableDocument, operation: &OperationDefinition, limits: &Limits) -> Result<(), Refusal> {
    let mut walker = Walker { document, limits, fragments: HashMap::new(), aliases: 0 };
    // The operation that runs goes first: aliases of fragments that only other operations use are not its own.
    walker.directives(&operation.directives)?;
    let measure = walker.selection_set(&operation.selection_set, 1)?;
    within("its depth is", measure.depth, limits.depth)?;
    within("its number of aliases is", walker.aliases, limits.aliases)?;
    within("its number of root fields is", measure.direct, limits.root_fields)?;
    // The validator walks the rest of the document too.
    let mut selections = measure.selections;
    for (_, other) in document.operations.iter() {
        selections = selections.saturating_add(walker.selection_set(&other.node.selection_set, 1)?.selections);
    }
    for name in document.fragments.keys() {
        selections = selections.saturating_add(walker.fragment(name, 1)?.selections);
    }
    within("its number of selections, with fragments spread, is", selections, limits.selections)
}

/// Whether an operation asks about the schema: `__schema` or `__type` at its root, under whatever name and through whatever
/// fragments. [`check`] has bounded both.
pub(super) fn introspects(document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
    at_root(document, &operation.selection_set)
}

fn at_root(document: &ExecutableDocument, set: &Positioned<SelectionSet>) -> bool {
    set.node.items.iter().any(|item| match &item.node {
        Selection::Field(field) => matches!(field.node.name.node.as_str(), "__schema" | "__type"),
        Selection::InlineFragment(inline) => at_root(document, &inline.node.selection_set),
        Selection::FragmentSpread(spread) => {
            let fragment = document.fragments.get(&spread.node.fragment_name.node);
            fragment.is_some_and(|fragment| at_root(document, &fragment.node.selection_set))
        }
    })
}

pub(super) fn within(subject: &str, actual: u64, limit: u64) -> Result<(), Refusal> {
    if actual > limit { Err(Refusal::too_complex(subject, limit, actual)) } else { Ok(()) }
}

struct Walker<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    /// `None` while a fragment is being measured: meeting it again then means that it spreads itself.
    fragments: HashMap<&'a str, Option<Measure>>,
    aliases: u64,
}

impl<'a> Walker<'a> {
    /// Measures a selection set that is `level` sets below its operation. Both the way down and the height are bounded,
    /// since a fragment may have been measured before, from a shallower place.
    fn selection_set(&mut self, set: &'a Positioned<SelectionSet>, level: u64) -> Result<Measure, Refusal> {
        within("its nesting is", level, self.limits.nesting)?;
        let mut sum = Measure::default();
        for item in &set.node.items {
            self.directives(item.node.directives())?;
            let mut below = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => self.selection_set(&inline.node.selection_set, level + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, level + 1)?,
            };
            below.selections = below.selections.saturating_add(1);
            sum.beside(below);
        }
        sum.height += 1;
        within("its nesting is", level - 1 + sum.height, self.limits.nesting)?;
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, level: u64) -> Result<Measure, Refusal> {
        self.aliases += u64::from(field.alias.is_some());
        let name = field.name.node.as_str();
        let below = match field.selection_set.node.items.as_slice() {
            [] => Measure::default(),
            _ => self.selection_set(&field.selection_set, level + 1)?,
        };
        let introspection = matches!(name, "__schema" | "__type");
        if introspection {
            within("lists of introspection nest", below.lists, INTROSPECTION_LISTS_NESTED)?;
        }
        Ok(Measure {
            depth: if introspection { 1 } else { below.depth + 1 },
            direct: 1,
            lists: below.lists + u64::from(INTROSPECTION_LISTS.contains(&name)),
            ..below
        })
    }

    /// The measure of a fragment that is spread at `level`; a fragment that does not exist is left to the validator.
    fn fragment(&mut self, name: &str, level: u64) -> Result<Measure, Refusal> {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(Measure::default()) };
        match self.fragments.get(name.as_str()) {
            Some(Some(measure)) => {
                within("its nesting is", level - 1 + measure.height, self.limits.nesting)?;
                return Ok(*measure);
            }
            Some(None) => return Err(Refusal::new(Code::BadUserInput, format!("The fragment \"{name}\" spreads itself."))),
            None => {}
        }
        self.fragments.insert(name, None);
        self.directives(&fragment.node.directives)?;
        let measure = self.selection_set(&fragment.node.selection_set, level)?;
        self.fragments.insert(name, Some(measure));
        Ok(measure)
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        within("the number of directives on one field is", directives.len() as u64, self.limits.directives)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::Value;
    use async_graphql::parser::parse_query;

    /// The refusal's message, limit and actual figure.
    fn refused(document: &str) -> Option<(String, u64, u64)> {
        let document = parse_query(document).unwrap();
        let operation = &document.operations.iter().next().unwrap().1.node;
        let error = check(&document, operation, &Limits::default()).err()?.errors.remove(0);
        let figure = |name: &str| match error.extensions.as_ref().and_then(|e| e.get(name)) {
            Some(Value::Number(n)) => n.as_u64().unwrap(),
            _ => 0,
        };
        Some((error.message.clone(), figure("limit"), figure("actual")))
    }

    fn nested(levels: usize) -> String {
        format!("{}x{}", "{a".repeat(levels - 1) + "{", "}".repeat(levels))
    }

    #[test]
    fn depth_is_counted_in_fields() {
        assert_eq!(refused(&nested(12)), None);
        let (message, limit, actual) = refused(&nested(13)).unwrap();
        assert_eq!((limit, actual), (12, 13));
        assert_eq!(message, "This request is too complex: its depth is 13, the limit is 12.");
    }

    #[test]
    fn depth_counts_through_fragments() {
        let document = format!("{{ a {{ ...F }} }} fragment F on T {}", nested(12));
        assert_eq!(refused(&document).map(|r| (r.1, r.2)), Some((12, 13)));
    }

    #[test]
    fn introspection_is_exempt_from_depth_but_not_from_sense() {
        let types =
            format!("{{ __schema {{ types {{ fields {{ type {{ {} name {} }} }} }} }} }}", "ofType {".repeat(10), "}".repeat(10));
        assert_eq!(refused(&types), None);
        let squared =
            "{ __schema { types { fields { type { fields { type { fields { type { interfaces { name } } } } } } } } } }";
        assert_eq!(refused(squared).map(|r| (r.1, r.2)), Some((3, 4)));
    }

    #[test]
    fn aliases_count_where_they_are_written() {
        let aliases = |n: usize| (0..n).map(|i| format!("a{i}: b ")).collect::<String>();
        assert_eq!(refused(&format!("{{ x {{ ...F }} y {{ ...F }} }} fragment F on T {{ {} }}", aliases(30))), None);
        let document = format!("{{ x {{ {} ...F }} }} fragment F on T {{ {} }}", aliases(15), aliases(16));
        assert_eq!(refused(&document).map(|r| (r.1, r.2)), Some((30, 31)));
    }

    #[test]
    fn aliases_of_other_operations_are_not_counted() {
        let aliases = (0..40).map(|i| format!("a{i}: b ")).collect::<String>();
        let document = parse_query(format!("query A {{ b }} query B {{ x {{ {aliases} }} }}")).unwrap();
        let operation = document.operations.iter().find(|(name, _)| name.is_some_and(|n| n == "A")).unwrap().1;
        assert!(check(&document, &operation.node, &Limits::default()).is_ok());
    }

    #[test]
    fn root_fields_count_through_fragments() {
        let fields = |n: usize| (0..n).map(|i| format!("f{i} ")).collect::<String>();
        assert_eq!(refused(&format!("{{ {} }}", fields(20))), None);
        let document = format!("{{ {} ...F }} fragment F on Query {{ {} }}", fields(11), fields(10));
        assert_eq!(refused(&document).map(|r| (r.1, r.2)), Some((20, 21)));
    }

    #[test]
    fn directives_are_limited_on_each_field() {
        assert_eq!(refused(&format!("{{ a {} }}", "@skip(if: false) ".repeat(8))), None);
        assert_eq!(refused(&format!("{{ a {} }}", "@x ".repeat(9))).map(|r| (r.1, r.2)), Some((8, 9)));
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_at_once() {
        let doubling: String = (0..24).map(|i| format!("fragment F{i} on T {{ ...F{} ...F{} }} ", i + 1, i + 1)).collect();
        let (_, limit, actual) = refused(&format!("{{ a {{ ...F0 }} }} {doubling} fragment F24 on T {{ b }}")).unwrap();
        assert_eq!(limit, 10_000);
        assert!(actual > 10_000_000);
    }

    #[test]
    fn fragments_that_spread_themselves_are_refused() {
        let (message, ..) = refused("{ a { ...F } } fragment F on T { b { ...G } } fragment G on T { ...F ...F }").unwrap();
        assert!(message.contains("spreads itself"), "{message}");
        assert!(refused("{ a } fragment F on T { ...F ...F }").unwrap().0.contains("spreads itself"));
    }

    #[test]
    fn a_long_chain_of_fragments_does_not_exhaust_the_stack() {
        let chain: String = (0..3000).map(|i| format!("fragment F{i} on T {{ ...F{} }} ", i + 1)).collect();
        let used = refused(&format!("{{ a {{ ...F0 }} }} {chain} fragment F3000 on T {{ b }}")).unwrap();
        assert_eq!(used.1, 32);
        assert_eq!(refused(&format!("{{ a }} {chain} fragment F3000 on T {{ b }}")).unwrap().1, 32);
    }
}

//! Whether a document could be asked of this schema, without asking it.

use async_graphql::{
    Executor as _, Request,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument},
    },
};

use crate::{build, http::unfolds};

/// An operation that asks nothing: it is run in the place of those that are checked, after the whole document is validated.
const NOTHING: &str = "KetNoiChecksTheRest";

/// Checks a document against the schema and gives the names of its operations, in order; else what is wrong with it.
///
/// Each operation must have a name: it is what the log and the list of registered operations call it.
pub async fn check_document(document: &str) -> Result<Vec<String>, Vec<String>> {
    unfolds(document).map_err(|problem| vec![problem])?;
    let parsed = parse_query(document).map_err(|error| vec![error.to_string()])?;
    let names = names(&parsed).ok_or_else(|| vec!["its operation has no name: give it one".to_owned()])?;
    let request = Request::new(format!("{document}\nquery {NOTHING} {{ __typename }}")).operation_name(NOTHING);
    let response = build().execute(request).await;
    if response.errors.is_empty() {
        return Ok(names);
    }
    let told = response.errors.into_iter().map(|error| match error.locations.first() {
        Some(at) => format!("line {}, column {}: {}", at.line, at.column, error.message),
        None => error.message,
    });
    Err(told.collect())
}

fn names(document: &ExecutableDocument) -> Option<Vec<String>> {
    match &document.operations {
        DocumentOperations::Single(_) => None,
        DocumentOperations::Multiple(operations) => {
            let mut names: Vec<String> = operations.keys().map(ToString::to_string).collect();
            names.sort();
            Some(names)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_document_is_checked_whole_and_nothing_of_it_runs() {
        let good = "query B { programmes { totalCount } } query A($c: String!) { programme(code: $c) { ...F } }
            fragment F on Programme { code }";
        assert_eq!(check_document(good).await, Ok(vec!["A".to_owned(), "B".to_owned()]));
        for (bad, words) in [
            ("query A { programme(code: 1) { code } }", "line 1"),
            ("query A { programme(code: \"x\") { colour } }", "colour"),
            ("query A { __typename } fragment F on Programme { code }", "F"),
            ("query A {", ""),
            ("{ __typename }", "no name"),
            ("{".repeat(10_000).as_str(), "nesting"),
        ] {
            let told = check_document(bad).await.unwrap_err().join("; ");
            assert!(told.contains(words), "{told}");
        }
    }
}

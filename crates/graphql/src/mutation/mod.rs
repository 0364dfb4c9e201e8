//! The mutations. Each takes one `input` and gives a payload: what was changed, and under `errors` what the caller can mend.
//!
//! **To add one:** a method in the file of its topic that makes the registry's use case of the input ([`crate::request::author`]
//! says who asks) and settles what came of it ([`payload::settle`]); then `make schema`, and a line in the matrix of rights.

mod accounts;
mod dialogues;
mod input;
mod jobs;
mod operations;
mod payload;
mod people;
mod records;
mod workflow;

use async_graphql::MergedObject;

pub(crate) use jobs::job_id;

/// What can be changed.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "Mutation")]
pub(crate) struct MutationRoot(
    records::Records,
    workflow::Workflow,
    dialogues::Dialogues,
    jobs::Jobs,
    accounts::Accounts,
    people::People,
    operations::Operations,
);

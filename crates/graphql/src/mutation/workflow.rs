//! Workflows: records on their way to publication, what cities propose and officers decide, locked periods.

mod locks;
mod proposals;
mod review;

use async_graphql::MergedObject;

/// Mutations of workflows.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "WorkflowMutations")]
pub(crate) struct Workflow(review::ReviewMutations, proposals::ProposalMutations, locks::LockMutations);

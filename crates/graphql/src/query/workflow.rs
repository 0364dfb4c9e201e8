//! Workflows as they are asked for: how records come to be published, what cities propose, locked periods, reports due.

mod due;
mod proposals;
mod review;

use async_graphql::MergedObject;

pub(crate) use proposals::{PeriodLock, Proposal, proposals_by_ids};
pub(crate) use review::Publication;

/// How records come to be published, what is proposed, and what is due.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "WorkflowQueries")]
pub(crate) struct Workflow(review::Reviews, proposals::Proposals, due::Due);

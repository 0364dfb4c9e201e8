//! What a vote needs besides its records while it is under way: who may vote, by which codes, the boxes with the ballots, and
//! the paper ballots as they are typed in.
//!
//! - `row` who opened, closed and published it · `codes` delegates and their codes · `boxes` ballots until the close
//! - `paper` paper ballots, entered twice · `parts` the records of a dialogue, read inside a unit · `guard` what stays as it is
//!
//! Nothing here names a ballot beside a person, a code or an instant.

mod boxes;
mod codes;
mod guard;
mod paper;
mod parts;
mod row;

pub use boxes::{BallotBox, BoxedBallot, ballot_boxes, loose_ballots};
pub use codes::{CodeRow, Delegate, code_of, delegates_of};
pub use paper::{PaperBallot, paper_of};
pub use row::{VoteRow, open_votes, votes_of};

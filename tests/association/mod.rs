//! What the association relies on: that a day's work runs from end to end, and that everyone may do and see what is theirs and
//! nothing else.
//!
//! - `day` the scripted day · `desk` someone at work: asks, and insists on the answer · `people` accounts and their keys
//! - `archived` what is put away, listed · `delegates` those who are registered to vote, listed
//! - `rights` every root field, called by everyone: who may, and what happens to all others

mod archived;
mod day;
mod delegates;
mod desk;
mod people;
mod rights;

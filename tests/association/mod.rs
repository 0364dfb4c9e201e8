//! What the association relies on: that a day's work runs from end to end, and that everyone may do and see what is theirs and
//! nothing else.
//!
//! - `day` the scripted day · `desk` someone at work: asks, and insists on the answer · `people` accounts and their keys
//! - `rights` every root field, called by everyone: who may, and what happens to all others

mod day;
mod desk;
mod people;
mod rights;

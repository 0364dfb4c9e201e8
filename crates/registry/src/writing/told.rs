//! Broken rules as those who wrote are told of them: at the field of their input, in their language.

use ketnoi_domain::{Fault, Kind, Lang};

use super::UserErrorCode;
use crate::wording::say_rule;

/// A rule that a record breaks.
#[derive(Clone, Debug)]
pub enum Broken {
    /// One of the record's own.
    Rule(Fault),
    /// One between records: what sort of thing is wrong, the field as a path from the record, and the message.
    Across(UserErrorCode, &'static str, &'static str),
}

impl Broken {
    /// A value that does not go with other records.
    pub(super) fn at(path: &'static str, message: &'static str) -> Self {
        Self::Across(UserErrorCode::Invalid, path, message)
    }

    /// A change that the state of the record, or of what it belongs to, does not allow.
    pub(super) fn state(path: &'static str, message: &'static str) -> Self {
        Self::Across(UserErrorCode::State, path, message)
    }
}

/// What a fault says in a language.
pub(super) fn fault_told(lang: Lang, fault: &Fault) -> String {
    say_rule(lang, &fault.rule)
}

/// The field of an input that a path from a record means. Inputs are named as the views are, in camel case.
pub(super) fn input_path(kind: Kind, path: &str) -> String {
    let path = match (kind, path) {
        (Kind::Programme, "country" | "countries") => "recipient_countries",
        (Kind::Programme, "relations") => "related",
        (Kind::Organisation | Kind::LocalAuthority, "name") => "names",
        (Kind::Membership, "member") => "organisation",
        (Kind::Membership, "group") => "network",
        (Kind::Partnership, "party") => "parties",
        (Kind::PartnershipParty, "party") => "authority",
        (_, path) => path,
    };
    path.split('.').map(step).collect::<Vec<_>>().join(".")
}

/// One step of a path as clients write it: `reporting_organisation` is `reportingOrganisation`.
pub(super) fn step(name: &str) -> String {
    if name == "subject" {
        // Views show its id, and so do inputs take it.
        return "subjectId".to_owned();
    }
    let mut camel = String::with_capacity(name.len());
    let mut raise = false;
    for c in name.chars() {
        if c == '_' {
            raise = true;
        } else if std::mem::take(&mut raise) {
            camel.extend(c.to_uppercase());
        } else {
            camel.push(c);
        }
    }
    camel
}

/// A path below another; either may be empty.
pub(crate) fn below(base: &str, path: &str) -> String {
    match (base.is_empty(), path.is_empty()) {
        (true, _) => path.to_owned(),
        (false, true) => base.to_owned(),
        (false, false) => format!("{base}.{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_from_a_record_becomes_a_path_of_its_input() {
        assert_eq!(input_path(Kind::Programme, "reporting_organisation"), "reportingOrganisation");
        assert_eq!(input_path(Kind::Programme, "countries"), "recipientCountries");
        assert_eq!(input_path(Kind::Dialogue, "rule.minimum"), "rule.minimum");
        assert_eq!(input_path(Kind::Statement, "subject"), "subjectId");
        assert_eq!(below("actuals.3", "value"), "actuals.3.value");
        assert_eq!(below("", "title"), "title");
        assert_eq!(below("actuals.3", ""), "actuals.3");
    }
}

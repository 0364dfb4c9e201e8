//! Accounts: who may sign in, what for, and the rules of their names and passwords.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use crate::{AccountRole, Id, KeyScope, LocalAuthority, Organisation};

/// An account of the registry: a plain value and no record. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// The name to sign in with, by which the audit trail calls it too.
    pub name: String,
    /// What it is for.
    pub role: AccountRole,
    /// The organisation that it speaks for.
    pub organisation: Option<Id<Organisation>>,
    /// The local authority that it speaks for.
    pub authority: Option<Id<LocalAuthority>>,
    /// Whether it has a password; without one it cannot sign in by itself.
    pub has_password: bool,
    /// Whether it has a second factor that has been confirmed.
    pub has_second_factor: bool,
    /// Whether it has been shut: nobody signs in with it, and its keys open nothing.
    pub disabled: bool,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// How often it has been written.
    pub version: i64,
}

/// A key of a program. The key itself is known to who holds it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Its id.
    pub id: Uuid,
    /// The account within whose rights it works.
    pub account: Uuid,
    /// The part of it that is no secret, to tell keys apart.
    pub prefix: String,
    /// What it may be used for.
    pub scopes: BTreeSet<KeyScope>,
    /// What its holder calls it.
    pub label: String,
    /// When it was issued, RFC 3339 in UTC.
    pub created_at: String,
    /// When it ends; open where nobody said.
    pub expires_at: Option<String>,
    /// When it was last used, to the minute.
    pub used_at: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<String>,
}

/// What is wrong with an account or its password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountFault {
    /// The name is too short or too long, or has letters that names do not have.
    NameShape,
    /// The audit trail calls someone else so.
    NameReserved,
    /// The role speaks for an organisation, and none is named.
    NeedsOrganisation,
    /// The role speaks for a local authority, and none is named.
    NeedsAuthority,
    /// It speaks for an organisation and for a local authority as well: what it sees, neither may see alone.
    SpeaksForBoth,
    /// The password has too few characters.
    PasswordShort,
    /// The password is longer than anyone types.
    PasswordLong,
    /// The password is little more than the account's name.
    PasswordIsName,
    /// The password is one of those that are tried first.
    PasswordCommon,
}

/// Names by which the audit trail calls those who have no account.
const RESERVED: [&str; 6] = ["stranger", "local-administrator", "operator", "registry", "system", "worker"];

/// The fewest characters of a password.
pub const LEAST_PASSWORD: usize = 12;

/// The most bytes of a password: what is longer is no password but an attempt to keep the machine busy.
const MOST_PASSWORD: usize = 1_024;

/// Of the passwords that are tried first, those that are long enough to pass the other rules, in small letters.
const COMMON: [&str; 36] = [
    "0123456789ab",
    "012345678910",
    "123456789012",
    "1234567890123",
    "12345678901234567890",
    "123456789abc",
    "1234567890ab",
    "123456789123",
    "1234567890qwertyuiop",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "abcdefghijkl",
    "abcdefghijklmnop",
    "administrator",
    "administrator1",
    "changemechangeme",
    "changeme1234",
    "hochiminh123",
    "iloveyouiloveyou",
    "letmeinletmein",
    "letmein12345",
    "matkhau12345",
    "matkhau123456",
    "matkhaumatkhau",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "qazwsxedcrfv",
    "qwertyuiop12",
    "qwertyuiopasdfghjkl",
    "qwerty123456",
    "vietnam12345",
    "welcome12345",
];

/// The name as it is kept: in small letters, so that nobody can take a name that differs by a capital only.
pub fn account_name(name: &str) -> Result<String, AccountFault> {
    let name = name.trim().to_lowercase();
    let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let within = |c: char| ends(c) || matches!(c, '.' | '_' | '-' | '@' | '+');
    let shaped = (3..=64).contains(&name.len()) && name.chars().all(within) && name.starts_with(ends) && name.ends_with(ends);
    if !shaped {
        return Err(AccountFault::NameShape);
    }
    if RESERVED.contains(&name.as_str()) {
        return Err(AccountFault::NameReserved);
    }
    Ok(name)
}

/// What is wrong with those for whom an account speaks: a focal point speaks for a local authority, a funder and a partner for
/// an organisation, and nobody for both.
pub fn belonging_faults(role: AccountRole, organisation: bool, authority: bool) -> Option<AccountFault> {
    match role {
        AccountRole::FocalPoint if !authority => Some(AccountFault::NeedsAuthority),
        AccountRole::Funder | AccountRole::Partner if !organisation => Some(AccountFault::NeedsOrganisation),
        _ if organisation && authority => Some(AccountFault::SpeaksForBoth),
        _ => None,
    }
}

/// Whether who signs in with a password needs a second factor: those who can change what others rely on do.
pub fn second_factor_demanded(role: AccountRole) -> bool {
    matches!(role, AccountRole::Administrator | AccountRole::Officer)
}

/// A password as it is hashed: keyboards write the letters of Vietnamese in more than one way.
pub fn normalised_password(password: &str) -> String {
    password.nfkc().collect()
}

/// What is wrong with a new password, by the rules of NIST SP 800-63B: length and no common ones, and nothing about what it
/// is composed of.
pub fn password_fault(name: &str, password: &str) -> Option<AccountFault> {
    if password.len() > MOST_PASSWORD {
        return Some(AccountFault::PasswordLong);
    }
    let password = normalised_password(password);
    if password.chars().count() < LEAST_PASSWORD {
        return Some(AccountFault::PasswordShort);
    }
    let small = password.to_lowercase();
    let person = name.split('@').next().unwrap_or(name);
    let beside_the_name = |name: &str| name.len() >= 3 && small.contains(name) && small.replace(name, "").chars().count() < 8;
    if beside_the_name(name) || beside_the_name(person) {
        return Some(AccountFault::PasswordIsName);
    }
    let first = small.chars().next();
    if COMMON.contains(&small.as_str()) || small.chars().all(|c| Some(c) == first) {
        return Some(AccountFault::PasswordCommon);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;

    #[test]
    fn names_are_kept_in_small_letters_and_none_is_that_of_the_trail_itself() {
        assert_eq!(account_name(" Mai.Nguyen@acvn.vn ").unwrap(), "mai.nguyen@acvn.vn");
        for wrong in ["", "ab", ".mai", "mai.", "mai nguyen", "mai:x", "nguyễn", "a\nb", &"a".repeat(65)] {
            assert_eq!(account_name(wrong), Err(AccountFault::NameShape), "{wrong}");
        }
        for reserved in RESERVED {
            assert_eq!(account_name(&reserved.to_uppercase()), Err(AccountFault::NameReserved));
        }
    }

    #[test]
    fn a_password_is_long_and_neither_common_nor_the_name_and_may_consist_of_anything() {
        assert_eq!(password_fault("mai", "eleven char"), Some(AccountFault::PasswordShort));
        assert_eq!(password_fault("mai", "twelve chars"), None);
        assert_eq!(password_fault("mai", "mười hai chữ"), None);
        assert_eq!(password_fault("mai", &"x".repeat(2_000)), Some(AccountFault::PasswordLong));
        for common in COMMON {
            assert!(common.chars().count() >= LEAST_PASSWORD, "{common} would be refused anyway");
            assert_eq!(password_fault("mai", &common.to_uppercase()), Some(AccountFault::PasswordCommon), "{common}");
        }
        assert_eq!(password_fault("mai", "zzzzzzzzzzzzzz"), Some(AccountFault::PasswordCommon));
        assert_eq!(password_fault("nguyen.van.an", "Nguyen.Van.An1"), Some(AccountFault::PasswordIsName));
        assert_eq!(password_fault("nguyenvanan@acvn.vn", "nguyenvanan99"), Some(AccountFault::PasswordIsName));
        assert_eq!(password_fault("mai", "maimaimaimai"), Some(AccountFault::PasswordIsName));
    }

    #[test]
    fn a_password_is_the_same_however_its_letters_are_composed() {
        let (composed, decomposed) = ("\u{1ea5}n t\u{01b0}\u{1ee3}ng", "a\u{0302}\u{0301}n tu\u{031b}o\u{031b}\u{0323}ng");
        assert_eq!(normalised_password(composed), normalised_password(decomposed));
    }

    #[test]
    fn each_role_names_whom_it_speaks_for() {
        assert_eq!(belonging_faults(AccountRole::FocalPoint, true, false), Some(AccountFault::NeedsAuthority));
        assert_eq!(belonging_faults(AccountRole::Funder, false, true), Some(AccountFault::NeedsOrganisation));
        assert_eq!(belonging_faults(AccountRole::Partner, false, false), Some(AccountFault::NeedsOrganisation));
        assert_eq!(belonging_faults(AccountRole::Officer, false, false), None);
        for role in AccountRole::ALL {
            assert_eq!(belonging_faults(*role, true, true), Some(AccountFault::SpeaksForBoth));
        }
        assert!(second_factor_demanded(AccountRole::Officer) && !second_factor_demanded(AccountRole::Funder));
    }
}

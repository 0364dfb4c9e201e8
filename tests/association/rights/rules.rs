//! The rights, told once more: as the table of the house has them, in data, so that a test can take each of them away.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Action, Coded, KeyScope};

/// What an action asks of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// This scope.
    Scope(KeyScope),
    /// A person: no key will do.
    Person,
    /// Nothing.
    Nothing,
}

/// Who asks, as far as rights go by it.
#[derive(Clone, Debug)]
pub(super) enum Who {
    Stranger,
    /// The administrator at the machine.
    Local,
    Known {
        role: AccountRole,
        /// The code of the organisation or city that they speak for.
        party: Option<&'static str>,
        /// What their key may be used for; nothing for a person.
        key: Option<BTreeSet<KeyScope>>,
    },
}

/// Levels of visibility as the tables hold them.
pub(super) const PUBLIC: i64 = 3;
pub(super) const PARTNERS: i64 = 2;
pub(super) const INTERNAL: i64 = 1;
pub(super) const DRAFT: i64 = 0;

/// The rights.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// Which roles may do what.
    may: Vec<(Action, Vec<AccountRole>)>,
    /// What each action asks of a key.
    needs: Vec<(Action, Need)>,
    /// Of which roles nothing is asked though they come with a key: none, but where a test takes a rule away.
    free: Vec<(Action, AccountRole)>,
    /// Roles that see every record.
    keepers: Vec<AccountRole>,
    /// Roles that see what is for partners of their own.
    parties: Vec<AccountRole>,
    /// What a key needs to see more than a stranger.
    reads: Need,
}

impl Rules {
    /// Those of the house.
    pub(super) fn house() -> Self {
        use AccountRole::{Administrator, FocalPoint, Funder, Officer, Partner};
        let keepers = || vec![Administrator, Officer];
        let write = Need::Scope(KeyScope::RegistryWrite);
        Self {
            may: vec![
                (Action::Write, keepers()),
                (Action::Propose, vec![Administrator, Officer, FocalPoint]),
                (Action::Approve, keepers()),
                (Action::Publish, keepers()),
                (Action::RunReports, vec![Administrator, Officer, Funder, Partner]),
                (Action::FollowChanges, AccountRole::ALL.to_vec()),
                (Action::ReadAudit, keepers()),
                (Action::SeePeople, keepers()),
                (Action::Administer, vec![Administrator]),
            ],
            needs: vec![
                (Action::Write, write),
                (Action::Propose, write),
                (Action::Approve, write),
                (Action::Publish, write),
                (Action::RunReports, Need::Scope(KeyScope::ReportsRun)),
                (Action::FollowChanges, Need::Scope(KeyScope::ChangesRead)),
                (Action::ReadAudit, Need::Scope(KeyScope::AuditRead)),
                (Action::SeePeople, Need::Scope(KeyScope::EventsPeople)),
                (Action::Administer, Need::Person),
            ],
            free: Vec::new(),
            keepers: keepers(),
            parties: vec![FocalPoint, Funder, Partner],
            reads: Need::Scope(KeyScope::RegistryRead),
        }
    }

    fn need(&self, action: Action) -> Need {
        self.needs.iter().find(|(a, _)| *a == action).unwrap().1
    }

    fn roles(&self, action: Action) -> &[AccountRole] {
        &self.may.iter().find(|(a, _)| *a == action).unwrap().1
    }

    /// Whether someone may do something at all.
    pub(super) fn may(&self, who: &Who, action: Action) -> bool {
        match who {
            Who::Stranger => false,
            Who::Local => true,
            Who::Known { role, key, .. } => {
                let need = if self.free.contains(&(action, *role)) { Need::Nothing } else { self.need(action) };
                self.roles(action).contains(role) && fulfils(key.as_ref(), need)
            }
        }
    }

    /// Whether someone sees every record, drafts among them.
    pub(super) fn keeps(&self, who: &Who) -> bool {
        match who {
            Who::Stranger => false,
            Who::Local => true,
            Who::Known { role, key, .. } => self.keepers.contains(role) && fulfils(key.as_ref(), self.reads),
        }
    }

    /// The party whose records for partners someone sees.
    pub(super) fn party(&self, who: &Who) -> Option<&'static str> {
        match who {
            Who::Known { role, key, party } if self.parties.contains(role) && fulfils(key.as_ref(), self.reads) => *party,
            _ => None,
        }
    }

    /// Whether someone sees a record of this level that these parties have a part in.
    pub(super) fn sees(&self, who: &Who, level: i64, parties: &[&str]) -> bool {
        let theirs = || self.party(who).is_some_and(|party| parties.contains(&party));
        self.keeps(who) || level == PUBLIC || (level == PARTNERS && theirs())
    }

    /// The same rights but for one of them, for each of them; with the name of what is another.
    pub(super) fn without_one(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        for action in Action::ALL {
            for role in AccountRole::ALL {
                let mut other = self.clone();
                let roles = &mut other.may.iter_mut().find(|(a, _)| *a == action).unwrap().1;
                toggle(roles, *role);
                all.push((format!("{action:?} by {role:?}"), other));
                if self.roles(action).contains(role) {
                    let mut other = self.clone();
                    other.free.push((action, *role));
                    all.push((format!("{action:?} by a key of {role:?} that lacks {:?}", self.need(action)), other));
                }
            }
        }
        for role in AccountRole::ALL {
            let mut other = self.clone();
            toggle(&mut other.keepers, *role);
            all.push((format!("{role:?} sees every record"), other));
            // Who sees every record needs no party: there this rule decides nothing.
            if !self.keepers.contains(role) {
                let mut other = self.clone();
                toggle(&mut other.parties, *role);
                all.push((format!("{role:?} sees what is for partners"), other));
            }
        }
        all.push(("a key reads with the scope for it".to_owned(), Self { reads: Need::Nothing, ..self.clone() }));
        all
    }

    /// The scopes that decide something here.
    pub(super) fn scopes(&self) -> BTreeSet<KeyScope> {
        let scope = |need: &Need| if let Need::Scope(scope) = need { Some(*scope) } else { None };
        self.needs.iter().map(|(_, need)| need).chain([&self.reads]).filter_map(scope).collect()
    }
}

fn toggle(roles: &mut Vec<AccountRole>, role: AccountRole) {
    if roles.contains(&role) {
        roles.retain(|r| *r != role);
    } else {
        roles.push(role);
    }
}

fn fulfils(key: Option<&BTreeSet<KeyScope>>, need: Need) -> bool {
    match (key, need) {
        (None, _) | (_, Need::Nothing) => true,
        (Some(_), Need::Person) => false,
        (Some(scopes), Need::Scope(scope)) => scopes.contains(&scope),
    }
}

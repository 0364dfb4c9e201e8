use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use uuid::Uuid;

use crate::{Coded, Visibility, coded::coded};

coded! {
    /// What an account is for.
    pub enum Role {
        /// Everything: users, keys, settings, and whatever an officer may.
        Administrator = "administrator" / "administrator",
        /// Writes the registry, publishes, closes ballots, runs reports.
        Officer = "officer" / "officer",
        /// Reports actuals, replication progress and grants of one local authority, as proposals that an officer approves.
        FocalPoint = "focal_point" / "focal_point",
        /// Reads what its organisation funds, and runs its reports.
        Funder = "funder" / "funder",
        /// Reads what its organisation takes part in: a portal, a dashboard.
        Partner = "partner" / "partner",
    }
}

coded! {
    /// What a key of a program may be used for. A person who signed in may do all that their role may.
    pub enum KeyScope {
        /// Read the registry within the view of the key's account.
        RegistryRead = "registry_read" / "registry:read",
        /// Write the registry as far as the account's role may.
        RegistryWrite = "registry_write" / "registry:write",
        /// Read participants' names.
        EventsPeople = "events_people" / "events:people",
        /// Ask for reports and fetch them.
        ReportsRun = "reports_run" / "reports:run",
        /// Read the change feed and subscribe to changes.
        ChangesRead = "changes_read" / "changes:read",
        /// Read IATI files of what is not public.
        IatiRead = "iati_read" / "iati:read",
        /// Manage webhooks.
        WebhooksManage = "webhooks_manage" / "webhooks:manage",
        /// Read the audit trail.
        AuditRead = "audit_read" / "audit:read",
    }
}

/// Who signed in, or whose key it is, with all that rights are decided by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The account.
    pub account: Uuid,
    /// Its name, as the audit trail shows it.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// The organisation that the account speaks for, under the name it has today.
    pub organisation: Option<Uuid>,
    /// The local authority that the account speaks for.
    pub authority: Option<Uuid>,
    /// The organisation under all its names, and the authority with all that it succeeded; in order.
    pub parties: BTreeSet<Uuid>,
    /// The key by which a program came, and what that key may be used for; nothing for a person who signed in.
    pub key: Option<(Uuid, BTreeSet<KeyScope>)>,
}

/// Who asks. Every read takes one; nothing is read without saying for whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Anyone: sees what is public.
    Stranger,
    /// Who signed in, or whose key it is.
    Known(Arc<Identity>),
    /// The administrator of an embedded registry on the same machine: sees and does everything.
    LocalAdministrator,
}

/// What can be done with the registry, besides reading what one may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Make, change, archive and restore records; import.
    Write,
    /// Propose figures of one's own local authority, which an officer then approves.
    Propose,
    /// Approve or refuse what others proposed; lock periods.
    Approve,
    /// Publish records, open, close and publish dialogues.
    Publish,
    /// Ask for reports.
    RunReports,
    /// Read the change feed, subscribe to changes.
    FollowChanges,
    /// Read the audit trail and the history of records.
    ReadAudit,
    /// Read participants' names, and counts of people however small.
    SeePeople,
    /// Manage accounts, keys, trusted operations and settings; erase people's data.
    Administer,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Write,
        Self::Propose,
        Self::Approve,
        Self::Publish,
        Self::RunReports,
        Self::FollowChanges,
        Self::ReadAudit,
        Self::SeePeople,
        Self::Administer,
    ];
}

impl Viewer {
    /// The narrowest visibility of which this viewer may see every record.
    pub fn floor(&self) -> Visibility {
        match self {
            Self::Known(who) if self.reads() && matches!(who.role, Role::Administrator | Role::Officer) => Visibility::Draft,
            Self::Stranger | Self::Known(_) => Visibility::Public,
            Self::LocalAdministrator => Visibility::Draft,
        }
    }

    /// The parties in whose records this viewer takes part: of what partners may see, the viewer sees theirs.
    pub fn parties(&self) -> Option<&BTreeSet<Uuid>> {
        match self {
            Self::Known(who) if self.reads() && !who.parties.is_empty() && self.floor() > Visibility::Partners => {
                Some(&who.parties)
            }
            _ => None,
        }
    }

    /// Whether the viewer may do this at all; of which records is decided where they are read.
    pub fn may(&self, action: Action) -> bool {
        let who = match self {
            Self::LocalAdministrator => return true,
            Self::Stranger => return false,
            Self::Known(who) => who,
        };
        let role = match action {
            Action::Administer => matches!(who.role, Role::Administrator),
            Action::Write | Action::Approve | Action::Publish | Action::ReadAudit | Action::SeePeople => {
                matches!(who.role, Role::Administrator | Role::Officer)
            }
            Action::Propose => matches!(who.role, Role::Administrator | Role::Officer | Role::FocalPoint),
            Action::RunReports => !matches!(who.role, Role::FocalPoint),
            Action::FollowChanges => true,
        };
        let scope = match action {
            Action::Write | Action::Propose | Action::Approve | Action::Publish => KeyScope::RegistryWrite,
            Action::RunReports => KeyScope::ReportsRun,
            Action::FollowChanges => KeyScope::ChangesRead,
            Action::ReadAudit => KeyScope::AuditRead,
            Action::SeePeople => KeyScope::EventsPeople,
            // Accounts and settings are for people: no key opens them.
            Action::Administer => return role && who.key.is_none(),
        };
        role && self.has(scope)
    }

    /// Whether the viewer may see every record of this visibility.
    pub fn sees(&self, thing: Visibility) -> bool {
        thing >= self.floor()
    }

    /// What the trail and the log call the viewer.
    pub fn name(&self) -> &str {
        match self {
            Self::Stranger => "stranger",
            Self::Known(who) => &who.name,
            Self::LocalAdministrator => "local-administrator",
        }
    }

    /// The account, of those who have one.
    pub fn account(&self) -> Option<Uuid> {
        match self {
            Self::Known(who) => Some(who.account),
            Self::Stranger | Self::LocalAdministrator => None,
        }
    }

    /// The key of a cache of answers: viewers of one class see the same and may do the same.
    pub fn class(&self) -> Cow<'static, str> {
        match self {
            Self::Stranger => "stranger".into(),
            Self::LocalAdministrator => "local-administrator".into(),
            Self::Known(who) => {
                let may: Vec<&str> = match &who.key {
                    None => vec!["all"],
                    Some((_, scopes)) => scopes.iter().map(|s| s.code()).collect(),
                };
                let parties: Vec<String> = self.parties().into_iter().flatten().map(|id| id.simple().to_string()).collect();
                format!("{}|{}|{}", who.role.name(), may.join(","), parties.join(",")).into()
            }
        }
    }

    fn reads(&self) -> bool {
        self.has(KeyScope::RegistryRead)
    }

    fn has(&self, scope: KeyScope) -> bool {
        match self {
            Self::Stranger => false,
            Self::LocalAdministrator => true,
            Self::Known(who) => who.key.as_ref().is_none_or(|(_, scopes)| scopes.contains(&scope)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(role: Role, scopes: Option<&[KeyScope]>) -> Viewer {
        let key = scopes.map(|s| (Uuid::nil(), s.iter().copied().collect()));
        let parties = BTreeSet::from([Uuid::from_u128(7)]);
        let (organisation, authority) = (Some(Uuid::from_u128(7)), None);
        Viewer::Known(Arc::new(Identity { account: Uuid::nil(), name: "x".into(), role, organisation, authority, parties, key }))
    }

    #[test]
    fn a_stranger_may_do_nothing_but_read_what_is_public() {
        assert!(Action::ALL.iter().all(|a| !Viewer::Stranger.may(*a)));
        assert_eq!(Viewer::Stranger.floor(), Visibility::Public);
        assert_eq!(Viewer::Stranger.parties(), None);
    }

    #[test]
    fn a_key_may_do_no_more_than_its_scopes_name() {
        let key = known(Role::Officer, Some(&[KeyScope::RegistryRead]));
        assert_eq!(key.floor(), Visibility::Draft);
        assert!(Action::ALL.iter().all(|a| !key.may(*a)));
        let writer = known(Role::Officer, Some(&[KeyScope::RegistryWrite]));
        assert!(writer.may(Action::Write));
        assert_eq!(writer.floor(), Visibility::Public, "a key that may not read sees what strangers see");
    }

    #[test]
    fn no_key_administers() {
        let all: Vec<KeyScope> = KeyScope::ALL.to_vec();
        assert!(known(Role::Administrator, None).may(Action::Administer));
        assert!(!known(Role::Administrator, Some(&all)).may(Action::Administer));
    }

    #[test]
    fn a_funder_sees_what_is_public_and_what_partners_see_of_its_own() {
        let funder = known(Role::Funder, None);
        assert_eq!(funder.floor(), Visibility::Public);
        assert!(funder.parties().is_some());
        assert!(funder.may(Action::RunReports) && !funder.may(Action::Write) && !funder.may(Action::SeePeople));
        assert!(known(Role::Officer, None).parties().is_none(), "who sees everything needs no parties");
    }

    #[test]
    fn those_who_see_different_things_are_of_different_classes() {
        let classes = [
            Viewer::Stranger.class(),
            Viewer::LocalAdministrator.class(),
            known(Role::Funder, None).class(),
            known(Role::Funder, Some(&[])).class(),
            known(Role::Officer, None).class(),
        ];
        assert_eq!(classes.iter().collect::<BTreeSet<_>>().len(), classes.len());
    }
}

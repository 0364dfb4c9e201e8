use std::sync::Arc;

use clap::Subcommand;
use ketnoi_domain::{
    AccountFault, AccountRole, Action, Coded, Identity, KeyScope, Viewer, belonging_faults, second_factor_demanded,
};

#[derive(Subcommand, Debug)]
pub(crate) enum Role {
    /// Tell what each role is for and may do, and what each scope of a key opens
    List,
}

pub(crate) fn run(command: &Role) {
    match command {
        Role::List => print!("{}", listed()),
    }
}

/// What a person or a program may do, in words.
fn words(action: Action) -> &'static str {
    match action {
        Action::Write => "write records",
        Action::Propose => "propose figures",
        Action::Approve => "approve",
        Action::Publish => "publish",
        Action::RunReports => "run reports",
        Action::FollowChanges => "follow changes",
        Action::ReadAudit => "read the audit trail",
        Action::SeePeople => "see participants' names",
        Action::Administer => "administer",
    }
}

/// What someone of a role may do who signed in.
fn may(role: AccountRole) -> Vec<&'static str> {
    let (account, name) = (uuid::Uuid::nil(), String::new());
    let (organisation, authority, parties, key) = (None, None, std::collections::BTreeSet::new(), None);
    let viewer = Viewer::Known(Arc::new(Identity { account, name, role, organisation, authority, parties, key }));
    Action::ALL.into_iter().filter(|action| viewer.may(*action)).map(words).collect()
}

fn listed() -> String {
    let mut out = String::from("roles, for `ketnoi user add --role`\n");
    for role in AccountRole::ALL {
        out.push_str(&format!("  {:<15}{}\n", role.name(), role.doc()));
        out.push_str(&format!("  {:<15}may: {}\n", "", may(*role).join(", ")));
        let needs = match belonging_faults(*role, false, false) {
            Some(AccountFault::NeedsOrganisation) => "needs --organisation",
            Some(AccountFault::NeedsAuthority) => "needs --authority",
            _ if second_factor_demanded(*role) => "sets up a second factor at the first sign-in",
            _ => continue,
        };
        out.push_str(&format!("  {:<15}{needs}\n", ""));
    }
    out.push_str("\nscopes, for `ketnoi key issue --scope`; a key does nothing that its account's role may not\n");
    for scope in KeyScope::ALL {
        out.push_str(&format!("  {:<17}{}\n", scope.code(), scope.doc()));
    }
    out
}

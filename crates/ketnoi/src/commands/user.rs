use clap::{Args, Subcommand};
use ketnoi_domain::{Account, AccountRole, Coded, Id, Lang, LocalAuthority, Organisation, Viewer};
use ketnoi_registry::{AccountChange, Author, NewAccount, Registry, Stored};

use crate::config::{PublicUrl, Settings};

/// What is done with accounts.
#[derive(Subcommand, Debug)]
#[command(after_help = "The first administrator:
  ketnoi user add mai --role administrator

A funder's officer, and a focal point of a city:
  ketnoi user add jane@fcm.ca --role funder --organisation FCM
  ketnoi user add an.nguyen --role focal_point --authority da-nang

Someone has lost their telephone, and with it the second factor:
  ketnoi user set mai --drop-second-factor

What each role may do: ketnoi role list")]
pub(crate) enum User {
    /// Make an account, and print a link by which its holder sets a password
    ///
    /// A password is never given on the command line: it would stay in the history of the shell. The link is good for a day
    /// and for one use.
    Add {
        /// The name to sign in with: 3 to 64 small letters, digits, and between them . _ - @ +
        name: String,
        /// What it is for; `ketnoi role list` explains
        #[arg(long, value_parser = role)]
        role: AccountRole,
        #[command(flatten)]
        speaks: Speaks,
        #[command(flatten)]
        at: Address,
    },
    /// List the accounts
    List,
    /// Show an account, its keys and who signs in as it through another issuer
    Show {
        /// The name that it signs in with
        name: String,
    },
    /// Change what an account is for; what is left out stays, and its sessions end
    Set {
        /// The name that it signs in with
        name: String,
        /// What it is for from now on
        #[arg(long, value_parser = role)]
        role: Option<AccountRole>,
        #[command(flatten)]
        speaks: Speaks,
        /// It speaks for no organisation any more
        #[arg(long, conflicts_with = "organisation")]
        no_organisation: bool,
        /// It speaks for no local authority any more
        #[arg(long, conflicts_with = "authority")]
        no_authority: bool,
        /// Take its second factor away: the next sign-in sets up another
        #[arg(long)]
        drop_second_factor: bool,
    },
    /// Shut an account: nobody signs in with it, and its keys open nothing
    Disable {
        /// The name that it signs in with
        name: String,
    },
    /// Open an account again that was shut
    Enable {
        /// The name that it signs in with
        name: String,
    },
    /// Print a link by which the account's holder sets a new password, once, within a day
    ResetLink {
        /// The name that it signs in with
        name: String,
        #[command(flatten)]
        at: Address,
    },
}

/// Where people reach the registry.
#[derive(Args, Debug)]
pub(crate) struct Address {
    /// The address at which people reach the server; without it the link is a path
    #[arg(long, env = "KETNOI_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
}

/// For whom an account speaks.
#[derive(Args, Debug)]
pub(crate) struct Speaks {
    /// The organisation that it speaks for, by its code: funders and partners need one
    #[arg(long, value_name = "CODE")]
    organisation: Option<String>,
    /// The local authority that it speaks for, by its code: focal points need one
    #[arg(long, value_name = "CODE")]
    authority: Option<String>,
}

fn role(text: &str) -> Result<AccountRole, String> {
    let known = || AccountRole::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    AccountRole::from_name(&text.replace('-', "_")).ok_or_else(|| format!("the roles are {}", known()))
}

/// Whoever can write to the database file or knows its address keeps the registry already.
pub(super) fn operator() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

/// The account that signs in with this name.
pub(super) async fn named(registry: &Registry, name: &str) -> anyhow::Result<Account> {
    let found = registry.account(&operator(), name).await?;
    found.ok_or_else(|| anyhow::anyhow!("there is no account `{name}`: `ketnoi user list` shows those there are"))
}

impl Speaks {
    async fn found(&self, registry: &Registry) -> anyhow::Result<(Option<Id<Organisation>>, Option<Id<LocalAuthority>>)> {
        Ok((party(registry, self.organisation.as_deref()).await?, party(registry, self.authority.as_deref()).await?))
    }
}

async fn party<T: Stored>(registry: &Registry, code: Option<&str>) -> anyhow::Result<Option<Id<T>>> {
    let Some(code) = code else { return Ok(None) };
    Ok(Some(registry.session(Viewer::LocalAdministrator).require::<T>(code).await?.head().id))
}

pub(crate) async fn run(settings: &Settings, command: User) -> anyhow::Result<()> {
    super::with_registry(settings, async |registry| match command {
        User::Add { name, role, speaks, at } => {
            let (organisation, authority) = speaks.found(registry).await?;
            let new = NewAccount { name, role, organisation, authority };
            let account = registry.create_account(&operator(), &new).await?;
            println!("made the account {} ({})", account.name, account.role.name());
            send(registry, settings, &account, at).await
        }
        User::List => list(registry).await,
        User::Show { name } => show(registry, &name).await,
        User::Set { name, role, speaks, no_organisation, no_authority, drop_second_factor } => {
            let (organisation, authority) = speaks.found(registry).await?;
            let change = AccountChange {
                role,
                organisation: (no_organisation || organisation.is_some()).then_some(organisation),
                authority: (no_authority || authority.is_some()).then_some(authority),
                drop_second_factor,
                ..AccountChange::default()
            };
            update(registry, &name, &change).await
        }
        User::Disable { name } => {
            update(registry, &name, &AccountChange { disabled: Some(true), ..AccountChange::default() }).await
        }
        User::Enable { name } => {
            update(registry, &name, &AccountChange { disabled: Some(false), ..AccountChange::default() }).await
        }
        User::ResetLink { name, at } => {
            let account = named(registry, &name).await?;
            send(registry, settings, &account, at).await
        }
    })
    .await
}

/// Issues a link and tells it: as it can be sent on, where it is known under which address people reach the registry.
async fn send(registry: &Registry, settings: &Settings, account: &Account, at: Address) -> anyhow::Result<()> {
    let link = registry.issue_reset(&operator(), account.id).await?;
    let url = at.public_url.as_ref().or(settings.public_url.as_ref());
    let address = url.map_or("", |url| url.as_str()).trim_end_matches('/');
    println!("{} sets a password at this page of the registry, once, before {}:", link.account, link.expires_at);
    println!("{address}{}", link.path().unwrap_or_default());
    Ok(())
}

async fn list(registry: &Registry) -> anyhow::Result<()> {
    println!("{:<32}{:<15}{:<10}{:<14}state", "name", "role", "password", "second factor");
    for a in registry.accounts(&operator()).await? {
        let state = if a.disabled { "disabled" } else { "open" };
        println!("{:<32}{:<15}{:<10}{:<14}{state}", a.name, a.role.name(), yes(a.has_password), yes(a.has_second_factor));
    }
    Ok(())
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

async fn show(registry: &Registry, name: &str) -> anyhow::Result<()> {
    let a = named(registry, name).await?;
    let session = registry.session(Viewer::LocalAdministrator);
    println!("name           {}", a.name);
    println!("id             {}", a.id);
    println!("role           {}", a.role.name());
    if let Some(id) = a.organisation {
        let found = session.by_ids::<Organisation>(&[id.uuid()]).await?.pop();
        println!("organisation   {}", found.map_or_else(|| id.to_string(), |o| o.head.code.to_string()));
    }
    if let Some(id) = a.authority {
        let found = session.by_ids::<LocalAuthority>(&[id.uuid()]).await?.pop();
        println!("authority      {}", found.map_or_else(|| id.to_string(), |l| l.head.code.to_string()));
    }
    println!("password       {}", yes(a.has_password));
    println!("second factor  {}", yes(a.has_second_factor));
    println!("state          {}", if a.disabled { "disabled" } else { "open" });
    println!("made           {}", a.created_at);
    for (issuer, subject) in registry.subjects_of(&operator(), a.id).await? {
        println!("signs in by    {issuer} as {subject}");
    }
    for key in registry.keys_of(&operator(), a.id).await? {
        println!("key            kn_{}_…  {}", key.prefix, key.label);
    }
    Ok(())
}

async fn update(registry: &Registry, name: &str, change: &AccountChange) -> anyhow::Result<()> {
    let account = named(registry, name).await?;
    let now = registry.update_account(&operator(), account.id, change).await?;
    if now.version == account.version {
        println!("{} is as it was", now.name);
    } else {
        println!("changed {}: {}, {}", now.name, now.role.name(), if now.disabled { "disabled" } else { "open" });
    }
    Ok(())
}

use clap::Subcommand;
use ketnoi_domain::{Coded, KeyScope};
use ketnoi_registry::NewKey;

use super::user::{named, operator};
use crate::config::Settings;

/// What is done with keys.
#[derive(Subcommand, Debug)]
#[command(after_help = "A dashboard of a partner:
  ketnoi user add fcm-portal --role partner --organisation FCM
  ketnoi key issue fcm-portal --label 'portal of FCM' --scope registry:read --expires 2027-12-31

A key has leaked:
  ketnoi key revoke kn_abcd2345

What each scope opens: ketnoi role list")]
pub(crate) enum Key {
    /// Issue a key, and print it this once
    Issue {
        /// The account within whose rights it works, by its name
        account: String,
        /// What it is for
        #[arg(long)]
        label: String,
        /// What it may be used for, such as registry:read; may be given several times
        #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = scope)]
        scopes: Vec<KeyScope>,
        /// The last day on which it opens anything, as 2027-12-31; without one it has no end
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
    },
    /// List the keys of an account
    List {
        /// The account, by its name
        account: String,
    },
    /// Revoke a key from now on
    Revoke {
        /// Its prefix as the list shows it, its id, or the whole key
        key: String,
    },
}

fn scope(text: &str) -> Result<KeyScope, String> {
    let known = || KeyScope::ALL.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(", ");
    KeyScope::from_code(text).ok_or_else(|| format!("the scopes are {}", known()))
}

pub(crate) async fn run(settings: &Settings, command: Key) -> anyhow::Result<()> {
    super::with_registry(settings, async |registry| match command {
        Key::Issue { account, label, scopes, expires } => {
            let account = named(registry, &account).await?.id;
            let new = NewKey { account, label, scopes: scopes.into_iter().collect(), expires_at: expires };
            let issued = registry.issue_key(&operator(), &new).await?;
            println!("the key, shown this once; the program sends it as `Authorization: Bearer`:");
            println!("{}", issued.token.unwrap_or_default());
            Ok(())
        }
        Key::List { account } => {
            let account = named(registry, &account).await?;
            println!("{:<13}{:<22}{:<22}{:<22}{:<30}label", "key", "expires", "last used", "revoked", "scopes");
            for key in registry.keys_of(&operator(), account.id).await? {
                let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
                let known = |instant: Option<String>| instant.unwrap_or_else(|| "-".to_owned());
                let (expires, used, revoked) = (known(key.expires_at), known(key.used_at), known(key.revoked_at));
                let (prefix, scopes, label) = (format!("kn_{}", key.prefix), scopes.join(","), key.label);
                println!("{prefix:<13}{expires:<22}{used:<22}{revoked:<22}{scopes:<30}{label}");
            }
            Ok(())
        }
        Key::Revoke { key } => {
            let id = match key.parse::<uuid::Uuid>() {
                Ok(id) => Some(id),
                Err(_) => registry.key_of_prefix(&operator(), &key).await?,
            };
            let Some(id) = id else {
                anyhow::bail!("there is no such key: `ketnoi key list ACCOUNT` shows those there are");
            };
            let now = registry.revoke_key(&operator(), id).await?;
            println!("{}", if now { "the key is revoked" } else { "the key had been revoked before" });
            Ok(())
        }
    })
    .await
}

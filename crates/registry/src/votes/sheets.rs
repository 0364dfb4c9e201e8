use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{Cluster, Dialogue, Id, Lang, LocalAuthority, Viewer};
use ketnoi_reporting::{Slip, SlipSheet, sheets};
use uuid::Uuid;

use super::IssuedCode;
use crate::{Error, Registry, say};

/// How codes are printed.
#[derive(Clone, Debug)]
pub struct SheetOptions {
    /// The language of the words on the slips.
    pub lang: Lang,
    /// The address at which voters reach this server, such as `https://ketnoi.example`; without it slips carry the code alone.
    pub public_url: Option<String>,
}

impl Registry {
    /// Codes that were just issued as slips of paper, a PDF. The codes are nowhere else: who has the slips has the votes.
    pub async fn print_codes(&self, dialogue: Uuid, codes: &[IssuedCode], options: &SheetOptions) -> Result<Vec<u8>, Error> {
        // Whoever was given the codes may read what stands beside them on the slips.
        let session = self.session(Viewer::LocalAdministrator);
        let title = session.by_ids::<Dialogue>(&[dialogue]).await?.pop().map(|d| d.title).unwrap_or_default();
        let ids = |id: fn(&IssuedCode) -> Uuid| codes.iter().map(id).collect::<BTreeSet<_>>();
        let clusters: Vec<Uuid> = ids(|c| c.cluster.uuid()).into_iter().collect();
        let cities: Vec<Uuid> = ids(|c| c.authority.uuid()).into_iter().collect();
        let clusters: HashMap<Id<Cluster>, Cluster> =
            session.by_ids::<Cluster>(&clusters).await?.into_iter().map(|c| (c.head.id, c)).collect();
        let cities: HashMap<Id<LocalAuthority>, LocalAuthority> =
            session.by_ids::<LocalAuthority>(&cities).await?.into_iter().map(|a| (a.head.id, a)).collect();
        let lang = options.lang;
        let address = options.public_url.as_deref().map(|url| format!("{}/vote", url.trim_end_matches('/')));
        let slip = |issued: &IssuedCode| {
            let city = cities.get(&issued.authority).map(|a| a.names.in_lang(lang).to_owned()).unwrap_or_default();
            let delegate = say(lang, "vote-slip-delegate", &[("number", &issued.ordinal.to_string())]);
            let note = if issued.note.is_empty() { String::new() } else { format!(" ({})", issued.note) };
            Slip {
                cluster: clusters.get(&issued.cluster).map(|c| c.name.in_lang(lang).to_owned()).unwrap_or_default(),
                whose: format!("{city}, {delegate}{note}"),
                code: issued.code.to_string(),
                address: address.clone(),
                link: address.as_ref().map(|address| format!("{address}?code={}", issued.code.plain())),
            }
        };
        let sheet = SlipSheet {
            lang,
            title: title.in_lang(lang).to_owned(),
            label: say(lang, "vote-slip-code", &[]),
            // Without an address there is nothing above to open, and no square to scan.
            how: say(lang, if options.public_url.is_some() { "vote-slip-how" } else { "vote-slip-how-told" }, &[]),
            slips: codes.iter().map(slip).collect(),
        };
        sheets(&sheet).map_err(|e| Error::Outcome(e.to_string()))
    }
}

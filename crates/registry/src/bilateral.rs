//! The cooperation between the local authorities of two countries: who with whom, and what happened when.

use std::collections::BTreeSet;

use ketnoi_domain::{
    CooperationAgreement, Id, LocalAuthority, NewsItem, PartialDate, Partnership, PartnershipParty, Programme, Record,
    query::{Filter, Scalar},
};
use uuid::Uuid;

use crate::{Error, Session};

/// The partnerships of a country pair with all that belongs to them.
#[derive(Clone, Debug, Default)]
pub struct Bilateral {
    /// The partnerships that have a party in each of the two countries, in the order of their codes.
    pub partnerships: Vec<Partnership>,
    /// The local authorities of the two countries that take part, in the order of their codes.
    pub authorities: Vec<LocalAuthority>,
    /// Their agreements.
    pub agreements: Vec<CooperationAgreement>,
    /// Their projects.
    pub projects: Vec<Programme>,
    /// What was reported of them.
    pub news: Vec<NewsItem>,
}

/// What a moment between two countries is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BilateralMoment {
    /// A partnership began.
    Began(Id<Partnership>),
    /// A partnership ended.
    Ended(Id<Partnership>),
    /// An agreement was signed.
    Signed(Id<CooperationAgreement>),
    /// An agreement was reported whose day of signing is not known.
    Reported(Id<CooperationAgreement>),
    /// A project began.
    ProjectBegan(Id<Programme>),
    /// News were published.
    Published(Id<NewsItem>),
}

impl Bilateral {
    /// What happened, the oldest first, the undated last.
    pub fn timeline(&self) -> Vec<(Option<PartialDate>, BilateralMoment)> {
        let mut all = Vec::new();
        for p in &self.partnerships {
            all.push((p.period.from, BilateralMoment::Began(p.head.id)));
            all.extend(p.period.to.map(|on| (Some(on), BilateralMoment::Ended(p.head.id))));
        }
        for a in &self.agreements {
            all.push(match a.signed {
                Some(on) => (Some(on), BilateralMoment::Signed(a.head.id)),
                None => (a.reported, BilateralMoment::Reported(a.head.id)),
            });
        }
        all.extend(self.projects.iter().map(|p| (p.start(), BilateralMoment::ProjectBegan(p.head.id))));
        all.extend(self.news.iter().map(|n| (n.published, BilateralMoment::Published(n.head.id))));
        all.sort_by_key(|(on, moment)| (on.is_none(), *on, *moment));
        all
    }
}

impl Session {
    /// The cooperation of two countries, in a number of statements that does not depend on how much there is.
    pub async fn bilateral(&self, countries: [&str; 2]) -> Result<Bilateral, Error> {
        let within = Filter::is_in("country", countries.map(|c| Scalar::Text(c.to_owned())));
        let authorities: Vec<LocalAuthority> = self.all(&within).await?;
        let ids: Vec<Uuid> = authorities.iter().map(|a| a.head.id.uuid()).collect();
        let parties: Vec<PartnershipParty> = self.all_children(("authority_id", &ids)).await?;
        let country = |a: Id<LocalAuthority>| authorities.iter().find(|b| b.head.id == a).map(|b| b.country.as_str());
        let both = |p: Id<Partnership>| {
            let there: BTreeSet<&str> =
                parties.iter().filter(|q| q.partnership == p).filter_map(|q| country(q.authority)).collect();
            countries.iter().all(|c| there.contains(c))
        };
        let shared: BTreeSet<Id<Partnership>> = parties.iter().map(|q| q.partnership).filter(|p| both(*p)).collect();
        let ids: Vec<Uuid> = shared.iter().map(|p| p.uuid()).collect();
        let mut partnerships: Vec<Partnership> = self.by_ids(&ids).await?;
        partnerships.sort_by(|a, b| a.head.code.cmp(&b.head.code));
        let takes_part =
            |a: &LocalAuthority| parties.iter().any(|q| q.authority == a.head().id && shared.contains(&q.partnership));
        Ok(Bilateral {
            partnerships,
            authorities: authorities.iter().filter(|a| takes_part(a)).cloned().collect(),
            agreements: self.all_children(("partnership_id", &ids)).await?,
            projects: self.all_children(("partnership_id", &ids)).await?,
            news: self.all_children(("partnership_id", &ids)).await?,
        })
    }
}

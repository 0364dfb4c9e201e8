//! The cooperation between the local authorities of two countries.

use std::sync::Arc;

use async_graphql::{Context, Enum, SimpleObject};
use ketnoi_domain::{CooperationAgreement, LocalAuthority, NewsItem, Partnership, Programme, Record};
use ketnoi_registry::BilateralMoment;

use crate::{
    batch::{Batch, View},
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    request::session,
    scalars::{PartialDate, date},
};

/// The cooperation between the local authorities of two countries.
#[derive(SimpleObject)]
pub(crate) struct Bilateral {
    /// The two countries, ISO 3166-1 alpha-2.
    countries: Vec<String>,
    /// The partnerships that have a party in each of them.
    partnerships: Many<View<Partnership>>,
    /// The local authorities of the two countries that take part.
    authorities: Many<View<LocalAuthority>>,
    /// How many agreements they have.
    agreement_count: i32,
    /// How many projects they have.
    project_count: i32,
    /// What happened, the oldest first, the undated last.
    timeline: Many<BilateralTimelineMoment>,
}

/// What a moment between two countries is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BilateralMomentKind {
    /// A partnership began.
    PartnershipBegan,
    /// A partnership ended.
    PartnershipEnded,
    /// An agreement was signed.
    AgreementSigned,
    /// An agreement was reported whose day of signing is not known.
    AgreementReported,
    /// A project began.
    ProjectBegan,
    /// News were published.
    NewsPublished,
}

/// A moment in the cooperation of two countries.
#[derive(SimpleObject)]
pub(crate) struct BilateralTimelineMoment {
    /// When; null where no source says.
    on: Option<One<PartialDate>>,
    /// What.
    kind: BilateralMomentKind,
    /// The partnership that began or ended.
    partnership: Option<One<View<Partnership>>>,
    /// The agreement concerned.
    agreement: Option<One<View<CooperationAgreement>>>,
    /// The project concerned.
    project: Option<One<View<Programme>>>,
    /// The news.
    news: Option<One<View<NewsItem>>>,
}

pub(super) async fn bilateral(ctx: &Context<'_>, countries: Vec<String>) -> Result<One<Bilateral>> {
    let country = |c: &str| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase());
    let [a, b] = countries.as_slice() else {
        return Err(bad_input(format!("`countries` has {} of them: name two", countries.len())));
    };
    if !country(a) || !country(b) || a == b {
        return Err(bad_input("`countries` are two different codes of two capital letters, such as VN and FR"));
    }
    let all = session(ctx).bilateral([a, b]).await.map_err(from_registry)?;
    let timeline = all.timeline();
    let (agreement_count, project_count) = (count(all.agreements.len()), count(all.projects.len()));
    let partnerships = Batch::new(all.partnerships);
    let authorities = Batch::new(all.authorities);
    let (agreements, projects, news) = (Batch::new(all.agreements), Batch::new(all.projects), Batch::new(all.news));
    let moment = |(on, moment)| {
        let none = BilateralTimelineMoment {
            on: date(on),
            kind: BilateralMomentKind::PartnershipBegan,
            partnership: None,
            agreement: None,
            project: None,
            news: None,
        };
        use BilateralMomentKind as K;
        match moment {
            BilateralMoment::Began(p) => BilateralTimelineMoment { partnership: view(&partnerships, p), ..none },
            BilateralMoment::Ended(p) => {
                BilateralTimelineMoment { kind: K::PartnershipEnded, partnership: view(&partnerships, p), ..none }
            }
            BilateralMoment::Signed(a) => {
                BilateralTimelineMoment { kind: K::AgreementSigned, agreement: view(&agreements, a), ..none }
            }
            BilateralMoment::Reported(a) => {
                BilateralTimelineMoment { kind: K::AgreementReported, agreement: view(&agreements, a), ..none }
            }
            BilateralMoment::ProjectBegan(p) => {
                BilateralTimelineMoment { kind: K::ProjectBegan, project: view(&projects, p), ..none }
            }
            BilateralMoment::Published(n) => BilateralTimelineMoment { kind: K::NewsPublished, news: view(&news, n), ..none },
        }
    };
    let timeline = Many(timeline.into_iter().map(moment).collect());
    Ok(One(Bilateral {
        countries,
        partnerships: Many(View::all(&partnerships, 0..partnerships.len())),
        authorities: Many(View::all(&authorities, 0..authorities.len())),
        agreement_count,
        project_count,
        timeline,
    }))
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// The record with this id, of a batch in any order.
fn view<T: Record>(batch: &Arc<Batch<T>>, id: ketnoi_domain::Id<T>) -> Option<One<View<T>>> {
    let index = (0..batch.len()).find(|i| View::of(batch, *i).head().id == id)?;
    Some(One(View::of(batch, index)))
}

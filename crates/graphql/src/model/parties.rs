use std::collections::HashMap;

use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    Agreement, Event, Fund, Id, Lang, Membership, MomentKind, NewsItem, Organisation, OrganisationType, Participation, Programme,
    PublicRole, Record, Succession, SuccessionKind,
};

use ketnoi_registry::{Session, Stored};

use super::{
    AgreementFilter, AgreementOrder, EventFilter, EventOrder, FundFilter, FundOrder, MembershipFilter, MembershipOrder,
    NewsItemFilter, NewsItemOrder, ParticipationFilter, ParticipationOrder, PublicRoleFilter, PublicRoleOrder, view,
};
use crate::{
    batch::{Batch, View},
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, TextFilter, criteria, enum_filter},
    request::data,
    scalars::{PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(OrganisationTypeFilter of OrganisationType);

criteria! { OrganisationFilter, OrganisationOrder by OrganisationOrderField {
    /// What sort of body it is.
    kind: OrganisationTypeFilter = "kind",
    /// Its country, ISO 3166-1 alpha-2.
    country: TextFilter = "country",
    /// Whether it is a network that others belong to.
    network: bool = "network",
    /// Whether it is an international partner of the association.
    partner: bool = "partner",
    /// What it is a part of.
    parent: BodyFilter = "parent",
    /// The network that it belongs to.
    member_of: BodyFilter = "memberOf",
    /// The programme that it takes part in.
    programme: CodeFilter = "programme",
} orders {
    /// Its current name, in the Vietnamese order.
    Name = "title",
    /// When it was founded.
    Founded = "founded",
    /// Since when it has been a partner.
    PartnerSince = "partnerSince",
} }

/// A name that something had.
#[derive(SimpleObject)]
pub(crate) struct Name {
    /// The name, by language.
    translations: Many<Translation>,
    /// The acronym or short form.
    short: Option<String>,
    /// When it was used, as far as is known.
    period: One<Period>,
}

fn shown_name(n: &ketnoi_domain::Name) -> Name {
    Name { translations: translations(&n.text), short: n.short.clone(), period: period(n.period) }
}

pub(super) fn all_names(names: &ketnoi_domain::Names) -> Many<Name> {
    Many(names.0.iter().map(shown_name).collect())
}

/// A way to reach an organisation, or a person in a public role.
#[derive(SimpleObject)]
pub(crate) struct Contact {
    /// By what means.
    kind: E<ketnoi_domain::ContactKind>,
    /// The address or number.
    value: String,
}

pub(crate) fn shown_contacts(contacts: &[ketnoi_domain::Contact]) -> Many<Contact> {
    Many(contacts.iter().map(|c| Contact { kind: E(c.kind), value: c.value.clone() }).collect())
}

/// One organisation followed another.
#[derive(SimpleObject)]
pub(crate) struct OrganisationSuccession {
    /// What was before.
    predecessor: Option<One<View<Organisation>>>,
    /// What came after.
    successor: Option<One<View<Organisation>>>,
    /// How.
    kind: E<SuccessionKind>,
    /// When.
    on: Option<One<PartialDate>>,
}

/// The successions around all siblings, with the bodies at their other ends, in two statements.
pub(super) struct Around<T> {
    pub(super) successions: Vec<Succession<Id<T>>>,
    bodies: Vec<View<T>>,
}

pub(super) async fn around<T: Stored>(ctx: &Context<'_>, of: &View<T>) -> Result<std::sync::Arc<Around<T>>> {
    let session = &data(ctx).session;
    of.shared("successions", String::new(), || async {
        let ids = of.sibling_ids();
        let mut successions = session.successions::<T>(&ids).await?;
        let mut ends: Vec<_> = successions.iter().flat_map(|s| [s.predecessor.uuid(), s.successor.uuid()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let batch = Batch::new(session.by_ids::<T>(&ends).await?);
        // Whoever may not see a body may not know that something followed it either.
        let seen = |id| View::find(&batch, id).is_some();
        successions.retain(|s| seen(s.predecessor) && seen(s.successor));
        let count = batch.len();
        Ok(Around { successions, bodies: View::all(&batch, 0..count) })
    })
    .await
}

impl<T: Record> Around<T> {
    pub(super) fn body(&self, id: Id<T>) -> Option<One<View<T>>> {
        self.bodies.iter().find(|b| b.head().id == id).cloned().map(One)
    }
}

/// A moment in an organisation's history.
#[derive(SimpleObject)]
pub(crate) struct Moment {
    /// When; what is undated stands at the end.
    on: Option<One<PartialDate>>,
    /// What.
    kind: E<MomentKind>,
    /// The name taken.
    name: Option<One<Name>>,
    /// The programme concerned.
    programme: Option<One<View<Programme>>>,
    /// The other organisation concerned.
    organisation: Option<One<View<Organisation>>>,
    /// The agreement concerned.
    agreement: Option<One<View<Agreement>>>,
}

/// The histories of all siblings, with what they speak of.
struct Histories {
    moments: HashMap<Id<Organisation>, Vec<ketnoi_domain::Moment>>,
    programmes: Vec<View<Programme>>,
    organisations: Vec<View<Organisation>>,
    agreements: Vec<View<Agreement>>,
}

impl Histories {
    async fn load(session: &Session, of: &[Organisation]) -> std::result::Result<Self, ketnoi_registry::Error> {
        async fn views<T: Stored>(
            session: &Session,
            ids: Vec<Id<T>>,
        ) -> std::result::Result<Vec<View<T>>, ketnoi_registry::Error> {
            let mut ids: Vec<_> = ids.into_iter().map(Id::uuid).collect();
            ids.sort_unstable();
            ids.dedup();
            let batch = Batch::new(session.by_ids::<T>(&ids).await?);
            Ok(View::all(&batch, 0..batch.len()))
        }
        let mut moments = session.timelines(of).await?;
        let all = || moments.values().flatten();
        let programmes = views(session, all().filter_map(|m| m.programme).collect()).await?;
        let organisations = views(session, all().filter_map(|m| m.organisation).collect()).await?;
        let agreements = views(session, all().filter_map(|m| m.agreement).collect()).await?;
        // A succession is no record, so it is the other body that says who may know of the moment.
        let seen =
            |m: &ketnoi_domain::Moment| m.organisation.is_none_or(|id| organisations.iter().any(|o: &View<_>| o.head.id == id));
        moments.values_mut().for_each(|own| own.retain(seen));
        Ok(Self { moments, programmes, organisations, agreements })
    }

    fn shown(&self, m: &ketnoi_domain::Moment) -> Moment {
        fn find<T: Record>(views: &[View<T>], id: Option<Id<T>>) -> Option<One<View<T>>> {
            id.and_then(|id| views.iter().find(|v| v.head().id == id)).cloned().map(One)
        }
        Moment {
            on: date(m.on),
            kind: E(m.kind),
            name: m.name.as_ref().map(|n| One(shown_name(n))),
            programme: find(&self.programmes, m.programme),
            organisation: find(&self.organisations, m.organisation),
            agreement: find(&self.agreements, m.agreement),
        }
    }
}

async fn timeline(ctx: &Context<'_>, of: &View<Organisation>) -> Result<Many<Moment>> {
    let load = || Histories::load(&data(ctx).session, of.sibling_rows());
    let histories: std::sync::Arc<Histories> = of.shared("timeline", String::new(), load).await?;
    let mine = histories.moments.get(&of.head.id).map(Vec::as_slice).unwrap_or_default();
    Ok(Many(mine.iter().map(|m| histories.shown(m)).collect()))
}

view! {
    /// An organisation: a government, a funder, a network, an association, a partner.
    Organisation as "Organisation" {
        one {
            /// The body that it is a part of.
            parent: Organisation = |o| o.parent;
        }
        many {
            /// Its parts in programmes.
            participations: Participation => "organisation_id", ParticipationFilter, ParticipationOrder;
            /// The agreements under which it pays.
            agreements: Agreement => "funder_id", AgreementFilter, AgreementOrder;
            /// The networks that it belongs to.
            memberships: Membership => "organisation_id", MembershipFilter, MembershipOrder;
            /// Who belongs to it, if it is a network.
            members: Membership => "network_id", MembershipFilter, MembershipOrder;
            /// Its parts.
            parts: Organisation => "parent_id", OrganisationFilter, OrganisationOrder;
            /// The funds that it manages.
            funds: Fund => "manager_id", FundFilter, FundOrder;
            /// The events that it held.
            events_organised: Event => "organiser_id", EventFilter, EventOrder;
            /// People whom published sources name in a role for it.
            public_roles: PublicRole => "organisation_id", PublicRoleFilter, PublicRoleOrder;
            /// The news that it published.
            news_published: NewsItem => "publisher_id", NewsItemFilter, NewsItemOrder;
        }
        fields {
            /// The name in use now.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                self.names.current().and_then(|n| told(ctx, lang, &n.text)).unwrap_or_default()
            }
            /// The language that `name` was served in.
            async fn name_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                self.names.current().and_then(|n| served(ctx, lang, &n.text)).map(|(l, _)| E(l))
            }
            /// The acronym or short form in use now.
            async fn short_name(&self) -> Option<&str> {
                self.names.current().and_then(|n| n.short.as_deref())
            }
            /// Every name that it has had, the one in use now first.
            async fn names(&self) -> Many<Name> {
                all_names(&self.names)
            }
            /// What sort of body it is.
            async fn kind(&self) -> E<OrganisationType> {
                E(self.kind)
            }
            /// Its country, ISO 3166-1 alpha-2; null for international bodies and for the unknown.
            async fn country(&self) -> Option<&str> {
                self.country.as_deref()
            }
            /// Whether it is a network that others belong to.
            async fn network(&self) -> bool {
                self.network
            }
            /// From when to when it has existed.
            async fn existence(&self) -> One<Period> {
                period(self.existence)
            }
            /// Where it has its seat.
            async fn seat(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.seat)
            }
            /// What it is and does.
            async fn profile(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.profile)
            }
            /// What it is and does, by language.
            async fn profile_translations(&self) -> Many<Translation> {
                translations(&self.profile)
            }
            /// Its web site.
            async fn website(&self) -> Option<&str> {
                self.website.as_deref()
            }
            /// Its identifier in IATI.
            async fn iati_identifier(&self) -> Option<&str> {
                self.iati_identifier.as_deref()
            }
            /// Whether it is an international partner of the association.
            async fn partner(&self) -> bool {
                self.partner
            }
            /// Since when it has been a partner.
            async fn partner_since(&self) -> Option<One<PartialDate>> {
                date(self.partner_since)
            }
            /// How to reach it.
            async fn contacts(&self) -> Many<Contact> {
                shown_contacts(&self.contacts)
            }
            /// What it succeeded.
            async fn predecessors(&self, ctx: &Context<'_>) -> Result<Many<OrganisationSuccession>> {
                let around = around(ctx, self).await?;
                let mine = around.successions.iter().filter(|s| s.successor == self.head.id);
                Ok(Many(mine.map(|s| organisation_succession(&around, s)).collect()))
            }
            /// What succeeded it.
            async fn successors(&self, ctx: &Context<'_>) -> Result<Many<OrganisationSuccession>> {
                let around = around(ctx, self).await?;
                let mine = around.successions.iter().filter(|s| s.predecessor == self.head.id);
                Ok(Many(mine.map(|s| organisation_succession(&around, s)).collect()))
            }
            /// Its history with the association, the oldest first.
            async fn timeline(&self, ctx: &Context<'_>) -> Result<Many<Moment>> {
                timeline(ctx, self).await
            }
        }
    }
}

fn organisation_succession(around: &Around<Organisation>, s: &Succession<Id<Organisation>>) -> OrganisationSuccession {
    OrganisationSuccession {
        predecessor: around.body(s.predecessor),
        successor: around.body(s.successor),
        kind: E(s.kind),
        on: date(s.on),
    }
}

use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    CooperationAgreement, Document, Event, EventSession, Lang, LocalAuthority, NewsItem, Organisation, Partnership,
    PartnershipKind, PartnershipParty, PartnershipStatus, Person, Programme, PublicRole, PublicRoleKind,
};
use ketnoi_registry::codelists;

use super::{Contact, ProgrammeFilter, ProgrammeOrder, shown_contacts, view};
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria, enum_filter},
    request::data,
    scalars::{PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(
    PartnershipKindFilter of PartnershipKind,
    PartnershipStatusFilter of PartnershipStatus,
    PublicRoleKindFilter of PublicRoleKind,
);

criteria! { PartnershipFilter, PartnershipOrder by PartnershipOrderField {
    /// What ties its parties.
    kind: PartnershipKindFilter = "kind",
    /// Whether it lives.
    status: PartnershipStatusFilter = "status",
    /// When.
    period: PeriodFilter = "period",
    /// A local authority that takes part in it.
    authority: BodyFilter = "authority",
    /// A sector that it works in, OECD DAC purpose code.
    sector: TextFilter = "sector",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it began.
    Start = "start",
} }

/// A sector that a partnership works in.
#[derive(SimpleObject)]
pub(crate) struct Sector {
    /// The code, an OECD DAC purpose code.
    code: String,
    /// What it is called, in the language of the request.
    name: Option<String>,
}

view! {
    /// A partnership between local authorities of different countries.
    Partnership as "Partnership" {
        one {}
        many {
            /// The local authorities that take part in it.
            parties: PartnershipParty => "partnership_id", PartnershipPartyFilter, PartnershipPartyOrder;
            /// What its parties signed.
            agreements: CooperationAgreement => "partnership_id", CooperationAgreementFilter, CooperationAgreementOrder;
            /// News of it.
            news: NewsItem => "partnership_id", NewsItemFilter, NewsItemOrder;
            /// The projects that belong to it.
            projects: Programme => "partnership_id", ProgrammeFilter, ProgrammeOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// The language that `title` was served in.
            async fn title_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.title).map(|(l, _)| E(l))
            }
            /// Its title, by language.
            async fn title_translations(&self) -> Many<Translation> {
                translations(&self.title)
            }
            /// What ties its parties.
            async fn kind(&self) -> E<PartnershipKind> {
                E(self.kind)
            }
            /// What it is about.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// Whether it lives; null where no source says.
            async fn status(&self) -> Option<E<PartnershipStatus>> {
                self.status.map(E)
            }
            /// The sectors that it works in, OECD DAC purpose codes.
            async fn sectors(&self, ctx: &Context<'_>) -> Many<Sector> {
                let sector = |code: &String| Sector {
                    code: code.clone(),
                    name: told(ctx, None, &codelists::sector(code)).map(str::to_owned),
                };
                Many(self.sectors.iter().map(sector).collect())
            }
        }
    }
}

criteria! { PartnershipPartyFilter, PartnershipPartyOrder by PartnershipPartyOrderField {
    /// The partnership.
    partnership: CodeFilter = "partnership",
    /// The local authority.
    authority: BodyFilter = "authority",
} orders {
    /// By the codes of partnership and local authority.
    Partnership = "code",
} }

view! {
    /// A local authority's part in a partnership.
    PartnershipParty as "PartnershipParty" {
        one {
            /// The partnership.
            partnership: Partnership = |p| Some(p.partnership);
            /// The local authority.
            authority: LocalAuthority = |p| Some(p.authority);
        }
        many {}
        fields {}
    }
}

criteria! { CooperationAgreementFilter, CooperationAgreementOrder by CooperationAgreementOrderField {
    /// The partnership.
    partnership: CodeFilter = "partnership",
    /// When it was signed.
    signed: PeriodFilter = "signed",
    /// When it was reported.
    reported: PeriodFilter = "reported",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it was signed.
    Signed = "signed",
    /// When it was reported.
    Reported = "reported",
} }

view! {
    /// What the parties of a partnership signed.
    CooperationAgreement as "CooperationAgreement" {
        one {
            /// The partnership.
            partnership: Partnership = |a| Some(a.partnership);
            /// The document.
            document: Document = |a| a.document;
        }
        many {
            /// People whom published sources name in a role in it, such as those who signed.
            public_roles: PublicRole => "agreement_id", PublicRoleFilter, PublicRoleOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// Its number.
            async fn reference(&self) -> Option<&str> {
                self.reference.as_deref()
            }
            /// When it was signed.
            async fn signed(&self) -> Option<One<PartialDate>> {
                date(self.signed)
            }
            /// When it was reported; often all that is known.
            async fn reported(&self) -> Option<One<PartialDate>> {
                date(self.reported)
            }
            /// From when to when it holds.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
        }
    }
}

criteria! { NewsItemFilter, NewsItemOrder by NewsItemOrderField {
    /// When it was published.
    published: PeriodFilter = "published",
    /// Who published it.
    publisher: BodyFilter = "publisher",
    /// The partnership that it is about.
    partnership: CodeFilter = "partnership",
    /// The programme that it is about.
    programme: CodeFilter = "programme",
    /// The event that it is about.
    event: CodeFilter = "event",
    /// The city that it is about.
    authority: BodyFilter = "authority",
} orders {
    /// When it was published.
    Published = "published",
    /// Its headline, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Dated news.
    NewsItem as "NewsItem" {
        one {
            /// Who published it.
            publisher: Organisation = |n| n.publisher;
            /// The page that it stands on.
            document: Document = |n| n.document;
            /// The partnership that it is about.
            partnership: Partnership = |n| n.partnership;
            /// The programme that it is about.
            programme: Programme = |n| n.programme;
            /// The event that it is about.
            event: Event = |n| n.event;
            /// The city that it is about.
            authority: LocalAuthority = |n| n.authority;
        }
        many {}
        fields {
            /// Its headline, in our words.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// The language that `title` was served in.
            async fn title_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.title).map(|(l, _)| E(l))
            }
            /// Its headline, by language.
            async fn title_translations(&self) -> Many<Translation> {
                translations(&self.title)
            }
            /// What it says, in our words.
            async fn summary(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.summary)
            }
            /// When it was published.
            async fn published(&self) -> Option<One<PartialDate>> {
                date(self.published)
            }
            /// News that the publisher sets beside it.
            async fn related(&self, ctx: &Context<'_>) -> Result<Many<View<NewsItem>>> {
                Ok(Many(self.listed(data(ctx), "related", |r| &r.related).await?))
            }
        }
    }
}

criteria! { PersonFilter, PersonOrder by PersonOrderField {
    /// An event at which the person has a role.
    event: CodeFilter = "event",
    /// An organisation for which the person has a role.
    organisation: BodyFilter = "organisation",
} orders {
    /// The name, in the Vietnamese order.
    Name = "title",
} }

view! {
    /// A person whom a published source names.
    Person as "Person" {
        one {}
        many {
            /// The roles in which published sources name the person.
            roles: PublicRole => "person_id", PublicRoleFilter, PublicRoleOrder;
        }
        fields {
            /// The name, as the person writes it.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.name).unwrap_or_default()
            }
            /// Titles that go before the name.
            async fn honorific(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.honorific)
            }
        }
    }
}

criteria! { PublicRoleFilter, PublicRoleOrder by PublicRoleOrderField {
    /// Who.
    person: CodeFilter = "person",
    /// In what role.
    kind: PublicRoleKindFilter = "kind",
    /// For which organisation.
    organisation: BodyFilter = "organisation",
    /// At which event.
    event: CodeFilter = "event",
    /// In which session.
    session: CodeFilter = "session",
    /// In which programme.
    programme: CodeFilter = "programme",
    /// The published source that names the person so.
    document: CodeFilter = "document",
} orders {
    /// The office, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// A role in which a published source names a person.
    PublicRole as "PublicRole" {
        one {
            /// Who.
            person: Person = |r| Some(r.person);
            /// For which organisation.
            organisation: Organisation = |r| r.organisation;
            /// At which event.
            event: Event = |r| r.event;
            /// In which session.
            session: EventSession = |r| r.session;
            /// In which programme.
            programme: Programme = |r| r.programme;
            /// Of which agreement between local authorities.
            agreement: CooperationAgreement = |r| r.agreement;
            /// The published source that names the person so.
            document: Document = |r| Some(r.document);
        }
        many {}
        fields {
            /// In what role.
            async fn kind(&self) -> E<PublicRoleKind> {
                E(self.kind)
            }
            /// The office, in words.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// What the person said, in our words.
            async fn said(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.said)
            }
            /// How to reach the person in this role, as published.
            async fn contacts(&self) -> Many<Contact> {
                shown_contacts(&self.contacts)
            }
        }
    }
}

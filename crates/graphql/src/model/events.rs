use async_graphql::Context;
use ketnoi_domain::{
    Agreement, Cluster, Delegation, DialogueCluster, Document, Event, EventKind, EventOutcome, EventSeries, EventSession, Lang,
    LocalAuthority, NewsItem, Organisation, OutcomeKind, ParticipantCategory, ParticipantCount, Programme, PublicRole,
    Recommendation, RoadMap, SessionFormat,
};

use super::{
    DialogueClusterFilter, DialogueClusterOrder, DocumentFilter, DocumentOrder, NewsItemFilter, NewsItemOrder, PublicRoleFilter,
    PublicRoleOrder, RecommendationFilter, RecommendationOrder, RoadMapFilter, RoadMapOrder, view,
};
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
    EventKindFilter of EventKind,
    SessionFormatFilter of SessionFormat,
    ParticipantCategoryFilter of ParticipantCategory,
    OutcomeKindFilter of OutcomeKind,
);

criteria! { EventSeriesFilter, EventSeriesOrder by EventSeriesOrderField {
    /// Who holds it.
    organiser: BodyFilter = "organiser",
    /// The programme that it belongs to.
    programme: CodeFilter = "programme",
} orders {
    /// Its name, in the Vietnamese order.
    Name = "title",
} }

view! {
    /// Events that belong together and come again: the workshops of a project, a conference held every other year.
    EventSeries as "EventSeries" {
        one {
            /// Who holds it.
            organiser: Organisation = |s| s.organiser;
            /// The programme that it belongs to.
            programme: Programme = |s| s.programme;
        }
        many {
            /// Its events.
            events: Event => "series_id", EventFilter, EventOrder;
        }
        fields {
            /// Its name.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.name).unwrap_or_default()
            }
            /// The language that `name` was served in.
            async fn name_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                served(ctx, lang, &self.name).map(|(l, _)| E(l))
            }
            /// Its name, by language.
            async fn name_translations(&self) -> Many<Translation> {
                translations(&self.name)
            }
            /// What it is about.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
        }
    }
}

criteria! { EventFilter, EventOrder by EventOrderField {
    /// What it is.
    kind: EventKindFilter = "kind",
    /// The country where it was held, ISO 3166-1 alpha-2.
    country: TextFilter = "country",
    /// The series that it belongs to.
    series: CodeFilter = "series",
    /// Who held it.
    organiser: BodyFilter = "organiser",
    /// The programme that it belongs to.
    programme: CodeFilter = "programme",
    /// The city where it was held.
    authority: BodyFilter = "authority",
    /// The cluster of cities that met.
    cluster: CodeFilter = "cluster",
    /// When.
    period: PeriodFilter = "period",
    /// An organisation that people came from.
    participant: BodyFilter = "participant",
} orders {
    /// When it started.
    Start = "start",
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// An event: a conference, a workshop, a training course, a study tour.
    Event as "Event" {
        one {
            /// The series that it belongs to.
            series: EventSeries = |e| e.series;
            /// Who held it.
            organiser: Organisation = |e| e.organiser;
            /// The programme that it belongs to.
            programme: Programme = |e| e.programme;
            /// The city where it was held.
            authority: LocalAuthority = |e| e.authority;
            /// The cluster of cities that met.
            cluster: Cluster = |e| e.cluster;
        }
        many {
            /// Its sessions.
            sessions: EventSession => "event_id", EventSessionFilter, EventSessionOrder;
            /// Those who went to it together.
            delegations: Delegation => "event_id", DelegationFilter, DelegationOrder;
            /// How many came, on which side.
            participants: ParticipantCount => "event_id", ParticipantCountFilter, ParticipantCountOrder;
            /// What came of it.
            outcomes: EventOutcome => "event_id", EventOutcomeFilter, EventOutcomeOrder;
            /// What it recommends.
            recommendations: Recommendation => "event_id", RecommendationFilter, RecommendationOrder;
            /// The road maps that it agreed on.
            road_maps: RoadMap => "event_id", RoadMapFilter, RoadMapOrder;
            /// Documents attached to it.
            documents: Document => "event_id", DocumentFilter, DocumentOrder;
            /// News of it.
            news: NewsItem => "event_id", NewsItemFilter, NewsItemOrder;
            /// People whom published sources name in a role at it.
            public_roles: PublicRole => "event_id", PublicRoleFilter, PublicRoleOrder;
            /// The clusters that voted at it, with their dialogues.
            dialogue_clusters: DialogueCluster => "event_id", DialogueClusterFilter, DialogueClusterOrder;
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
            /// Which one of its series, from 1; null where it has no number.
            async fn number(&self) -> Option<i64> {
                self.number
            }
            /// What it is.
            async fn kind(&self) -> E<EventKind> {
                E(self.kind)
            }
            /// The message that it was held under.
            async fn motto(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.motto)
            }
            /// What it was about.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// The country where it was held, ISO 3166-1 alpha-2.
            async fn country(&self) -> Option<&str> {
                self.country.as_deref()
            }
            /// The house where it was held.
            async fn venue(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.venue)
            }
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// Who held it with the organiser.
            async fn co_organisers(&self, ctx: &Context<'_>) -> Result<Many<View<Organisation>>> {
                Ok(Many(self.listed(data(ctx), "co_organisers", |r| &r.co_organisers).await?))
            }
        }
    }
}

criteria! { EventSessionFilter, EventSessionOrder by EventSessionOrderField {
    /// The event.
    event: CodeFilter = "event",
    /// Its form.
    format: SessionFormatFilter = "format",
    /// When.
    date: PeriodFilter = "date",
} orders {
    /// Its place among the event's sessions.
    Number = "number",
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When.
    Date = "date",
} }

view! {
    /// A session of an event, or a meeting held beside it.
    EventSession as "EventSession" {
        one {
            /// The event.
            event: Event = |s| Some(s.event);
        }
        many {
            /// How many came to it, on which side, where it was counted by itself.
            participants: ParticipantCount => "session_id", ParticipantCountFilter, ParticipantCountOrder;
            /// People whom published sources name in a role in it.
            public_roles: PublicRole => "session_id", PublicRoleFilter, PublicRoleOrder;
        }
        fields {
            /// Its title, in our reading.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// Its place among the event's sessions, from 1.
            async fn number(&self) -> i64 {
                self.number
            }
            /// Its form.
            async fn format(&self) -> E<SessionFormat> {
                E(self.format)
            }
            /// What it was about.
            async fn topic(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.topic)
            }
            /// When.
            async fn date(&self) -> Option<One<PartialDate>> {
                date(self.date)
            }
            /// Whom those who went met there.
            async fn counterparts(&self, ctx: &Context<'_>) -> Result<Many<View<Organisation>>> {
                Ok(Many(self.listed(data(ctx), "counterparts", |r| &r.counterparts).await?))
            }
        }
    }
}

criteria! { DelegationFilter, DelegationOrder by DelegationOrderField {
    /// Where they went.
    event: CodeFilter = "event",
    /// Who sent them.
    organiser: BodyFilter = "organiser",
    /// The programme that they went for.
    programme: CodeFilter = "programme",
    /// The agreement that paid.
    agreement: CodeFilter = "agreement",
    /// The country that they came from, ISO 3166-1 alpha-2.
    country: TextFilter = "country",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Those who went to an event together.
    Delegation as "Delegation" {
        one {
            /// Where they went.
            event: Event = |d| Some(d.event);
            /// Who sent them.
            organiser: Organisation = |d| d.organiser;
            /// The programme that they went for.
            programme: Programme = |d| d.programme;
            /// The agreement that paid.
            agreement: Agreement = |d| d.agreement;
        }
        many {
            /// How many they were, on which side.
            participants: ParticipantCount => "delegation_id", ParticipantCountFilter, ParticipantCountOrder;
            /// What they say came of the event.
            outcomes: EventOutcome => "delegation_id", EventOutcomeFilter, EventOutcomeOrder;
        }
        fields {
            /// Its title.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// Who they were and what for.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// The country that they came from, ISO 3166-1 alpha-2.
            async fn country(&self) -> Option<&str> {
                self.country.as_deref()
            }
            /// The sessions that they attended.
            async fn attended(&self, ctx: &Context<'_>) -> Result<Many<View<EventSession>>> {
                Ok(Many(self.listed(data(ctx), "attended", |r| &r.attended).await?))
            }
        }
    }
}

criteria! { ParticipantCountFilter, ParticipantCountOrder by ParticipantCountOrderField {
    /// The event.
    event: CodeFilter = "event",
    /// The delegation that they belonged to.
    delegation: CodeFilter = "delegation",
    /// The session, where only it was counted.
    session: CodeFilter = "session",
    /// On whose side they came.
    category: ParticipantCategoryFilter = "category",
    /// The organisation that they came from.
    organisation: BodyFilter = "organisation",
} orders {
    /// How many in all, as the source states it.
    Total = "total",
} }

view! {
    /// How many came on one side: to an event, with a delegation, or to one session. People are never named here.
    ParticipantCount as "ParticipantCount" {
        one {
            /// The event.
            event: Event = |p| Some(p.event);
            /// The delegation that they belonged to.
            delegation: Delegation = |p| p.delegation;
            /// The session, where only it was counted.
            session: EventSession = |p| p.session;
            /// The organisation that they came from.
            organisation: Organisation = |p| p.organisation;
        }
        many {}
        fields {
            /// On whose side they came.
            async fn category(&self) -> E<ParticipantCategory> {
                E(self.category)
            }
            /// How many women; null where not known, or withheld.
            async fn women(&self) -> Option<i64> {
                self.women
            }
            /// How many men; null where not known, or withheld.
            async fn men(&self) -> Option<i64> {
                self.men
            }
            /// How many in all, as the source states it; null where it does not, or where it is withheld.
            async fn total(&self) -> Option<i64> {
                self.total
            }
            /// How many in all, as far as is known: the total, else women and men together; null where not known.
            async fn people(&self) -> Option<i64> {
                ParticipantCount::people(self)
            }
            /// Whether counts are null because they are of fewer than five people, or would tell of them, and you may not see people.
            async fn withheld(&self) -> bool {
                self.withheld
            }
        }
    }
}

criteria! { EventOutcomeFilter, EventOutcomeOrder by EventOutcomeOrderField {
    /// The event.
    event: CodeFilter = "event",
    /// The delegation that says so.
    delegation: CodeFilter = "delegation",
    /// What sort of thing.
    kind: OutcomeKindFilter = "kind",
} orders {
    /// What came of it, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Something that came of an event.
    EventOutcome as "EventOutcome" {
        one {
            /// The event.
            event: Event = |o| Some(o.event);
            /// The delegation that says so.
            delegation: Delegation = |o| o.delegation;
        }
        many {}
        fields {
            /// What came of it.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// What sort of thing.
            async fn kind(&self) -> E<OutcomeKind> {
                E(self.kind)
            }
        }
    }
}

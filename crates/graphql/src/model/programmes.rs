use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    Agreement, BudgetLine, Delegation, Dialogue, Document, Event, EventSeries, Fund, GoodPractice, InKindContribution, Lang,
    LocalAuthority, Narrative, NewsItem, Organisation, Outcome, Participation, Partnership, Programme, ProgrammeLevel,
    ProgrammeStatus, Recommendation, RelationType, Replication, Risk, RoadMap, Role, Scheme, Transaction,
    query::{Filter, Scalar},
};
use ketnoi_registry::codelists;
use uuid::Uuid;

use super::{
    AgreementFilter, AgreementOrder, BudgetLineFilter, BudgetLineOrder, DelegationFilter, DelegationOrder, DialogueFilter,
    DialogueOrder, DocumentFilter, DocumentOrder, EventFilter, EventOrder, EventSeriesFilter, EventSeriesOrder, FundFilter,
    FundOrder, GoodPracticeFilter, GoodPracticeOrder, InKindContributionFilter, InKindContributionOrder, NarrativeFilter,
    NarrativeOrder, NewsItemFilter, NewsItemOrder, RecommendationFilter, RecommendationOrder, ReplicationFilter,
    ReplicationOrder, ResultFilter, ResultOrder, RiskFilter, RiskOrder, RoadMapFilter, RoadMapOrder, TransactionFilter,
    TransactionOrder, view,
};
use crate::{
    batch::{Batch, View},
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria, enum_filter},
    list::all_children,
    request::{data, session},
    scalars::{Decimal, Money, PartialDate, Period, Translation, date, period, served, told, totals, translations},
};

enum_filter!(ProgrammeLevelFilter of ProgrammeLevel, ProgrammeStatusFilter of ProgrammeStatus, OrganisationRoleFilter of Role);

criteria! { ProgrammeFilter, ProgrammeOrder by ProgrammeOrderField {
    /// Where it stands in its tree.
    level: ProgrammeLevelFilter = "level",
    /// How far it has come.
    status: ProgrammeStatusFilter = "status",
    /// What it is a part of.
    parent: CodeFilter = "parent",
    /// The partnership between local authorities that it belongs to.
    partnership: CodeFilter = "partnership",
    /// Who reports it.
    reporting_organisation: BodyFilter = "reportingOrganisation",
    /// When it runs.
    period: PeriodFilter = "period",
    /// Who pays for it.
    funder: BodyFilter = "funder",
    /// Who takes part in it, in any role.
    participant: BodyFilter = "participant",
    /// A sector of it, OECD DAC purpose code.
    sector: TextFilter = "sector",
    /// A country that benefits, ISO 3166-1 alpha-2.
    country: TextFilter = "country",
    /// A Sustainable Development Goal, 1 to 17.
    sdg: TextFilter = "sdg",
    /// A local authority where it happens.
    authority: BodyFilter = "authority",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it starts: really if that is known, else as planned.
    Start = "start",
    /// When it ends: really if that is known, else as planned.
    End = "end",
} }

/// A code of a closed list with its share of the programme.
#[derive(SimpleObject)]
pub(crate) struct Classification {
    /// The code.
    code: String,
    /// What it is called, in the language of the request.
    name: Option<String>,
    /// The share in per cent; null where no source gives one.
    percentage: Option<Decimal>,
    /// For policy markers, 0 (not targeted) to 4.
    significance: Option<i32>,
}

fn classified(ctx: &Context<'_>, p: &Programme, scheme: Scheme, name: fn(&str) -> ketnoi_domain::Text) -> Many<Classification> {
    let one = |c: &ketnoi_domain::Classification| Classification {
        code: c.code.clone(),
        name: told(ctx, None, &name(&c.code)).map(str::to_owned),
        percentage: c.percentage.map(|p| Decimal(p.decimal())),
        significance: c.significance.map(i32::from),
    };
    Many(p.classified(scheme).map(one).collect())
}

/// A place where a programme happens.
#[derive(SimpleObject)]
pub(crate) struct Place {
    /// The local authority, as it was.
    authority: One<View<LocalAuthority>>,
    /// The share in per cent; null where no source gives one.
    percentage: Option<Decimal>,
    /// What happened there.
    note: Option<String>,
}

/// Another programme that this one is related to.
#[derive(SimpleObject)]
pub(crate) struct RelatedProgramme {
    /// The other programme.
    programme: One<View<Programme>>,
    /// How they are related, seen from this one.
    kind: E<RelationType>,
}

/// What others pay for a programme, as one total for each currency.
#[derive(SimpleObject)]
pub(crate) struct OthersMoney {
    /// What they agreed.
    agreed: Many<Money>,
    /// What was spent of it.
    spent: Many<Money>,
}

/// The records that a list inside all siblings points at, in one statement.
async fn pointed<C: ketnoi_registry::Stored>(
    ctx: &Context<'_>,
    of: &View<Programme>,
    field: &'static str,
    points: impl Fn(&Programme) -> Vec<Uuid>,
) -> Result<std::sync::Arc<std::sync::Arc<Batch<C>>>> {
    of.shared(field, String::new(), || async {
        let mut ids: Vec<Uuid> = of.sibling_rows().iter().flat_map(&points).collect();
        ids.sort_unstable();
        ids.dedup();
        data(ctx).session.by_ids::<C>(&ids).await.map(Batch::new)
    })
    .await
}

view! {
    /// A programme, a project or a component: IATI calls each an activity.
    Programme as "Programme" {
        one {
            /// The programme or project that it is a part of.
            parent: Programme = |p| p.parent;
            /// The partnership between local authorities that it belongs to.
            partnership: Partnership = |p| p.partnership;
            /// Who reports it.
            reporting_organisation: Organisation = |p| p.reporting_organisation;
        }
        many {
            /// Its projects and components.
            components: Programme => "parent_id", ProgrammeFilter, ProgrammeOrder;
            /// Who takes part in it, in which role.
            participations: Participation => "programme_id", ParticipationFilter, ParticipationOrder;
            /// What was agreed for it.
            agreements: Agreement => "programme_id", AgreementFilter, AgreementOrder;
            /// Its budget.
            budget_lines: BudgetLine => "programme_id", BudgetLineFilter, BudgetLineOrder;
            /// What moved for it.
            transactions: Transaction => "programme_id", TransactionFilter, TransactionOrder;
            /// What it was given in kind.
            in_kind_contributions: InKindContribution => "programme_id", InKindContributionFilter, InKindContributionOrder;
            /// What it aims at.
            results: Outcome => "programme_id", ResultFilter, ResultOrder;
            /// What may go wrong.
            risks: Risk => "programme_id", RiskFilter, RiskOrder;
            /// What it tells its funders in words.
            narratives: Narrative => "programme_id", NarrativeFilter, NarrativeOrder;
            /// Documents attached to it.
            documents: Document => "programme_id", DocumentFilter, DocumentOrder;
            /// The funds that it feeds.
            funds: Fund => "programme_id", FundFilter, FundOrder;
            /// Its events.
            events: Event => "programme_id", EventFilter, EventOrder;
            /// Its series of events.
            event_series: EventSeries => "programme_id", EventSeriesFilter, EventSeriesOrder;
            /// Those who went to events for it.
            delegations: Delegation => "programme_id", DelegationFilter, DelegationOrder;
            /// The good practices that it documented.
            good_practices: GoodPractice => "programme_id", GoodPracticeFilter, GoodPracticeOrder;
            /// The replications of good practices that it supports.
            replications: Replication => "programme_id", ReplicationFilter, ReplicationOrder;
            /// The recommendations that came from it.
            recommendations: Recommendation => "programme_id", RecommendationFilter, RecommendationOrder;
            /// Its road maps.
            road_maps: RoadMap => "programme_id", RoadMapFilter, RoadMapOrder;
            /// The dialogues that it holds.
            dialogues: Dialogue => "programme_id", DialogueFilter, DialogueOrder;
            /// News of it.
            news: NewsItem => "programme_id", NewsItemFilter, NewsItemOrder;
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
            /// Its acronym.
            async fn acronym(&self) -> Option<&str> {
                self.acronym.as_deref()
            }
            /// What it is about.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// What it is about, by language.
            async fn description_translations(&self) -> Many<Translation> {
                translations(&self.description)
            }
            /// Where it stands in its tree.
            async fn level(&self) -> E<ProgrammeLevel> {
                E(self.level)
            }
            /// How far it has come; null where no source says.
            async fn status(&self) -> Option<E<ProgrammeStatus>> {
                self.status.map(E)
            }
            /// The period that was planned.
            async fn planned(&self) -> One<Period> {
                period(self.planned)
            }
            /// The period that it really took.
            async fn actual(&self) -> One<Period> {
                period(self.actual)
            }
            /// When it starts: really if that is known, else as planned.
            async fn start(&self) -> Option<One<PartialDate>> {
                date(Programme::start(self))
            }
            /// When it ends: really if that is known, else as planned.
            async fn end(&self) -> Option<One<PartialDate>> {
                date(Programme::end(self))
            }
            /// Its identifier in IATI or at its funder.
            async fn iati_identifier(&self) -> Option<&str> {
                self.iati_identifier.as_deref()
            }
            /// Its sectors, OECD DAC purpose codes.
            async fn sectors(&self, ctx: &Context<'_>) -> Many<Classification> {
                classified(ctx, self, Scheme::Sector, codelists::sector)
            }
            /// The countries that benefit.
            async fn recipient_countries(&self, ctx: &Context<'_>) -> Many<Classification> {
                classified(ctx, self, Scheme::Country, codelists::country)
            }
            /// The Sustainable Development Goals that it serves.
            async fn sdgs(&self, ctx: &Context<'_>) -> Many<Classification> {
                classified(ctx, self, Scheme::Sdg, codelists::sdg)
            }
            /// Its policy markers.
            async fn policy_markers(&self, ctx: &Context<'_>) -> Many<Classification> {
                classified(ctx, self, Scheme::PolicyMarker, codelists::policy_marker)
            }
            /// Where it happens.
            async fn places(&self, ctx: &Context<'_>) -> Result<Many<Place>> {
                let ids = |p: &Programme| p.places.iter().map(|p| p.authority.uuid()).collect();
                let batch = pointed::<LocalAuthority>(ctx, self, "places", ids).await?;
                let place = |p: &ketnoi_domain::Place| Some(Place {
                    authority: One(View::find(&batch, p.authority)?),
                    percentage: p.percentage.map(|p| Decimal(p.decimal())),
                    note: told(ctx, None, &p.note).map(str::to_owned),
                });
                Ok(Many(self.places.iter().filter_map(place).collect()))
            }
            /// What it is related to.
            async fn related(&self, ctx: &Context<'_>) -> Result<Many<RelatedProgramme>> {
                let ids = |p: &Programme| p.relations.iter().map(|r| r.programme.uuid()).collect();
                let batch = pointed::<Programme>(ctx, self, "related", ids).await?;
                let related = |r: &ketnoi_domain::Relation| Some(RelatedProgramme {
                    programme: One(View::find(&batch, r.programme)?),
                    kind: E(r.kind),
                });
                Ok(Many(self.relations.iter().filter_map(related).collect()))
            }
            /// The money in it that is for partners and none of yours, as one total; null for those who take no part in it, and for those
            /// who see all of it.
            async fn funded_by_others(&self, ctx: &Context<'_>) -> Result<Option<One<OthersMoney>>> {
                let load = || async { session(ctx).others_money(&self.sibling_ids()).await };
                let all = self.shared("fundedByOthers", String::new(), load).await?;
                let own = all.get(&self.head.id.uuid());
                Ok(own.map(|own| One(OthersMoney { agreed: totals(&own.agreed), spent: totals(&own.spent) })))
            }
            /// Who pays for it: the participations with the funding role, all of them.
            async fn funders(&self, ctx: &Context<'_>) -> Result<Many<View<Participation>>> {
                let paying = |_: &str| Filter::is_in("role", [Scalar::Text("1".into())]);
                all_children(ctx, self, ("funders", "programme_id"), (String::new(), paying), "code").await
            }
        }
    }
}

criteria! { ParticipationFilter, ParticipationOrder by ParticipationOrderField {
    /// What the organisation does.
    role: OrganisationRoleFilter = "role",
    /// The programme.
    programme: CodeFilter = "programme",
    /// The organisation.
    organisation: BodyFilter = "organisation",
    /// The organisation that its money or work passes through.
    via: BodyFilter = "via",
} orders {
    /// By the codes of programme, role and organisation.
    Programme = "code",
} }

view! {
    /// An organisation's part in a programme.
    Participation as "Participation" {
        one {
            /// The programme.
            programme: Programme = |p| Some(p.programme);
            /// The organisation.
            organisation: Organisation = |p| Some(p.organisation);
            /// The organisation that its money or work passes through.
            via: Organisation = |p| p.via;
        }
        many {}
        fields {
            /// What the organisation does.
            async fn role(&self) -> E<Role> {
                E(self.role)
            }
            /// The name that the source gives it, else the one that it had when the programme started, else that of now.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Result<String> {
                if let Some(stated) = told(ctx, lang, &self.stated_name) {
                    return Ok(stated.to_owned());
                }
                let data = data(ctx);
                let Some(organisation) = self.one::<Organisation>(data, "organisation", |p| Some(p.organisation)).await? else {
                    return Ok(String::new());
                };
                let then = if organisation.names.0.len() > 1 {
                    let programme = self.one::<Programme>(data, "programme", |p| Some(p.programme)).await?;
                    programme.and_then(|p| Programme::start(&p)).and_then(|d| organisation.names.on(d.from()))
                } else {
                    None
                };
                let name = then.or_else(|| organisation.names.current());
                Ok(name.and_then(|n| told(ctx, lang, &n.text)).unwrap_or_default().to_owned())
            }
            /// The name that the source gives, by language; empty where it gives none of its own.
            async fn stated_name(&self) -> Many<Translation> {
                translations(&self.stated_name)
            }
            /// From when to when, where that differs from the programme's.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// What else is to be said.
            async fn note(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.note)
            }
        }
    }
}

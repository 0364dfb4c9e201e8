use async_graphql::Context;
use ketnoi_domain::{
    Document, DocumentCategory, Event, Kind, Lang, Likelihood, Organisation, Programme, PublicRole, Qualifier, Recommendation,
    Record, Risk, RiskStatus, StatedFigure, Statement,
    query::{Filter, Scalar, Test},
};

use super::{PublicRoleFilter, PublicRoleOrder, RecommendationFilter, RecommendationOrder, view};
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria, enum_filter},
    list::all_children,
    scalars::{Decimal, PartialDate, Translation, date, served, short, told, translations},
};

enum_filter!(
    DocumentCategoryFilter of DocumentCategory,
    LangFilter of Lang,
    LikelihoodFilter of Likelihood,
    RiskStatusFilter of RiskStatus,
);

criteria! { DocumentFilter, DocumentOrder by DocumentOrderField {
    /// What it is.
    category: DocumentCategoryFilter = "category",
    /// The language that it is written in.
    language: LangFilter = "language",
    /// The programme that it is attached to.
    programme: CodeFilter = "programme",
    /// The organisation that it is attached to.
    organisation: BodyFilter = "organisation",
    /// The event that it is attached to.
    event: CodeFilter = "event",
    /// When it was published.
    published: PeriodFilter = "published",
} orders {
    /// Its title, in the Vietnamese order.
    Title = "title",
    /// When it was published.
    Published = "published",
} }

view! {
    /// A document: cited as the source of facts, or attached to a programme, an organisation or an event.
    Document as "Document" {
        one {
            /// The programme that it is attached to.
            programme: Programme = |d| d.programme;
            /// The organisation that it is attached to.
            organisation: Organisation = |d| d.organisation;
            /// The event that it is attached to.
            event: Event = |d| d.event;
        }
        many {
            /// What it says.
            statements_made: Statement => "document_id", StatementFilter, StatementOrder;
            /// The figures that it states.
            figures_stated: StatedFigure => "document_id", StatedFigureFilter, StatedFigureOrder;
            /// The roles in which it names people.
            public_roles: PublicRole => "document_id", PublicRoleFilter, PublicRoleOrder;
            /// What it recommends.
            recommendations: Recommendation => "document_id", RecommendationFilter, RecommendationOrder;
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
            /// What it is.
            async fn category(&self) -> E<DocumentCategory> {
                E(self.category)
            }
            /// Who published it.
            async fn publisher(&self) -> Option<&str> {
                self.publisher.as_deref()
            }
            /// When it was published.
            async fn published(&self) -> Option<One<PartialDate>> {
                date(self.published)
            }
            /// When it says that it was last changed.
            async fn modified(&self) -> Option<One<PartialDate>> {
                date(self.modified)
            }
            /// Where it is found.
            async fn url(&self) -> Option<&str> {
                self.url.as_deref()
            }
            /// The language that it is written in.
            async fn language(&self) -> Option<E<Lang>> {
                self.language.map(E)
            }
            /// What a reader should know of it: stale, corrupted, second-hand.
            async fn note(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.note)
            }
        }
    }
}

criteria! { StatementFilter, StatementOrder by StatementOrderField {
    /// On which property.
    property: TextFilter = "property",
    /// On what kind of record.
    subject_kind: KindNameFilter = "subjectKind",
    /// Whether the registry follows it.
    current: bool = "current",
    /// The source.
    document: CodeFilter = "document",
    /// Of which date it speaks.
    stated: PeriodFilter = "stated",
} orders {
    /// Of which date it speaks.
    Stated = "stated",
} }

/// A condition on a kind of record.
#[derive(async_graphql::InputObject, Debug)]
pub(crate) struct KindNameFilter {
    /// It is one of these.
    r#in: Vec<E<Kind>>,
}
impl crate::filter::LowerField for KindNameFilter {
    fn lower(self, field: &'static str) -> Result<Filter> {
        // Subjects are kept by the names of their kinds, not by the tags of ids.
        Ok(Filter::is_in(field, self.r#in.into_iter().map(|k| Scalar::Text(ketnoi_domain::Coded::name(k.0).to_owned()))))
    }
}

view! {
    /// What a source says of a property of a record. Conflicting statements are all kept; one is current.
    Statement as "Statement" {
        one {
            /// The source.
            document: Document = |s| Some(s.document);
        }
        many {}
        fields {
            /// Of which record, by its opaque id.
            async fn subject_id(&self) -> async_graphql::ID {
                crate::global_id::encode(self.subject.kind, self.subject.id)
            }
            /// Of what kind that record is.
            async fn subject_kind(&self) -> E<Kind> {
                E(self.subject.kind)
            }
            /// Of which property; null when the source stands behind the record as a whole.
            async fn property(&self) -> Option<&str> {
                self.property.as_deref()
            }
            /// What it says, in our reading.
            async fn value(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.value)
            }
            /// The text as it stands in the source, where our reading corrects it.
            async fn raw(&self) -> Option<&str> {
                self.raw.as_deref()
            }
            /// Whether the registry follows it.
            async fn current(&self) -> bool {
                self.current
            }
            /// Where in the source.
            async fn locator(&self) -> Option<&str> {
                self.locator.as_deref()
            }
            /// Of which date it speaks or was made.
            async fn stated(&self) -> Option<One<PartialDate>> {
                date(self.stated)
            }
            /// Why it is followed or not.
            async fn note(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.note)
            }
        }
    }
}

/// The statements on a record, by property, the current one first.
pub(crate) async fn statements_of<P: Record>(
    ctx: &Context<'_>,
    of: &View<P>,
    property: Option<String>,
) -> Result<Many<View<Statement>>> {
    // A sign says what is asked: a property by name, all of them, or none.
    let asked = match property {
        None => "*".to_owned(),
        Some(name) if name.is_empty() => "-".to_owned(),
        Some(name) => {
            short(&name, "`property`", 100)?;
            format!("={name}")
        }
    };
    let filter = |asked: &str| match asked.strip_prefix('=') {
        Some(name) => Filter::is_in("property", [Scalar::Text(name.to_owned())]),
        None if asked == "-" => Filter::Field("property", Test::IsUnknown(true)),
        None => Filter::all(),
    };
    let mut found: Many<View<Statement>> = all_children(ctx, of, ("statements", "subject_id"), (asked, filter), "code").await?;
    found.0.sort_by(|a, b| (&a.property, !a.current, &a.head.code).cmp(&(&b.property, !b.current, &b.head.code)));
    Ok(found)
}

criteria! { StatedFigureFilter, StatedFigureOrder by StatedFigureOrderField {
    /// What is counted.
    measure: TextFilter = "measure",
    /// On what kind of record.
    subject_kind: KindNameFilter = "subjectKind",
    /// The source.
    document: CodeFilter = "document",
    /// Of which date.
    as_of: PeriodFilter = "asOf",
} orders {
    /// What is counted, in the Vietnamese order.
    Label = "title",
    /// Of which date.
    AsOf = "asOf",
} }

view! {
    /// A figure that a source states and nobody can count from the registry. It is shown beside registered counts and never
    /// added to them.
    StatedFigure as "StatedFigure" {
        one {
            /// The source.
            document: Document = |f| Some(f.document);
        }
        many {}
        fields {
            /// Of which record, by its opaque id.
            async fn subject_id(&self) -> async_graphql::ID {
                crate::global_id::encode(self.subject.kind, self.subject.id)
            }
            /// Of what kind that record is.
            async fn subject_kind(&self) -> E<Kind> {
                E(self.subject.kind)
            }
            /// What is counted, as a short key.
            async fn measure(&self) -> &str {
                &self.measure
            }
            /// What is counted, in words.
            async fn label(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.label).unwrap_or_default()
            }
            /// The number.
            async fn value(&self) -> Decimal {
                Decimal(self.value)
            }
            /// How it is meant.
            async fn qualifier(&self) -> E<Qualifier> {
                E(self.qualifier)
            }
            /// Of which date.
            async fn as_of(&self) -> Option<One<PartialDate>> {
                date(self.as_of)
            }
        }
    }
}

criteria! { RiskFilter, RiskOrder by RiskOrderField {
    /// The programme.
    programme: CodeFilter = "programme",
    /// Who watches it.
    owner: BodyFilter = "owner",
    /// How likely.
    likelihood: LikelihoodFilter = "likelihood",
    /// How grave.
    impact: LikelihoodFilter = "impact",
    /// Where it stands.
    status: RiskStatusFilter = "status",
} orders {
    /// What may happen, in the Vietnamese order.
    Title = "title",
} }

view! {
    /// Something that may go wrong.
    Risk as "Risk" {
        one {
            /// The programme.
            programme: Programme = |r| Some(r.programme);
            /// Who watches it.
            owner: Organisation = |r| r.owner;
        }
        many {}
        fields {
            /// What may happen.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// How likely.
            async fn likelihood(&self) -> E<Likelihood> {
                E(self.likelihood)
            }
            /// How grave.
            async fn impact(&self) -> E<Likelihood> {
                E(self.impact)
            }
            /// What is done about it.
            async fn mitigation(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.mitigation)
            }
            /// Where it stands.
            async fn status(&self) -> E<RiskStatus> {
                E(self.status)
            }
        }
    }
}

//! The objects within inputs: money, periods, names, stages, and whatever else a record holds lists of. They are named as
//! their views are, with `Input` behind.

use async_graphql::{ID, InputObject};
use ketnoi_domain::{
    Amendment, AmendmentKind, BallotRule, Breakdown, Classification, Contact, ContactKind, Coordinates, Dimension, Id,
    Instalment, Lang, Measured, Measurement, Name, Names, Place, Record, Relation, RelationType, ReplicationStage, ReportDue,
    Scheme, Secrecy, StageReached, SuccessionKind, Text, TieRule,
};
use ketnoi_registry::{Followed, Reading, each};

use super::{Input, Optional};
use crate::{
    enums::E,
    scalars::{Currency, Decimal, PartialDateInput},
};

/// A text in one language.
#[derive(InputObject, Debug)]
pub(crate) struct TextInput {
    /// The language.
    pub(super) lang: E<Lang>,
    /// The text.
    pub(super) text: String,
}

/// From a start to an end, both inclusive; either may be unknown or open.
#[derive(InputObject, Debug)]
pub(crate) struct PeriodInput {
    /// The first day, month or year.
    pub(super) from: Option<PartialDateInput>,
    /// The last day, month or year.
    pub(super) to: Option<PartialDateInput>,
}

/// An exact amount in one currency.
#[derive(InputObject, Debug)]
pub(crate) struct MoneyInput {
    /// The amount.
    amount: Decimal,
    /// The currency.
    currency: Currency,
}

impl Input<ketnoi_domain::Money> for MoneyInput {
    fn read(&self, reading: &mut Reading) -> ketnoi_domain::Money {
        // The database keeps smallest units in 64 bits, whatever finer digits it keeps beside.
        let money = ketnoi_domain::Money::new(self.amount.0, self.currency.0).filter(|m| m.to_minor().is_some());
        money.unwrap_or_else(|| {
            reading.wrong("money-size", &[]);
            ketnoi_domain::Money::from_minor(0, self.currency.0)
        })
    }
}

/// A name over a period.
#[derive(InputObject, Debug)]
pub(crate) struct NameInput {
    /// The name, by language.
    translations: Vec<TextInput>,
    /// The acronym or short form.
    short: Option<String>,
    /// When it was used; bounds that are left out mean "as far as is known".
    period: Option<PeriodInput>,
}

impl Input<Name> for NameInput {
    fn read(&self, reading: &mut Reading) -> Name {
        Name {
            text: reading.at("translations", |r| self.translations.read(r)),
            short: reading.at("short", |r| Optional::read_some(self.short.as_ref(), r)),
            period: reading.at("period", |r| Optional::read_some(self.period.as_ref(), r)),
        }
    }
}

impl Input<Names> for Vec<NameInput> {
    fn read(&self, reading: &mut Reading) -> Names {
        Names(<Self as Input<Vec<Name>>>::read(self, reading))
    }
}

/// A way to reach an organisation, or a person in a public role.
#[derive(InputObject, Debug)]
pub(crate) struct ContactInput {
    /// By what means.
    kind: E<ContactKind>,
    /// The address or number, as it is written.
    value: String,
}

impl Input<Contact> for ContactInput {
    fn read(&self, reading: &mut Reading) -> Contact {
        Contact { kind: self.kind.0, value: reading.at("value", |r| self.value.read(r)) }
    }
}

/// A body that this one succeeded.
#[derive(InputObject, Debug)]
pub(crate) struct SuccessionInput {
    /// What was before: its id or its code.
    predecessor: ID,
    /// How it was followed.
    kind: E<SuccessionKind>,
    /// When; left out where no source says.
    on: Option<PartialDateInput>,
}

impl SuccessionInput {
    /// The succession, of a body of this kind.
    pub(crate) fn follow<T: Record>(&self, reading: &mut Reading) -> Followed {
        let predecessor: Id<T> = reading.at("predecessor", |r| self.predecessor.read(r));
        Followed { predecessor: predecessor.uuid(), kind: self.kind.0, on: self.on.map(|date| date.0) }
    }
}

/// A point on the earth (WGS 84).
#[derive(InputObject, Debug)]
pub(crate) struct CoordinatesInput {
    /// Degrees north, -90 to 90.
    latitude: Decimal,
    /// Degrees east, -180 to 180.
    longitude: Decimal,
}

impl Input<Coordinates> for CoordinatesInput {
    fn read(&self, _: &mut Reading) -> Coordinates {
        Coordinates { latitude: self.latitude.0, longitude: self.longitude.0 }
    }
}

/// A code of a list, with its share.
#[derive(InputObject, Debug)]
pub(crate) struct ClassificationInput {
    /// The code in the list.
    code: String,
    /// The share in per cent: all of a list are given and sum to 100, or none is given.
    percentage: Option<Decimal>,
    /// Of policy markers: 0 (not targeted) to 4.
    significance: Option<i32>,
}

impl ClassificationInput {
    /// The classification by one list.
    pub(crate) fn by(&self, scheme: Scheme, reading: &mut Reading) -> Classification {
        Classification {
            scheme,
            code: reading.at("code", |r| self.code.read(r)),
            percentage: reading.at("percentage", |r| Optional::read_some(self.percentage.as_ref(), r)),
            significance: reading.at("significance", |r| {
                let given = self.significance?;
                let read = u8::try_from(given).ok().filter(|n| *n <= 4);
                if read.is_none() {
                    r.wrong("significance-range", &[]);
                }
                read.or(Some(0))
            }),
        }
    }
}

/// A place where an activity happens.
#[derive(InputObject, Debug)]
pub(crate) struct PlaceInput {
    /// The local authority, as it was: its id or its code.
    authority: ID,
    /// The share in per cent: all are given and sum to 100, or none is given.
    percentage: Option<Decimal>,
    /// What happened there, by language.
    note: Option<Vec<TextInput>>,
}

impl Input<Place> for PlaceInput {
    fn read(&self, reading: &mut Reading) -> Place {
        Place {
            authority: reading.at("authority", |r| self.authority.read(r)),
            percentage: reading.at("percentage", |r| Optional::read_some(self.percentage.as_ref(), r)),
            note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
        }
    }
}

/// An activity that this one is related to.
#[derive(InputObject, Debug)]
pub(crate) struct RelatedProgrammeInput {
    /// The other: its id or its code.
    programme: ID,
    /// How they are related, seen from this one.
    kind: E<RelationType>,
}

impl Input<Relation> for RelatedProgrammeInput {
    fn read(&self, reading: &mut Reading) -> Relation {
        Relation { programme: reading.at("programme", |r| self.programme.read(r)), kind: self.kind.0 }
    }
}

/// A part of the money of an agreement, paid on a condition.
#[derive(InputObject, Debug)]
pub(crate) struct InstalmentInput {
    /// How much.
    amount: MoneyInput,
    /// When it falls due.
    due: Option<PartialDateInput>,
    /// On what condition, by language.
    condition: Option<Vec<TextInput>>,
    /// When it was paid; left out while it is not, or not known to be.
    paid: Option<PartialDateInput>,
}

impl Input<Instalment> for InstalmentInput {
    fn read(&self, reading: &mut Reading) -> Instalment {
        Instalment {
            amount: reading.at("amount", |r| self.amount.read(r)),
            due: self.due.map(|date| date.0),
            condition: reading.at("condition", |r| Optional::read_some(self.condition.as_ref(), r)),
            paid: self.paid.map(|date| date.0),
        }
    }
}

/// A change to an agreement; they stand in their order.
#[derive(InputObject, Debug)]
pub(crate) struct AmendmentInput {
    /// What it changes.
    kind: E<AmendmentKind>,
    /// When it was agreed.
    on: Option<PartialDateInput>,
    /// The ceiling from then on, if it changes.
    ceiling: Option<MoneyInput>,
    /// The end from then on, if it changes.
    end: Option<PartialDateInput>,
    /// In words, by language.
    note: Option<Vec<TextInput>>,
}

impl Input<Amendment> for AmendmentInput {
    fn read(&self, reading: &mut Reading) -> Amendment {
        Amendment {
            kind: self.kind.0,
            on: self.on.map(|date| date.0),
            ceiling: reading.at("ceiling", |r| Optional::read_some(self.ceiling.as_ref(), r)),
            end: self.end.map(|date| date.0),
            note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
        }
    }
}

/// A report that an agreement asks for.
#[derive(InputObject, Debug)]
pub(crate) struct ReportDueInput {
    /// Which report, by language.
    title: Vec<TextInput>,
    /// When it falls due.
    due: PartialDateInput,
    /// When it was delivered; left out while it is not.
    delivered: Option<PartialDateInput>,
}

impl Input<ReportDue> for ReportDueInput {
    fn read(&self, reading: &mut Reading) -> ReportDue {
        ReportDue {
            title: reading.at("title", |r| self.title.read(r)),
            due: self.due.0,
            delivered: self.delivered.map(|date| date.0),
        }
    }
}

/// A measured value: a number, a percentage by its two parts, or a description.
#[derive(InputObject, Debug)]
pub(crate) struct MeasuredInput {
    /// A number.
    number: Option<Decimal>,
    /// Of a percentage: how many.
    numerator: Option<Decimal>,
    /// Of a percentage: of how many.
    denominator: Option<Decimal>,
    /// A description, by language.
    text: Option<Vec<TextInput>>,
}

impl Input<Measured> for MeasuredInput {
    fn read(&self, reading: &mut Reading) -> Measured {
        match (self.number, self.numerator, self.denominator, &self.text) {
            (Some(number), None, None, None) => Measured::Number(number.0),
            (None, Some(numerator), Some(denominator), None) => {
                Measured::Ratio { numerator: numerator.0, denominator: denominator.0 }
            }
            (None, None, None, Some(text)) => Measured::Words(reading.at("text", |r| text.read(r))),
            _ => {
                reading.wrong("measured-one", &[]);
                Measured::Words(Text::default())
            }
        }
    }
}

/// A part of a value.
#[derive(InputObject, Debug)]
pub(crate) struct BreakdownInput {
    /// By what.
    by: E<Dimension>,
    /// Which part: `women`, `men`, an authority's code, or words.
    category: String,
    /// Its value.
    value: MeasuredInput,
}

impl Input<Breakdown> for BreakdownInput {
    fn read(&self, reading: &mut Reading) -> Breakdown {
        Breakdown {
            by: self.by.0,
            category: reading.at("category", |r| self.category.read(r)),
            value: reading.at("value", |r| self.value.read(r)),
        }
    }
}

/// A value with its parts.
#[derive(InputObject, Debug)]
pub(crate) struct MeasurementInput {
    /// The whole.
    value: MeasuredInput,
    /// When it was measured.
    on: Option<PartialDateInput>,
    /// The parts: those by sex, and those by city, sum to the whole.
    breakdown: Option<Vec<BreakdownInput>>,
    /// What is to be said of it, by language.
    note: Option<Vec<TextInput>>,
}

impl Input<Measurement> for MeasurementInput {
    fn read(&self, reading: &mut Reading) -> Measurement {
        Measurement {
            value: reading.at("value", |r| self.value.read(r)),
            on: self.on.map(|date| date.0),
            breakdown: reading.at("breakdown", |r| Optional::read_some(self.breakdown.as_ref(), r)),
            note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
        }
    }
}

/// A stage that a replication reached.
#[derive(InputObject, Debug)]
pub(crate) struct StageReachedInput {
    /// Which.
    stage: E<ReplicationStage>,
    /// When.
    on: Option<PartialDateInput>,
    /// What there is to say, by language.
    note: Option<Vec<TextInput>>,
}

impl Input<StageReached> for StageReachedInput {
    fn read(&self, reading: &mut Reading) -> StageReached {
        StageReached {
            stage: self.stage.0,
            on: self.on.map(|date| date.0),
            note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
        }
    }
}

/// How a ballot is filled in and counted.
#[derive(InputObject, Debug)]
pub(crate) struct BallotRuleInput {
    /// How many options one picks at least.
    minimum: i64,
    /// How many at most.
    maximum: i64,
    /// Whether one may know who voted how.
    secrecy: E<Secrecy>,
    /// How many options become priorities.
    places: i64,
    /// What decides between equals.
    tie: E<TieRule>,
}

impl Input<BallotRule> for BallotRuleInput {
    fn read(&self, _: &mut Reading) -> BallotRule {
        BallotRule { minimum: self.minimum, maximum: self.maximum, secrecy: self.secrecy.0, places: self.places, tie: self.tie.0 }
    }
}

/// Classifications by one list, each read under its number.
pub(crate) fn classifications(given: &[ClassificationInput], scheme: Scheme, reading: &mut Reading) -> Vec<Classification> {
    each(given, reading, |c, reading| c.by(scheme, reading))
}

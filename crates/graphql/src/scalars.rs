//! Exact numbers, dates that may be partial, money, and texts in the reader's language.

use std::str::FromStr;

use async_graphql::{Context, Enum, InputValueError, InputValueResult, Object, Scalar, ScalarType, SimpleObject, Value};
use chrono::NaiveDate;
use ketnoi_domain::{Lang, Text};
use ketnoi_registry::Converted;

use crate::{
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    request::rates,
};

macro_rules! text_scalar {
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty) as $shown:literal $(, else $hint:literal)?) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $name(pub(crate) $inner);

        $(#[doc = $doc])+
        #[Scalar(name = $shown)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => <$inner>::from_str(&text).map(Self).map_err(|e| {
                        let hints: &[&str] = &[$($hint)?];
                        InputValueError::custom(hints.first().map_or_else(|| e.to_string(), |hint| format!("`{text:.30}` is {hint}")))
                    }),
                    other => Err(InputValueError::expected_type(other)),
                }
            }
            fn to_value(&self) -> Value {
                Value::String(self.0.to_string())
            }
        }
    };
}

text_scalar! {
    /// An exact decimal number as a string: perhaps a minus sign, digits, and perhaps a point with digits behind it, such as
    /// `86514.0845070423`. It keeps every digit.
    Decimal(ketnoi_domain::Decimal) as "Decimal"
}
text_scalar! {
    /// A civil date, `YYYY-MM-DD`.
    Date(NaiveDate) as "Date", else "not a date: write a day that there is, as YYYY-MM-DD"
}
text_scalar! {
    /// A currency by its ISO 4217 code: three capital letters.
    Currency(ketnoi_domain::Currency) as "Currency"
}
text_scalar! {
    /// A date of which the month or the day may be left open: `2010`, `2010-08` or `2010-08-02`.
    PartialDateInput(ketnoi_domain::PartialDate) as "PartialDateInput"
}

/// A date of which the day, or the month and the day, may be unknown.
#[derive(SimpleObject)]
pub(crate) struct PartialDate {
    /// What is known: `2010`, `2010-08` or `2010-08-02`.
    value: String,
    /// How much is known.
    precision: E<ketnoi_domain::Precision>,
    /// The first day that it may mean.
    from: Date,
    /// The last day that it may mean.
    to: Date,
}

pub(crate) fn date(date: Option<ketnoi_domain::PartialDate>) -> Option<One<PartialDate>> {
    date.map(|d| One(PartialDate { value: d.to_string(), precision: E(d.precision()), from: Date(d.from()), to: Date(d.to()) }))
}

/// From a start to an end, both inclusive; either may be unknown or open.
#[derive(SimpleObject)]
pub(crate) struct Period {
    /// The start.
    from: Option<One<PartialDate>>,
    /// The end.
    to: Option<One<PartialDate>>,
}

pub(crate) fn period(p: ketnoi_domain::Period) -> One<Period> {
    One(Period { from: date(p.from), to: date(p.to) })
}

/// A text in one language.
#[derive(SimpleObject)]
pub(crate) struct Translation {
    /// The language.
    lang: E<Lang>,
    /// The text.
    text: String,
}

pub(crate) fn translations(text: &Text) -> Many<Translation> {
    Many(text.iter().map(|(lang, text)| Translation { lang: E(lang), text: text.to_owned() }).collect())
}

/// The text in the language asked for, else in that of the request, else as it falls back; nothing where there is none.
pub(crate) fn served<'t>(ctx: &Context<'_>, lang: Option<E<Lang>>, text: &'t Text) -> Option<(Lang, &'t str)> {
    text.served(lang.map_or_else(|| crate::request::lang(ctx), |l| l.0))
}

pub(crate) fn told<'t>(ctx: &Context<'_>, lang: Option<E<Lang>>, text: &'t Text) -> Option<&'t str> {
    served(ctx, lang, text).map(|(_, text)| text)
}

/// An exact amount in one currency.
#[derive(Clone, Copy)]
pub(crate) struct Money(pub(crate) ketnoi_domain::Money);

pub(crate) fn money(money: Option<ketnoi_domain::Money>) -> Option<One<Money>> {
    money.map(|m| One(Money(m)))
}

pub(crate) fn totals(totals: &ketnoi_domain::Totals) -> Many<Money> {
    Many(totals.iter().map(Money).collect())
}

/// An exact amount in one currency.
#[Object]
impl Money {
    /// The amount, with at least the digits of the currency's smallest unit.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount())
    }
    /// The currency.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency())
    }
    /// The amount in another currency, by the last rate that the registry knows on or before a day; null where it knows none.
    async fn converted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The currency wanted.")] to: Currency,
        #[graphql(desc = "The day: the last rate on or before it counts.")] on: Date,
    ) -> Result<Option<One<ConvertedMoney>>> {
        let rates = rates(ctx).await?;
        let found = ketnoi_domain::convert(self.0, to.0, on.0, &rates);
        Ok(found.map(|(value, rate)| One(ConvertedMoney { value: One(Self(value)), rate: rate.map(|r| One(rate_used(r))) })))
    }
}

/// An amount that was converted.
#[derive(SimpleObject)]
pub(crate) struct ConvertedMoney {
    /// The amount.
    value: One<Money>,
    /// The rate used; null where the money was in that currency already.
    rate: Option<One<RateUsed>>,
}

/// A rate by which money was converted.
#[derive(SimpleObject)]
pub(crate) struct RateUsed {
    /// The currency that is one.
    base: Currency,
    /// The currency that it is counted in.
    quote: Currency,
    /// The day of the rate.
    date: Date,
    /// How many units of `quote` one of `base` is.
    rate: Decimal,
    /// Who publishes it.
    source: Option<String>,
    /// Whether it exists only to show a feature.
    illustrative: bool,
}

pub(crate) fn rate_used(r: &ketnoi_domain::ExchangeRate) -> RateUsed {
    RateUsed {
        base: Currency(r.base),
        quote: Currency(r.quote),
        date: Date(r.date),
        rate: Decimal(r.rate),
        source: r.source.served(Lang::En).map(|(_, t)| t.to_owned()),
        illustrative: r.head.illustrative,
    }
}

/// Sums of money kept apart by currency.
pub(crate) struct MoneyTotals(pub(crate) ketnoi_domain::Totals);

/// Sums of money kept apart by currency.
#[Object]
impl MoneyTotals {
    /// One sum per currency, in the order of the codes.
    async fn by_currency(&self) -> Many<Money> {
        totals(&self.0)
    }
    /// All of it in one currency, by the last rates on or before a day, with what no rate is known for.
    async fn converted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The currency wanted.")] to: Currency,
        #[graphql(desc = "The day: the last rate on or before it counts.")] on: Date,
    ) -> Result<One<ConvertedTotal>> {
        let converted = Converted::of(&self.0, to.0, on.0, &rates(ctx).await?).map_err(from_registry)?;
        Ok(One(ConvertedTotal {
            total: money(converted.total),
            unconverted: totals(&converted.unconverted),
            rates: Many(converted.rates.iter().map(rate_used).collect()),
        }))
    }
}

/// A total in one currency.
#[derive(SimpleObject)]
pub(crate) struct ConvertedTotal {
    /// The sum of what could be converted; null where nothing could.
    total: Option<One<Money>>,
    /// What no rate is known for, by currency.
    unconverted: Many<Money>,
    /// The rates used.
    rates: Many<RateUsed>,
}

/// In which direction a list is ordered; what is unknown comes last in both.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OrderDirection {
    /// From the smallest up.
    #[default]
    Asc,
    /// From the largest down.
    Desc,
}

/// Refuses a text that is longer than any client needs.
pub(crate) fn short(text: &str, what: &str, most: usize) -> Result<()> {
    let length = text.chars().count();
    if length > most {
        return Err(bad_input(format!("{what} has {length} characters: write at most {most}")));
    }
    Ok(())
}

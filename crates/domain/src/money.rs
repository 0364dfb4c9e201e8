use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Decimal;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// What goes wrong with money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is no currency code.
    #[error("`{0}` is not an ISO 4217 currency code: write three capital letters, such as CAD or VND")]
    Currency(String),
    /// The text is no amount.
    #[error("`{0}` is not an amount of money: write the number and the currency, such as \"18458189.00 CAD\"")]
    Amount(String),
    /// Two currencies met where one is needed.
    #[error("{0} cannot be added to {1}: convert one of them first")]
    Mixed(Currency, Currency),
    /// The sum does not fit in 128 bits.
    #[error("the sum in {0} is too large to be held")]
    Overflow(Currency),
}

/// ISO 4217 currencies whose smallest unit is not a hundredth.
const EXPONENTS: [(&[u8; 3], u8); 23] = [
    (b"BIF", 0),
    (b"CLP", 0),
    (b"DJF", 0),
    (b"GNF", 0),
    (b"ISK", 0),
    (b"JPY", 0),
    (b"KMF", 0),
    (b"KRW", 0),
    (b"PYG", 0),
    (b"RWF", 0),
    (b"UGX", 0),
    (b"VND", 0),
    (b"VUV", 0),
    (b"XAF", 0),
    (b"XOF", 0),
    (b"XPF", 0),
    (b"BHD", 3),
    (b"IQD", 3),
    (b"JOD", 3),
    (b"KWD", 3),
    (b"LYD", 3),
    (b"OMR", 3),
    (b"TND", 3),
];

impl Currency {
    /// The Vietnamese dong.
    pub const VND: Self = Self(*b"VND");

    /// The code, three capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many digits its smallest unit has after the point: 2 for most, 0 for VND.
    pub fn exponent(self) -> u8 {
        EXPONENTS.iter().find(|(code, _)| **code == self.0).map_or(2, |(_, e)| *e)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(s: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(s.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(MoneyError::Currency(s.chars().take(20).collect())),
        }
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An exact amount in one currency, with at least the digits of the currency's smallest unit.
///
/// In files it is one text, `"18458189.00 CAD"`. An amount that came with more digits than the currency has keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount; `None` where even the smallest unit does not fit in 128 bits.
    pub fn new(amount: Decimal, currency: Currency) -> Option<Self> {
        let amount = if amount.scale() < currency.exponent() { amount.rescaled(currency.exponent())? } else { amount };
        Some(Self { amount, currency })
    }

    /// An amount given in the currency's smallest unit.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        let amount = Decimal::new(minor.into(), currency.exponent()).unwrap_or_default();
        Self { amount, currency }
    }

    /// The amount.
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in the smallest unit, and whether that says all (it does not for an amount with finer digits).
    pub fn to_minor(self) -> Option<(i64, bool)> {
        let rounded = self.amount.rounded(self.currency.exponent())?;
        Some((i64::try_from(rounded.coefficient()).ok()?, rounded == self.amount))
    }

    /// The sum of two amounts of one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow(self.currency))?;
        Ok(Self { amount, currency: self.currency })
    }

    /// The difference of two amounts of one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        let negated = Decimal::ZERO.checked_sub(other.amount).ok_or(MoneyError::Overflow(self.currency))?;
        self.checked_add(Self { amount: negated, currency: other.currency })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}
impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(s: &str) -> Result<Self, MoneyError> {
        let refused = || MoneyError::Amount(s.chars().take(60).collect());
        let (amount, currency) = s.trim().split_once(' ').ok_or_else(refused)?;
        Self::new(amount.parse().map_err(|_| refused())?, currency.trim().parse()?).ok_or_else(refused)
    }
}
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Money {
    /// Reads a string only: a bare number says no currency, and a floating-point one has lost its digits.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Money;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount and its currency in quotes, such as \"18458189.00 CAD\"")
            }
            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<Money, E> {
                s.parse().map_err(E::custom)
            }
        }
        d.deserialize_str(Visitor)
    }
}

/// Sums kept apart by currency: the only kind of total that amounts of several currencies have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Totals(BTreeMap<Currency, Decimal>);

impl Totals {
    /// Adds an amount to the sum of its currency.
    pub fn add(&mut self, money: Money) -> Result<(), MoneyError> {
        let sum = self.0.entry(money.currency).or_insert(Decimal::ZERO);
        *sum = sum.checked_add(money.amount).ok_or(MoneyError::Overflow(money.currency))?;
        Ok(())
    }

    /// The sums of many amounts.
    pub fn of(amounts: impl IntoIterator<Item = Money>) -> Result<Self, MoneyError> {
        let mut totals = Self::default();
        for money in amounts {
            totals.add(money)?;
        }
        Ok(totals)
    }

    /// Each currency's sum, in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = Money> {
        self.0.iter().filter_map(|(currency, amount)| Money::new(*amount, *currency))
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Splits an amount by weights so that the parts sum to the whole: the largest remainders get the units left over,
/// ties going to the earlier part. No weights, or weights that sum to nought, give no parts.
pub fn split(whole: Money, weights: &[u64]) -> Vec<Money> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total == 0 {
        return Vec::new();
    }
    let coefficient = whole.amount.coefficient();
    let share = |w: &u64| {
        // Dividing first keeps the product within 128 bits whatever the amount.
        let (q, r) = (coefficient.div_euclid(total), coefficient.rem_euclid(total));
        (q * i128::from(*w) + (r * i128::from(*w)).div_euclid(total), (r * i128::from(*w)).rem_euclid(total))
    };
    let mut parts: Vec<(i128, i128)> = weights.iter().map(share).collect();
    let missing = coefficient - parts.iter().map(|(q, _)| q).sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(parts[*i].1), *i));
    for i in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[i].0 += 1;
    }
    let part = |(q, _)| Decimal::new(q, whole.amount.scale()).and_then(|amount| Money::new(amount, whole.currency));
    parts.into_iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn m(s: &str) -> Money {
        s.parse().unwrap()
    }

    #[test]
    fn adding_two_currencies_is_an_error() {
        assert_eq!(
            m("1 CAD").checked_add(m("1 VND")).unwrap_err().to_string(),
            "CAD cannot be added to VND: convert one of them first"
        );
    }

    #[test]
    fn amounts_show_the_digits_of_their_currency_and_keep_finer_ones() {
        assert_eq!(m("18458189 CAD").to_string(), "18458189.00 CAD");
        assert_eq!(m("10000000000000 VND").to_string(), "10000000000000 VND");
        assert_eq!(m("86514.0845070423 EUR").to_minor(), Some((8_651_408, false)));
        assert!("12 cad".parse::<Money>().is_err());
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(minor in -10i64.pow(15)..10i64.pow(15), weights in prop::collection::vec(0u64..1000, 1..12)) {
            let whole = Money::from_minor(minor, Currency::VND);
            let parts = split(whole, &weights);
            if weights.iter().sum::<u64>() > 0 {
                prop_assert_eq!(parts.len(), weights.len());
                let total = Totals::of(parts).unwrap();
                prop_assert_eq!(total.iter().next().unwrap(), whole);
            } else {
                prop_assert!(parts.is_empty());
            }
        }

        #[test]
        fn totals_do_not_depend_on_order(minors in prop::collection::vec((-10i64.pow(15)..10i64.pow(15), prop::bool::ANY), 0..40)) {
            let amounts: Vec<Money> = minors.iter().map(|(n, vnd)| Money::from_minor(*n, if *vnd { Currency::VND } else { "EUR".parse().unwrap() })).collect();
            let mut reversed = amounts.clone();
            reversed.reverse();
            prop_assert_eq!(Totals::of(amounts).unwrap(), Totals::of(reversed).unwrap());
        }
    }
}

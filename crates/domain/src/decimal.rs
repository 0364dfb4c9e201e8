use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact decimal number: `coefficient / 10^scale`, with every digit it was written with.
///
/// `12.50` and `12.5` are equal but print as they came. Arithmetic is checked: what does not fit is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    coefficient: i128,
    scale: u8,
}

/// No published amount or rate has more digits after the point; a longer one is refused, never rounded.
const MAX_SCALE: u8 = 18;

/// Why a text is not a decimal number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a decimal number: write digits with at most one point and 18 digits after it, such as 18458189 or 86514.0845070423"
)]
pub struct DecimalError(String);

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { coefficient: 0, scale: 0 };

    /// `coefficient / 10^scale`; `None` for more than 18 digits after the point.
    pub fn new(coefficient: i128, scale: u8) -> Option<Self> {
        (scale <= MAX_SCALE).then_some(Self { coefficient, scale })
    }

    /// The digits without the point.
    pub fn coefficient(self) -> i128 {
        self.coefficient
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Whether the number is below nought.
    pub fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// Whether the number is nought.
    pub fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// The same number with exactly `scale` digits after the point, if that loses none.
    pub fn rescaled(self, scale: u8) -> Option<Self> {
        if scale >= self.scale {
            let coefficient = self.coefficient.checked_mul(pow10(scale - self.scale)?)?;
            return Self::new(coefficient, scale);
        }
        let divisor = pow10(self.scale - scale)?;
        (self.coefficient % divisor == 0).then(|| Self { coefficient: self.coefficient / divisor, scale })
    }

    /// The nearest number with `scale` digits after the point; halves go to the even digit.
    pub fn rounded(self, scale: u8) -> Option<Self> {
        if scale >= self.scale {
            return self.rescaled(scale);
        }
        let divisor = pow10(self.scale - scale)?;
        Some(Self { coefficient: div_half_even(self.coefficient, divisor), scale })
    }

    /// Without the zeros that end the digits after the point.
    pub fn normalised(mut self) -> Self {
        while self.scale > 0 && self.coefficient % 10 == 0 {
            self.coefficient /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The exact sum, with the longer fraction of the two.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.rescaled(scale)?, other.rescaled(scale)?);
        Some(Self { coefficient: a.coefficient.checked_add(b.coefficient)?, scale })
    }

    /// The exact difference.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { coefficient: other.coefficient.checked_neg()?, scale: other.scale })
    }

    /// The product, rounded to at most 18 digits after the point.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (a, b) = (self.normalised(), other.normalised());
        let coefficient = a.coefficient.checked_mul(b.coefficient)?;
        let scale = a.scale + b.scale;
        if scale <= MAX_SCALE {
            return Some(Self { coefficient, scale });
        }
        Some(Self { coefficient: div_half_even(coefficient, pow10(scale - MAX_SCALE)?), scale: MAX_SCALE })
    }

    /// The quotient with `scale` digits after the point, halves to even; `None` for a divisor of nought.
    pub fn checked_div(self, other: Self, scale: u8) -> Option<Self> {
        if other.coefficient == 0 || scale > MAX_SCALE {
            return None;
        }
        let shift = i16::from(scale) + i16::from(other.scale) - i16::from(self.scale);
        let (mut top, mut bottom) = (self.coefficient, other.coefficient);
        let factor = pow10(u8::try_from(shift.unsigned_abs()).ok()?)?;
        if shift >= 0 {
            top = top.checked_mul(factor)?;
        } else {
            bottom = bottom.checked_mul(factor)?;
        }
        if bottom < 0 {
            (top, bottom) = (top.checked_neg()?, bottom.checked_neg()?);
        }
        Some(Self { coefficient: div_half_even(top, bottom), scale })
    }
}

fn pow10(n: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(n))
}

/// `n / d` for a positive `d`, halves to the even neighbour.
fn div_half_even(n: i128, d: i128) -> i128 {
    let (q, r) = (n.div_euclid(d), n.rem_euclid(d));
    match r.cmp(&(d - r)) {
        Ordering::Less => q,
        Ordering::Greater => q + 1,
        Ordering::Equal => q + q.rem_euclid(2),
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let refused = || DecimalError(text.chars().take(60).collect());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if digits.is_empty() || !plain(digits) || !plain(fraction) || (text.contains('.') && fraction.is_empty()) {
            return Err(refused());
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| refused())?;
        let coefficient = format!("{whole}{fraction}").parse().map_err(|_| refused())?;
        Self::new(coefficient, scale).ok_or_else(refused)
    }
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Self {
        Self { coefficient: n.into(), scale: 0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:0>width$}", self.coefficient.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        let sign = if self.coefficient < 0 { "-" } else { "" };
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Decimal {}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.normalised(), other.normalised());
        let split = |d: Self| {
            // A scale is at most 18, so the power always fits.
            let unit = pow10(d.scale).unwrap_or(i128::MAX);
            (d.coefficient.div_euclid(unit), d.coefficient.rem_euclid(unit) * pow10(MAX_SCALE - d.scale).unwrap_or(1))
        };
        split(a).cmp(&split(b))
    }
}
impl std::hash::Hash for Decimal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let n = self.normalised();
        (n.coefficient, n.scale).hash(state);
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Decimal {
    /// Reads a string, or an integer; a floating-point number is refused because it has already lost its digits.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number in quotes, such as \"12.50\", or a whole number")
            }
            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<Decimal, E> {
                s.parse().map_err(E::custom)
            }
            fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<Decimal, E> {
                Ok(n.into())
            }
            fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Decimal, E> {
                Ok(Decimal { coefficient: n.into(), scale: 0 })
            }
        }
        d.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(s: &str) -> Decimal {
        s.parse().unwrap()
    }

    #[test]
    fn every_digit_is_kept() {
        for s in ["0", "-0.5", "86514.0845070423", "10000000000000", "12.50"] {
            assert_eq!(d(s).to_string(), s);
        }
        assert_eq!(d("12.50"), d("12.5"));
        for s in ["", "-", "1.", ".5", "1e3", "1,5", " 1", "1.0000000000000000001", "--1"] {
            assert!(s.parse::<Decimal>().is_err(), "{s}");
        }
    }

    #[test]
    fn halves_round_to_even() {
        for (from, to) in [("2.5", "2"), ("3.5", "4"), ("-2.5", "-2"), ("-3.5", "-4"), ("2.51", "3"), ("-2.49", "-2")] {
            assert_eq!(d(from).rounded(0).unwrap().to_string(), to);
        }
        assert_eq!(d("1").checked_div(d("3"), 4).unwrap().to_string(), "0.3333");
        assert_eq!(d("1").checked_div(d("-8"), 2).unwrap().to_string(), "-0.12");
        assert_eq!(d("1").checked_div(d("0"), 2), None);
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-(10i128.pow(19))..10i128.pow(19), 0u8..=12).prop_map(|(c, s)| Decimal::new(c, s).unwrap())
    }

    proptest! {
        #[test]
        fn printing_and_reading_gives_the_same_number(a in any_decimal()) {
            prop_assert_eq!(a.to_string().parse::<Decimal>().unwrap().to_string(), a.to_string());
        }

        #[test]
        fn adding_is_exact_in_any_order(a in any_decimal(), b in any_decimal(), c in any_decimal()) {
            let left = a.checked_add(b).unwrap().checked_add(c).unwrap();
            let right = a.checked_add(c.checked_add(b).unwrap()).unwrap();
            prop_assert_eq!(left, right);
            prop_assert_eq!(left.checked_sub(b).unwrap().checked_sub(c).unwrap(), a);
        }

        #[test]
        fn comparing_agrees_with_subtracting(a in any_decimal(), b in any_decimal()) {
            prop_assert_eq!(a < b, a.checked_sub(b).unwrap().is_negative());
        }
    }
}

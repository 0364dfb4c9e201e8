use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Decimal;

/// A share of a whole, 0 to 100 per cent, exact to a millionth of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage(u32);

/// Why a number is no percentage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a percentage: write a number from 0 to 100 with at most 6 digits after the point")]
pub struct PercentageError(String);

impl Percentage {
    /// The whole.
    pub const HUNDRED: Self = Self(100_000_000);

    /// A share of `millionths` of a per cent; `None` above 100 per cent.
    pub fn from_millionths(millionths: i64) -> Option<Self> {
        u32::try_from(millionths).ok().map(Self).filter(|p| *p <= Self::HUNDRED)
    }

    /// The share in millionths of a per cent.
    pub fn millionths(self) -> i64 {
        self.0.into()
    }

    /// The share as a number of per cent, without needless zeros.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0.into(), 6).unwrap_or_default().normalised()
    }

    /// Whether these shares make a whole. Three times 33.33 does: publishers round, so a hundredth a share is forgiven.
    pub fn sum_to_hundred(shares: &[Self]) -> bool {
        let sum: i64 = shares.iter().map(|s| s.millionths()).sum();
        let forgiven = i64::try_from(shares.len()).unwrap_or(i64::MAX).saturating_mul(10_000);
        (sum - Self::HUNDRED.millionths()).abs() <= forgiven
    }
}

impl FromStr for Percentage {
    type Err = PercentageError;
    fn from_str(s: &str) -> Result<Self, PercentageError> {
        let millionths = s.parse::<Decimal>().ok().and_then(|d| d.rescaled(6)).and_then(|d| i64::try_from(d.coefficient()).ok());
        millionths.and_then(Self::from_millionths).ok_or_else(|| PercentageError(s.chars().take(30).collect()))
    }
}
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}
impl Serialize for Percentage {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Percentage {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Decimal::deserialize(d)?.to_string().parse().map_err(serde::de::Error::custom)
    }
}

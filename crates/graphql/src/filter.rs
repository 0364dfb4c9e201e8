//! Filters and orders as clients write them, and their translation into those of the domain.

use async_graphql::InputObject;
use ketnoi_domain::{
    Coded,
    query::{Filter, Order, Scalar, Scope, Test},
};

use crate::{
    enums::E,
    error::{Result, bad_input},
    scalars::{PartialDateInput, short},
};

/// A filter of one kind.
pub(crate) trait Lower {
    /// The filter as the domain knows it.
    fn lower(self) -> Result<Filter>;
}

/// A condition on one field.
pub(crate) trait LowerField {
    fn lower(self, field: &'static str) -> Result<Filter>;
}

/// An order of one kind.
pub(crate) trait LowerOrder {
    /// The order as the domain knows it.
    fn order(self) -> Order;
    /// The order where none is asked for.
    fn default_order() -> Order;
}

/// No list of values in a filter needs to be longer.
const VALUES: usize = 500;

fn values<T>(field: &str, values: Vec<T>) -> Result<Vec<T>> {
    if values.len() > VALUES {
        return Err(bad_input(format!("`{field}` is given {} values: write at most {VALUES}", values.len())));
    }
    Ok(values)
}

/// `eq`, `in` and `isUnknown` together: all that are given must hold.
fn tests<T>(
    field: &'static str,
    eq: Option<T>,
    any: Option<Vec<T>>,
    unknown: Option<bool>,
    scalar: impl Fn(T) -> Scalar,
) -> Result<Filter> {
    let mut all = Vec::new();
    if let Some(value) = eq {
        all.push(Filter::is_in(field, [scalar(value)]));
    }
    if let Some(any) = any {
        all.push(Filter::is_in(field, values(field, any)?.into_iter().map(&scalar)));
    }
    if let Some(unknown) = unknown {
        all.push(Filter::Field(field, Test::IsUnknown(unknown)));
    }
    Ok(Filter::And(all))
}

/// A condition on a short text such as a code.
#[derive(InputObject, Debug)]
pub(crate) struct TextFilter {
    /// It is just this.
    eq: Option<String>,
    /// It is one of these.
    r#in: Option<Vec<String>>,
    /// Nothing is known of it, or something is.
    is_unknown: Option<bool>,
}
impl LowerField for TextFilter {
    fn lower(self, field: &'static str) -> Result<Filter> {
        tests(field, self.eq, self.r#in, self.is_unknown, Scalar::Text)
    }
}

impl LowerField for bool {
    fn lower(self, field: &'static str) -> Result<Filter> {
        Ok(Filter::is_in(field, [Scalar::Bool(self)]))
    }
}

/// A condition on a record that is pointed at, by its code.
#[derive(InputObject, Debug)]
pub(crate) struct CodeFilter {
    /// It has this code.
    eq: Option<String>,
    /// It has one of these codes.
    r#in: Option<Vec<String>>,
    /// Nothing is known of it, or something is.
    is_unknown: Option<bool>,
}
impl LowerField for CodeFilter {
    fn lower(self, field: &'static str) -> Result<Filter> {
        around(field, self.eq, self.r#in, self.is_unknown, Scope::Itself)
    }
}

/// How far a reference to an organisation or a local authority reaches.
#[derive(async_graphql::Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BodyScope {
    /// That body alone.
    #[default]
    Itself,
    /// With all that it succeeded: one body under all its names.
    Succession,
    /// With all that it succeeded and all its parts, and what those succeeded: a government with its departments.
    Family,
}

/// A condition on an organisation or a local authority, by its code.
#[derive(InputObject, Debug)]
pub(crate) struct BodyFilter {
    /// It has this code.
    eq: Option<String>,
    /// It has one of these codes.
    r#in: Option<Vec<String>>,
    /// How far around the body that is named.
    #[graphql(default)]
    scope: BodyScope,
    /// Nothing is known of it, or something is.
    is_unknown: Option<bool>,
}
impl LowerField for BodyFilter {
    fn lower(self, field: &'static str) -> Result<Filter> {
        let scope = match self.scope {
            BodyScope::Itself => Scope::Itself,
            BodyScope::Succession => Scope::Succession,
            BodyScope::Family => Scope::Family,
        };
        around(field, self.eq, self.r#in, self.is_unknown, scope)
    }
}

fn around(
    field: &'static str,
    eq: Option<String>,
    any: Option<Vec<String>>,
    unknown: Option<bool>,
    scope: Scope,
) -> Result<Filter> {
    let mut all = Vec::new();
    for codes in [eq.map(|code| vec![code]), any].into_iter().flatten() {
        all.push(Filter::Field(field, Test::Refers { codes: values(field, codes)?, scope }));
    }
    if let Some(unknown) = unknown {
        all.push(Filter::Field(field, Test::IsUnknown(unknown)));
    }
    Ok(Filter::And(all))
}

/// A condition on a date or a period. A partial date counts as its whole span; what is unknown at one end is open there.
#[derive(InputObject, Debug)]
pub(crate) struct PeriodFilter {
    /// It may touch the time from this day, month or year on.
    from: Option<PartialDateInput>,
    /// It may touch the time up to this day, month or year.
    to: Option<PartialDateInput>,
    /// Nothing is known of it, or something is.
    is_unknown: Option<bool>,
}
impl LowerField for PeriodFilter {
    fn lower(self, field: &'static str) -> Result<Filter> {
        let mut all = Vec::new();
        if self.from.is_some() || self.to.is_some() {
            all.push(Filter::Field(field, Test::Overlaps { from: self.from.map(|d| d.0), to: self.to.map(|d| d.0) }));
        }
        if let Some(unknown) = self.is_unknown {
            all.push(Filter::Field(field, Test::IsUnknown(unknown)));
        }
        Ok(Filter::And(all))
    }
}

/// Words to be found, whatever their case and accents.
pub(crate) fn search(text: &str) -> Result<Filter> {
    short(text, "`search`", 200)?;
    Ok(Filter::Field("search", Test::Matches(text.to_owned())))
}

/// A condition on a closed list: one filter type a list.
macro_rules! enum_filter {
    ($($name:ident of $list:ty),+ $(,)?) => { $(
        /// A condition on a value of a closed list.
        #[derive(async_graphql::InputObject, Debug)]
        pub(crate) struct $name {
            /// It is just this.
            eq: Option<$crate::enums::E<$list>>,
            /// It is one of these.
            r#in: Option<Vec<$crate::enums::E<$list>>>,
            /// Nothing is known of it, or something is.
            is_unknown: Option<bool>,
        }
        impl $crate::filter::LowerField for $name {
            fn lower(self, field: &'static str) -> $crate::error::Result<ketnoi_domain::query::Filter> {
                $crate::filter::coded_tests(field, self.eq, self.r#in, self.is_unknown)
            }
        }
    )+ };
}
pub(crate) use enum_filter;

pub(crate) fn coded_tests<T: Coded>(
    field: &'static str,
    eq: Option<E<T>>,
    any: Option<Vec<E<T>>>,
    unknown: Option<bool>,
) -> Result<Filter> {
    tests(field, eq, any, unknown, |v: E<T>| Scalar::Text(v.0.code().to_owned()))
}

/// Declares the filter and the order of a kind. Each field is named as the kind's table declares it.
macro_rules! criteria {
    ($filter:ident, $order:ident by $by:ident {
        $($(#[$doc:meta])+ $field:ident: $ty:ty = $name:literal),* $(,)?
    } orders { $($(#[$odoc:meta])+ $variant:ident = $key:literal),+ $(,)? }) => {
        /// Conditions on a record: all that are given must hold.
        #[derive(async_graphql::InputObject, Debug)]
        pub(crate) struct $filter {
            /// All of these hold.
            and: Option<Vec<$filter>>,
            /// One of these holds.
            or: Option<Vec<$filter>>,
            /// This does not hold. What is unknown passes neither a condition nor its denial.
            not: Option<Box<$filter>>,
            /// Its code.
            code: Option<$crate::filter::TextFilter>,
            /// Words to be found in its names, titles and texts, whatever their case and accents.
            search: Option<String>,
            /// Whether it exists only to show a feature.
            illustrative: Option<bool>,
            $($(#[$doc])+ $field: Option<$ty>,)*
        }
        impl $crate::filter::Lower for $filter {
            fn lower(self) -> $crate::error::Result<ketnoi_domain::query::Filter> {
                use $crate::filter::LowerField as _;
                use ketnoi_domain::query::Filter;
                let mut all = Vec::new();
                for part in self.and.into_iter().flatten() {
                    all.push(part.lower()?);
                }
                if let Some(any) = self.or {
                    all.push(Filter::Or(any.into_iter().map(Self::lower).collect::<$crate::error::Result<_>>()?));
                }
                if let Some(not) = self.not {
                    all.push(Filter::Not(Box::new(not.lower()?)));
                }
                if let Some(text) = &self.search {
                    all.push($crate::filter::search(text)?);
                }
                if let Some(f) = self.code { all.push(f.lower("code")?); }
                if let Some(f) = self.illustrative { all.push(f.lower("illustrative")?); }
                $(if let Some(f) = self.$field { all.push(f.lower($name)?); })*
                Ok(Filter::And(all))
            }
        }

        /// What a list is ordered by.
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $by {
            $($(#[$odoc])+ $variant,)+
            /// Its code, letter by letter.
            Code,
        }
        /// The order of a list. Ties are broken by id; what is unknown comes last in both directions.
        #[derive(async_graphql::InputObject, Debug)]
        pub(crate) struct $order {
            /// By what.
            field: $by,
            /// In which direction.
            #[graphql(default)]
            direction: $crate::scalars::OrderDirection,
        }
        impl $crate::filter::LowerOrder for $order {
            fn order(self) -> ketnoi_domain::query::Order {
                let by = match self.field { $($by::$variant => $key,)+ $by::Code => "code" };
                ketnoi_domain::query::Order { by, descending: self.direction == $crate::scalars::OrderDirection::Desc }
            }
            fn default_order() -> ketnoi_domain::query::Order {
                ketnoi_domain::query::Order { by: [$($key),+][0], descending: false }
            }
        }
    };
}
pub(crate) use criteria;

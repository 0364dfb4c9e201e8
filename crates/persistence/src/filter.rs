//! Conditions of the domain as conditions of SQL. What the viewer may not see cannot be found by any of them.

use std::collections::BTreeSet;

use ketnoi_domain::{
    Kind, Viewer, Visibility, fold,
    query::{Filter, Scalar, Scope, Test},
};
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, LikeExpr, Query, SelectStatement, SimpleExpr, Value},
};
use uuid::Uuid;

use crate::{
    Error, Stored,
    codec::level,
    stored::{Field, Through},
};

/// What the viewer may see: the one condition that every read carries. Beyond what everyone sees, a party sees what it is in
/// the reach of. Archived records lie below every floor.
pub(crate) fn visible(viewer: &Viewer) -> SimpleExpr {
    visible_record(viewer, Expr::col("effective"), Expr::col("id"))
}

/// The same of the search's entries, which stand for records.
pub(crate) fn visible_entry(viewer: &Viewer) -> SimpleExpr {
    visible_record(viewer, Expr::col("effective"), Expr::col(("search_entry", "record_id")))
}

/// The same of a thing that was made for one party.
pub(crate) fn visible_to_party(viewer: &Viewer, party: &'static str) -> SimpleExpr {
    let everyone = Expr::col("effective").gte(level(viewer.floor()));
    match viewer.parties() {
        None => everyone,
        Some(parties) => everyone.or(for_partners(Expr::col("effective")).and(ids_in(party, &listed(parties)))),
    }
}

fn visible_record(viewer: &Viewer, effective: Expr, id: Expr) -> SimpleExpr {
    let everyone = effective.clone().gte(level(viewer.floor()));
    match viewer.parties() {
        None => everyone,
        Some(parties) => everyone.or(for_partners(effective).and(reached(id, parties))),
    }
}

fn for_partners(effective: Expr) -> SimpleExpr {
    effective.eq(level(Visibility::Partners))
}

/// Whether one of the parties is in the reach of a record. Asked of each row that is for partners and of no other; so it costs
/// the same however much a party may see.
pub(crate) fn reached(id: Expr, parties: &BTreeSet<Uuid>) -> SimpleExpr {
    let mut rows = Query::select();
    rows.expr(Expr::cust("1")).from("reach");
    rows.and_where(Expr::col(("reach", "record_id")).eq(id)).and_where(among(Expr::col(("reach", "party_id")), &listed(parties)));
    Expr::exists(rows)
}

fn listed(parties: &BTreeSet<Uuid>) -> Vec<Uuid> {
    parties.iter().copied().collect()
}

/// `column IN (ids)`. The list is filled up to a power of two, so that few shapes of statement are ever prepared.
pub(crate) fn ids_in(column: &'static str, ids: &[Uuid]) -> SimpleExpr {
    among(Expr::col(column), ids)
}

/// [`ids_in`], of any expression.
pub(crate) fn among(column: Expr, ids: &[Uuid]) -> SimpleExpr {
    let Some(last) = ids.last() else { return Expr::val(false) };
    let filler = std::iter::repeat_n(*last, ids.len().next_power_of_two() - ids.len());
    column.is_in(ids.iter().copied().chain(filler))
}

/// The condition of a filter on records of kind `T`.
pub(crate) fn compile<T: Stored>(filter: &Filter, viewer: &Viewer) -> Result<Condition, Error> {
    Ok(match filter {
        Filter::And(all) => join(Condition::all(), all.iter().map(|f| compile::<T>(f, viewer)))?,
        // An empty `any` would let everything pass.
        Filter::Or(none) if none.is_empty() => Condition::all().add(Expr::val(false)),
        Filter::Or(any) => join(Condition::any(), any.iter().map(|f| compile::<T>(f, viewer)))?,
        Filter::Not(one) => compile::<T>(one, viewer)?.not(),
        Filter::Field(name, test) => {
            let field = T::FIELDS.iter().find(|(known, _)| known == name).map(|(_, f)| f);
            let unknown = || Error::NoSuchField { kind: T::KIND, field: (*name).to_owned() };
            field.and_then(|f| compile_test(f, test, viewer)).ok_or_else(unknown)?
        }
    })
}

fn join(mut all: Condition, parts: impl Iterator<Item = Result<Condition, Error>>) -> Result<Condition, Error> {
    for part in parts {
        all = all.add(part?);
    }
    Ok(all)
}

/// The condition of one test, or nothing where the field has no such test.
fn compile_test(field: &Field, test: &Test, viewer: &Viewer) -> Option<Condition> {
    let condition: SimpleExpr = match (field, test) {
        (Field::Column(column), Test::In(values)) => is_in(column, values),
        (Field::Column(column), Test::IsUnknown(unknown)) => {
            if *unknown {
                Expr::col(*column).is_null()
            } else {
                Expr::col(*column).is_not_null()
            }
        }
        (Field::Refers(column, target), Test::IsUnknown(unknown)) => {
            // What is hidden is unknown: whether a hidden record is pointed at must not be told either.
            let seen = Query::select().column("id").from(*target).and_where(visible(viewer)).to_owned();
            let known = Expr::col(*column).in_subquery(seen.clone());
            let hidden = Condition::any().add(Expr::col(*column).is_null()).add(Expr::col(*column).not_in_subquery(seen));
            // Nothing is in no list, neither is it out of it; said aloud, the denial of this test is its opposite.
            let told = Condition::all().add(Expr::col(*column).is_not_null()).add(known);
            return Some(if *unknown { hidden } else { told });
        }
        (Field::Refers(column, _), Test::In(values)) => is_in(column, values),
        (Field::Refers(column, target), Test::Refers { codes, scope }) => {
            Expr::col(*column).in_subquery(referred(target, codes, *scope, viewer))
        }
        (Field::Period(from, to), Test::Overlaps { from: after, to: before }) => {
            return Some(overlaps(from, to, *after, *before));
        }
        (Field::Period(from, to), Test::IsUnknown(unknown)) => {
            let none = Condition::all().add(Expr::col(*from).is_null()).add(Expr::col(*to).is_null());
            return Some(if *unknown { none } else { none.not() });
        }
        (Field::Through(through), test) => return through_test(through, test, viewer),
        (Field::Search, Test::Matches(text)) => return Some(matches(text)),
        _ => return None,
    };
    Some(Condition::all().add(condition))
}

fn is_in(column: &'static str, values: &[Scalar]) -> SimpleExpr {
    if values.is_empty() {
        return Expr::val(false);
    }
    Expr::col(column).is_in(values.iter().map(|v| match v {
        Scalar::Text(s) => Value::from(s.as_str()),
        Scalar::Int(n) => Value::from(*n),
        Scalar::Bool(b) => Value::from(*b),
        Scalar::Id(id) => Value::from(*id),
    }))
}

/// Every word of the text stands in the search text, at the start of a word there.
fn matches(text: &str) -> Condition {
    let folded = fold(text);
    let words = folded.split(' ').filter(|w| !w.is_empty());
    // Folding leaves letters and digits only, so nothing in a word is a wildcard.
    let mut all = words.map(|word| Expr::col("search").like(LikeExpr::new(format!("% {word}%")))).peekable();
    if all.peek().is_none() {
        // Accents, wildcards and quotes alone: nothing was asked for, so nothing is found.
        return Condition::all().add(Expr::val(false));
    }
    all.fold(Condition::all(), Condition::add)
}

/// The record's period may touch the wanted one. Partial dates are text: a year sorts before its days, so a start
/// compares as its first day; an end gets a last character behind it, so it compares as its last day.
pub(crate) fn overlaps(
    from: &'static str,
    to: &'static str,
    after: Option<ketnoi_domain::PartialDate>,
    before: Option<ketnoi_domain::PartialDate>,
) -> Condition {
    let known = Condition::any().add(Expr::col(from).is_not_null()).add(Expr::col(to).is_not_null());
    let mut all = Condition::all().add(known);
    if let Some(before) = before {
        let begun = Expr::col(from).lte(before.to().to_string());
        all = all.add(Condition::any().add(Expr::col(from).is_null()).add(begun));
    }
    if let Some(after) = after {
        let ended = Expr::cust(format!("\"{to}\" || '~'")).gte(after.from().to_string());
        all = all.add(Condition::any().add(Expr::col(to).is_null()).add(ended));
    }
    all
}

fn through_test(through: &Through, test: &Test, viewer: &Viewer) -> Option<Condition> {
    let mut rows = Query::select().column(through.back).from(through.table).to_owned();
    rows.and_where(Expr::col(through.back).is_not_null());
    if let Some((column, value)) = through.only {
        rows.and_where(Expr::col(column).eq(value));
    }
    if through.records {
        rows.and_where(visible(viewer));
    }
    match (test, through.target) {
        (Test::In(values), _) => rows.and_where(is_in(through.column, values)),
        (Test::Refers { codes, scope }, Some(target)) => {
            rows.and_where(Expr::col(through.column).in_subquery(referred(target, codes, *scope, viewer)))
        }
        (Test::IsUnknown(unknown), _) => {
            rows.and_where(Expr::col(through.column).is_not_null());
            if let Some(target) = through.target {
                // What is hidden is unknown, here as where a record points itself.
                let seen = Query::select().column("id").from(target).and_where(visible(viewer)).to_owned();
                rows.and_where(Expr::col(through.column).in_subquery(seen));
            }
            let has = Condition::all().add(Expr::col("id").in_subquery(rows));
            return Some(if *unknown { has.not() } else { has });
        }
        _ => return None,
    };
    Some(Condition::all().add(Expr::col("id").in_subquery(rows)))
}

/// The ids of the records of these codes, with what belongs to them.
pub(crate) fn referred(target: &'static str, codes: &[String], scope: Scope, viewer: &Viewer) -> SelectStatement {
    let mut named = Query::select().column("id").from(target).and_where(visible(viewer)).to_owned();
    named.and_where(is_in("code", &codes.iter().cloned().map(Scalar::Text).collect::<Vec<_>>()));
    let kind = match target {
        "organisation" => Kind::Organisation,
        "local_authority" => Kind::LocalAuthority,
        // Only bodies have successors and parts that count.
        _ => return named,
    };
    if scope == Scope::Itself {
        return named;
    }
    let kind = ketnoi_domain::Coded::name(kind);
    // Ways through what is hidden are not taken: they would tell of it.
    let mut links = Query::select();
    links.expr_as(Expr::col(("s", "successor_id")), "at").expr_as(Expr::col(("s", "predecessor_id")), "to");
    links.from_as("succession", "s").join_as(
        sea_orm::JoinType::InnerJoin,
        target,
        "b",
        Expr::col(("b", "id")).equals(("s", "predecessor_id")),
    );
    links.and_where(Expr::cust(format!(r#""s"."kind" = '{kind}'"#)));
    links.and_where(visible_record(viewer, Expr::col(("b", "effective")), Expr::col(("b", "id"))));
    if scope == Scope::Family {
        let mut parts = Query::select();
        parts.columns(["parent_id", "id"]).from(target);
        parts.and_where(Expr::col("parent_id").is_not_null()).and_where(visible(viewer));
        links.union(sea_orm::sea_query::UnionType::All, parts);
    }
    // A recursive step of one term only: PostgreSQL takes no more.
    use sea_orm::sea_query::{Alias, CommonTableExpression, UnionType};
    let step = Query::select()
        .expr(Expr::cust(r#""link"."to""#))
        .from("reached")
        .join_subquery(
            sea_orm::JoinType::InnerJoin,
            Query::select().expr(Expr::cust("*")).from_subquery(links, Alias::new("l")).to_owned(),
            Alias::new("link"),
            Expr::cust(r#""link"."at" = "reached"."id""#),
        )
        .to_owned();
    let reached = CommonTableExpression::new()
        .query(named.union(UnionType::Distinct, step).to_owned())
        .column("id")
        .table_name("reached")
        .to_owned();
    let mut all = Query::select().column("id").from("reached").to_owned();
    all.with_cte(sea_orm::sea_query::WithClause::new().recursive(true).cte(reached).to_owned());
    all
}

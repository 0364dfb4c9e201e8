//! What the trail says of a record: the record as JSON, and how two such texts differ.

use std::collections::{BTreeMap, HashMap};

use ketnoi_domain::{Coded, Kind, Visibility};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    Error, Stored,
    codec::{ARCHIVED, level, to_json},
    stored::{Readable, RowHead},
    tables::every_kind,
};

/// One field in which a record differs from what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field, as the registry calls it: `title`, `visibility`.
    pub field: String,
    /// What it held; nothing where there was no record, or where it is not kept.
    pub before: Option<Value>,
    /// What it holds since; nothing where there is no record any more, or where it is not kept.
    pub after: Option<Value>,
}

/// A record as it stands in its table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Now {
    /// What it says; nothing where its row cannot be read as a record.
    pub(crate) contents: Option<String>,
    pub(crate) effective: Option<i64>,
    pub(crate) code: Option<String>,
    pub(crate) version: Option<i64>,
}

impl Now {
    pub(crate) fn of<T: Stored>(row: &<T as Readable>::Row) -> Self {
        // A row that someone spoilt past the registry must not keep anybody from writing a good one over it.
        let contents = T::decode(row.cells()).ok().map(|record| to_json(&record));
        // The domain has no level for what is archived.
        let contents = if row.effective() == ARCHIVED { with_level(contents.as_deref(), ARCHIVED) } else { contents };
        Self { contents, effective: Some(row.effective()), code: Some(row.code().to_owned()), version: Some(row.version()) }
    }
}

/// How records stand in their tables, a statement for each kind among them.
pub(crate) async fn contents_of(
    transaction: &DatabaseTransaction,
    wanted: impl IntoIterator<Item = (Kind, Uuid)>,
) -> Result<HashMap<Uuid, Now>, Error> {
    let mut by_kind: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for (kind, id) in wanted {
        by_kind.entry(kind).or_default().push(id);
    }
    let mut found = HashMap::new();
    for (kind, ids) in by_kind {
        macro_rules! of_kind {
            ($($record:ident),+) => {
                match kind { $(
                    Kind::$record => found.extend(now_of::<ketnoi_domain::$record>(transaction, ids).await?),
                )+ }
            };
        }
        every_kind!(of_kind);
    }
    Ok(found)
}

async fn now_of<T: Stored>(transaction: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Now)>, Error> {
    let find = <T as Readable>::Entity::find().filter(crate::write::column::<T>("id").is_in(ids));
    Ok(find.all(transaction).await?.into_iter().map(|row| (row.id(), Now::of::<T>(&row))).collect())
}

/// The name of a level; what is archived is below all that have one.
fn level_name(wanted: i64) -> &'static str {
    let known = Visibility::ALL.iter().copied().find(|v| level(*v) == wanted);
    known.map_or("archived", Coded::name)
}

/// The same contents, seen at another level.
pub(crate) fn with_level(contents: Option<&str>, level: i64) -> Option<String> {
    let mut all = object(contents?);
    all.get_mut("head")?.as_object_mut()?.insert("effective".into(), level_name(level).into());
    Some(Value::Object(all).to_string())
}

/// The names of the fields that differ, as it is kept of kinds about persons.
pub(crate) fn names_only(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let names: Vec<String> = differing(Some(before?), Some(after?)).into_iter().map(|f| f.field).collect();
    Some(named(&names))
}

fn named(names: &[String]) -> String {
    json!({ "changed": names }).to_string()
}

/// The names of the fields that changed, where nothing but these is kept.
pub fn changed_names(contents: &str) -> Vec<String> {
    let all = object(contents);
    let names = all.get("changed").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// All names that either of two changes names.
pub(crate) fn joined_names(one: Option<String>, other: Option<String>) -> Option<String> {
    let (Some(a), Some(b)) = (&one, &other) else { return one.or(other) };
    let mut names = changed_names(a);
    names.extend(changed_names(b));
    names.sort_unstable();
    names.dedup();
    Some(named(&names))
}

/// The fields of both; where both have one, that of the first counts.
pub(crate) fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    let (Some(a), Some(b)) = (&first, &second) else { return first.or(second) };
    let mut all = object(b);
    all.extend(object(a));
    Some(Value::Object(all).to_string())
}

/// The fields in which two states of a record differ, in the order of their names. The version is none of them: every change
/// has another.
pub fn differing(before: Option<&str>, after: Option<&str>) -> Vec<FieldChange> {
    let (mut was, is) = (before.map(fields).unwrap_or_default(), after.map(fields).unwrap_or_default());
    let mut all: Vec<FieldChange> = Vec::new();
    for (field, value) in is {
        let old = was.remove(&field);
        // What a record says nothing of is no news where the record itself is.
        let nothing = |v: &Value| matches!(v, Value::Null) || *v == json!({}) || *v == json!([]);
        if old.as_ref() != Some(&value) && !(before.is_none() && nothing(&value)) {
            all.push(FieldChange { field, before: old, after: Some(value) });
        }
    }
    all.extend(was.into_iter().map(|(field, value)| FieldChange { field, before: Some(value), after: None }));
    all.sort_by(|a, b| a.field.cmp(&b.field));
    all
}

/// The fields of a record, those of its head among them.
fn fields(contents: &str) -> BTreeMap<String, Value> {
    let mut all = object(contents);
    if let Some(Value::Object(head)) = all.remove("head") {
        all.extend(head.into_iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "version")));
    }
    all.into_iter().collect()
}

fn object(contents: &str) -> Map<String, Value> {
    serde_json::from_str(contents).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str =
        r#"{"head":{"id":"1","code":"A","visibility":"public","effective":"public","version":1},"title":{"vi":"a"},"note":{}}"#;
    const NEW: &str =
        r#"{"head":{"id":"1","code":"A","visibility":"draft","effective":"draft","version":2},"title":{"vi":"b"},"note":{}}"#;

    #[test]
    fn the_fields_that_differ_are_named_with_what_they_held() {
        let names: Vec<String> = differing(Some(OLD), Some(NEW)).into_iter().map(|f| f.field).collect();
        assert_eq!(names, ["effective", "title", "visibility"]);
        assert_eq!(differing(Some(OLD), Some(OLD)), []);
        let made: Vec<String> = differing(None, Some(NEW)).into_iter().map(|f| f.field).collect();
        assert_eq!(made, ["code", "effective", "title", "visibility"], "what says nothing is not told");
        assert!(differing(Some(NEW), None).iter().all(|f| f.after.is_none()));
    }

    #[test]
    fn of_persons_only_names_of_fields_are_kept() {
        let kept = names_only(Some(OLD), Some(NEW)).unwrap();
        assert_eq!(kept, r#"{"changed":["effective","title","visibility"]}"#);
        assert_eq!(names_only(None, Some(NEW)), None);
        let more = joined_names(Some(kept), Some(r#"{"changed":["name","title"]}"#.into())).unwrap();
        assert_eq!(changed_names(&more), ["effective", "name", "title", "visibility"]);
    }

    #[test]
    fn a_level_is_set_in_what_is_said() {
        let hidden = with_level(Some(OLD), 0).unwrap();
        assert_eq!(differing(Some(OLD), Some(&hidden)).len(), 1);
        assert!(with_level(Some(OLD), -1).unwrap().contains("archived"));
        assert_eq!(with_level(None, 3), None);
    }

    #[test]
    fn what_is_told_twice_in_one_unit_is_joined() {
        let first = Some(r#"{"a":1,"b":2}"#.to_owned());
        let all = joined(first, Some(r#"{"b":3,"c":4}"#.into())).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&all).unwrap(), json!({ "a": 1, "b": 2, "c": 4 }));
    }
}

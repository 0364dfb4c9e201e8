//! Every kind that can be written, found by asking the schema: a minimal record of each is made, changed, read back, archived
//! and restored, and a stranger is refused each time.

use std::collections::BTreeMap;

use ketnoi_domain::Coded as _;
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Map, Value, json};

use crate::support::Portal;

const SCHEMA: &str = "{ __schema { types { name kind enumValues { name } inputFields { name type { ...t } }
    fields { name args { name type { ...t } } type { ...t } } } } }
    fragment t on __Type { name kind ofType { name kind ofType { name kind ofType { name kind ofType { name kind } } } } }";

/// What the schema says can be written.
struct Writable {
    types: BTreeMap<String, Value>,
}

/// A kind that can be written.
#[derive(Clone, Debug)]
struct Kind {
    /// The type of its records.
    node: String,
    /// The field of the payload that holds the record.
    single: String,
    create: String,
    update: String,
}

/// Ids of records, by the names of the fields that point at them.
type Known = BTreeMap<String, String>;

fn text(of: &Value) -> String {
    of.as_str().unwrap().to_owned()
}

fn items(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn named(mut of: &Value) -> String {
    while of["name"].is_null() {
        of = &of["ofType"];
    }
    text(&of["name"])
}

/// Under which names others point at a record of a type.
fn pointed_at_as(node: &str) -> &'static [&'static str] {
    match node {
        "Organisation" => &["organisation", "funder", "contributor", "subjectId", "network"],
        "LocalAuthority" => &["authority"],
        "Cluster" => &["cluster"],
        "Programme" => &["programme"],
        "Result" => &["result"],
        "Indicator" => &["indicator"],
        "Fund" => &["fund"],
        "Community" => &["community"],
        "Document" => &["document"],
        "Event" => &["event"],
        "RoadMap" => &["roadMap"],
        "Recommendation" => &["recommendation"],
        "Dialogue" => &["dialogue"],
        "Partnership" => &["partnership"],
        "Person" => &["person"],
        _ => &[],
    }
}

impl Writable {
    async fn of(portal: &Portal) -> Self {
        let data = portal.data(SCHEMA).await;
        Self { types: items(&data["__schema"]["types"]).map(|t| (text(&t["name"]), t.clone())).collect() }
    }

    fn mutations(&self) -> Vec<String> {
        items(&self.types["Mutation"]["fields"]).map(|f| text(&f["name"])).collect()
    }

    /// The kinds that can be written: those whose payload holds a record that was saved.
    fn kinds(&self) -> Vec<Kind> {
        let kind = |f: &Value| {
            let (create, payload) = (text(&f["name"]), named(&f["type"]));
            let what = create.strip_prefix("create")?;
            if payload != format!("Save{what}Payload") {
                return None;
            }
            let record = items(&self.types[&payload]["fields"]).find(|f| f["name"] != "errors").unwrap();
            let (single, node) = (text(&record["name"]), named(&record["type"]));
            Some(Kind { node, single, update: format!("update{what}"), create })
        };
        items(&self.types["Mutation"]["fields"]).filter_map(kind).collect()
    }

    fn input(&self, field: &str) -> String {
        let mutation = items(&self.types["Mutation"]["fields"]).find(|f| f["name"] == field).unwrap();
        named(&items(&mutation["args"]).find(|a| a["name"] == "input").unwrap()["type"])
    }

    /// The least that an input holds; nothing while something that it must point at is not there.
    fn least(&self, input: &str, known: &Known) -> Option<Map<String, Value>> {
        let mut least = Map::new();
        for field in items(&self.types[input]["inputFields"]).filter(|f| f["type"]["kind"] == "NON_NULL") {
            let name = text(&field["name"]);
            let value = self.value(&field["type"], &name, known)?;
            least.insert(name, value);
        }
        Some(least)
    }

    fn value(&self, of: &Value, field: &str, known: &Known) -> Option<Value> {
        match of["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(&of["ofType"], field, known),
            "LIST" => Some(json!([self.value(&of["ofType"], field, known)?])),
            "ENUM" => Some(self.types[of["name"].as_str().unwrap()]["enumValues"][0]["name"].clone()),
            "INPUT_OBJECT" => match of["name"].as_str().unwrap() {
                // Both ends may be left out, and a period of which nothing is known is none.
                "PeriodInput" => Some(json!({ "from": "2025-01", "to": "2025-06" })),
                other => self.least(other, known).map(Value::Object),
            },
            _ => match (of["name"].as_str().unwrap(), field) {
                ("ID", _) => known.get(field).map(|id| json!(id)),
                ("Currency", "base") => Some(json!("USD")),
                ("Currency", _) => Some(json!("VND")),
                ("Int", _) => Some(json!(1)),
                ("Boolean", _) => Some(json!(true)),
                ("Decimal", _) => Some(json!("1.5")),
                ("Date" | "PartialDateInput", _) => Some(json!("2025-01-02")),
                // It is a country, and whatever else is asked for.
                ("String", _) => Some(json!("VN")),
                (other, _) => panic!("{field} is a {other}: say what the least of that is"),
            },
        }
    }

    /// The least input of a kind, with what its rules ask for beyond the schema.
    fn least_of(&self, kind: &Kind, known: &Known) -> Option<Map<String, Value>> {
        let mut least = self.least(&self.input(&kind.create), known)?;
        least.insert("code".into(), json!(format!("T-{}", kind.node)));
        match kind.node.as_str() {
            "Membership" => {
                least.insert("organisation".into(), json!(known.get("organisation")?));
                least.insert("network".into(), json!(known.get("network")?));
                // Made of those two.
                least.remove("code");
            }
            "Partnership" => {
                least.insert("parties".into(), json!(["city-1", "city-2"]));
            }
            "PartnershipParty" => {
                least.insert("authority".into(), json!("city-3"));
            }
            _ => {}
        }
        Some(least)
    }
}

/// Asks for a change, and gives what the payload says.
async fn change(portal: &Portal, field: &str, input: &str, asked: &str, value: Value) -> Value {
    let query = format!(
        "mutation ($input: {input}!) {{ {field}(input: $input) {{ {asked} errors {{ code path message currentVersion }} }} }}"
    );
    portal.ask(&query, json!({ "input": value })).await.data()[field].clone()
}

async fn forbidden(stranger: &Portal, field: &str, input: &str, value: Value) {
    let query = format!("mutation ($input: {input}!) {{ {field}(input: $input) {{ errors {{ code }} }} }}");
    let reply = stranger.ask(&query, json!({ "input": value })).await;
    assert_eq!(reply.code(), "FORBIDDEN", "{field}: {}", reply.text);
}

#[actix_web::test]
async fn every_kind_is_made_changed_archived_and_restored_and_by_no_stranger() {
    on_both_databases(async |db: TestDb| {
        let (officer, stranger) = (Portal::administrator(&db), Portal::stranger(&db));
        let writable = Writable::of(&officer).await;
        let (mut known, mut done) = (Known::new(), Vec::new());
        for (code, country) in [("city-1", "VN"), ("city-2", "FR"), ("city-3", "VN")] {
            let names = json!([{ "translations": [{ "lang": "EN", "text": code }] }]);
            let city = json!({ "code": code, "level": "CITY", "country": country, "names": names });
            let made = change(&officer, "createLocalAuthority", "CreateLocalAuthorityInput", "localAuthority { id }", city).await;
            assert_eq!(made["errors"], json!([]), "{made}");
        }
        let mut waiting = writable.kinds();
        assert_eq!(waiting.len(), ketnoi_domain::Kind::ALL.len() - 1, "every kind but the ballot, which is cast");
        assert!(!writable.mutations().iter().any(|m| m == "createBallot" || m == "updateBallot"));
        while !waiting.is_empty() {
            let ready: Vec<Kind> = waiting.iter().filter(|k| writable.least_of(k, &known).is_some()).cloned().collect();
            assert!(!ready.is_empty(), "these wait for one another: {waiting:?}");
            waiting.retain(|k| !ready.iter().any(|r| r.node == k.node));
            for kind in ready {
                let least = writable.least_of(&kind, &known).unwrap();
                let id = written(&writable, (&officer, &stranger), &kind, Value::Object(least)).await;
                known.extend(pointed_at_as(&kind.node).iter().map(|name| ((*name).to_owned(), id.clone())));
                done.push(kind.node);
            }
        }
        done.sort();
        done
    })
    .await;
}

/// Makes, changes, reads, archives and restores a record of a kind; gives its id.
async fn written(writable: &Writable, (officer, stranger): (&Portal, &Portal), kind: &Kind, least: Value) -> String {
    let (create, update) = (writable.input(&kind.create), writable.input(&kind.update));
    let asked = format!("{} {{ id code version illustrative }}", kind.single);
    forbidden(stranger, &kind.create, &create, least.clone()).await;
    let made = change(officer, &kind.create, &create, &asked, least.clone()).await;
    assert_eq!(made["errors"], json!([]), "{}: {least}", kind.create);
    let record = &made[&kind.single];
    assert_eq!((&record["version"], &record["illustrative"]), (&json!(1), &json!(false)), "{}: {made}", kind.create);
    let id = text(&record["id"]);

    // By its code, as people have it at hand.
    let mend = json!({ "id": record["code"], "expectedVersion": 1, "illustrative": true });
    forbidden(stranger, &kind.update, &update, mend.clone()).await;
    let changed = change(officer, &kind.update, &update, &asked, mend.clone()).await;
    assert_eq!(changed["errors"], json!([]), "{}", kind.update);
    assert_eq!((&changed[&kind.single]["version"], &changed[&kind.single]["illustrative"]), (&json!(2), &json!(true)));
    let late = change(officer, &kind.update, &update, &asked, mend).await;
    assert_eq!((&late["errors"][0]["code"], &late["errors"][0]["currentVersion"]), (&json!("CONFLICT"), &json!(2)));

    let node = format!("{{ node(id: \"{id}\") {{ __typename id }} }}");
    assert_eq!(officer.data(&node).await["node"], json!({ "__typename": kind.node, "id": id }));
    let away = json!({ "id": id, "expectedVersion": 2, "reason": "to see whether it can be" });
    forbidden(stranger, "archiveRecord", "ArchiveRecordInput", away.clone()).await;
    let archived = change(officer, "archiveRecord", "ArchiveRecordInput", "id", away).await;
    assert_eq!((&archived["errors"], &archived["id"]), (&json!([]), &json!(id)), "{}", kind.node);
    assert_eq!(officer.data(&node).await["node"], Value::Null, "{} is archived", kind.node);
    let back = json!({ "id": id });
    forbidden(stranger, "restoreRecord", "RestoreRecordInput", back.clone()).await;
    let restored = change(officer, "restoreRecord", "RestoreRecordInput", "node { id }", back).await;
    assert_eq!((&restored["errors"], &restored["node"]["id"]), (&json!([]), &json!(id)), "{}", kind.node);
    id
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field() {
    on_both_databases(async |db: TestDb| {
        let officer = Portal::administrator(&db);
        let text = |text: &str| json!([{ "lang": "EN", "text": text }]);
        let wrong = json!({
            "code": "two words",
            "level": "COMPONENT",
            "title": text(" "),
            "partnership": "nobody",
            "planned": { "from": "2024", "to": "2020" },
            "sectors": [{ "code": "14022", "percentage": "120" }],
            "recipientCountries": [{ "code": "Viet Nam" }],
            "places": [{ "authority": "nowhere" }],
        });
        let made = change(&officer, "createProgramme", "CreateProgrammeInput", "programme { id }", wrong).await;
        assert_eq!(made["programme"], Value::Null);
        let mut paths: Vec<String> = items(&made["errors"]).map(|e| e["path"].as_str().unwrap().to_owned()).collect();
        paths.sort();
        paths.dedup();
        let expected = [
            "code",
            "parent",
            "partnership",
            "places.0.authority",
            "planned",
            "recipientCountries",
            "sectors.0.percentage",
            "title",
        ];
        assert_eq!(paths, expected, "{made}");
    })
    .await;
}

#[actix_web::test]
async fn what_is_left_out_stays_and_null_makes_it_unknown() {
    on_both_databases(async |db: TestDb| {
        let officer = Portal::administrator(&db);
        let title = json!([{ "lang": "EN", "text": "A programme" }]);
        let new = json!({ "code": "PRO", "level": "PROGRAMME", "title": title, "acronym": "P.", "status": "CLOSED" });
        let asked = "programme { title acronym status version }";
        change(&officer, "createProgramme", "CreateProgrammeInput", asked, new).await;
        let mend = json!({ "id": "PRO", "expectedVersion": 1, "acronym": null });
        let mended = change(&officer, "updateProgramme", "UpdateProgrammeInput", asked, mend).await;
        let expected = json!({ "title": "A programme", "acronym": null, "status": "CLOSED", "version": 2 });
        assert_eq!(mended["programme"], expected, "{mended}");
        let nothing = json!({ "id": "PRO", "expectedVersion": 2, "level": null });
        let refused = change(&officer, "updateProgramme", "UpdateProgrammeInput", asked, nothing).await;
        assert_eq!((&refused["errors"][0]["code"], &refused["errors"][0]["path"]), (&json!("INVALID"), &json!("level")));
        let unknown = json!({ "id": "NOBODY", "expectedVersion": 1 });
        let refused = change(&officer, "updateProgramme", "UpdateProgrammeInput", asked, unknown).await;
        assert_eq!((&refused["errors"][0]["code"], &refused["errors"][0]["path"]), (&json!("NOT_FOUND"), &json!("id")));
    })
    .await;
}

#[actix_web::test]
async fn counts_of_an_event_are_recorded_together_and_mended_by_doing_so_again() {
    on_both_databases(async |db: TestDb| {
        let officer = Portal::administrator(&db);
        let title = json!([{ "lang": "EN", "text": "A workshop" }]);
        let event = json!({ "code": "W", "kind": "WORKSHOP", "title": title });
        change(&officer, "createEvent", "CreateEventInput", "event { id }", event).await;
        let asked = "participantCounts { category total version }";
        let ask = async |counts: Value| {
            let input = json!({ "event": "W", "counts": counts });
            change(&officer, "recordParticipantCounts", "RecordParticipantCountsInput", asked, input).await
        };
        let wrong = ask(json!([{ "category": "PRESS", "total": 3 }, { "category": "EXPERT", "women": 5, "total": 4 }])).await;
        assert_eq!(wrong["errors"][0]["path"], "counts.1.total", "{wrong}");
        assert_eq!(wrong["participantCounts"], json!([]), "all or none");
        ask(json!([{ "category": "PRESS", "total": 3 }])).await;
        let mended = ask(json!([{ "category": "PRESS", "total": 7 }])).await;
        assert_eq!(mended["participantCounts"], json!([{ "category": "PRESS", "total": 7, "version": 2 }]));
    })
    .await;
}

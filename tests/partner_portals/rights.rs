//! What each viewer finds, by every list, list below a list, code and id of the schema: what the rule says and nothing else.
//!
//! The rule is told once more here, in few words, over the levels and parties of each record as the tables hold them; that
//! those are right is tested where they are kept (`crates/persistence/tests/rights`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ketnoi_domain::{AccountRole, Coded, Identity, Kind, LocalAuthority, Organisation, Viewer};
use ketnoi_registry::import::SourceFile;
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Value, json};

use crate::support::{Portal, Shape};

/// A registry of which most is for partners.
const FILES: &str = include_str!("../../crates/persistence/tests/rights.toml");

/// A record as the tables hold it.
struct Fact {
    level: i64,
    parties: BTreeSet<String>,
}

/// Records by kind and code.
type Facts = BTreeMap<(Kind, String), Fact>;

async fn facts(db: &TestDb) -> Facts {
    let mut all = Facts::new();
    for kind in Kind::ALL {
        let table = kind.name();
        for row in db.sql(&format!("SELECT code, effective FROM \"{table}\"")).await {
            all.insert((*kind, row[0].clone()), Fact { level: row[1].parse().unwrap(), parties: BTreeSet::new() });
        }
        let parties = format!(
            "SELECT t.code, COALESCE(o.code, l.code) FROM reach r INNER JOIN \"{table}\" t ON t.id = r.record_id
            LEFT JOIN organisation o ON o.id = r.party_id LEFT JOIN local_authority l ON l.id = r.party_id"
        );
        for row in db.sql(&parties).await {
            all.get_mut(&(*kind, row[0].clone())).unwrap().parties.insert(row[1].clone());
        }
    }
    all
}

/// One who asks: as the registry knows them, and as the rule here does.
struct Asker {
    name: &'static str,
    viewer: Viewer,
    /// The narrowest level of which they see everything.
    floor: i64,
    party: Option<&'static str>,
}

impl Asker {
    fn sees(&self, fact: &Fact) -> bool {
        fact.level >= self.floor || (fact.level == 2 && self.party.is_some_and(|party| fact.parties.contains(party)))
    }
}

async fn askers(db: &TestDb) -> Vec<Asker> {
    let mut all = vec![
        Asker { name: "stranger", viewer: Viewer::Stranger, floor: 3, party: None },
        Asker { name: "officer", viewer: known(AccountRole::Officer, None), floor: 0, party: None },
    ];
    for (name, role, party) in [
        ("funder", AccountRole::Funder, "A"),
        ("other funder", AccountRole::Funder, "B"),
        ("partner", AccountRole::Partner, "HOST"),
        ("one apart", AccountRole::Partner, "MANAGER"),
    ] {
        let body: Organisation = db.administrator().require(party).await.unwrap();
        let viewer = known(role, Some(body.head.id.uuid()));
        all.push(Asker { name, viewer, floor: 3, party: Some(party) });
    }
    let city: LocalAuthority = db.administrator().require("lyon").await.unwrap();
    let viewer = known(AccountRole::FocalPoint, Some(city.head.id.uuid()));
    all.push(Asker { name: "focal point", viewer, floor: 3, party: Some("lyon") });
    all
}

fn known(role: AccountRole, party: Option<uuid::Uuid>) -> Viewer {
    let (account, name, parties) = (uuid::Uuid::from_u128(1), "known".to_owned(), party.into_iter().collect());
    Viewer::Known(Arc::new(Identity { account, name, role, organisation: None, authority: None, parties, key: None }))
}

/// The kind of a type of the schema.
fn kind_of(node: &str) -> Option<Kind> {
    let mut name = String::new();
    for (i, sign) in node.char_indices() {
        if sign.is_ascii_uppercase() && i > 0 {
            name.push('_');
        }
        name.push(sign.to_ascii_lowercase());
    }
    Kind::from_name(&name)
}

fn codes(list: &Value) -> Vec<String> {
    list["nodes"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap().to_owned()).collect()
}

/// The administrator's answer, without what the asker may not see.
struct Rule<'r> {
    facts: &'r Facts,
    asker: &'r Asker,
}

impl Rule<'_> {
    fn seen(&self, kind: Kind, codes: Vec<String>) -> Vec<String> {
        codes.into_iter().filter(|code| self.asker.sees(&self.facts[&(kind, code.clone())])).collect()
    }

    fn check(&self, question: &str, kind: Kind, all: &Value, told: &Value) {
        let wanted = self.seen(kind, codes(all));
        assert_eq!(codes(told), wanted, "{} asks {question}", self.asker.name);
        assert_eq!(told["totalCount"], json!(wanted.len()), "{} asks {question}", self.asker.name);
    }
}

#[actix_web::test]
async fn every_viewer_finds_by_every_list_what_the_rule_says() {
    on_both_databases(async |db: TestDb| {
        let file = SourceFile { name: "rights.toml".into(), text: FILES.into() };
        let import = db.registry().import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await;
        import.unwrap_or_else(|e| panic!("{e}"));
        let administrator = Portal::known(&db, Viewer::LocalAdministrator);
        let shape = Shape::of(&administrator).await;
        let facts = facts(&db).await;
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for asker in askers(&db).await {
            let portal = Portal::known(&db, asker.viewer.clone());
            let rule = Rule { facts: &facts, asker: &asker };
            for list in shape.lists("Query") {
                let Some(kind) = kind_of(&list.node) else { continue };
                let question = format!("{{ {}(first: 100) {{ totalCount nodes {{ id code }} }} }}", list.field);
                let (all, told) = (administrator.data(&question).await, portal.data(&question).await);
                rule.check(&question, kind, &all[&list.field], &told[&list.field]);
                *found.entry(asker.name.to_owned()).or_default() += codes(&told[&list.field]).len();
                for node in all[&list.field]["nodes"].as_array().unwrap() {
                    let (id, code) = (node["id"].as_str().unwrap(), node["code"].as_str().unwrap());
                    let single = shape.single(&list.node);
                    let one =
                        portal.data(&format!("{{ node(id: \"{id}\") {{ id }} {single}(code: \"{code}\") {{ id }} }}")).await;
                    let wanted = if asker.sees(&facts[&(kind, code.to_owned())]) { json!({ "id": id }) } else { Value::Null };
                    assert_eq!((&one["node"], &one[&single]), (&wanted, &wanted), "{} asks for {} {code}", asker.name, list.node);
                }
                for inner in shape.lists(&list.node) {
                    let Some(below) = kind_of(&inner.node) else { continue };
                    let question = format!(
                        "{{ {}(first: 100) {{ nodes {{ code {}(first: 100) {{ totalCount nodes {{ code }} }} }} }} }}",
                        list.field, inner.field
                    );
                    let (all, told) = (administrator.data(&question).await, portal.data(&question).await);
                    let told: BTreeMap<&str, &Value> = told[&list.field]["nodes"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|n| (n["code"].as_str().unwrap(), &n[&inner.field]))
                        .collect();
                    for node in all[&list.field]["nodes"].as_array().unwrap() {
                        if let Some(told) = told.get(node["code"].as_str().unwrap()) {
                            rule.check(&question, below, &node[&inner.field], told);
                        }
                    }
                }
            }
        }
        // Who is told nothing proves nothing.
        assert!(found["officer"] > found["funder"] && found["funder"] > found["stranger"], "{found:?}");
        assert!(found["focal point"] > found["stranger"] && found["one apart"] > found["stranger"], "{found:?}");
        found
    })
    .await;
}

#[actix_web::test]
async fn a_funder_is_told_of_others_money_as_one_total_and_of_few_people_nothing() {
    on_both_databases(async |db: TestDb| {
        let file = SourceFile { name: "rights.toml".into(), text: FILES.into() };
        db.registry().import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.unwrap();
        let query = "{ programmes { nodes { code fundedByOthers { agreed { amount currency } spent { amount currency } } } }
            participantCounts(orderBy: { field: TOTAL, direction: DESC }) { nodes { women men total people withheld } } }";
        let body: Organisation = db.administrator().require("A").await.unwrap();
        let funder = Portal::known(&db, known(AccountRole::Funder, Some(body.head.id.uuid()))).data(query).await;
        let of = |code: &str| {
            let nodes = funder["programmes"]["nodes"].as_array().unwrap();
            nodes.iter().find(|n| n["code"] == code).unwrap()["fundedByOthers"].clone()
        };
        let cad = |amount: &str| json!([{ "amount": amount, "currency": "CAD" }]);
        assert_eq!(of("P"), json!({ "agreed": cad("40.00"), "spent": cad("12.00") }));
        assert_eq!(Portal::administrator(&db).data(query).await["programmes"]["nodes"][0]["fundedByOthers"], Value::Null);

        let host: Organisation = db.administrator().require("HOST").await.unwrap();
        let host = Portal::known(&db, known(AccountRole::Partner, Some(host.head.id.uuid()))).data(query).await;
        let counts = host["participantCounts"]["nodes"].as_array().unwrap();
        assert_eq!(counts[0], json!({ "women": null, "men": null, "total": 23, "people": 23, "withheld": true }));
        assert_eq!(counts[1], json!({ "women": 9, "men": 8, "total": null, "people": 17, "withheld": false }));
    })
    .await;
}

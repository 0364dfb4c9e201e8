//! "All that Canada funded", under every name that Canada's departments had.

use ketnoi_domain::{Lang, Viewer};
use ketnoi_graphql::http::Limits;
use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::{Value, json};

use super::operations::shipped;
use crate::support::Portal;

async fn portfolio(db: &TestDb, lang: Lang) -> Value {
    let portal = Portal::new(db, Viewer::Stranger, lang, Limits::default());
    portal.ask(shipped("s4_canada_portfolio"), json!({})).await.data().clone()
}

fn items(of: &Value) -> &Vec<Value> {
    of.as_array().unwrap_or_else(|| panic!("no list: {of}"))
}

fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_else(|| panic!("no text: {of}"))
}

fn programme<'v>(data: &'v Value, code: &str) -> &'v Value {
    items(&data["programmes"]["nodes"]).iter().find(|p| p["code"] == code).unwrap_or_else(|| panic!("no {code}"))
}

#[actix_web::test]
async fn canadas_programmes_span_all_its_names_and_keep_the_name_that_the_source_gives() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = portfolio(&db, Lang::En).await;
        let told: Vec<String> = items(&data["programmes"]["nodes"])
            .iter()
            .map(|p| {
                let names: Vec<_> = items(&p["funders"]).iter().map(|f| f["name"].as_str().unwrap()).collect();
                let day = |end: &str| p[end]["value"].as_str().unwrap_or("unknown").to_owned();
                format!("{}: {} to {}, {}", p["code"].as_str().unwrap(), day("start"), day("end"), names.join("; "))
            })
            .collect();
        assert_eq!(
            told,
            [
                "UMP-1998: 1998 to unknown, CIDA; FCM",
                "MPP: 2003 to 2010, Canadian International Development Agency",
                "SEA-UEMA: 2008-10 to 2010-03, Canadian International Development Agency (CIDA)",
                "MPED: 2010-08-02 to 2015-11-30, Canadian International Development Agency (CIDA); \
                 Department of Foreign Affairs, Trade and Development (DFATD)",
                "PMI-LED: 2016 to 2021, Global Affairs Canada",
                "MSWM: 2018 to 2021, Environment Canada",
            ]
        );
        assert_eq!(data["programmes"]["totalCount"], 6);
    })
    .await;
}

#[actix_web::test]
async fn the_department_that_pays_today_leads_back_to_all_that_it_succeeded() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = portfolio(&db, Lang::En).await;
        let before = &data["department"]["predecessors"][0];
        assert_eq!((&before["predecessor"]["code"], &before["kind"]), (&json!("DFATD"), &json!("RENAMED")));
        assert_eq!(before["on"]["value"], "2015-11");
        let merged = items(&before["predecessor"]["predecessors"]);
        let mut codes: Vec<_> = merged.iter().map(|s| (s["predecessor"]["code"].as_str().unwrap(), &s["kind"])).collect();
        codes.sort_by_key(|(code, _)| *code);
        assert_eq!(codes, [("CIDA", &json!("MERGED")), ("DFAIT", &json!("MERGED"))]);
        // The succession of the department of foreign affairs alone leaves the department of the environment out.
        let query = r#"{ programmes(filter: { funder: { eq: "GAC", scope: SUCCESSION } }, orderBy: { field: START }) { nodes { code } } }"#;
        let followed = Portal::stranger(&db).data(query).await;
        let codes: Vec<_> = items(&followed["programmes"]["nodes"]).iter().map(|p| p["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["UMP-1998", "MPP", "SEA-UEMA", "MPED", "PMI-LED"]);
    })
    .await;
}

#[actix_web::test]
async fn both_sources_of_the_amount_of_mped_are_shown_and_one_is_followed() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = portfolio(&db, Lang::En).await;
        let agreements = items(&programme(&data, "MPED")["agreements"]["nodes"]);
        assert_eq!(agreements.len(), 1);
        assert_eq!(agreements[0]["currentCeiling"], json!({ "amount": "18458189.00", "currency": "CAD" }));
        let said: Vec<(&Value, &str, &str, &str)> = items(&agreements[0]["statements"])
            .iter()
            .map(|s| (&s["current"], text(&s["value"]), text(&s["document"]["code"]), text(&s["document"]["publisher"])))
            .collect();
        assert_eq!(
            said,
            [
                (&json!(true), "Maximum contribution of 18,458,189 Canadian dollars", "mped-profile", "Global Affairs Canada"),
                (
                    &json!(false),
                    "A five-year programme of 24.2 million dollars",
                    "fcm-past-programmes",
                    "Federation of Canadian Municipalities (FCM)"
                ),
            ]
        );
        // Without its own source a figure is not a fact: what FCM states stands beside, and in no sum.
        let figures = items(&programme(&data, "MPED")["statedFigures"]);
        let worth = figures.iter().find(|f| f["measure"] == "programme_value_cad").unwrap();
        assert_eq!((&worth["value"], &worth["qualifier"]), (&json!("24200000"), &json!("ABOUT")));
    })
    .await;
}

#[actix_web::test]
async fn no_sum_mixes_currencies_or_counts_an_amount_twice() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = portfolio(&db, Lang::En).await;
        for by in ["byFunder", "bySuccession", "byYear", "bySector"] {
            let mut sums = Vec::new();
            for group in items(&data[by]["groups"]) {
                for measure in ["agreed", "received", "spent"] {
                    let money = items(&group[measure]["byCurrency"]);
                    let mut currencies: Vec<_> = money.iter().map(|m| m["currency"].as_str().unwrap()).collect();
                    currencies.dedup();
                    assert_eq!(currencies.len(), money.len(), "{by}: one sum for each currency");
                    sums.extend(money.iter().map(|m| (measure, m["amount"].as_str().unwrap(), m["currency"].as_str().unwrap())));
                }
            }
            assert_eq!(sums, [("agreed", "18458189.00", "CAD")], "{by}");
        }
        let groups = |by: &str| -> Vec<(Value, Value, Value)> {
            let group = |g: &Value| (g["key"].clone(), g["programmeCount"].clone(), g["withoutAmountCount"].clone());
            items(&data[by]["groups"]).iter().map(group).collect()
        };
        let funder = |code: &str, programmes: u32, without: u32| (json!(code), json!(programmes), json!(without));
        assert_eq!(
            groups("byFunder"),
            [funder("CIDA", 4, 3), funder("DFATD", 1, 0), funder("ECCC", 1, 1), funder("FCM", 1, 1), funder("GAC", 1, 1)]
        );
        assert_eq!(groups("bySuccession"), [funder("ECCC", 1, 1), funder("FCM", 1, 1), funder("GAC", 5, 4)]);
    })
    .await;
}

#[actix_web::test]
async fn a_sum_of_several_currencies_stays_apart_and_says_what_could_not_be_converted() {
    on_both_databases_with_demo(async |db: TestDb| {
        let query = r#"{ portfolio(by: TOTAL) { groups { agreed { byCurrency { amount currency }
            converted(to: "CAD", on: "2026-11-22") { total { amount currency } unconverted { amount currency } rates { base quote } } } } } }"#;
        let data = Portal::stranger(&db).data(query).await;
        let agreed = &data["portfolio"]["groups"][0]["agreed"];
        let money = items(&agreed["byCurrency"]);
        let currencies: Vec<_> = money.iter().map(|m| m["currency"].as_str().unwrap()).collect();
        assert!(currencies.len() > 1 && currencies.is_sorted(), "{currencies:?}");
        assert_eq!(agreed["converted"]["total"]["currency"], "CAD");
        // Each currency is in the total by a rate that is named, or beside it.
        for currency in currencies.iter().filter(|c| **c != "CAD") {
            let used = |r: &Value| r["base"] == **currency || r["quote"] == **currency;
            let told = items(&agreed["converted"]["rates"]).iter().any(used);
            let beside = items(&agreed["converted"]["unconverted"]).iter().any(|m| m["currency"] == **currency);
            assert!(told ^ beside, "{currency}: {agreed}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_city_reads_the_names_of_the_payers_in_vietnamese() {
    on_both_databases_with_demo(async |db: TestDb| {
        let data = portfolio(&db, Lang::Vi).await;
        assert_eq!(programme(&data, "MSWM")["funders"][0]["name"], "Bộ Môi trường Canada");
        assert_eq!(programme(&data, "MSWM")["title"], "Dự án Quản lý chất thải rắn đô thị");
    })
    .await;
}

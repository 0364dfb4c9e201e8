//! Portfolios, and one payer under all its names.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{
    Coded, Lang, Programme,
    portfolio::Dimension,
    query::{Filter, Scope, Test},
};
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, programmes};

fn paid_by(code: &str, scope: Scope) -> Filter {
    Filter::Field("funder", Test::Refers { codes: vec![code.into()], scope })
}

async fn codes(db: &TestDb, filter: &Filter) -> Vec<String> {
    let all: Vec<Programme> = db.stranger().all(filter).await.unwrap();
    all.iter().map(|p| p.head.code.to_string()).collect()
}

#[tokio::test]
async fn all_that_canada_paid_for_is_found_under_all_its_names() {
    on_both_databases_with_demo(async |db: TestDb| {
        let family = codes(&db, &paid_by("CANADA", Scope::Family)).await;
        assert_eq!(family, ["MPED", "MPP", "MSWM", "PMI-LED", "SEA-UEMA", "UMP-1998"]);
        let succession = codes(&db, &paid_by("GAC", Scope::Succession)).await;
        assert_eq!(succession, ["MPED", "MPP", "PMI-LED", "SEA-UEMA", "UMP-1998"], "Environment Canada is another body");
        assert_eq!(codes(&db, &paid_by("GAC", Scope::Itself)).await, ["PMI-LED"]);
        assert_eq!(codes(&db, &paid_by("NOBODY", Scope::Family)).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_portfolio_is_the_same_on_both_databases_by_every_dimension() {
    let all = on_both_databases_with_demo(async |db: TestDb| {
        let mut all = String::new();
        for by in Dimension::ALL {
            let portfolio = db.stranger().portfolio(&Filter::all(), *by).await.unwrap();
            all.push_str(&format!("{}\n", by.name()));
            for g in portfolio.groups {
                let sums = [("agreed", &g.group.agreed), ("received", &g.group.received), ("spent", &g.group.spent)];
                let sums = sums.map(|(what, t)| (what, t.iter().map(|m| m.to_string()).collect::<Vec<_>>().join(" + ")));
                let sums: String = sums.iter().filter(|(_, t)| !t.is_empty()).map(|(what, t)| format!(", {what} {t}")).collect();
                let (n, without) = (g.group.programmes, g.group.without_amount);
                all.push_str(&format!(
                    "  {} ({}): {n}, {without} without an amount{sums}\n",
                    g.key.as_deref().unwrap_or("-"),
                    g.label.in_lang(Lang::Vi)
                ));
            }
        }
        all
    })
    .await;
    insta::assert_snapshot!("portfolio", all);
}

#[tokio::test]
async fn a_portfolio_of_more_programmes_than_a_statement_takes_values_is_whole() {
    on_both_databases(async |db: TestDb| {
        // Lists of ids are filled up to a power of two; SQLite takes 32,766 values in one statement.
        let mut bulk = programmes(17_000);
        bulk.participations.clear();
        db.put(&bulk).await;
        let portfolio = db.stranger().portfolio(&Filter::all(), Dimension::Total).await.unwrap();
        assert_eq!(portfolio.groups.iter().map(|g| g.group.programmes).sum::<usize>(), 17_000);
    })
    .await;
}

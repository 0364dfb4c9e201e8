//! Each shipped operation, run as it stands on the demonstration registry.

use ketnoi_domain::{Lang, Viewer};
use ketnoi_graphql::http::Limits;
use ketnoi_test_support::{TestDb, on_both_databases_with_demo};
use serde_json::json;

use crate::support::Portal;

/// The operations that we ship, in the language of those who ask them most.
pub(super) const SHIPPED: [(&str, &str, Lang); 10] = [
    ("s4_partner_history", include_str!("../operations/s4_partner_history.graphql"), Lang::Vi),
    ("s4_canada_portfolio", include_str!("../operations/s4_canada_portfolio.graphql"), Lang::En),
    ("s4_community_fund", include_str!("../operations/s4_community_fund.graphql"), Lang::Vi),
    ("dashboard_overview", include_str!("../operations/dashboard_overview.graphql"), Lang::Vi),
    ("s1_replication_network", include_str!("../operations/s1_replication_network.graphql"), Lang::Vi),
    ("s1_events_and_recommendations", include_str!("../operations/s1_events_and_recommendations.graphql"), Lang::Vi),
    ("s2_cluster_dialogues", include_str!("../operations/s2_cluster_dialogues.graphql"), Lang::Vi),
    ("s3_mission", include_str!("../operations/s3_mission.graphql"), Lang::En),
    ("s5_bilateral", include_str!("../operations/s5_bilateral.graphql"), Lang::En),
    ("search_da_nang", include_str!("../operations/search_da_nang.graphql"), Lang::Vi),
];

pub(super) fn shipped(name: &str) -> &'static str {
    SHIPPED.iter().find(|(known, ..)| *known == name).unwrap().1
}

#[actix_web::test]
async fn every_shipped_operation_gives_the_same_bytes_on_both_databases() {
    let answers = on_both_databases_with_demo(async |db: TestDb| {
        let mut answers = Vec::new();
        for (name, document, lang) in SHIPPED {
            let portal = Portal::new(&db, Viewer::Stranger, lang, Limits::default());
            let reply = portal.ask(document, json!({})).await;
            reply.data();
            answers.push((name, reply.text));
        }
        answers
    })
    .await;
    for (name, text) in answers {
        insta::assert_snapshot!(name, pretty(&text));
    }
}

/// The answer with a line for each value, in the order in which it came.
fn pretty(text: &str) -> String {
    let mut out = String::with_capacity(2 * text.len());
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        };
        match c {
            _ if quoted => {
                out.push(c);
                quoted = escaped || c != '"';
                escaped = c == '\\' && !escaped;
            }
            '{' | '[' if chars.peek().is_some_and(|next| matches!(next, '}' | ']')) => out.push(c),
            '{' | '[' => {
                depth += 1;
                out.push(c);
                line(&mut out, depth);
            }
            '}' | ']' => {
                if !out.ends_with(['{', '[']) {
                    depth -= 1;
                    line(&mut out, depth);
                }
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => {
                quoted = c == '"';
                out.push(c);
            }
        }
    }
    out
}

#[actix_web::test]
async fn every_shipped_operation_fits_all_limits_and_tells_its_cost() {
    on_both_databases_with_demo(async |db: TestDb| {
        for (name, document, _) in SHIPPED {
            let reply = Portal::stranger(&db).ask(document, json!({})).await;
            reply.data();
            assert!((1..=10_000).contains(&reply.cost()), "{name} costs {}", reply.cost());
        }
    })
    .await;
}

#[actix_web::test]
async fn the_operations_about_partners_and_funds_need_no_rights() {
    on_both_databases_with_demo(async |db: TestDb| {
        for (name, document, lang) in SHIPPED.into_iter().filter(|(name, ..)| name.starts_with("s4_")) {
            let [stranger, administrator] =
                [Viewer::Stranger, Viewer::LocalAdministrator].map(|viewer| Portal::new(&db, viewer, lang, Limits::default()));
            let seen = stranger.ask(document, json!({})).await.text;
            assert_eq!(seen, administrator.ask(document, json!({})).await.text, "{name}");
        }
    })
    .await;
}

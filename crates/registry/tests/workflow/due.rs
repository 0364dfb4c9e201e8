//! The calendar of reports due.

use ketnoi_domain::{Agreement, Id, ReportDue, Visibility};
use ketnoi_persistence::{KeptReport, Signature, UnitOfWork};
use ketnoi_registry::workflow::DueWanted;
use ketnoi_test_support::{NOW, TestDb, head, on_both_databases, organisation, programme};
use uuid::Uuid;

use crate::support::{put, text, year};

#[tokio::test]
async fn the_calendar_tells_which_reports_are_overdue_and_which_were_made() {
    on_both_databases(async |db: TestDb| {
        let (funder, p) = (organisation("F", "Quỹ"), programme("P", "Chương trình"));
        let due = |title: &str, due: &str, delivered: Option<&str>| ReportDue {
            title: text(title),
            due: due.parse().unwrap(),
            delivered: delivered.and_then(|d| d.parse().ok()),
        };
        let agreement = Agreement {
            head: head("P:agreement:1"),
            programme: p.head.id,
            funder: funder.head.id,
            recipient: None,
            title: text("Thỏa thuận"),
            reference: None,
            signed: None,
            period: year("2024", "2027"),
            eligible_cost: None,
            funder_share: None,
            ceiling: None,
            rate_rule: None,
            instalments: Vec::new(),
            amendments: Vec::new(),
            reports_due: vec![
                due("Năm 2026", "2027-03-31", None),
                due("Năm 2024", "2025-03-31", Some("2025-03-20")),
                due("Năm 2025", "2026-03-31", None),
            ],
        };
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        put(&mut unit, &[funder]).await;
        put(&mut unit, &[p]).await;
        put(&mut unit, std::slice::from_ref(&agreement)).await;
        unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "put")).await.unwrap();
        let kept = KeptReport {
            id: Uuid::from_u128(77),
            definition: "programme-summary".into(),
            subject_kind: "programme".into(),
            subject: "P".into(),
            lang: "vi".into(),
            audience: "public".into(),
            brand: None,
            taken: "2026-02-10T08:00:00Z".into(),
            revision: 1,
            pages: 1,
            digest: String::new(),
            pdf: Vec::new(),
        };
        ketnoi_persistence::keep(db.store(), &kept, Visibility::Internal, None).await.unwrap();
        let today = NOW[..10].parse().unwrap();
        let all = db.administrator().reports_due(&DueWanted::default(), today).await.unwrap();
        let told: Vec<(String, bool, usize)> =
            all.iter().map(|d| (d.report.due.to_string(), d.overdue, d.answers.len())).collect();
        assert_eq!(told, [("2025-03-31".into(), false, 0), ("2026-03-31".into(), true, 1), ("2027-03-31".into(), false, 0)]);
        let seen = db.stranger().reports_due(&DueWanted::default(), today).await.unwrap();
        assert!(seen.iter().all(|d| d.answers.is_empty()), "what is kept for the association answers nobody else");
        let wanted = |funder: &str, overdue| DueWanted { funder: Some(funder.into()), overdue, ..DueWanted::default() };
        assert_eq!(db.administrator().reports_due(&wanted("F", Some(true)), today).await.unwrap().len(), 1);
        assert_eq!(db.administrator().reports_due(&wanted("G", None), today).await.unwrap().len(), 0);
        let next = DueWanted { from: "2027".parse().ok(), ..DueWanted::default() };
        assert_eq!(db.administrator().reports_due(&next, today).await.unwrap().len(), 1);
        assert_eq!(all[1].agreement, Id::<Agreement>::from_uuid(agreement.head.id.uuid()));
    })
    .await;
}

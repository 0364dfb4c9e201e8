//! Reports in the background: asked for, leased, made, cancelled, retried, with the rights of whoever asked.

use ketnoi_domain::{Coded as _, Lang, Period, ReportAudience, ReportJobState, Viewer};
use ketnoi_persistence::jobs::lease_report;
use ketnoi_registry::{Author, ReportAsked, UserErrorCode, Worker, WriteError};
use ketnoi_test_support::{NOW, TestDb, on_both_databases_with_demo};

fn local() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

fn summary(subject: &str, audience: ReportAudience) -> ReportAsked {
    let (report, subject) = ("programme-summary".to_owned(), subject.to_owned());
    ReportAsked { report, subject, lang: Lang::En, audience, brand: None, period: Period::default() }
}

/// The paths and codes of what is refused.
fn refused<T: std::fmt::Debug>(done: Result<T, WriteError>) -> Vec<(String, UserErrorCode)> {
    match done {
        Err(WriteError::Refused(errors)) => errors.into_iter().map(|e| (e.path, e.code)).collect(),
        other => panic!("it is refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_report_that_was_asked_for_is_made_and_can_be_fetched() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let job = registry.request_report(&local(), summary("PMI-LED", ReportAudience::Public)).await.unwrap();
        assert_eq!(job.state, ReportJobState::Queued);
        assert!(Worker::new(registry.clone()).one().await.unwrap(), "there was one");
        assert!(!Worker::new(registry.clone()).one().await.unwrap(), "and no other");
        let done = db.administrator().report_job(job.id).await.unwrap().unwrap();
        assert_eq!((done.state, done.problem.clone()), (ReportJobState::Done, None));
        let kept = db.stranger().kept_report(done.kept.unwrap()).await.unwrap().expect("everyone may read a public report");
        assert!(kept.pdf.starts_with(b"%PDF"));
        assert!(db.stranger().report_job(job.id).await.unwrap().is_none(), "who asked for what is not public");
        (kept.subject, kept.audience, kept.pages)
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_is_told_before_anything_waits() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let period = Period { from: Some("2020".parse().unwrap()), to: Some("2019".parse().unwrap()) };
        let asked = ReportAsked { period, brand: Some("none".into()), ..summary("NOBODY", ReportAudience::Public) };
        let wrong = refused(registry.request_report(&local(), asked).await);
        assert_eq!(
            wrong,
            [
                ("to".to_owned(), UserErrorCode::Invalid),
                ("subject".to_owned(), UserErrorCode::NotFound),
                ("brand".to_owned(), UserErrorCode::NotFound)
            ]
        );
        let unknown = ReportAsked { report: "horoscope".into(), ..summary("PMI-LED", ReportAudience::Public) };
        assert_eq!(refused(registry.request_report(&local(), unknown).await), [("report".to_owned(), UserErrorCode::NotFound)]);
        let stranger = Author::of(Viewer::Stranger, Lang::En);
        let forbidden = registry.request_report(&stranger, summary("PMI-LED", ReportAudience::Public)).await;
        assert!(matches!(forbidden, Err(WriteError::Registry(ketnoi_registry::Error::Forbidden(_)))), "{forbidden:?}");
        assert!(db.administrator().report_jobs(None, 10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_is_not_made_until_it_is_asked_for_again() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let worker = Worker::new(registry.clone());
        let job = registry.request_report(&local(), summary("MPED", ReportAudience::Public)).await.unwrap();
        let state = registry.cancel_report(&local(), job.id).await.unwrap().state;
        assert_eq!(state, ReportJobState::Cancelled);
        assert!(!worker.one().await.unwrap());
        assert_eq!(refused(registry.cancel_report(&local(), job.id).await), [("id".to_owned(), UserErrorCode::State)]);
        assert_eq!(registry.retry_report(&local(), job.id).await.unwrap().state, ReportJobState::Queued);
        assert!(worker.one().await.unwrap());
        assert_eq!(refused(registry.retry_report(&local(), job.id).await), [("id".to_owned(), UserErrorCode::State)]);
        db.administrator().report_job(job.id).await.unwrap().unwrap().state.name()
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_is_taken_over_and_the_first_worker_keeps_nothing() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let job = registry.request_report(&local(), summary("MPED", ReportAudience::Public)).await.unwrap();
        // A worker that died: its lease ended before now.
        let before = "2000-01-01T00:00:00Z";
        assert_eq!(lease_report(db.store(), "dead", NOW, before).await.unwrap(), Some(job.id));
        assert!(Worker::new(registry.clone()).one().await.unwrap());
        let done = db.administrator().report_job(job.id).await.unwrap().unwrap();
        assert_eq!((done.state, done.attempts), (ReportJobState::Done, 2));
        // One that ends its worker each time is given up.
        let job = registry.request_report(&local(), summary("MPED", ReportAudience::Public)).await.unwrap();
        for _ in 0..3 {
            assert_eq!(lease_report(db.store(), "dead", NOW, before).await.unwrap(), Some(job.id));
        }
        assert!(!Worker::new(registry.clone()).one().await.unwrap());
        let failed = db.administrator().report_job(job.id).await.unwrap().unwrap();
        assert_eq!(failed.state, ReportJobState::Failed);
        failed.problem
    })
    .await;
}

#[tokio::test]
async fn two_workers_never_take_the_same_report() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        for _ in 0..6 {
            registry.request_report(&local(), summary("MPED", ReportAudience::Public)).await.unwrap();
        }
        let until = "2999-01-01T00:00:00Z";
        let take = async |holder: &str| {
            let mut all = Vec::new();
            while let Some(id) = lease_report(db.store(), holder, NOW, until).await.unwrap() {
                all.push(id);
            }
            all
        };
        let (one, other) = tokio::join!(take("one"), take("other"));
        let mut all = [one, other].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 6);
    })
    .await;
}

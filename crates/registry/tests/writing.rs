//! Writing: everything wrong is told at once, two officers do not overwrite each other, a retry changes nothing twice, and
//! what would break the registry is refused with the field and the rule.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{
    Coded as _, Dialogue, Document, DocumentCategory, Head, Id, Indicator, IndicatorMeasure, IndicatorPeriod, Kind, Lang,
    LocalAuthority, Measured, Measurement, Organisation, Outcome, Partnership, PartnershipKind, PartnershipParty, Period, Place,
    Programme, Record, ResultLevel, Risk, RiskStatus, Statement, SuccessionKind, Text, Viewer, Visibility, query::Filter,
};
use ketnoi_registry::{
    Actual, Author, Claim, Error, Followed, NewHead, Reading, Reference, Saved, UserError, UserErrorCode, Writable, WriteError,
};
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, organisation, programme};
use uuid::Uuid;

fn officer() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

fn called(code: &str) -> NewHead {
    NewHead { code: Some(code.into()), visibility: Some(Visibility::Public), illustrative: false }
}

fn said(text: &str) -> Text {
    Text::new(Lang::En, text)
}

async fn make_organisation(db: &TestDb, code: &str) -> Saved {
    let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation(code, code) };
    db.registry().create::<Organisation>(&officer(), &called(code), build).await.unwrap()
}

async fn make_programme(db: &TestDb, code: &str) -> Saved {
    let build = |_: &mut Reading, head: Head<Programme>| Programme { head, ..programme(code, code) };
    db.registry().create::<Programme>(&officer(), &called(code), build).await.unwrap()
}

fn id<T: Record>(saved: &Saved) -> Id<T> {
    assert_eq!(saved.kind, T::KIND);
    Id::from_uuid(saved.id)
}

fn of<T: Record>(saved: &Saved) -> Reference {
    Reference::id(id::<T>(saved))
}

/// What was wrong: what sort of thing, and where.
fn refused<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<(UserErrorCode, String)> {
    errors(done).into_iter().map(|e| (e.code, e.path)).collect()
}

fn errors<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<UserError> {
    match done {
        Err(WriteError::Refused(errors)) => errors,
        other => panic!("it is not refused: {other:?}"),
    }
}

fn at(code: UserErrorCode, path: &str) -> (UserErrorCode, String) {
    (code, path.to_owned())
}

fn result(programme: Id<Programme>, number: &'static str) -> impl Fn(&mut Reading, Head<Outcome>) -> Outcome {
    move |_, head| Outcome {
        head,
        programme,
        parent: None,
        level: ResultLevel::Output,
        number: number.into(),
        title: said("A result"),
        description: Text::default(),
        assumption: Text::default(),
    }
}

fn risk(programme: Id<Programme>) -> impl Fn(&mut Reading, Head<Risk>) -> Risk {
    move |_, head| Risk {
        head,
        programme,
        title: said("A risk"),
        likelihood: ketnoi_domain::Likelihood::Low,
        impact: ketnoi_domain::Likelihood::High,
        mitigation: Text::default(),
        owner: None,
        status: RiskStatus::Open,
    }
}

#[tokio::test]
async fn records_are_made_changed_archived_and_restored() {
    on_both_databases(async |db: TestDb| {
        let registry = db.registry();
        let saved = make_programme(&db, "PRO").await;
        let pro = id::<Programme>(&saved);
        assert_eq!(saved.version, 1);
        registry.create::<Outcome>(&officer(), &NewHead::default(), result(pro, "1.2")).await.unwrap();
        registry.create::<Risk>(&officer(), &NewHead::default(), risk(pro)).await.unwrap();
        registry.create::<Risk>(&officer(), &NewHead::default(), risk(pro)).await.unwrap();
        let own = NewHead { code: Some("flood".into()), ..NewHead::default() };
        registry.create::<Risk>(&officer(), &own, risk(pro)).await.unwrap();
        let codes = |all: Vec<Risk>| all.iter().map(|r| r.head.code.to_string()).collect::<Vec<_>>();
        let risks = db.stranger().all::<Risk>(&Filter::all()).await.unwrap();
        assert_eq!(codes(risks), ["PRO:risk:1", "PRO:risk:2", "PRO:risk:flood"], "parts are called as the import calls them");
        let outcome: Outcome = db.stranger().require("PRO:result:1.2").await.unwrap();
        assert_eq!((outcome.programme, outcome.head.version), (pro, 1));

        let acronym = |_: &mut Reading, p: &mut Programme| p.acronym = Some("P.".into());
        let changed = registry.update(&officer(), &Reference::code("PRO"), Some(1), acronym).await.unwrap();
        assert_eq!((changed.id, changed.version), (saved.id, 2));
        let again = registry.update(&officer(), &Reference::code("PRO"), Some(2), acronym).await.unwrap();
        assert_eq!(again.version, 2, "what changes nothing is no change");

        let away = registry.archive(&officer(), &of::<Programme>(&saved), Some(2), "entered twice").await.unwrap();
        assert_eq!(away.id, saved.id);
        assert_eq!(db.administrator().by_code::<Programme>("PRO").await.unwrap(), None);
        assert_eq!(db.administrator().count::<Risk>(&Filter::all()).await.unwrap(), 0, "its parts go with it");
        let late = registry.update(&officer(), &of::<Programme>(&saved), None, acronym).await;
        assert_eq!(refused(late), [at(UserErrorCode::State, "id")]);
        let build = |_: &mut Reading, head: Head<Programme>| Programme { head, ..programme("PRO", "Another") };
        let other = registry.create::<Programme>(&officer(), &called("PRO"), build).await;
        assert_eq!(refused(other), [at(UserErrorCode::Taken, "code")], "what is archived keeps its code");

        registry.restore(&officer(), &of::<Programme>(&saved), None).await.unwrap();
        let back: Programme = db.stranger().require("PRO").await.unwrap();
        assert_eq!(back.acronym.as_deref(), Some("P."));
        assert_eq!(db.stranger().count::<Risk>(&Filter::all()).await.unwrap(), 3);
        let twice = registry.restore(&officer(), &of::<Programme>(&saved), None).await;
        assert_eq!(refused(twice), [at(UserErrorCode::State, "id")]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_by_itself_is_a_draft_until_someone_says_otherwise() {
    on_both_databases(async |db: TestDb| {
        let new = NewHead { code: Some("ONE".into()), ..NewHead::default() };
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
        db.registry().create::<Organisation>(&officer(), &new, build).await.unwrap();
        assert_eq!(db.stranger().by_code::<Organisation>("ONE").await.unwrap(), None);
        let one: Organisation = db.administrator().require("ONE").await.unwrap();
        assert_eq!(one.head.effective, Visibility::Draft);
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    on_both_databases(async |db: TestDb| {
        let build = |reading: &mut Reading, head: Head<Programme>| {
            let place =
                |n| Place { authority: Id::from_uuid(Uuid::from_u128(n)), percentage: "60".parse().ok(), note: Text::default() };
            Programme {
                partnership: Some(reading.at("partnership", |r| r.refer(&Reference::code("nobody")))),
                title: Text::default(),
                planned: Period { from: "2024".parse().ok(), to: "2020".parse().ok() },
                places: vec![place(1), place(2)],
                ..Programme { head, ..programme("PRO", "x") }
            }
        };
        let new = NewHead { code: Some("a:b".into()), ..NewHead::default() };
        let wrong = errors(db.registry().create::<Programme>(&officer(), &new, build).await);
        let mut told_at: Vec<(UserErrorCode, &str)> = wrong.iter().map(|e| (e.code, e.path.as_str())).collect();
        told_at.sort_by_key(|(_, path)| *path);
        told_at.dedup();
        let expected = [
            (UserErrorCode::Invalid, "code"),
            (UserErrorCode::NotFound, "partnership"),
            (UserErrorCode::NotFound, "places"),
            (UserErrorCode::Invalid, "planned"),
            (UserErrorCode::Invalid, "title"),
        ];
        assert_eq!(told_at, expected, "{wrong:?}");
        assert!(wrong.iter().all(|e| !e.message.is_empty() && !e.message.contains("no-such")), "{wrong:?}");
        assert_eq!(db.administrator().revision().await.unwrap(), 0, "nothing was written");

        // The same, to one who reads Vietnamese.
        let author = Author::of(Viewer::LocalAdministrator, Lang::Vi);
        let told = errors(db.registry().create::<Programme>(&author, &new, build).await);
        assert!(told.iter().zip(&wrong).any(|(vi, en)| vi.message != en.message));
    })
    .await;
}

#[tokio::test]
async fn percentages_that_are_no_whole_are_refused() {
    on_both_databases_with_demo(async |db: TestDb| {
        let authorities = db.stranger().all::<LocalAuthority>(&Filter::all()).await.unwrap();
        let build = |_: &mut Reading, head: Head<Programme>| {
            let place = |a: &LocalAuthority| Place { authority: a.head.id, percentage: "60".parse().ok(), note: Text::default() };
            Programme { places: authorities.iter().take(2).map(place).collect(), ..Programme { head, ..programme("X", "x") } }
        };
        let wrong = errors(db.registry().create::<Programme>(&officer(), &called("X"), build).await);
        assert_eq!(wrong.iter().map(|e| e.path.as_str()).collect::<Vec<_>>(), ["places"]);
        assert!(wrong[0].message.contains("100"), "{}", wrong[0].message);
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_who_save_one_wins_and_the_other_is_told_the_version() {
    on_both_databases(async |db: TestDb| {
        make_programme(&db, "PRO").await;
        let named = |acronym: &'static str| move |_: &mut Reading, p: &mut Programme| p.acronym = Some(acronym.into());
        let (officer, which) = (officer(), Reference::code("PRO"));
        let (first, second) = tokio::join!(
            db.registry().update(&officer, &which, Some(1), named("A")),
            db.registry().update(&officer, &which, Some(1), named("B")),
        );
        let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(won.unwrap().version, 2);
        let lost = errors(lost);
        assert_eq!((lost[0].code, lost[0].path.as_str()), (UserErrorCode::Conflict, "expectedVersion"));
        assert_eq!(lost[0].current_version, Some(2));
    })
    .await;
}

#[tokio::test]
async fn fifty_retries_of_one_key_make_one_record_and_get_one_answer() {
    on_both_databases(async |db: TestDb| {
        let claim = Claim { key: "k/createOrganisation".into(), digest: "0a".into() };
        let author = Author { claim: Some(claim), ..officer() };
        let mut retries = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (registry, author) = (db.registry().clone(), author.clone());
            retries.spawn(async move {
                let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
                registry.create::<Organisation>(&author, &called("ONE"), build).await
            });
        }
        let answers: Vec<Saved> = retries.join_all().await.into_iter().map(|done| done.unwrap()).collect();
        assert_eq!(answers.len(), 50);
        assert!(answers.iter().all(|a| *a == answers[0]), "all get the first answer");
        assert_eq!(db.administrator().count::<Organisation>(&Filter::all()).await.unwrap(), 1);
        assert_eq!(db.administrator().revision().await.unwrap(), 1, "one effect");

        let other = Claim { key: "k/createOrganisation".into(), digest: "0b".into() };
        let author = Author { claim: Some(other), ..officer() };
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("TWO", "Two") };
        let reused = db.registry().create::<Organisation>(&author, &called("TWO"), build).await;
        assert_eq!(refused(reused), [at(UserErrorCode::KeyReused, "")]);
    })
    .await;
}

#[tokio::test]
async fn a_key_stays_used_even_if_what_was_done_under_it_changed_nothing() {
    on_both_databases(async |db: TestDb| {
        make_programme(&db, "ONE").await;
        let named = |name: &'static str| move |_: &mut Reading, p: &mut Programme| p.acronym = Some(name.into());
        let update = async |author: &Author, name: &'static str| {
            db.registry().update(author, &Reference::code("ONE"), None, named(name)).await
        };
        update(&officer(), "A").await.unwrap();
        let under = |digest: &str| {
            let claim = Claim { key: "k/updateProgramme".into(), digest: digest.into() };
            Author { claim: Some(claim), ..officer() }
        };
        let first = update(&under("0a"), "A").await.unwrap();
        let entries = db.sql("SELECT COUNT(*) FROM audit_entry").await;
        assert_eq!((first.version, db.administrator().revision().await.unwrap()), (2, 2), "what changes nothing is no change");
        assert_eq!(entries, [["2"]]);
        update(&officer(), "B").await.unwrap();
        assert_eq!(update(&under("0a"), "A").await.unwrap(), first, "a late retry gets the first answer");
        let one: Programme = db.stranger().require("ONE").await.unwrap();
        assert_eq!((one.acronym.as_deref(), db.administrator().revision().await.unwrap()), (Some("B"), 3));
        assert_eq!(refused(update(&under("0b"), "C").await), [at(UserErrorCode::KeyReused, "")]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_a_part_of_itself_and_nothing_follows_itself() {
    on_both_databases(async |db: TestDb| {
        let (a, b) = (make_organisation(&db, "A").await, make_organisation(&db, "B").await);
        let (a, b) = (id::<Organisation>(&a), id::<Organisation>(&b));
        let below = |parent: Id<Organisation>| move |_: &mut Reading, o: &mut Organisation| o.parent = Some(parent);
        db.registry().update(&officer(), &Reference::id(b), Some(1), below(a)).await.unwrap();
        let circle = db.registry().update(&officer(), &Reference::id(a), Some(1), below(b)).await;
        assert_eq!(refused(circle), [at(UserErrorCode::Invalid, "parent")]);

        let after = |before: Id<Organisation>| {
            move |reading: &mut Reading, _: &mut Organisation| {
                let followed = Followed { predecessor: before.uuid(), kind: SuccessionKind::Renamed, on: None };
                reading.asked().successor_of = Some(vec![followed]);
            }
        };
        db.registry().update(&officer(), &Reference::id(b), None, after(a)).await.unwrap();
        assert_eq!(db.administrator().all_successions::<Organisation>().await.unwrap().len(), 1);
        let circle = db.registry().update(&officer(), &Reference::id(a), None, after(b)).await;
        assert_eq!(refused(circle), [at(UserErrorCode::Invalid, "successorOf")]);
        assert_eq!(db.administrator().all_successions::<Organisation>().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_part_does_not_point_into_another_whole() {
    on_both_databases(async |db: TestDb| {
        let (one, two) = (make_programme(&db, "ONE").await, make_programme(&db, "TWO").await);
        let registry = db.registry();
        let foreign = registry.create::<Outcome>(&officer(), &NewHead::default(), result(id(&two), "1")).await.unwrap();
        let foreign = id::<Outcome>(&foreign);
        let below = result(id(&one), "1");
        let build = |r: &mut Reading, head: Head<Outcome>| Outcome { parent: Some(foreign), ..below(r, head) };
        let wrong = registry.create::<Outcome>(&officer(), &NewHead::default(), build).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "parent")]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_dialogue_is_not_changed() {
    on_both_databases_with_demo(async |db: TestDb| {
        for (code, status) in [("MH-DT-2023", "published"), ("MH-DT-2024", "closed")] {
            let dialogue: Dialogue = db.administrator().require(code).await.unwrap();
            assert_eq!(dialogue.status.name(), status);
            let rename = |_: &mut Reading, d: &mut Dialogue| d.title = Text::new(Lang::En, "Another");
            let wrong = db.registry().update(&officer(), &Reference::code(code), None, rename).await;
            assert_eq!(refused(wrong), [at(UserErrorCode::State, "")]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_partnership_is_made_with_two_parties_of_two_countries_and_keeps_them() {
    on_both_databases_with_demo(async |db: TestDb| {
        let all = db.stranger().all::<LocalAuthority>(&Filter::all()).await.unwrap();
        let home = all.iter().find(|a| a.country == "VN").unwrap().head.id;
        let abroad = all.iter().find(|a| a.country != "VN").unwrap().head.id;
        let with = |parties: Vec<Id<LocalAuthority>>| {
            move |reading: &mut Reading, head: Head<Partnership>| {
                reading.asked().parties.clone_from(&parties);
                Partnership {
                    head,
                    kind: PartnershipKind::Twinning,
                    title: said("Two cities"),
                    description: Text::default(),
                    period: Period::default(),
                    status: None,
                    sectors: Vec::new(),
                }
            }
        };
        let registry = db.registry();
        let alone = registry.create::<Partnership>(&officer(), &called("TWIN"), with(vec![home])).await;
        assert_eq!(refused(alone), [at(UserErrorCode::Invalid, "parties")]);
        let saved = registry.create::<Partnership>(&officer(), &called("TWIN"), with(vec![home, abroad])).await.unwrap();
        let parties: Vec<PartnershipParty> = db.stranger().all_children(("partnership_id", &[saved.id])).await.unwrap();
        assert_eq!(parties.len(), 2);
        assert!(parties.iter().all(|p| p.head.code.as_str().starts_with("TWIN:party:")));
        let leave = registry.archive(&officer(), &Reference::id(parties[0].head.id), Some(1), "left").await;
        assert_eq!(refused(leave), [at(UserErrorCode::State, "id")]);
    })
    .await;
}

#[tokio::test]
async fn the_sources_of_a_record_are_noted_with_it() {
    on_both_databases(async |db: TestDb| {
        let page = |_: &mut Reading, head: Head<Document>| Document {
            head,
            title: said("A page"),
            category: DocumentCategory::WebPage,
            publisher: None,
            published: None,
            modified: None,
            url: None,
            language: None,
            note: Text::default(),
            programme: None,
            organisation: None,
            event: None,
        };
        db.registry().create::<Document>(&officer(), &called("page"), page).await.unwrap();
        let build = |reading: &mut Reading, head: Head<Organisation>| {
            let source = reading.at("sources", |r| r.item(0, |r| r.refer(&Reference::code("page"))));
            reading.asked().sources = vec![source];
            Organisation { head, ..organisation("ONE", "One") }
        };
        let saved = db.registry().create::<Organisation>(&officer(), &called("ONE"), build).await.unwrap();
        let statement: Statement = db.stranger().require("ONE:organisation:page").await.unwrap();
        assert_eq!((statement.subject.kind, statement.subject.id), (Kind::Organisation, saved.id));
        assert!(statement.current && statement.property.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_actuals_of_a_period_are_all_reported_or_none() {
    on_both_databases(async |db: TestDb| {
        let registry = db.registry();
        let pro = make_programme(&db, "PRO").await;
        let one = registry.create::<Outcome>(&officer(), &NewHead::default(), result(id(&pro), "1")).await.unwrap();
        let result = id::<Outcome>(&one);
        let indicator = |number: &'static str, measure| {
            move |_: &mut Reading, head: Head<Indicator>| Indicator {
                head,
                result,
                number: number.into(),
                title: said("An indicator"),
                measure,
                unit: Text::default(),
                cumulative: false,
                ascending: true,
                verification: Text::default(),
                baseline: None,
            }
        };
        let measures = [("1.a", IndicatorMeasure::Unit), ("1.b", IndicatorMeasure::Percentage)];
        let mut indicators = Vec::new();
        for (number, measure) in measures {
            let saved = registry.create::<Indicator>(&officer(), &NewHead::default(), indicator(number, measure)).await;
            indicators.push(id::<Indicator>(&saved.unwrap()));
        }
        let number =
            |n: i64| Measurement { value: Measured::Number(n.into()), on: None, breakdown: Vec::new(), note: Text::default() };
        let actual = |indicator, value| Actual { indicator: Some(indicator), indicator_period: None, expected: None, value };
        let period = Period { from: "2025-01".parse().ok(), to: "2025-06".parse().ok() };
        let programme = Reference::code("PRO");
        let both = |i: usize, _: &mut Reading| actual(indicators[i], number(3));
        let wrong = registry.report_actuals(&officer(), &programme, period, 2, both).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "actuals.1.value")], "a percentage is no number");
        assert_eq!(db.administrator().count::<IndicatorPeriod>(&Filter::all()).await.unwrap(), 0, "all or none");

        let first = |_: usize, _: &mut Reading| actual(indicators[0], number(3));
        let twice = registry.report_actuals(&officer(), &programme, period, 2, first).await;
        assert_eq!(refused(twice), [at(UserErrorCode::Invalid, "actuals.1.indicator")], "one period has one actual");
        assert_eq!(db.administrator().count::<IndicatorPeriod>(&Filter::all()).await.unwrap(), 0, "all or none");
        registry.report_actuals(&officer(), &programme, period, 1, first).await.unwrap();
        let mended = |_: usize, _: &mut Reading| actual(indicators[0], number(4));
        let saved = registry.report_actuals(&officer(), &programme, period, 1, mended).await.unwrap();
        assert_eq!(saved.iter().map(|s| s.version).collect::<Vec<_>>(), [2], "the period that is there is changed");
        let period: IndicatorPeriod = db.stranger().require("PRO:result:1:indicator:1.a:period:2025-01").await.unwrap();
        assert_eq!(period.actual, Some(number(4)));
    })
    .await;
}

#[tokio::test]
async fn several_records_are_made_or_none_of_them() {
    on_both_databases(async |db: TestDb| {
        let heads = [called("ONE"), called("two words"), called("THREE")];
        let build =
            |i: usize, _: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation(["1", "2", "3"][i], "x") };
        let wrong = db.registry().create_many::<Organisation>(&officer(), "organisations", &heads, build).await;
        assert_eq!(refused(wrong), [at(UserErrorCode::Invalid, "organisations.1.code")]);
        assert_eq!(db.administrator().count::<Organisation>(&Filter::all()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_writes_nothing() {
    on_both_databases(async |db: TestDb| {
        let stranger = Author::of(Viewer::Stranger, Lang::Fr);
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
        let made = db.registry().create::<Organisation>(&stranger, &called("ONE"), build).await;
        assert!(matches!(made, Err(WriteError::Registry(Error::Forbidden(_)))), "{made:?}");
        assert_eq!(Organisation::ACTIONS.create, "create organisation");
    })
    .await;
}

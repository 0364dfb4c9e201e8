//! People's data: participants by name, consent, how long they are kept, what is handed out, and what is left of the erased.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ketnoi_domain::{
    AccountRole, ConsentScope, Contact, ContactKind, DataPurpose, Event, Identity, KeyScope, Lang, LegalBasis,
    ParticipantCategory, ParticipantCount, Period, Person, PersonalRecord, PublicRole, ReportAudience, ReportJobState, Sex,
    Viewer, query::Filter,
};
use ketnoi_registry::{
    Author, Error, Reading, Reference, ReportAsked, UserErrorCode, Worker, WriteError,
    people::{ConsentOf, KeptParticipants, NewParticipant, NewParticipants, ParticipantChange},
};
use ketnoi_test_support::{On, TestDb, Time, demo_files, officer, on_both_databases_with_demo, refused};
use uuid::Uuid;

/// An event of the demonstration at which a person is named as the contact.
const EVENT: &str = "DELGOSEA-HA-NOI-2012";

fn administrator() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

fn someone(name: &str, sex: Option<Sex>) -> NewParticipant {
    NewParticipant {
        name: name.into(),
        delegation: None,
        person: None,
        organisation: None,
        authority: None,
        category: ParticipantCategory::Academia,
        sex,
        contacts: Vec::new(),
        consents: Vec::new(),
    }
}

fn those(all: Vec<NewParticipant>) -> NewParticipants {
    NewParticipants {
        event: Reference::code(EVENT),
        delegation: None,
        purpose: DataPurpose::EventAdministration,
        legal_basis: LegalBasis::PublicTask,
        retain_until: None,
        recount: false,
        all,
    }
}

/// The names of those who came, in the order of the list.
async fn names(db: &TestDb) -> Vec<String> {
    let session = db.administrator();
    let event = session.require::<Event>(EVENT).await.unwrap().head.id;
    let page = session.participants(Lang::En, (event, None), 100, None).await.unwrap();
    page.participants.into_iter().map(|(p, _)| p.name).collect()
}

/// What all counts of the registry say, by code.
async fn counts(db: &TestDb) -> BTreeMap<String, (Option<i64>, Option<i64>, Option<i64>)> {
    let all: Vec<ParticipantCount> = db.administrator().all(&Filter::all()).await.unwrap();
    all.into_iter().map(|c| (c.head.code.to_string(), (c.women, c.men, c.total))).collect()
}

/// How many records of each kind there are.
async fn rows(db: &TestDb, tables: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables {
        all.push(db.sql(&format!("SELECT COUNT(*) FROM \"{table}\"")).await[0][0].clone());
    }
    all
}

/// Every value of every table that holds one of these, with where it stands. What a database keeps as bytes is looked at in
/// hexadecimal.
async fn holding(db: &TestDb, words: &[&str]) -> Vec<String> {
    let tables = match db.on() {
        On::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        On::Postgres => "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    let hex = |text: &&str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let wanted: Vec<String> = words.iter().map(|w| (*w).to_owned()).chain(words.iter().map(hex)).collect();
    let mut found = Vec::new();
    for table in db.sql(tables).await.into_iter().flatten() {
        for (i, row) in db.sql(&format!("SELECT * FROM \"{table}\"")).await.into_iter().enumerate() {
            for value in row {
                found.extend(wanted.iter().filter(|w| value.contains(w.as_str())).map(|w| format!("{table}, row {i}: {w}")));
            }
        }
    }
    found
}

/// The models of all kept reports, as text.
async fn models(db: &TestDb) -> Vec<String> {
    let mut all = Vec::new();
    for row in db.sql("SELECT pdf FROM kept_report ORDER BY taken, id").await {
        let digits = row[0].trim_start_matches("\\x").as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let pdf: Vec<u8> = digits.chunks(2).map(byte).collect();
        all.push(ketnoi_reporting::attached(&pdf).expect("every report carries its model"));
    }
    all
}

#[tokio::test]
async fn participants_are_added_all_or_none_and_only_the_asked_for_counts_follow() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let before = counts(&db).await;
        let wrong = those(vec![someone("Nguyễn Thị Hoa", None), someone("  ", None)]);
        let errors = refused(&registry.add_participants(&officer(1), &wrong).await);
        assert_eq!(errors.iter().map(|e| e.path.as_str()).collect::<Vec<_>>(), ["participants.1.name"]);
        assert_eq!(names(&db).await, [""; 0]);

        let mut new = those(vec![
            someone("Trần Văn Đức", Some(Sex::Male)),
            someone("Đặng Thu Hà", Some(Sex::Female)),
            someone("Nguyễn Thị Hoa", Some(Sex::Female)),
        ]);
        let kept = registry.add_participants(&officer(1), &new).await.unwrap();
        assert_eq!((kept.participants.len(), kept.counts.len()), (3, 0));
        assert_eq!(names(&db).await, ["Đặng Thu Hà", "Nguyễn Thị Hoa", "Trần Văn Đức"], "the Vietnamese order");
        assert_eq!(counts(&db).await, before, "nothing is counted silently");

        new.all = vec![someone("Lê Minh", None)];
        new.recount = true;
        let kept = registry.add_participants(&officer(1), &new).await.unwrap();
        assert_eq!(kept.counts.len(), 1);
        let after = counts(&db).await;
        let told: Vec<_> = after.iter().filter(|(code, count)| before.get(*code) != Some(count)).collect();
        let code = format!("{EVENT}:participants:academia");
        assert_eq!(told, [(&code, &(Some(2), Some(1), Some(4)))]);

        // Whoever was never there is taken out of the count, where that is said.
        let gone = registry.remove_participant(&officer(1), kept.participants[0], true).await.unwrap();
        assert_eq!(gone.counts, kept.counts);
        assert_eq!(counts(&db).await[&code], (Some(2), Some(1), Some(3)));
        assert_eq!(names(&db).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn names_are_for_those_who_may_see_people() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let kept = registry.add_participants(&officer(1), &those(vec![someone("Zyxwa Hoa", None)])).await.unwrap();
        let event = db.administrator().require::<Event>(EVENT).await.unwrap().head.id;
        let known = |role, scopes: Option<&[KeyScope]>| {
            let key = scopes.map(|s| (Uuid::from_u128(2), s.iter().copied().collect()));
            let (name, parties) = ("known".to_owned(), BTreeSet::new());
            let identity =
                Identity { account: Uuid::from_u128(1), name, role, organisation: None, authority: None, parties, key };
            Viewer::Known(Arc::new(identity))
        };
        let read = [KeyScope::RegistryRead, KeyScope::EventsPeople];
        let write = [KeyScope::RegistryRead, KeyScope::RegistryWrite];
        let viewers = [
            (Viewer::Stranger, false, false),
            (known(AccountRole::Funder, None), false, false),
            (known(AccountRole::FocalPoint, None), false, false),
            (known(AccountRole::Officer, None), true, true),
            (known(AccountRole::Officer, Some(&read)), true, false),
            (known(AccountRole::Officer, Some(&write)), false, false),
            (known(AccountRole::Partner, Some(&read)), false, false),
        ];
        for (viewer, reads, writes) in viewers {
            let session = registry.session(viewer.clone());
            let listed = session.participants(Lang::En, (event, None), 10, None).await;
            assert_eq!(listed.is_ok(), reads, "{viewer:?}");
            assert_eq!(session.participant_count(Lang::En, event, None).await.is_ok(), reads, "{viewer:?}");
            assert_eq!(session.participants_by_ids(Lang::En, &kept.participants).await.is_ok(), reads, "{viewer:?}");
            let author = Author::of(viewer.clone(), Lang::En);
            let change = ParticipantChange { sex: Some(Some(Sex::Female)), ..ParticipantChange::default() };
            let changed = registry.update_participant(&author, kept.participants[0], &change).await;
            assert_eq!(changed.is_ok(), writes, "{viewer:?}");
            assert!(matches!(changed, Ok(_) | Err(WriteError::Registry(Error::Forbidden(_)))), "{viewer:?}: {changed:?}");
            assert_eq!(registry.due_people(&author).await.is_ok(), reads, "{viewer:?}");
            for done in [
                registry.erase_people(&author, &[Reference::code("do-hau")], "x").await.map(|_| ()),
                registry.export_people(&author, &[Reference::code("do-hau")]).await.map(|_| ()),
            ] {
                assert!(matches!(done, Err(WriteError::Registry(Error::Forbidden(_)))), "{viewer:?}: {done:?}");
            }
        }
        // Nowhere among what everyone reads, nor among what those find who may see people.
        let search = ketnoi_registry::Search { text: "Zyxwa".into(), ..ketnoi_registry::Search::default() };
        assert_eq!(db.administrator().search_count(&search).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn who_takes_consent_back_is_due_and_swept_and_the_counts_stay() {
    on_both_databases_with_demo(async |db: TestDb| {
        let time = Time::default();
        let registry = ketnoi_registry::Registry::new(db.store().clone(), time.clock());
        let mut new = those(vec![someone("Nguyễn Thị Hoa", Some(Sex::Female))]);
        new.legal_basis = LegalBasis::Consent;
        let errors = refused(&registry.add_participants(&officer(1), &new).await);
        assert_eq!(errors[0].path, "participants.0.consents");
        new.all[0].consents = vec![(ConsentScope::Participation, "2026-11-23".parse().unwrap())];
        let errors = refused(&registry.add_participants(&officer(1), &new).await);
        assert_eq!(errors[0].path, "participants.0.consents", "nobody consents tomorrow");
        new.all[0].consents = vec![(ConsentScope::Participation, "2026-11-01".parse().unwrap())];
        let kept: KeptParticipants = registry.add_participants(&officer(1), &new).await.unwrap();
        let stays = registry.add_participants(&officer(1), &those(vec![someone("Lê Minh", None)])).await.unwrap();
        let before = counts(&db).await;
        assert!(registry.due_people(&officer(1)).await.unwrap().is_empty());

        let who = Reference::code(kept.participants[0].to_string());
        let mut consent = ConsentOf { who, given_for: ConsentScope::Photograph, on: None };
        assert_eq!(registry.record_consent(&officer(1), &consent).await.unwrap().len(), 2);
        assert_eq!(registry.record_consent(&officer(1), &consent).await.unwrap().len(), 2, "once is enough");
        registry.withdraw_consent(&officer(1), &consent).await.unwrap();
        assert!(registry.due_people(&officer(1)).await.unwrap().is_empty(), "a photograph is no reason to go");
        assert_eq!(refused(&registry.withdraw_consent(&officer(1), &consent).await)[0].code, UserErrorCode::State);
        consent.given_for = ConsentScope::Participation;
        consent.on = Some("2026-10-31".parse().unwrap());
        assert_eq!(refused(&registry.withdraw_consent(&officer(1), &consent).await)[0].path, "withdrawnOn");
        consent.on = None;
        let left = registry.withdraw_consent(&officer(1), &consent).await.unwrap();
        assert!(left.iter().all(|c| c.withdrawn_on.is_some()));

        let due = registry.due_people(&officer(1)).await.unwrap();
        assert_eq!(due.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["Nguyễn Thị Hoa"]);
        assert!(registry.sweep_people(&officer(1)).await.is_err(), "officers do not sweep");
        assert_eq!(registry.sweep_people(&administrator()).await.unwrap().participants, 1);
        assert_eq!(names(&db).await, ["Lê Minh"]);
        assert_eq!(rows(&db, &["consent"]).await, ["0"]);
        // Two years later the other one's time is over as well.
        time.set("2028-11-23T00:00:00Z");
        let change = ParticipantChange { retain_until: Some("2029-01-01".parse().unwrap()), ..ParticipantChange::default() };
        registry.update_participant(&officer(1), stays.participants[0], &change).await.unwrap();
        assert_eq!(registry.sweep_people(&administrator()).await.unwrap().participants, 0, "it was prolonged");
        time.set("2029-01-02T00:00:00Z");
        assert_eq!(registry.sweep_people(&administrator()).await.unwrap().participants, 1);
        assert_eq!(counts(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn after_erasing_nothing_holds_the_name_and_all_else_is_whole() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let hidden = ["Đỗ Hậu", "do-hau", "hau.do@delgosea.eu", "84 4 37674500", "0912 345 678"];
        let person: Person = db.administrator().require("do-hau").await.unwrap();
        let mut came = someone("Đỗ Hậu", Some(Sex::Male));
        came.person = Some(Reference::code("do-hau"));
        came.contacts = vec![Contact { kind: ContactKind::Telephone, value: "0912 345 678".into() }];
        registry.add_participants(&officer(1), &those(vec![came, someone("Lê Minh", None)])).await.unwrap();
        let asked = ReportAsked {
            report: "news-release".into(),
            subject: EVENT.into(),
            lang: Lang::En,
            audience: ReportAudience::Public,
            brand: None,
            period: Period::default(),
        };
        let job = registry.request_report(&administrator(), asked).await.unwrap();
        assert!(Worker::new(registry.clone()).one().await.unwrap());
        assert!(models(&db).await.iter().any(|model| model.contains("Đỗ Hậu")), "the report names the contact of the event");
        assert!(!holding(&db, &hidden).await.is_empty());

        let export = registry.export_people(&administrator(), &[Reference::code("do-hau")]).await.unwrap().unwrap();
        assert_eq!(export["persons"]["entries"][0]["name"]["vi"], "Đỗ Hậu");
        assert_eq!(export["roles"]["entries"].as_array().unwrap().len(), 2);
        assert_eq!(export["participations"]["entries"][0]["event"]["code"], EVENT);
        assert_eq!(export["reports"]["entries"].as_array().unwrap().len(), 1);
        assert_eq!(export["mentions"]["entries"].as_array().unwrap().len(), 0);
        assert!(export["rights"].as_str().unwrap().contains("take back consent"));

        // What sources say of the person goes with the name; nothing else does.
        let tables = ["person", "public_role", "event", "participant_count", "document"];
        let (before, counted) = (rows(&db, &tables).await, counts(&db).await);
        let roles = async || {
            let all: Vec<PublicRole> = db.administrator().all_children(("person_id", &[person.head.id.uuid()])).await.unwrap();
            let mut offices: Vec<_> = all.into_iter().map(|r| (r.head.id, r.title, r.event, r.programme, r.document)).collect();
            offices.sort_by_key(|office| office.0);
            offices
        };
        let had = roles().await;
        let who = [Reference::code("do-hau")];
        let empty = refused(&registry.erase_people(&administrator(), &who, " ").await);
        assert_eq!(empty[0].path, "reason");
        let names_them = refused(&registry.erase_people(&administrator(), &who, "ông ĐỖ HẬU yêu cầu").await);
        assert_eq!(names_them[0].path, "reason", "the trail would keep the name");
        let erased = registry.erase_people(&administrator(), &who, "asked by letter").await.unwrap();
        assert_eq!((erased.persons.len(), erased.roles.len(), erased.participants), (1, 2, 1));
        assert_eq!(erased.mentions, []);
        assert_eq!(erased.reports.len(), 1);
        assert_eq!(erased.reports[0].job, Some(job.id));

        assert_eq!(holding(&db, &hidden).await, [""; 0]);
        assert!(models(&db).await.iter().all(|model| hidden.iter().all(|word| !model.contains(word))));
        assert_eq!((rows(&db, &tables).await, counts(&db).await, roles().await), (before.clone(), counted, had));
        let tomb = db.administrator().by_ids::<Person>(&[person.head.id.uuid()]).await.unwrap().pop().unwrap();
        assert!(tomb.head.code.as_str().starts_with("erased-"), "{}", tomb.head.code);
        assert_eq!(tomb.name.in_lang(Lang::En), "— (erased on request)");
        assert_eq!(names(&db).await, ["Lê Minh"], "who only came to the same event stays");
        let trail = registry.verify_trail(None, &|_, _| ()).await.unwrap();
        assert_eq!(trail.fault, None);
        assert!(registry.inconsistencies(&|_, _| ()).await.unwrap().is_empty());

        // The report can be made again, and no file brings the person back.
        let failed = db.administrator().report_job(job.id).await.unwrap().unwrap();
        assert_eq!((failed.state, failed.kept), (ReportJobState::Failed, None));
        registry.retry_report(&administrator(), job.id).await.unwrap();
        assert!(Worker::new(registry.clone()).one().await.unwrap());
        registry.import(&Viewer::LocalAdministrator, &demo_files(), false, &|_, _, _| ()).await.unwrap();
        assert_eq!(holding(&db, &hidden).await, [""; 0]);
        assert!(models(&db).await.iter().all(|model| !model.contains("Đỗ Hậu")));
        assert_eq!(rows(&db, &tables).await, before);
        let again = registry.erase_people(&administrator(), &[Reference::id(person.head.id)], "once more").await;
        assert_eq!(refused(&again)[0].code, UserErrorCode::State);
        let rename = |_: &mut Reading, p: &mut Person| p.name = person.name.clone();
        let named = registry.update(&officer(1), &Reference::id(person.head.id), None, rename).await;
        assert_eq!(refused(&named)[0].path, "name");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_a_person_goes_and_what_others_wrote_is_told() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        // The only one of whom a source is kept as a statement.
        let who = Reference::code("peter-koeppinger");
        let event = Reference::code(EVENT);
        registry
            .update::<Event>(&officer(1), &event, None, |_, e| {
                e.description = [(Lang::En, "Opened by Dr PETER KÖPPINGER.")].into_iter().collect();
            })
            .await
            .unwrap();
        let erased = registry.erase_people(&administrator(), std::slice::from_ref(&who), "asked by letter").await.unwrap();
        assert_eq!(erased.statements, 1);
        let told: BTreeSet<(&str, &str)> = erased.mentions.iter().map(|m| (m.table.as_str(), m.column.as_str())).collect();
        assert_eq!(told, BTreeSet::from([("change", "after"), ("event", "description")]));
        let event: Event = db.administrator().require(EVENT).await.unwrap();
        assert_eq!(event.description.in_lang(Lang::En), "Opened by Dr PETER KÖPPINGER.", "nobody's words are changed unasked");
        assert_eq!(holding(&db, &["Peter Köppinger", "peter-koeppinger"]).await, [""; 0]);
        assert_eq!(registry.verify_trail(None, &|_, _| ()).await.unwrap().fault, None);
    })
    .await;
}

#[tokio::test]
async fn a_person_whose_time_is_over_is_erased_by_the_sweep() {
    on_both_databases_with_demo(async |db: TestDb| {
        let registry = db.registry();
        let until = Some("2026-11-21".parse().unwrap());
        let set = |old: PersonalRecord| PersonalRecord { retain_until: until, ..old };
        let record = registry.set_personal_record(&officer(1), &Reference::code("do-hau"), set).await.unwrap();
        assert_eq!((record.purpose, record.legal_basis), (DataPurpose::PublicRole, LegalBasis::LawfulPublication));
        let due = registry.due_people(&officer(1)).await.unwrap();
        assert_eq!(due.iter().map(|d| d.code.clone()).collect::<Vec<_>>(), [Some("do-hau".to_owned())]);
        assert_eq!(registry.people_called(&officer(1), "do hau").await.unwrap().len(), 1);
        let swept = registry.sweep_people(&administrator()).await.unwrap();
        assert_eq!((swept.participants, swept.persons.len()), (0, 1));
        assert!(registry.due_people(&officer(1)).await.unwrap().is_empty());
        assert!(registry.people_called(&officer(1), "do hau").await.unwrap().is_empty());
        assert_eq!(rows(&db, &["personal_record"]).await, ["0"]);
        assert_eq!(registry.sweep_people(&administrator()).await.unwrap().persons.len(), 0);
    })
    .await;
}

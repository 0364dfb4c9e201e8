//! A day at the association, from the first account to the check of the trail, through the gateway, on both databases.

mod staff;
mod vote;

use ketnoi_registry::{Worker, import::SourceFile};
use ketnoi_test_support::{TestDb, on_both_databases};
use serde_json::{Value, json};

use self::staff::Staff;
use super::{desk::Desk, people::operator};

fn english(text: &str) -> Value {
    json!([{ "lang": "EN", "text": text }])
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_else(|| panic!("{of} is no text")).to_owned()
}

fn cad(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "CAD" })
}

fn refusal(code: &str, path: &str) -> Vec<[String; 2]> {
    vec![[code.to_owned(), path.to_owned()]]
}

/// What of the programme someone is told, by every way to it: each tells it or none does.
async fn sees(desk: &Desk, programme: &str) -> bool {
    let told = desk
        .reads(&format!(
            "{{ programme(code: \"GREEN\") {{ code }} node(id: \"{programme}\") {{ id }} programmes {{ totalCount nodes {{ code }} }}
                search(query: \"Green cities\", filter: {{ kinds: [PROGRAMME] }}) {{ totalCount nodes {{ title }} }}
                portfolio(by: TOTAL) {{ groups {{ programmeCount }} }} }}"
        ))
        .await;
    let groups = told["portfolio"]["groups"].as_array().unwrap();
    let ways = [
        !told["programme"].is_null(),
        !told["node"].is_null(),
        told["programmes"]["totalCount"] == 1,
        told["programmes"]["nodes"] == json!([{ "code": "GREEN" }]),
        told["search"]["totalCount"] == 1,
        told["search"]["nodes"] == json!([{ "title": "Green cities" }]),
        groups.iter().any(|group| group["programmeCount"] == 1),
        follows(desk, programme).await,
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}: {told}");
    ways[0]
}

/// Whether the feed tells that the programme has come.
async fn follows(desk: &Desk, programme: &str) -> bool {
    let (mut after, mut told) = (String::new(), false);
    loop {
        let page = desk
            .reads(&format!(
                "{{ changes(first: 100{after}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ id record {{ id }} }} }} }}"
            ))
            .await;
        let nodes = page["changes"]["nodes"].as_array().unwrap();
        told |= nodes.iter().any(|change| change["id"] == *programme && !change["record"].is_null());
        if page["changes"]["pageInfo"]["hasNextPage"] == false {
            return told;
        }
        after = format!(", after: {}", page["changes"]["pageInfo"]["endCursor"]);
    }
}

/// The agreements of the programme that someone is told of, and the money of all others.
async fn money(desk: &Desk) -> Value {
    let told = desk
        .reads("{ programme(code: \"GREEN\") { agreements { totalCount nodes { code } } fundedByOthers { agreed { amount } } } }")
        .await;
    told["programme"].clone()
}

/// What the officer registers in the morning.
struct Registered {
    programme: String,
    /// The periods of the indicator: their ids and codes.
    periods: [(String, String); 2],
}

async fn register(lan: &Desk) -> Registered {
    let page =
        json!({ "code": "page", "title": english("The agreement, published"), "category": "WEB_PAGE", "visibility": "PUBLIC" });
    lan.does("createDocument", "document { id }", page).await;
    let programme = json!({
        "code": "GREEN", "level": "PROGRAMME", "title": english("Green cities"), "status": "IMPLEMENTATION",
        "actual": { "from": "2026" }, "sectors": [{ "code": "14022" }], "recipientCountries": [{ "code": "VN" }],
        "places": [{ "authority": "vinh-town" }, { "authority": "hue" }], "sources": ["page"],
    });
    let made = lan.does("createProgramme", "programme { id version }", programme).await;
    assert_eq!(made["programme"]["version"], 1);
    let programme = text(&made["programme"]["id"]);
    let stands = lan.reads(&format!("{{ recordWorkflow(id: \"{programme}\") {{ state }} }}")).await;
    assert_eq!(stands["recordWorkflow"]["state"], "DRAFT");
    for (organisation, role) in [("FUNDER-THEN", "FUNDING"), ("OTHER-FUNDER", "FUNDING"), ("HOST", "IMPLEMENTING")] {
        let part = json!({ "programme": "GREEN", "organisation": organisation, "role": role });
        lan.does("createParticipation", "participation { id }", part).await;
    }
    let agreement = json!({
        "programme": "GREEN", "code": "a", "funder": "FUNDER-THEN", "ceiling": cad("100000.00"), "signed": "2026-01-15",
        "instalments": [{ "amount": cad("60000.00"), "due": "2026-03" }, { "amount": cad("40000.00"), "due": "2027-03" }],
        "reportsDue": [
            { "title": english("Mid-year report"), "due": "2026-06" }, { "title": english("Final report"), "due": "2027-06" },
        ],
    });
    let made = lan.does("createAgreement", "agreement { code }", agreement).await;
    assert_eq!(made["agreement"]["code"], "GREEN:agreement:a");
    let other = json!({ "programme": "GREEN", "code": "b", "funder": "OTHER-FUNDER", "ceiling": cad("40000.00") });
    lan.does("createAgreement", "agreement { code }", other).await;
    for (number, agreement, amount) in [("1", "GREEN:agreement:a", "60000.00"), ("2", "GREEN:agreement:b", "40000.00")] {
        let line = json!({
            "programme": "GREEN", "agreement": agreement, "number": number, "title": english("Works"), "kind": "ORIGINAL",
            "status": "COMMITTED", "value": cad(amount), "eligible": true,
        });
        lan.does("createBudgetLine", "budgetLine { code }", line).await;
    }
    let result = json!({ "programme": "GREEN", "level": "OUTPUT", "number": "1", "title": english("Streets are drained") });
    let result = text(&lan.does("createResult", "result { code }", result).await["result"]["code"]);
    let indicator =
        json!({ "result": result, "number": "1.1", "title": english("Streets"), "measure": "UNIT", "ascending": true });
    let indicator = text(&lan.does("createIndicator", "indicator { code }", indicator).await["indicator"]["code"]);
    let mut periods = Vec::new();
    for (from, to) in [("2026-01", "2026-06"), ("2026-07", "2026-12")] {
        let part = |city: &str, number: &str| json!({ "by": "CITY", "category": city, "value": { "number": number } });
        let target = json!({ "value": { "number": "10" }, "breakdown": [part("vinh-town", "6"), part("hue", "4")] });
        let period = json!({ "indicator": indicator, "period": { "from": from, "to": to }, "target": target });
        let made = lan.does("createIndicatorPeriod", "indicatorPeriod { id code }", period).await;
        periods.push((text(&made["indicatorPeriod"]["id"]), text(&made["indicatorPeriod"]["code"])));
    }
    let wrong = json!({
        "code": "WRONG", "level": "COMPONENT", "title": english("A part of nothing"), "actual": { "from": "2027", "to": "2026" },
        "sectors": [{ "code": "14022", "percentage": "120" }],
    });
    let mut faults = lan.is_refused("createProgramme", wrong).await;
    faults.sort_by(|[_, a], [_, b]| a.cmp(b));
    let mut paths: Vec<&str> = faults.iter().map(|[_, path]| path.as_str()).collect();
    paths.dedup();
    assert_eq!(paths, ["actual", "parent", "sectors.0.percentage"], "all that is wrong is told at once");
    Registered { programme, periods: periods.try_into().unwrap() }
}

/// Two officers change the programme at once; it is handed in, sent back, handed in again, and published for partners.
async fn review(staff: &Staff, programme: &str) {
    let (lan, minh) = (&staff.lan, &staff.minh);
    lan.does("updateProgramme", "programme { version }", json!({ "id": programme, "expectedVersion": 1, "acronym": "GC" })).await;
    let late = json!({ "id": programme, "expectedVersion": 1, "acronym": "GREEN" });
    assert_eq!(minh.comes_late("updateProgramme", late).await, 2);
    lan.does("submitForReview", "version", json!({ "id": programme, "note": "It is complete." })).await;
    minh.does("sendBack", "version", json!({ "id": programme, "reason": "Who reports?" })).await;
    lan.does("submitForReview", "version", json!({ "id": programme })).await;
    let waiting = minh.reads("{ recordsInReview { waiting { by node { id } } } }").await;
    assert_eq!(waiting["recordsInReview"]["waiting"], json!([{ "by": "lan", "node": { "id": programme } }]));
    let for_partners = json!({ "id": programme, "expectedVersion": 2, "visibility": "PARTNERS" });
    let published = minh.does("publishRecord", "version publication { number }", for_partners).await;
    assert_eq!((&published["version"], &published["publication"]["number"]), (&json!(3), &json!(1)));
}

/// Everyone sees their part of what is for partners, and nothing else.
async fn partners(staff: &Staff, programme: &str) -> Value {
    for desk in [&staff.lan, &staff.funder, &staff.host, &staff.vinh, &staff.hue] {
        assert!(sees(desk, programme).await, "{:?} sees the programme", desk.viewer);
    }
    for desk in [&staff.outsider, &staff.dalat, &staff.stranger] {
        assert!(!sees(desk, programme).await, "{:?} does not see the programme", desk.viewer);
    }
    let own = json!({ "totalCount": 1, "nodes": [{ "code": "GREEN:agreement:a" }] });
    let funder = money(&staff.funder).await;
    assert_eq!(funder, json!({ "agreements": own, "fundedByOthers": { "agreed": [{ "amount": "40000.00" }] } }));
    let host = money(&staff.host).await;
    let none = json!({ "totalCount": 0, "nodes": [] });
    assert_eq!(host, json!({ "agreements": none, "fundedByOthers": { "agreed": [{ "amount": "140000.00" }] } }));
    json!([funder, host, money(&staff.lan).await])
}

/// The city proposes what it reached; the officer approves one amount and refuses the other.
async fn figures(staff: &Staff, registered: &Registered) -> Value {
    let [(first, first_code), (_, second_code)] = &registered.periods;
    let amounts = json!([
        { "indicatorPeriod": first_code, "value": { "number": "5" } },
        { "indicatorPeriod": second_code, "value": { "number": "99" } },
    ]);
    let asked = json!({ "programme": "GREEN", "actuals": amounts });
    let fields = "proposals { id state city proposedBy authority { code } }";
    let proposed = staff.vinh.does("proposeActuals", fields, asked.clone()).await;
    let proposals = proposed["proposals"].as_array().unwrap();
    for proposal in proposals {
        let told = [&proposal["state"], &proposal["city"], &proposal["proposedBy"], &proposal["authority"]["code"]];
        assert_eq!(told, ["PROPOSED", "vinh-town", "vinh", "vinh-town"], "the figures are those of the city under its name then");
    }
    // Another city speaks neither for this one nor for a programme that is not its own.
    let mut foreign = asked.clone();
    foreign["authority"] = json!("vinh-town");
    assert_eq!(staff.hue.is_refused("proposeActuals", foreign).await, refusal("INVALID", "authority"));
    assert_eq!(staff.dalat.is_refused("proposeActuals", asked.clone()).await, refusal("NOT_FOUND", "programme"));
    staff.funder.may_not("proposeActuals", asked.clone()).await;
    let count = "{ proposals { nodes { state } } }";
    for desk in [&staff.hue, &staff.dalat, &staff.funder, &staff.stranger] {
        assert_eq!(desk.reads(count).await["proposals"]["nodes"], json!([]), "{:?}", desk.viewer);
    }

    let ids: Vec<&Value> = proposals.iter().map(|p| &p["id"]).collect();
    let decisions = json!([
        { "id": ids[0], "approve": true },
        { "id": ids[1], "approve": false, "reason": "The year is not over." },
    ]);
    staff.vinh.may_not("decideProposals", json!({ "decisions": decisions })).await;
    let silent = json!({ "decisions": [{ "id": ids[1], "approve": false }] });
    assert_eq!(staff.minh.is_refused("decideProposals", silent).await, refusal("INVALID", "decisions.0.reason"));
    staff.minh.does("decideProposals", "proposals { state }", json!({ "decisions": decisions })).await;
    let told = staff.vinh.reads("{ proposals { nodes { state reason decidedBy } } }").await;
    let mut states: Vec<String> = told["proposals"]["nodes"].as_array().unwrap().iter().map(ToString::to_string).collect();
    states.sort();
    // Which officer decided is the association's own.
    let (approved, refused) = (
        json!({ "state": "APPROVED", "reason": "", "decidedBy": null }),
        json!({ "state": "REFUSED", "reason": "The year is not over.", "decidedBy": null }),
    );
    let mut wanted = [approved.to_string(), refused.to_string()];
    wanted.sort();
    assert_eq!(states, wanted);
    let actual = |code: &str| {
        format!("indicatorPeriod(code: \"{code}\") {{ version actual {{ value {{ number }} breakdown {{ category }} }} }}")
    };
    let read = staff.lan.reads(&format!("{{ a: {} b: {} }}", actual(first_code), actual(second_code))).await;
    let stands = json!({ "value": { "number": "5" }, "breakdown": [{ "category": "vinh-town" }] });
    assert_eq!((&read["a"]["actual"], &read["b"]["actual"]), (&stands, &Value::Null), "one amount stands, and no other");
    told_by_the_trail(staff, first).await;

    // The period is locked: nobody changes what was told of it, until an administrator unlocks it.
    let lock = json!({ "programme": "GREEN", "from": "2026-01", "to": "2026-06", "reason": "It was reported." });
    staff.vinh.may_not("lockPeriod", lock.clone()).await;
    let locked = staff.minh.does("lockPeriod", "periodLock { id }", lock).await;
    let again = json!({ "programme": "GREEN", "actuals": [{ "indicatorPeriod": first_code, "value": { "number": "6" } }] });
    assert_eq!(staff.vinh.is_refused("proposeActuals", again.clone()).await, refusal("STATE", "actuals.0.value"));
    let change = json!({ "id": first, "expectedVersion": read["a"]["version"], "actual": { "value": { "number": "6" } } });
    assert_eq!(staff.lan.is_refused("updateIndicatorPeriod", change).await, refusal("STATE", "actual"));
    let unlock = json!({ "id": locked["periodLock"]["id"], "reason": "A figure was mistyped." });
    staff.minh.may_not("unlockPeriod", unlock.clone()).await;
    staff.administrator.does("unlockPeriod", "periodLock { unlockedBy }", unlock).await;
    let mended = staff.vinh.does("proposeActuals", "proposals { id }", again).await;
    let withdrawn = json!({ "id": mended["proposals"][0]["id"] });
    staff.vinh.does("withdrawProposal", "proposal { state }", withdrawn).await;
    read
}

/// The history of the period names who approved, and the entry beside it who proposed.
async fn told_by_the_trail(staff: &Staff, period: &str) {
    let history = staff.lan.reads(&format!("{{ recordHistory(id: \"{period}\") {{ actor action fields {{ field }} }} }}")).await;
    let last = &history["recordHistory"][0];
    assert_eq!([&last["actor"], &last["action"]], ["minh", "decide proposals"]);
    assert!(last["fields"].as_array().unwrap().contains(&json!({ "field": "actual" })), "{last}");
    let entries =
        format!("{{ auditEntries(filter: {{ record: \"{period}\", action: \"decide proposals\" }}) {{ nodes {{ detail }} }} }}");
    let detail = text(&staff.lan.reads(&entries).await["auditEntries"]["nodes"][0]["detail"]);
    let proposer = staff.vinh.viewer.account().unwrap();
    assert!(detail.contains(&proposer.to_string()), "{detail}");
    for desk in [&staff.vinh, &staff.funder, &staff.stranger] {
        assert_eq!(desk.is_told(&entries).await, "FORBIDDEN", "{:?}", desk.viewer);
    }
}

/// The programme is published for everyone, and how that differs from what partners were told is known.
async fn publish(staff: &Staff, registered: &Registered) {
    let (programme, [(_, first), (_, second)]) = (&registered.programme, &registered.periods);
    let for_all = json!({ "id": programme, "expectedVersion": 3, "note": "With the figures of the first half." });
    staff.lan.does("publishRecord", "publication { number }", for_all).await;
    let difference = staff
        .lan
        .reads(&format!("{{ publicationDifference(id: \"{programme}\", from: 1, to: 2) {{ code fields {{ field }} }} }}"))
        .await;
    let differs = |code: &str, field: &str| {
        let all = difference["publicationDifference"].as_array().unwrap();
        all.iter().any(|d| d["code"] == code && d["fields"].as_array().unwrap().iter().any(|f| f["field"] == field))
    };
    assert!(differs(first, "actual") && !differs(second, "actual"), "{difference}");
    for desk in [&staff.stranger, &staff.outsider, &staff.dalat] {
        assert!(sees(desk, programme).await, "{:?} sees what is public", desk.viewer);
    }
    // Partners are told of what was for them; a stranger is not.
    let count = |told: &Value| told["publications"].as_array().unwrap().len();
    let document = format!("{{ publications(id: \"{programme}\") {{ number by note }} }}");
    let (stranger, funder) = (staff.stranger.reads(&document).await, staff.funder.reads(&document).await);
    assert_eq!((count(&stranger), count(&funder)), (1, 2), "{stranger} {funder}");
    assert!(stranger["publications"][0]["by"].is_null() && funder["publications"][0]["note"].is_null());
}

/// The funder asks for a report, a worker makes it, and it is fetched by those for whom it is.
async fn report(db: &TestDb, staff: &Staff) -> Value {
    let asked = json!({ "report": "programme-summary", "subject": "GREEN", "audience": "PARTNER", "lang": "EN" });
    staff.stranger.may_not("requestReport", asked.clone()).await;
    staff.vinh.may_not("requestReport", asked.clone()).await;
    let job = staff.funder.does("requestReport", "reportJob { id state }", asked).await["reportJob"].clone();
    assert_eq!(job["state"], "QUEUED");
    assert!(Worker::new(db.registry().clone()).one().await.unwrap(), "a report waits");
    let document = format!("{{ reportJob(id: {}) {{ state problem path }} }}", job["id"]);
    let done = staff.funder.reads(&document).await["reportJob"].clone();
    assert_eq!((&done["state"], &done["problem"]), (&json!("DONE"), &Value::Null), "{done}");
    for desk in [&staff.host, &staff.outsider, &staff.vinh, &staff.stranger] {
        assert_eq!(desk.reads(&document).await["reportJob"], Value::Null, "{:?}", desk.viewer);
    }
    let path = text(&done["path"]);
    let id = path.strip_prefix("/reports/").and_then(|rest| rest.strip_suffix(".pdf")).unwrap().parse().unwrap();
    let mut fetched = Vec::new();
    for desk in [&staff.funder, &staff.lan, &staff.administrator, &staff.host, &staff.outsider, &staff.vinh, &staff.stranger] {
        let kept = db.registry().session(desk.viewer.clone()).kept_report(id).await.unwrap();
        fetched.push(kept.is_some_and(|kept| kept.pdf.starts_with(b"%PDF")));
    }
    assert_eq!(fetched, [true, true, true, false, false, false, false]);
    // It answers what the agreement asks for.
    let due = staff.funder.reads("{ reportsDue { overdueCount reports { title overdue answers { report } } } }").await;
    let calendar = json!({ "overdueCount": 1, "reports": [
        { "title": "Mid-year report", "overdue": true, "answers": [] },
        { "title": "Final report", "overdue": false, "answers": [{ "report": "programme-summary" }] },
    ] });
    assert_eq!(due["reportsDue"], calendar);
    due
}

/// A record is put away, and brought back.
async fn archive(staff: &Staff) {
    let id = text(&staff.lan.reads("{ document(code: \"page\") { id } }").await["document"]["id"]);
    let away = json!({ "id": id, "expectedVersion": 1, "reason": "It is out of date." });
    staff.funder.may_not("archiveRecord", away.clone()).await;
    staff.lan.does("archiveRecord", "id", away).await;
    let node = format!("{{ node(id: \"{id}\") {{ id }} document(code: \"page\") {{ id }} }}");
    for desk in [&staff.lan, &staff.administrator, &staff.stranger] {
        assert_eq!(desk.reads(&node).await, json!({ "node": null, "document": null }), "{:?}", desk.viewer);
    }
    staff.minh.does("restoreRecord", "version", json!({ "id": id })).await;
    assert_eq!(staff.stranger.reads(&node).await["node"]["id"], id);
}

#[actix_web::test]
async fn a_day_at_the_association_runs_from_its_first_account_to_the_check_of_its_trail() {
    on_both_databases(async |db: TestDb| {
        let file = SourceFile { name: "day.toml".into(), text: include_str!("day.toml").into() };
        db.registry().import(&operator().viewer, &[file], false, &|_, _, _| ()).await.unwrap_or_else(|e| panic!("{e}"));
        let staff = Staff::set_up(&db).await;
        let registered = register(&staff.lan).await;
        assert!(!sees(&staff.funder, &registered.programme).await, "a draft is its editors' own");
        review(&staff, &registered.programme).await;
        let money = partners(&staff, &registered.programme).await;
        let figures = figures(&staff, &registered).await;
        publish(&staff, &registered).await;
        let result = vote::held(&staff).await;
        let due = report(&db, &staff).await;
        archive(&staff).await;

        let trail = db.registry().verify_trail(None, &|_, _| ()).await.unwrap();
        assert_eq!(trail.fault, None);
        let wrong = db.registry().inconsistencies(&|_, _| ()).await.unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
        json!([money, figures, result, due, trail.entries, trail.changes])
    })
    .await;
}

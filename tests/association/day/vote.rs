//! The dialogue of that day: prepared, opened, voted by code and on paper, closed, published, carried further.

use serde_json::{Value, json};

use super::{Desk, english, refusal, staff::Staff, text};

const DIALOGUE: &str = "PRIORITIES";

/// Whoever has a code votes; the desk is that of a stranger.
async fn cast(voter: &Desk, code: &str, choices: &[i64]) {
    let done = voter.does("castBallot", "cast", json!({ "code": code, "choices": choices })).await;
    assert_eq!(done["cast"], true);
}

async fn prepare(lan: &Desk) {
    for n in 1..=3 {
        let advice = json!({ "code": format!("advice-{n}"), "title": english(&format!("Advice {n}")), "visibility": "PUBLIC" });
        lan.does("createRecommendation", "recommendation { id }", advice).await;
    }
    let rule = json!({ "minimum": 1, "maximum": 2, "secrecy": "ANONYMOUS", "places": 1, "tie": "BALLOT_ORDER" });
    let dialogue = json!({ "code": DIALOGUE, "title": english("What comes first?"), "rule": rule });
    lan.does("createDialogue", "dialogue { status }", dialogue).await;
    for n in 1..=3 {
        let option = json!({ "dialogue": DIALOGUE, "recommendation": format!("advice-{n}"), "number": n });
        lan.does("createDialogueOption", "dialogueOption { number }", option).await;
    }
    let cluster = json!({ "dialogue": DIALOGUE, "cluster": "coast", "eligible": 8 });
    lan.does("createDialogueCluster", "dialogueCluster { eligible }", cluster).await;
    let city = |code: &str| json!({ "localAuthority": code });
    let delegates: Vec<Value> = ["vinh", "hue", "dalat", "vinh", "hue", "dalat"].map(city).to_vec();
    let delegates = json!({ "dialogue": DIALOGUE, "cluster": "coast", "delegates": delegates });
    lan.does("registerDelegates", "dialogue { status }", delegates).await;
}

/// Paper is read by two people, who must say the same.
async fn paper(staff: &Staff) {
    let (lan, minh) = (&staff.lan, &staff.minh);
    let ballots = |choices: &[i64]| json!([{ "number": 1, "choices": choices }, { "number": 2, "spoiled": true }]);
    let typed = |pass: &str, choices: &[i64]| json!({ "dialogue": DIALOGUE, "cluster": "coast", "pass": pass, "ballots": ballots(choices) });
    let which = json!({ "dialogue": DIALOGUE, "cluster": "coast" });
    lan.does("enterPaperBallots", "dialogue { status }", typed("FIRST", &[1, 2])).await;
    assert_eq!(lan.is_refused("enterPaperBallots", typed("SECOND", &[1, 2])).await, refusal("STATE", "pass"));
    minh.does("enterPaperBallots", "dialogue { status }", typed("SECOND", &[1])).await;
    let differs = minh.does("comparePaperBallots", "differences { number }", which.clone()).await;
    assert_eq!(differs["differences"], json!([{ "number": 1 }]));
    assert_eq!(minh.is_refused("acceptPaperBallots", which.clone()).await, refusal("STATE", "cluster"));
    assert_eq!(minh.is_refused("closeDialogue", json!({ "dialogue": DIALOGUE })).await, refusal("STATE", "dialogue"));
    minh.does("enterPaperBallots", "dialogue { status }", typed("SECOND", &[1, 2])).await;
    minh.does("acceptPaperBallots", "dialogue { status }", which).await;
}

/// The whole vote; what everyone is told of it in the end.
pub(super) async fn held(staff: &Staff) -> Value {
    let (lan, minh, stranger) = (&staff.lan, &staff.minh, &staff.stranger);
    let which = json!({ "dialogue": DIALOGUE });
    prepare(lan).await;
    staff.vinh.may_not("openDialogue", which.clone()).await;
    lan.does("openDialogue", "dialogue { status }", which.clone()).await;
    let late = json!({ "dialogue": DIALOGUE, "recommendation": "advice-1", "number": 4 });
    let fixed = lan.is_refused("createDialogueOption", late).await;
    assert_eq!(fixed[0][0], "STATE", "what is voted on stays as it is");

    let issued = lan.does("issueVotingCodes", "count codes { code ordinal localAuthority { code } }", which.clone()).await;
    assert_eq!(issued["count"], 6);
    let on_paper = |code: &Value| code["localAuthority"]["code"] == "dalat" && code["ordinal"] == 2;
    let codes: Vec<String> =
        issued["codes"].as_array().unwrap().iter().filter(|code| !on_paper(code)).map(|code| text(&code["code"])).collect();
    let void = json!({ "dialogue": DIALOGUE, "delegates": [{ "localAuthority": "dalat", "ordinal": 2 }] });
    lan.does("voidVotingCodes", "dialogue { status }", void).await;
    let too_many = json!({ "code": codes[0], "choices": [1, 2, 3] });
    assert_eq!(stranger.is_refused("castBallot", too_many).await, refusal("INVALID", "choices"));
    let votes: [&[i64]; 5] = [&[1], &[1, 2], &[1], &[2], &[3]];
    for (code, choices) in codes.iter().zip(votes) {
        cast(stranger, code, choices).await;
    }
    let again = json!({ "code": codes[0], "choices": [2] });
    assert_eq!(stranger.is_refused("castBallot", again).await, refusal("STATE", "code"), "nobody votes twice");
    let turnout = format!(
        "{{ dialogue(code: \"{DIALOGUE}\") {{ status tally {{ overall {{ valid }} }} vote {{ turnout {{ cast }} }} }} }}"
    );
    let open = json!({ "status": "OPEN", "tally": null, "vote": { "turnout": { "cast": 5 } } });
    assert_eq!(lan.reads(&turnout).await["dialogue"], open, "while it is open, nobody is told a result");
    assert_eq!(stranger.reads(&turnout).await["dialogue"], Value::Null, "the dialogue is not published");
    paper(staff).await;

    let link = |option: i64| json!({ "dialogue": DIALOGUE, "actions": [{ "option": option, "addressee": "ACVN" }] });
    minh.does("closeDialogue", "dialogue { status }", which.clone()).await;
    assert_eq!(lan.is_refused("issueVotingCodes", which.clone()).await, refusal("STATE", "dialogue"), "what is closed is closed");
    assert_eq!(stranger.reads(&turnout).await["dialogue"], Value::Null);
    minh.does("publishDialogue", "dialogue { status }", which).await;
    assert_eq!(lan.is_refused("linkWinners", link(3)).await, refusal("INVALID", "actions.0.option"));
    lan.does("linkWinners", "actions { status recommendation { code } }", link(1)).await;
    let told = stranger
        .reads(&format!(
            "{{ dialogue(code: \"{DIALOGUE}\") {{ status tally {{ winners {{ number }}
                overall {{ valid spoiled options {{ votes option {{ number }} }} }} }} actions {{ totalCount }} }} }}"
        ))
        .await;
    let votes = |number: i64, votes: i64| json!({ "votes": votes, "option": { "number": number } });
    let overall = json!({ "valid": 6, "spoiled": 1, "options": [votes(1, 4), votes(2, 3), votes(3, 1)] });
    let tally = json!({ "winners": [{ "number": 1 }], "overall": overall });
    // What is done about it is the association's own until it says otherwise.
    assert_eq!(told["dialogue"], json!({ "status": "PUBLISHED", "tally": tally, "actions": { "totalCount": 0 } }));
    let actions = lan.reads(&format!("{{ dialogue(code: \"{DIALOGUE}\") {{ actions {{ nodes {{ status }} }} }} }}")).await;
    assert_eq!(actions["dialogue"]["actions"]["nodes"], json!([{ "status": "DRAFTED" }]));
    told
}

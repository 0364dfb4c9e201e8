//! Records of four kinds, each five times: for everyone, for partners of whom the askers are some, for other partners, for the
//! association, for its editors; and what people asked for. Their codes are found nowhere else, so whatever an answer tells of
//! them can be read from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use ketnoi_domain::{AccountRole, Action, Coded as _, Lang, Period, ReportAudience, Viewer};
use ketnoi_registry::{Author, ReportAsked, import::SourceFile};
use ketnoi_test_support::TestDb;
use serde_json::Value;

use super::{
    askers::Asker,
    rules::{DRAFT, INTERNAL, PARTNERS, PUBLIC, Rules, Who},
};
use crate::support::Portal;

/// What stands around the records, seen by everyone.
const AROUND: &str = include_str!("world.toml");

/// What can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Programme,
    Event,
    Replication,
    Partnership,
    /// An agreement, which is a part of a programme.
    Agreement,
    /// What was published of a programme.
    Publication,
    /// A period of a programme that is locked.
    Lock,
    /// What a city proposes.
    Proposal,
    /// A report that someone asked for.
    Job,
}

/// The kinds of records, with the root field of each list.
static KINDS: [(Of, &str, &str); 4] = [
    (Of::Programme, "programme", "programmes"),
    (Of::Event, "event", "events"),
    (Of::Replication, "replication", "replications"),
    (Of::Partnership, "partnership", "partnerships"),
];

/// Something that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) of: Of,
    pub(super) code: String,
    rule: Rule,
}

/// Who sees it.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// A record of this level, for those who have a part in it.
    Record(i64, &'static [&'static str]),
    /// The same, but only for those who write or propose figures.
    Lock(i64, &'static [&'static str]),
    /// What is proposed for this city.
    ProposedFor(&'static str),
    /// What someone of this role asked for.
    AskedBy(AccountRole),
}

impl Mark {
    pub(super) fn is_seen(&self, rules: &Rules, who: &Who) -> bool {
        match self.rule {
            Rule::Record(level, parties) => rules.sees(who, level, parties),
            Rule::Lock(level, parties) => {
                rules.sees(who, level, parties) && (rules.keeps(who) || focal_point_of(rules, who).is_some())
            }
            Rule::ProposedFor(city) => rules.keeps(who) || focal_point_of(rules, who) == Some(city),
            Rule::AskedBy(asker) => {
                let own = matches!(who, Who::Known { role, .. } if *role == asker);
                rules.may(who, Action::RunReports) && (own || rules.keeps(who))
            }
        }
    }
}

/// The city that a focal point speaks for.
fn focal_point_of(rules: &Rules, who: &Who) -> Option<&'static str> {
    match who {
        Who::Known { role: AccountRole::FocalPoint, .. } => rules.party(who),
        _ => None,
    }
}

/// The records, with what was asked for and is needed to call some fields.
pub(super) struct World {
    pub(super) marks: Vec<Mark>,
    /// How each is called by its id, with its code. What belongs to a programme is asked for by the programme.
    ids: Vec<(String, String)>,
    /// What stands for what in the documents of the table: `{programme}` is the id of the programme that everyone sees.
    pub(super) words: BTreeMap<&'static str, String>,
}

/// Who sees it, the level, the city where it is, the one who does it, and what it is a part of.
struct Sort {
    name: &'static str,
    visibility: &'static str,
    level: i64,
    city: &'static str,
    organiser: &'static str,
    funder: &'static str,
    /// Whether the other kinds are parts of the programme of this sort.
    has_parts: bool,
}

static SORTS: [Sort; 5] = [
    Sort { name: "open", visibility: "public", level: PUBLIC, city: "hue", organiser: "OTHER", funder: "B", has_parts: false },
    Sort { name: "ours", visibility: "partners", level: PARTNERS, city: "hue", organiser: "HOST", funder: "A", has_parts: true },
    Sort {
        name: "theirs",
        visibility: "partners",
        level: PARTNERS,
        city: "dalat",
        organiser: "OTHER",
        funder: "B",
        has_parts: true,
    },
    Sort {
        name: "inside",
        visibility: "internal",
        level: INTERNAL,
        city: "hue",
        organiser: "HOST",
        funder: "A",
        has_parts: false,
    },
    Sort { name: "draft", visibility: "draft", level: DRAFT, city: "hue", organiser: "HOST", funder: "A", has_parts: false },
];

/// The parties of what a sort is a part of.
fn parties(of: Of, sort: &Sort) -> &'static [&'static str] {
    match (of, sort.name) {
        (Of::Partnership, "ours") => &["hue", "lyon"],
        (Of::Partnership, "theirs") => &["dalat", "lyon"],
        (Of::Agreement, "ours") => &["A"],
        (Of::Agreement, "theirs") => &["B"],
        (_, "ours") => &["A", "HOST", "hue"],
        (_, "theirs") => &["B", "OTHER", "dalat"],
        _ => &[],
    }
}

/// The file.
fn file() -> SourceFile {
    let mut text = AROUND.to_owned();
    for sort in &SORTS {
        let Sort { name, visibility, city, organiser, funder, .. } = sort;
        let part = if sort.has_parts { format!("programme = \"programme-{name}\"\n") } else { String::new() };
        write!(
            text,
            r#"
[[programme]]
code = "programme-{name}"
level = "programme"
title = {{ vi = "Mốc programme-{name}" }}
visibility = "{visibility}"
[[programme.place]]
authority = "{city}"
[[programme.participation]]
organisation = "{funder}"
role = "funding"
[[programme.participation]]
organisation = "{organiser}"
role = "implementing"
[[programme.agreement]]
code = "a"
funder = "{funder}"
reports_due = [{{ title = {{ vi = "Báo cáo năm" }}, due = "2027-01" }}]

[[event]]
code = "event-{name}"
kind = "workshop"
title = {{ vi = "Mốc event-{name}" }}
organiser = "{organiser}"
authority = "{city}"
from = "2011-05-0{level}"
visibility = "{visibility}"
{part}[[event.participants]]
category = "press"
women = 2
men = 8

[[replication]]
code = "replication-{name}"
title = {{ vi = "Mốc replication-{name}" }}
authority = "{city}"
visibility = "{visibility}"
{part}
[[partnership]]
code = "partnership-{name}"
kind = "twinning"
title = {{ vi = "Mốc partnership-{name}" }}
party = ["{city}", "lyon"]
visibility = "{visibility}"
"#,
            level = sort.level + 1,
        )
        .unwrap();
    }
    SourceFile { name: "world.toml".into(), text }
}

/// All that is looked for.
pub(super) fn marks() -> Vec<Mark> {
    let mut all = Vec::new();
    for sort in &SORTS {
        for (of, name, _) in KINDS {
            all.push(Mark { of, code: format!("{name}-{}", sort.name), rule: Rule::Record(sort.level, parties(of, sort)) });
        }
        let rule = Rule::Record(sort.level, parties(Of::Agreement, sort));
        all.push(Mark { of: Of::Agreement, code: format!("programme-{}:agreement:a", sort.name), rule });
    }
    for sort in SORTS.iter().filter(|sort| sort.level >= PARTNERS) {
        let rule = Rule::Record(sort.level, parties(Of::Programme, sort));
        all.push(Mark { of: Of::Publication, code: publication_of(sort.name), rule });
    }
    for sort in SORTS.iter().filter(|sort| LOCKED.contains(&sort.name)) {
        let rule = Rule::Lock(sort.level, parties(Of::Programme, sort));
        all.push(Mark { of: Of::Lock, code: lock_of(sort.name), rule });
    }
    let proposal =
        |(city, _): &(&'static str, &str)| Mark { of: Of::Proposal, code: proposal_of(city), rule: Rule::ProposedFor(city) };
    all.extend(PROPOSED.iter().map(proposal));
    let job = |role: &AccountRole| Mark { of: Of::Job, code: job_of(*role), rule: Rule::AskedBy(*role) };
    all.extend(ASKED.iter().map(job));
    all
}

/// Of which programmes a period is locked.
static LOCKED: [&str; 2] = ["ours", "inside"];

/// For which cities something is proposed, of which replication.
static PROPOSED: [(&str, &str); 2] = [("hue", "replication-ours"), ("dalat", "replication-theirs")];

/// Who asked for a report.
static ASKED: [AccountRole; 2] = [AccountRole::Funder, AccountRole::Partner];

fn publication_of(sort: &str) -> String {
    format!("publication of programme-{sort}")
}

fn lock_of(sort: &str) -> String {
    format!("lock of programme-{sort}")
}

fn proposal_of(city: &str) -> String {
    format!("proposal of {city}")
}

/// What the report is called here that someone of a role asked for.
pub(super) fn job_of(role: AccountRole) -> String {
    format!("report of a {}", role.name())
}

/// Makes a change, of which nothing is wrong.
async fn changed(portal: &Portal, change: &str) -> Value {
    let data = portal.data(&format!("mutation {{ done: {change} }}")).await;
    assert_eq!(data["done"]["errors"], Value::Array(Vec::new()), "{change}: {data}");
    data["done"].clone()
}

impl World {
    /// The records in a registry of their own.
    pub(super) async fn of(db: &TestDb) -> Self {
        let done = db.registry().import(&Viewer::LocalAdministrator, &[file()], false, &|_, _, _| ()).await;
        done.unwrap_or_else(|e| panic!("{e}"));
        let portal = Portal::in_english(db, Viewer::LocalAdministrator);
        let mut ids = Vec::new();
        for (_, _, list) in KINDS {
            let found = portal.data(&format!("{{ {list}(first: 100) {{ nodes {{ id code }} }} }}")).await;
            for node in found[list]["nodes"].as_array().unwrap() {
                ids.push((text(&node["id"]), text(&node["code"])));
            }
        }
        let mut world = Self { marks: marks(), ids, words: BTreeMap::new() };
        world.words.insert("{programme}", world.id("programme-open"));
        world.words.insert("{hidden}", world.id("programme-inside"));
        let all: Vec<String> = world.ids.iter().map(|(id, _)| format!("\"{id}\"")).collect();
        world.words.insert("{ids}", all.join(", "));
        world.work(&portal).await;
        world
    }

    /// Publishes, locks and proposes.
    async fn work(&mut self, portal: &Portal) {
        for sort in SORTS.iter().filter(|sort| sort.level >= PARTNERS) {
            let (id, visibility) = (self.id(&format!("programme-{}", sort.name)), sort.visibility.to_uppercase());
            let input = format!("{{ id: \"{id}\", expectedVersion: 1, visibility: {visibility} }}");
            changed(portal, &format!("publishRecord(input: {input}) {{ errors {{ code path message }} }}")).await;
            self.ids.push((id, publication_of(sort.name)));
        }
        for name in LOCKED {
            let programme = format!("programme-{name}");
            let input = format!("{{ programme: \"{programme}\", from: \"2011\", to: \"2011\", reason: \"it was told\" }}");
            let fields = "{ periodLock { id } errors { code path message } }";
            let done = changed(portal, &format!("lockPeriod(input: {input}) {fields}")).await;
            // It is asked for by its programme and told by its own id.
            self.ids.push((programme, lock_of(name)));
            self.ids.push((text(&done["periodLock"]["id"]), lock_of(name)));
        }
        for (city, replication) in PROPOSED {
            let input = format!("{{ replication: \"{replication}\", stage: CHOSEN }}");
            let fields = "{ proposal { id } errors { code path message } }";
            let done = changed(portal, &format!("proposeReplicationProgress(input: {input}) {fields}")).await;
            self.ids.push((text(&done["proposal"]["id"]), proposal_of(city)));
        }
    }

    /// Has reports asked for by those who are known here.
    pub(super) async fn ask_for_reports(&mut self, db: &TestDb, everyone: &[Asker]) {
        for role in ASKED {
            let asked = ReportAsked {
                report: "programme-summary".into(),
                subject: "programme-open".into(),
                lang: Lang::Vi,
                audience: ReportAudience::Public,
                brand: None,
                period: Period::default(),
            };
            let author = Author::of(in_person_of(everyone, role), Lang::En);
            let job = db.registry().request_report(&author, asked).await.unwrap();
            self.ids.push((job.id.to_string(), job_of(role)));
        }
    }

    /// How something is called by its id.
    pub(super) fn id(&self, code: &str) -> String {
        let found = self.ids.iter().find(|(_, known)| *known == code);
        found.unwrap_or_else(|| panic!("no {code}")).0.clone()
    }

    /// A document with its words in their places.
    pub(super) fn filled(&self, document: &str) -> String {
        self.words.iter().fold(document.to_owned(), |text, (word, value)| text.replace(word, value))
    }

    /// Whatever an answer tells of the records, by code or id.
    pub(super) fn told(&self, answer: &Value) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        each(answer, &mut |_, leaf| {
            let Some(leaf) = leaf.as_str() else { return };
            let is_mark = |code: &str| self.marks.iter().any(|mark| mark.code == code);
            let named = self.ids.iter().find(|(id, _)| id == leaf && !is_mark(leaf));
            let code = named.map_or(leaf, |(_, code)| code.as_str());
            if is_mark(code) {
                told.insert(code.to_owned());
            }
        });
        told
    }
}

/// The sum of the numbers of this name in an answer.
pub(super) fn sum(answer: &Value, of: &str) -> i64 {
    let mut sum = 0;
    each(answer, &mut |name, leaf| {
        if name == of {
            sum += leaf.as_i64().unwrap_or_default();
        }
    });
    sum
}

/// Every value in an answer that holds no other, with its name.
fn each(answer: &Value, look: &mut dyn FnMut(&str, &Value)) {
    fn below(name: &str, of: &Value, look: &mut dyn FnMut(&str, &Value)) {
        match of {
            Value::Array(all) => all.iter().for_each(|one| below(name, one, look)),
            Value::Object(fields) => fields.iter().for_each(|(name, one)| below(name, one, look)),
            leaf => look(name, leaf),
        }
    }
    below("", answer, look);
}

pub(super) fn text(of: &Value) -> String {
    of.as_str().unwrap_or_else(|| panic!("{of} is no text")).to_owned()
}

/// The person of a role.
pub(super) fn in_person_of(everyone: &[Asker], role: AccountRole) -> Viewer {
    let is_they = |asker: &&Asker| matches!(&asker.who, Who::Known { role: of, key: None, .. } if *of == role);
    everyone.iter().find(is_they).unwrap().viewer.clone()
}

//! What is asked for. Each request leaves traces that no other can leave.

use serde_json::{Value, json};

/// The practice that all writers change.
pub(crate) const SHARED: &str = "shared";

/// The programme on which they report.
pub(crate) const PROGRAMME: &str = "torture";

/// How many indicators it has.
pub(crate) const INDICATORS: usize = 3;

/// A good practice that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) code: String,
    pub(crate) id: String,
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A good practice that is called as the request is.
    Practice,
    /// A programme that is called as the request is, with a sector: a row in each of two tables.
    Programme,
    /// To call the request in the description of the practice that all share.
    Shared { expected: i64 },
    /// To put a practice away.
    Archive(Made),
    /// To bring it back.
    Restore(Made),
    /// To report on all indicators at once, for a day that is no other request's.
    Actuals { day: String },
    /// A report from such a day on.
    Report { day: String },
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Its key, which also stands in what it writes.
    pub(crate) key: String,
    pub(crate) asked: Asked,
    pub(crate) body: String,
    /// What was answered, if an answer came.
    pub(crate) heard: Option<Value>,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Done,
    /// Another change came first; the version that the record has by now.
    Conflict(i64),
}

/// The code of an indicator.
pub(crate) fn indicator(number: usize) -> String {
    format!("{PROGRAMME}:result:1:indicator:{number}")
}

/// A mutation of one field, `call`, that tells `made` of what it made.
pub(crate) fn mutation(call: &str, made: &str, input: &Value) -> String {
    let kind = format!("{}{}Input", call[..1].to_uppercase(), &call[1..]);
    let errors = "errors { code path message currentVersion }";
    let query = format!("mutation($input: {kind}!) {{ done: {call}(input: $input) {{ made: {made} {errors} }} }}");
    json!({ "query": query, "variables": { "input": input } }).to_string()
}

/// A text in Vietnamese.
pub(crate) fn text(text: &str) -> Value {
    json!([{ "lang": "VI", "text": text }])
}

impl Asked {
    fn body(&self, key: &str) -> String {
        match self {
            Self::Practice => {
                let input = json!({ "code": key, "title": text(key), "visibility": "PUBLIC" });
                mutation("createGoodPractice", "goodPractice { id }", &input)
            }
            Self::Programme => {
                let sectors = json!([{ "code": "43030" }]);
                let input = json!({ "code": key, "title": text(key), "level": "PROJECT", "sectors": sectors });
                mutation("createProgramme", "programme { id }", &input)
            }
            Self::Shared { expected } => {
                let input = json!({ "id": SHARED, "expectedVersion": expected, "description": text(key) });
                mutation("updateGoodPractice", "goodPractice { id }", &input)
            }
            Self::Archive(practice) => {
                let input = json!({ "id": practice.id, "expectedVersion": 1, "reason": key });
                mutation("archiveRecord", "id version", &input)
            }
            Self::Restore(practice) => mutation("restoreRecord", "version", &json!({ "id": practice.id, "expectedVersion": 1 })),
            Self::Actuals { day } => {
                let actual = |n: usize| json!({ "indicator": indicator(n), "value": { "number": n.to_string() } });
                let actuals: Vec<Value> = (1..=INDICATORS).map(actual).collect();
                let input = json!({ "programme": PROGRAMME, "periodFrom": day, "periodTo": day, "actuals": actuals });
                mutation("reportActuals", "indicatorPeriods { id }", &input)
            }
            Self::Report { day } => {
                let input = json!({ "report": "programme-summary", "subject": PROGRAMME, "lang": "VI", "from": day });
                mutation("requestReport", "reportJob { id }", &input)
            }
        }
    }

    /// The rows that it leaves in the change feed, each as operation, kind and code.
    pub(crate) fn changes(&self, key: &str) -> Vec<[String; 3]> {
        let one = |operation: &str, kind: &str, code: &str| [operation.to_owned(), kind.to_owned(), code.to_owned()];
        match self {
            Self::Practice => vec![one("added", "good_practice", key)],
            Self::Programme => vec![one("added", "programme", key)],
            Self::Shared { .. } => vec![one("changed", "good_practice", SHARED)],
            Self::Archive(practice) => vec![one("archived", "good_practice", &practice.code)],
            Self::Restore(practice) => vec![one("restored", "good_practice", &practice.code)],
            Self::Actuals { .. } => self.periods().iter().map(|code| one("added", "indicator_period", code)).collect(),
            Self::Report { .. } => Vec::new(),
        }
    }

    /// The codes of the periods that it makes.
    pub(crate) fn periods(&self) -> Vec<String> {
        let Self::Actuals { day } = self else { return Vec::new() };
        (1..=INDICATORS).map(|n| format!("{}:period:{day}", indicator(n))).collect()
    }
}

impl Sent {
    pub(crate) fn new(key: String, asked: Asked) -> Self {
        let body = asked.body(&key);
        Self { key, asked, body, heard: None }
    }

    /// Another request, which must not go under the same key.
    pub(crate) fn another(&self) -> String {
        let changed = self.body.replace(&self.key, &format!("{}-other", self.key));
        if changed == self.body { changed + " " } else { changed }
    }

    /// What the answer says, if one came. A refusal that the request cannot have met with ends the test.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        let heard = self.heard.as_ref()?;
        let Some(error) = heard["errors"].get(0) else { return Some(Verdict::Done) };
        let shared = matches!(self.asked, Asked::Shared { .. });
        assert!(shared && error["code"] == "CONFLICT", "{} was refused: {heard}\n{}", self.key, self.body);
        Some(Verdict::Conflict(error["currentVersion"].as_i64().unwrap()))
    }

    /// Whether it was answered as done.
    pub(crate) fn is_done(&self) -> bool {
        self.verdict() == Some(Verdict::Done)
    }
}

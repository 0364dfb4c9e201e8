use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Portal;

/// What the schema says of itself.
pub(crate) struct Shape {
    types: BTreeMap<String, Value>,
}

/// A list: at the root, or under a record.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// The field.
    pub(crate) field: String,
    /// The type of its records.
    pub(crate) node: String,
    /// The type of its filter.
    pub(crate) filter: String,
    /// What it can be ordered by.
    pub(crate) orders: Vec<String>,
}

/// A field that leads to one record or object, or to several without pages.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The field.
    pub(crate) field: String,
    /// What it leads to.
    pub(crate) to: String,
}

const QUERY: &str = "{ __schema { types { name kind enumValues { name } inputFields { name type { ...t } }
    fields { name args { name type { ...t } } type { ...t } } } } }
    fragment t on __Type { name kind ofType { name kind ofType { name kind ofType { name } } } }";

/// The name at the heart of a type.
fn named(mut of: &Value) -> String {
    while of["name"].is_null() {
        of = &of["ofType"];
    }
    of["name"].as_str().unwrap().to_owned()
}

fn name(of: &Value) -> String {
    of["name"].as_str().unwrap().to_owned()
}

fn items(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

impl Shape {
    /// The shape as a client finds it.
    pub(crate) async fn of(portal: &Portal) -> Self {
        let data = portal.data(QUERY).await;
        Self { types: items(&data["__schema"]["types"]).map(|t| (name(t), t.clone())).collect() }
    }

    fn fields(&self, of: &str) -> impl Iterator<Item = &Value> {
        items(&self.types[of]["fields"])
    }

    fn values(&self, of: &str) -> Vec<String> {
        items(&self.types[of]["enumValues"]).map(name).collect()
    }

    /// The lists of a type; `Query` has those at the root.
    pub(crate) fn lists(&self, of: &str) -> Vec<List> {
        let list = |f: &Value| {
            let node = named(&f["type"]).strip_suffix("Connection")?.to_owned();
            let argument = |wanted: &str| Some(named(&items(&f["args"]).find(|a| a["name"] == wanted)?["type"]));
            // A search is no list: it has one order, its own.
            let orders = self.values(&format!("{}Field", argument("orderBy")?));
            Some(List { field: name(f), node, filter: argument("filter")?, orders })
        };
        self.fields(of).filter_map(list).collect()
    }

    /// The fields that lead from a type to objects without arguments that must be given.
    pub(crate) fn references(&self, of: &str) -> Vec<Reference> {
        let object = |f: &Value| {
            let to = named(&f["type"]);
            let plain = !items(&f["args"]).any(|a| a["type"]["kind"] == "NON_NULL");
            let leads = self.types[&to]["kind"] == "OBJECT" && !to.ends_with("Connection") && plain;
            leads.then(|| Reference { field: name(f), to })
        };
        self.fields(of).filter_map(object).collect()
    }

    /// The fields that hold a value and take no arguments that must be given.
    pub(crate) fn scalars(&self, of: &str) -> Vec<String> {
        let scalar = |f: &&Value| {
            let to = named(&f["type"]);
            let plain = !items(&f["args"]).any(|a| a["type"]["kind"] == "NON_NULL");
            matches!(self.types[&to]["kind"].as_str(), Some("SCALAR" | "ENUM")) && plain
        };
        self.fields(of).filter(scalar).map(name).collect()
    }

    /// All fields of a type, such as `Mutation`.
    pub(crate) fn names(&self, of: &str) -> Vec<String> {
        self.fields(of).map(name).collect()
    }

    /// The type of the one input of a mutation.
    pub(crate) fn input_of(&self, mutation: &str) -> String {
        let field = self.fields("Mutation").find(|f| f["name"] == mutation).unwrap_or_else(|| panic!("no {mutation}"));
        let input = items(&field["args"]).find(|a| a["name"] == "input");
        named(&input.unwrap_or_else(|| panic!("{mutation} has no input"))["type"])
    }

    /// The least that an input holds. What it points at is nowhere.
    pub(crate) fn least(&self, input: &str) -> Value {
        let needed = items(&self.types[input]["inputFields"]).filter(|f| f["type"]["kind"] == "NON_NULL");
        needed.map(|f| (name(f), self.least_of(&f["type"]))).collect::<serde_json::Map<_, _>>().into()
    }

    fn least_of(&self, of: &Value) -> Value {
        match of["kind"].as_str() {
            Some("NON_NULL") => return self.least_of(&of["ofType"]),
            Some("LIST") => return json!([self.least_of(&of["ofType"])]),
            // The innermost of the types that are told has a name and no kind.
            _ => {}
        }
        let name = of["name"].as_str().unwrap();
        match (self.types[name]["kind"].as_str().unwrap(), name) {
            ("ENUM", _) => json!(self.values(name)[0]),
            // Both ends may be left out, and a period of which nothing is known is none.
            (_, "PeriodInput") => json!({ "from": "2025-01", "to": "2025-06" }),
            ("INPUT_OBJECT", _) => self.least(name),
            (_, "ID" | "String") => json!("nothing"),
            (_, "Int") => json!(1),
            (_, "Boolean") => json!(true),
            (_, "Decimal") => json!("1.5"),
            (_, "Date" | "PartialDateInput") => json!("2025-01-02"),
            (_, "Currency") => json!("VND"),
            (kind, _) => panic!("{name} is a {kind}: say what the least of that is"),
        }
    }

    /// The root field that finds one record of a type by its code.
    pub(crate) fn single(&self, node: &str) -> String {
        let by_code = |f: &&Value| items(&f["args"]).any(|a| a["name"] == "code") && named(&f["type"]) == node;
        name(self.fields("Query").find(by_code).unwrap())
    }

    /// The conditions that a filter knows: its fields with their types.
    pub(crate) fn conditions(&self, filter: &str) -> Vec<(String, String)> {
        items(&self.types[filter]["inputFields"]).map(|f| (name(f), named(&f["type"]))).collect()
    }

    /// One filter or more for a condition, as they are written in a document, each with a name for its answer.
    pub(crate) fn written(&self, field: &str, of: &str) -> Vec<String> {
        let with = |values: &[&str]| values.iter().map(|v| format!("{{ {field}: {v} }}")).collect();
        match of {
            "String" => with(&[r#""a""#, r#""đô thị""#]),
            "Boolean" => with(&["true", "false"]),
            "TextFilter" => {
                with(&[r#"{ eq: "VN" }"#, r#"{ in: ["VN", "MPED"] }"#, "{ isUnknown: true }", "{ isUnknown: false }"])
            }
            "CodeFilter" => {
                with(&[r#"{ eq: "MPED" }"#, r#"{ in: ["CDF", "FCM"] }"#, "{ isUnknown: true }", "{ isUnknown: false }"])
            }
            "BodyFilter" => with(&[
                r#"{ eq: "ACVN" }"#,
                r#"{ in: ["GAC", "ha-noi"], scope: SUCCESSION }"#,
                r#"{ eq: "CANADA", scope: FAMILY }"#,
                "{ isUnknown: true }",
                "{ isUnknown: false }",
            ]),
            "PeriodFilter" => with(&[
                r#"{ from: "2010" }"#,
                r#"{ to: "2012-08-07" }"#,
                r#"{ from: "2010-03", to: "2013" }"#,
                "{ isUnknown: true }",
                "{ isUnknown: false }",
            ]),
            "KindNameFilter" => with(&["{ in: [PROGRAMME, AGREEMENT] }", "{ in: [] }"]),
            _ => match field {
                "and" | "or" => with(&[r#"[{ code: { isUnknown: false } }, { code: { eq: "MPED" } }]"#, "[]"]),
                "not" => with(&[r#"{ code: { eq: "MPED" } }"#]),
                _ => {
                    let values = self.values(&self.conditions(of).into_iter().find(|(name, _)| name == "eq").unwrap().1);
                    let (one, all) = (format!("{{ eq: {} }}", values[0]), format!("{{ in: [{}] }}", values.join(", ")));
                    with(&[&one, &all, "{ isUnknown: true }", "{ isUnknown: false }"])
                }
            },
        }
    }
}

/// Asks many root fields, as few at a time as the limits want, and gives the answer to each.
impl Portal {
    pub(crate) async fn ask_each(&self, fields: &[String]) -> Vec<Value> {
        let mut answers = Vec::with_capacity(fields.len());
        for some in fields.chunks(18) {
            let lines: Vec<String> = some.iter().enumerate().map(|(i, field)| format!("a{i}: {field}")).collect();
            let data = self.data(&format!("{{ {} }}", lines.join("\n"))).await;
            answers.extend((0..some.len()).map(|i| data[format!("a{i}")].clone()));
        }
        answers
    }
}

//! Someone at work: asks through the gateway, and insists on the answer.

use ketnoi_domain::Viewer;
use ketnoi_test_support::TestDb;
use serde_json::{Value, json};

use crate::support::Portal;

/// Where someone works.
pub(super) struct Desk {
    /// Who works here.
    pub(super) viewer: Viewer,
    portal: Portal,
}

/// The type of a mutation's input, where it is not called as the mutation is.
fn input_of(field: &str) -> String {
    match field {
        "openDialogue" | "closeDialogue" | "publishDialogue" => "DialogueStepInput".to_owned(),
        "comparePaperBallots" | "acceptPaperBallots" => "PaperBallotsInput".to_owned(),
        other => format!("{}{}Input", other[..1].to_uppercase(), &other[1..]),
    }
}

impl Desk {
    pub(super) fn of(db: &TestDb, viewer: Viewer) -> Self {
        Self { portal: Portal::in_english(db, viewer.clone()), viewer }
    }

    /// The data of an answer without errors.
    pub(super) async fn reads(&self, document: &str) -> Value {
        self.portal.data(document).await
    }

    /// The code of the error that a question ends with.
    pub(super) async fn is_told(&self, document: &str) -> String {
        self.portal.ask(document, json!({})).await.code().to_owned()
    }

    async fn ask(&self, field: &str, fields: &str, input: Value) -> crate::support::Reply {
        let document = format!(
            "mutation ($input: {}!) {{ {field}(input: $input) {{ {fields} errors {{ code path currentVersion }} }} }}",
            input_of(field)
        );
        self.portal.ask(&document, json!({ "input": input })).await
    }

    /// Makes a change; what its payload says.
    pub(super) async fn does(&self, field: &str, fields: &str, input: Value) -> Value {
        let reply = self.ask(field, fields, input).await;
        let payload = reply.data()[field].clone();
        assert_eq!(payload["errors"], json!([]), "{field}: {}", reply.text);
        payload
    }

    /// Tries to make a change; of which sort is what is wrong, and where.
    pub(super) async fn is_refused(&self, field: &str, input: Value) -> Vec<[String; 2]> {
        let reply = self.ask(field, "", input).await;
        let errors = reply.data()[field]["errors"].as_array().unwrap().clone();
        assert!(!errors.is_empty(), "{field} is refused: {}", reply.text);
        let text = |of: &Value| of.as_str().unwrap().to_owned();
        errors.iter().map(|e| [text(&e["code"]), text(&e["path"])]).collect()
    }

    /// Tries to make a change of a record that someone else has changed; the version that it has by now.
    pub(super) async fn comes_late(&self, field: &str, input: Value) -> Value {
        let reply = self.ask(field, "", input).await;
        let errors = &reply.data()[field]["errors"];
        assert_eq!((&errors[0]["code"], &errors[0]["path"]), (&json!("CONFLICT"), &json!("expectedVersion")), "{}", reply.text);
        errors[0]["currentVersion"].clone()
    }

    /// Tries to make a change that is not theirs to make.
    pub(super) async fn may_not(&self, field: &str, input: Value) {
        let reply = self.ask(field, "", input).await;
        assert_eq!(reply.code(), "FORBIDDEN", "{field}: {}", reply.text);
    }
}

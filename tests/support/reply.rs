use serde_json::Value;

/// What came back.
pub(crate) struct Reply {
    /// The status of HTTP.
    pub(crate) status: u16,
    /// The bytes, as they came.
    pub(crate) text: String,
    /// What they say.
    pub(crate) body: Value,
    /// How many statements of SQL it took.
    pub(crate) statements: u64,
    query: String,
}

impl Reply {
    pub(super) fn new(query: &str, status: u16, bytes: &[u8], statements: u64) -> Self {
        let text = String::from_utf8(bytes.to_vec()).expect("an answer is UTF-8");
        let body = serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"));
        Self { status, text, body, statements, query: query.chars().take(2000).collect() }
    }

    /// The data; the test ends here if there were errors.
    #[track_caller]
    pub(crate) fn data(&self) -> &Value {
        assert!(self.status == 200 && self.body.get("errors").is_none(), "{}\n{}", self.query, self.text);
        &self.body["data"]
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
    }

    /// The sentence of the first error.
    pub(crate) fn message(&self) -> &str {
        self.body["errors"][0]["message"].as_str().unwrap_or("none")
    }

    /// What the gateway says that it cost.
    pub(crate) fn cost(&self) -> u64 {
        self.body["extensions"]["cost"]["requested"].as_u64().expect("an answer tells its cost")
    }
}

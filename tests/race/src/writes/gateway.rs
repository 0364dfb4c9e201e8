//! Writes through the gateway, by the key of an officer.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{ACTUALS, Write, Writing};

/// One who may write, at a gateway.
pub(super) struct Officer {
    pub(super) port: u16,
    pub(super) key: String,
    /// What makes the codes of this run its own.
    pub(super) stamp: String,
}

/// Connections that were opened.
static OPENED: AtomicU32 = AtomicU32::new(0);

/// Issues a key that may write.
pub(super) fn key(binary: &Path, database: &str) -> anyhow::Result<String> {
    let run = |arguments: &[&str]| -> anyhow::Result<Output> {
        Ok(Command::new(binary).args(arguments).args(["--database-url", database]).output()?)
    };
    // An earlier run on the same database has made the account already; whether it is there shows with the key.
    run(&["user", "add", "race-officer", "--role", "officer"])?;
    let scopes = ["--scope", "registry:read", "--scope", "registry:write"];
    let issued = run(&[&["key", "issue", "race-officer", "--label", "race"][..], &scopes].concat())?;
    anyhow::ensure!(issued.status.success(), "no key: {}", String::from_utf8_lossy(&issued.stderr));
    Ok(String::from_utf8(issued.stdout)?.lines().last().context("no key was printed")?.to_owned())
}

fn text(text: &str) -> Value {
    json!([{ "lang": "VI", "text": text }])
}

fn mutation(call: &str, made: &str, input: &Value) -> String {
    let kind = format!("{}{}Input", call[..1].to_uppercase(), &call[1..]);
    let query = format!("mutation($input: {kind}!) {{ done: {call}(input: $input) {{ {made} errors {{ path message }} }} }}");
    json!({ "query": query, "variables": { "input": input } }).to_string()
}

impl Officer {
    /// The programme of this run.
    fn programme(&self) -> String {
        format!("w-{}", self.stamp)
    }

    /// Makes a programme with two results, each with as many indicators as one mutation reports on. It is a draft, which the
    /// questions of the race do not meet.
    pub(super) fn furnish(&self) -> anyhow::Result<()> {
        let (mut client, programme) = (self.connect()?, self.programme());
        let title = text("Đo tốc độ ghi");
        let input = json!({ "code": programme, "title": title, "level": "PROJECT" });
        client.send(&mutation("createProgramme", "programme { id }", &input))?;
        for result in ["1", "2"] {
            let input = json!({ "programme": programme, "level": "OUTPUT", "number": result, "title": title });
            client.send(&mutation("createResult", "result { id }", &input))?;
            let result = format!("{programme}:result:{result}");
            for n in 0..ACTUALS {
                let number = n.to_string();
                let input = json!({ "result": result, "number": number, "title": title, "measure": "UNIT", "ascending": true });
                client.send(&mutation("createIndicator", "indicator { id }", &input))?;
            }
        }
        Ok(())
    }

    fn connect(&self) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ",
            self.port, self.key
        );
        Ok(Client { stream: BufReader::new(stream), head })
    }

    /// A connection that writes one after another.
    pub(super) fn writing(&self, write: Write, number: usize) -> anyhow::Result<Writing> {
        let mut client = self.connect()?;
        let (programme, opened) = (self.programme(), OPENED.fetch_add(1, Ordering::Relaxed));
        let code = format!("{programme}-{opened}-{number}");
        let practice = |code: &str| {
            let input = json!({ "code": code, "title": text("Lập kế hoạch có người dân tham gia"), "visibility": "PUBLIC" });
            mutation("createGoodPractice", "goodPractice { id version }", &input)
        };
        // Each changes a practice of its own, and the figures of a day of its own. Months of 28 days are enough.
        let day = format!("{:04}-{:02}-{:02}", 1900 + opened / 336, opened / 28 % 12 + 1, opened % 28 + 1);
        if write == Write::Update {
            client.send(&practice(&code))?;
        }
        let mut done = 0u32;
        Ok(Box::new(move || {
            done += 1;
            let body = match write {
                Write::Create => practice(&format!("{code}-{done}")),
                Write::Update => {
                    let input = json!({ "id": code, "expectedVersion": done, "description": text(&format!("Lần sửa {done}")) });
                    mutation("updateGoodPractice", "goodPractice { id version }", &input)
                }
                Write::Bulk => {
                    let value = json!({ "number": done.to_string() });
                    let actual = |n: usize| json!({ "indicator": format!("{programme}:result:1:indicator:{n}"), "value": value });
                    let actuals: Vec<Value> = (0..ACTUALS).map(actual).collect();
                    let input = json!({ "programme": programme, "periodFrom": day, "periodTo": day, "actuals": actuals });
                    mutation("reportActuals", "indicatorPeriods { id }", &input)
                }
            };
            client.send(&body)
        }))
    }
}

struct Client {
    stream: BufReader<TcpStream>,
    head: String,
}

impl Client {
    /// Sends a mutation and waits until it is done.
    fn send(&mut self, body: &str) -> anyhow::Result<()> {
        let request = format!("{}{}\r\n\r\n{body}", self.head, body.len());
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            anyhow::ensure!(self.stream.read_line(&mut head)? > 0, "the connection was closed");
        }
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")).context("no content-length")?;
        let mut answer = vec![0; length.trim().parse()?];
        self.stream.read_exact(&mut answer)?;
        let answer = String::from_utf8(answer)?;
        let good = head.starts_with("http/1.1 200") && answer.contains("\"errors\":[]");
        anyhow::ensure!(good, "refused: {answer}\n{body}");
        Ok(())
    }
}

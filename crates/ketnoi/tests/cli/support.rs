//! A working directory of the test's own, the binary in it, and a client that speaks just enough HTTP.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// An empty working directory.
pub(crate) struct Place(TempDir);

/// How a command ended.
pub(crate) struct Outcome {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    /// The test ends here if the command failed.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.status, Some(0), "{}{}", self.out, self.err);
        self
    }

    /// The command failed in its work, and said all of these.
    #[track_caller]
    pub(crate) fn failed(&self, said: &[&str]) {
        assert_eq!(self.status, Some(1), "{}{}", self.out, self.err);
        for words in said {
            assert!(self.err.contains(words), "`{words}` is not in:\n{}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(TempDir::with_prefix("ketnoi-cli-").unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What stands in it, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(self.0.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ketnoi"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KETNOI_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Outcome { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Starts a command that serves, on a free port, and waits for the line that tells where.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        self.serve_and_log(arguments, "warn")
    }

    /// The same, with more in its log.
    pub(crate) fn serve_and_log(&self, arguments: &[&str], level: &str) -> Server {
        self.start(&[arguments, &["--workers", "1", "--log", level]].concat())
    }

    /// Starts a command that serves with just these options, on a free port.
    pub(crate) fn start(&self, arguments: &[&str]) -> Server {
        let log = File::create(self.path("log.txt")).unwrap();
        let arguments = [arguments, &["--listen", "127.0.0.1:0"]].concat();
        let mut child = self.command(&arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let address = loop {
            line.clear();
            let read = out.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended before it served: {}", fs::read_to_string(self.path("log.txt")).unwrap());
            if let Some((_, rest)) = line.split_once("answers at http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        Server { child, out, address, log: self.path("log.txt") }
    }
}

/// A server that is running. It is ended when this is dropped.
pub(crate) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    pub(crate) address: String,
    log: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {self:?}"))
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned()
    }
}

impl Server {
    /// Sends bytes and reads to the end of the connection.
    pub(crate) fn raw(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses a large body may close before it has read all of it.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        // The head is text; a body may be a file.
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address), b"")
    }

    /// Posts a body of JSON to `/graphql`.
    pub(crate) fn post(&self, body: &str) -> Answer {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        self.raw(&head, body.as_bytes())
    }

    /// Asks a question of GraphQL.
    pub(crate) fn ask(&self, query: &str) -> Answer {
        self.post(&json!({ "query": query }).to_string())
    }

    /// Tells it to stop as a service manager does, and waits until it has: its status, and what it printed since.
    pub(crate) fn terminate(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

/// The public part of the demonstration data.
pub(crate) fn acvn() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/acvn").to_owned()
}

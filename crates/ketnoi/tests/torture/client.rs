//! A client that keeps its connection, and tells an answer from the end of the server.

use std::{
    io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// A server that takes longer than this for one answer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the server is, and what opens it.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) address: String,
    pub(crate) key: String,
}

/// A connection to the server.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    to: Access,
}

impl Connection {
    pub(crate) fn open(to: &Access) -> io::Result<Self> {
        let stream = TcpStream::connect(&to.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), to: to.clone() })
    }

    /// Sends a mutation whose field is called `done`, and gives what it answers. An error says that no answer came whole, and
    /// nothing of what became of the request.
    pub(crate) fn ask(&mut self, body: &str, request: &str, claim: Option<&str>) -> io::Result<Value> {
        let claim = claim.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
        let (host, key, length) = (&self.to.address, &self.to.key, body.len());
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\nX-Request-Id: {request}\r\n{claim}Content-Length: {length}\r\n\r\n"
        );
        self.stream.get_mut().write_all((head + body).as_bytes())?;
        let answer = self.answer();
        if let Err(error) = &answer {
            let hangs = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
            assert!(!hangs, "{request} has had no answer for {PATIENCE:?}");
        }
        answer
    }

    fn answer(&mut self) -> io::Result<Value> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let head = head.to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
        let mut body = vec![0; length.unwrap_or_else(|| panic!("an answer without a length: {head}"))];
        self.stream.read_exact(&mut body)?;
        let shown = String::from_utf8_lossy(&body);
        assert!(head.starts_with("http/1.1 200 "), "{head}{shown}");
        let mut answer: Value = serde_json::from_slice(&body).unwrap_or_else(|e| panic!("no JSON ({e}): {shown}"));
        assert!(answer["errors"].is_null() && answer["data"]["done"].is_object(), "{shown}");
        Ok(answer["data"]["done"].take())
    }
}

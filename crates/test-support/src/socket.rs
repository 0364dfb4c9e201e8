//! A client of WebSocket made by hand: it can do what a well-behaved one would not, and what it reads it reads when a test
//! says so.

use std::{net::SocketAddr, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// How long anything is waited for before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    received: Vec<u8>,
}

/// What came over a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Text(String),
    /// A ping, with what it brought; it has been answered.
    Ping(Vec<u8>),
    /// A farewell, with its code and reason.
    Closed(u16, String),
    /// The connection ended without one.
    Gone,
}

impl Socket {
    /// Opens a socket at `/graphql` of a server with these headers besides those of the handshake; the status where it is refused.
    pub async fn open(address: SocketAddr, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut stream = TcpStream::connect(address).await.unwrap_or_else(|e| panic!("{address}: {e}"));
        let mut request = format!(
            "GET /graphql HTTP/1.1\r\nhost: {address}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).await.unwrap_or_else(|e| panic!("{address}: {e}"));
        let mut received = Vec::new();
        let end = loop {
            if let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
                break end;
            }
            let read = timeout(PATIENCE, stream.read_buf(&mut received)).await;
            assert!(matches!(read, Ok(Ok(1..))), "no answer to the handshake: {}", String::from_utf8_lossy(&received));
        };
        let head = String::from_utf8_lossy(&received[..end]).to_ascii_lowercase();
        received.drain(..end + 4);
        let status: u16 = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{head}"));
        if status != 101 {
            return Err(status);
        }
        assert!(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{head}");
        Ok(Self { stream, received })
    }

    /// Opens a socket that speaks graphql-transport-ws.
    pub async fn speaking(address: SocketAddr, headers: &[(&str, &str)]) -> Self {
        let headers: Vec<_> = [("sec-websocket-protocol", "graphql-transport-ws")].iter().chain(headers).copied().collect();
        Self::open(address, &headers).await.unwrap_or_else(|status| panic!("the handshake was refused: {status}"))
    }

    /// The same, which has begun: with this payload, and acknowledged.
    pub async fn begun(address: SocketAddr, headers: &[(&str, &str)], payload: Value) -> Self {
        let mut socket = Self::speaking(address, headers).await;
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
        socket
    }

    /// Says a message of the protocol.
    pub async fn say(&mut self, message: &Value) {
        self.send(message.to_string().as_bytes()).await;
    }

    /// Begins an operation.
    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(&json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    /// Sends a text, whatever it is.
    pub async fn send(&mut self, text: &[u8]) {
        self.frame(0x80 | TEXT, text).await;
    }

    /// Sends a frame, whatever it is. A server that has closed does not hear it.
    pub async fn frame(&mut self, first: u8, payload: &[u8]) {
        let mut frame = vec![first];
        // Clients mask what they send; a mask of nothing but zeros is one.
        match u16::try_from(payload.len()) {
            Ok(length @ 0..126) => frame.push(0x80 | u8::try_from(length).unwrap_or_default()),
            Ok(length) => {
                frame.push(0x80 | 126);
                frame.extend_from_slice(&length.to_be_bytes());
            }
            Err(_) => {
                frame.push(0x80 | 127);
                frame.extend_from_slice(&(payload.len() as u64).to_be_bytes());
            }
        }
        frame.extend_from_slice(&[0; 4]);
        frame.extend_from_slice(payload);
        _ = self.stream.write_all(&frame).await;
    }

    /// The next thing that comes. A ping is answered at once, as clients do.
    pub async fn next(&mut self) -> Heard {
        let heard = self.next_unanswered().await;
        if let Heard::Ping(payload) = &heard {
            self.frame(0x80 | PONG, payload).await;
        }
        heard
    }

    /// The next thing that comes; a ping is left unanswered.
    pub async fn next_unanswered(&mut self) -> Heard {
        loop {
            if let Some((opcode, payload)) = self.take() {
                match opcode {
                    TEXT => return Heard::Text(String::from_utf8(payload).unwrap_or_else(|e| panic!("{e}"))),
                    PING => return Heard::Ping(payload),
                    PONG => continue,
                    CLOSE => {
                        let (code, reason) = payload.split_at_checked(2).unwrap_or((&[0, 0][..], &[][..]));
                        let code = u16::from_be_bytes(code.try_into().unwrap_or_default());
                        return Heard::Closed(code, String::from_utf8_lossy(reason).into_owned());
                    }
                    other => panic!("a server does not send frames of kind {other}"),
                }
            }
            match timeout(PATIENCE, self.stream.read_buf(&mut self.received)).await {
                Ok(Ok(1..)) => {}
                Ok(Ok(0) | Err(_)) => return Heard::Gone,
                Err(_) => panic!("nothing came"),
            }
        }
    }

    /// The next message of the protocol.
    pub async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Heard::Text(text) => return serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}")),
                Heard::Ping(_) => {}
                end @ (Heard::Closed(..) | Heard::Gone) => panic!("the socket ended: {end:?}"),
            }
        }
    }

    /// The code of the farewell, whatever comes before it; 0 where there is none.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match self.next().await {
                Heard::Text(_) | Heard::Ping(_) => {}
                Heard::Closed(code, _) => return code,
                Heard::Gone => return 0,
            }
        }
    }

    /// Waits until the server has taken in all that was said before: it answers messages in order.
    pub async fn settled(&mut self) -> Vec<Value> {
        self.say(&json!({ "type": "ping" })).await;
        let mut before = Vec::new();
        loop {
            match self.hear().await {
                pong if pong["type"] == "pong" => return before,
                message => before.push(message),
            }
        }
    }

    /// A whole frame of what was received.
    fn take(&mut self) -> Option<(u8, Vec<u8>)> {
        let bytes = &self.received;
        let (first, second) = (*bytes.first()?, *bytes.get(1)?);
        assert!(first & 0x80 != 0 && second & 0x80 == 0, "a server sends whole frames, and no masks");
        let (start, length) = match second {
            126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
            127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
            length => (2, usize::from(length)),
        };
        let payload = bytes.get(start..start + length)?.to_vec();
        self.received.drain(..start + length);
        Some((first & 0x0f, payload))
    }
}

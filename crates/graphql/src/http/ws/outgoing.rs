//! What is on its way to a client, and how much of it may be.
//!
//! The system between us and the client takes megabytes that nobody reads. So after every so many bytes the client is asked by a
//! ping of WebSocket, whose payload says how far we were: it answers once it has read up to there, by itself, as every client of
//! WebSocket does. What it has not read is bounded in this way, and whoever does not read at all is found out.

use std::time::Duration;

use actix_ws::{CloseCode, CloseReason, Session};
use tokio::time::{Instant, timeout};

use super::sockets::SocketOptions;

/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// The client is gone, or as good as gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gone;

/// The way to a client.
pub(super) struct Outgoing {
    session: Session,
    quiet: Duration,
    patience: Duration,
    unread: u64,
    /// Bytes sent so far, how many of them when it was last asked, and how many have been read for sure.
    sent: u64,
    asked: u64,
    read: u64,
    /// Since when an answer is waited for.
    waiting: Option<Instant>,
    /// When something was last heard or asked.
    last: Instant,
}

impl Outgoing {
    pub(super) fn new(session: Session, options: &SocketOptions) -> Self {
        let SocketOptions { quiet, patience, unread, .. } = *options;
        let (sent, asked, read) = (0, 0, 0);
        Self { session, quiet, patience, unread, sent, asked, read, waiting: None, last: Instant::now() }
    }

    /// Whether more may be sent: the client has read enough of what was.
    pub(super) fn is_open(&self) -> bool {
        self.sent - self.read < self.unread
    }

    /// When something is to be done, though the client says nothing.
    pub(super) fn due(&self) -> Instant {
        match self.waiting {
            Some(since) => since + self.patience,
            None => self.last + self.quiet,
        }
    }

    /// Does it: asks a client that has been quiet; gives up one that was asked and did not answer.
    pub(super) async fn on_time(&mut self) -> Result<(), Gone> {
        if Instant::now() < self.due() {
            return Ok(());
        }
        if self.waiting.is_some() {
            return Err(Gone);
        }
        self.ask().await
    }

    /// Sends a message.
    pub(super) async fn text(&mut self, text: String) -> Result<(), Gone> {
        self.sent += text.len() as u64;
        within(self.patience, self.session.text(text)).await?;
        // Asked several times on the way, a client that reads well never has to wait.
        if self.sent - self.asked >= self.unread / 4 {
            self.ask().await?;
        }
        Ok(())
    }

    /// Answers a ping.
    pub(super) async fn pong(&mut self, payload: &[u8]) -> Result<(), Gone> {
        self.heard();
        within(self.patience, self.session.pong(payload)).await
    }

    /// Notes that the client said something.
    pub(super) fn heard(&mut self) {
        self.last = Instant::now();
    }

    /// Notes how far a client has read.
    pub(super) fn read_up_to(&mut self, payload: &[u8]) {
        self.heard();
        let Ok(read) = payload.try_into().map(u64::from_be_bytes) else { return };
        // Only what was asked can be answered: a client might count on its own.
        if read > self.asked || read < self.read {
            return;
        }
        let further = read > self.read;
        self.read = read;
        if self.read == self.asked {
            self.waiting = None;
        } else if further {
            // Only who has read more gets more time: what is said again says nothing.
            self.waiting = Some(self.last);
        }
    }

    /// Says farewell. A client that does not read does not hear it.
    pub(super) async fn close(self, code: u16, reason: &str) {
        let reason = CloseReason { code: CloseCode::from(code), description: Some(reason.to_owned()) };
        // It may be gone already, which is what is wanted.
        _ = timeout(FAREWELL, self.session.close(Some(reason))).await;
    }

    async fn ask(&mut self) -> Result<(), Gone> {
        self.asked = self.sent;
        self.last = Instant::now();
        self.waiting.get_or_insert(self.last);
        within(self.patience, self.session.ping(&self.asked.to_be_bytes())).await
    }
}

async fn within<E>(time: Duration, send: impl Future<Output = Result<(), E>>) -> Result<(), Gone> {
    match timeout(time, send).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

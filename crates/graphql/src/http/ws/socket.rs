//! One socket: what its client says, what its operations answer, what time brings, one after the other in one task.
//!
//! Operations are asked for their next answer only while there is room for it on the way to the client, so nothing is ever held
//! for a client but what is on its way. A subscription that is not asked in time falls behind, and says so. Nor is anything begun
//! for a client that has still to read: it is told so, and let go where it goes on.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use actix_web::web::Data;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError, Session};
use async_graphql::{Executor, ServerError};
use futures_util::stream::{AbortHandle, LocalBoxStream, SelectAll, StreamExt, abortable};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::super::error::{Code, Refusal};
use super::super::gateway::Gateway;
use super::super::hooks::Hooks;
use super::super::params::Params;
use super::operation::{self, Said};
use super::outgoing::{Gone, Outgoing};
use super::protocol::{self, Introduction, Message, close};
use super::sockets::{Place, Subscribed};

/// One socket.
pub(super) struct Socket<E: Executor, H: Hooks> {
    gateway: Data<Gateway<E, H>>,
    /// Whoever asked for the socket; since it has begun, whoever speaks over it.
    caller: H::Caller,
    out: Outgoing,
    stage: Stage,
    /// Operations by their ids, and what they say.
    running: HashMap<Arc<str>, Running>,
    said: SelectAll<LocalBoxStream<'static, (Arc<str>, Said)>>,
    /// How many operations were turned away since there was room last.
    turned_away: usize,
    /// The id of the request that opened it, and how many operations it has run.
    id: Arc<str>,
    count: u64,
    _place: Place,
}

/// How far a socket has come, and when it must be looked at next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// The client must begin by then.
    Opened(Instant),
    /// It is asked then whether what the client came with still holds.
    Begun(Instant),
    /// The server stops: what still runs must be done by then.
    Draining(Instant),
}

/// An operation that runs.
struct Running {
    end: AbortHandle,
    /// Set where it is a subscription.
    subscribed: Option<Subscribed>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end.abort();
    }
}

/// Why a socket ends.
enum End {
    Close(u16, String),
    Gone,
}

impl From<Gone> for End {
    fn from(Gone: Gone) -> Self {
        Self::Gone
    }
}

fn closed<T>(code: u16, reason: impl Into<String>) -> Result<T, End> {
    Err(End::Close(code, reason.into()))
}

impl<E: Executor, H: Hooks> Socket<E, H> {
    pub(super) fn new(gateway: Data<Gateway<E, H>>, caller: H::Caller, session: Session, place: Place, id: Arc<str>) -> Self {
        let options = gateway.sockets.options();
        let (out, stage) = (Outgoing::new(session, options), Stage::Opened(Instant::now() + options.begin));
        let (running, said) = (HashMap::new(), SelectAll::new());
        Self { gateway, caller, out, stage, running, said, turned_away: 0, id, count: 0, _place: place }
    }

    /// Serves the client until one of the two ends it.
    pub(super) async fn run(mut self, mut incoming: AggregatedMessageStream, speaks_ours: bool) {
        let end =
            if speaks_ours { self.serve(&mut incoming).await } else { closed(close::SUBPROTOCOL, "Subprotocol not acceptable") };
        // Operations end before the farewell, which may take a moment.
        self.running.clear();
        self.said.clear();
        match end {
            Ok(()) | Err(End::Gone) => tracing::debug!(request_id = %self.id, "the client of a socket is gone"),
            Err(End::Close(code, reason)) => {
                tracing::debug!(request_id = %self.id, code, reason, "a socket is closed");
                self.out.close(code, &reason).await;
            }
        }
    }

    async fn serve(&mut self, incoming: &mut AggregatedMessageStream) -> Result<(), End> {
        let mut stop = self.gateway.sockets.stopping();
        loop {
            let draining = matches!(self.stage, Stage::Draining(_));
            if draining && self.running.is_empty() {
                return closed(close::GOING_AWAY, "The server stops; connect again");
            }
            let (open, due) = (self.out.is_open(), self.due());
            tokio::select! {
                biased;
                () = stopped(&mut stop), if !draining => self.drain().await?,
                // First what runs: an operation has begun before the next message of its client is read.
                Some((id, said)) = self.said.next(), if open && !self.said.is_empty() => self.pass_on(&id, said).await?,
                message = incoming.recv() => match message {
                    Some(message) => self.hear(message).await?,
                    None => return Ok(()),
                },
                () = sleep_until(due) => self.on_time().await?,
            }
        }
    }

    /// When something is to be done though nothing happens.
    fn due(&self) -> Instant {
        let (Stage::Opened(at) | Stage::Begun(at) | Stage::Draining(at)) = self.stage;
        at.min(self.out.due())
    }

    async fn on_time(&mut self) -> Result<(), End> {
        let now = Instant::now();
        match self.stage {
            Stage::Opened(by) if by <= now => return closed(close::TIMEOUT, "Connection initialisation timeout"),
            Stage::Draining(by) if by <= now => return closed(close::GOING_AWAY, "The server stops; connect again"),
            Stage::Begun(look) if look <= now => {
                self.stage = Stage::Begun(now + self.gateway.sockets.options().look);
                match self.gateway.hooks.again(&self.caller).await {
                    Ok(Some(caller)) => self.caller = caller,
                    Ok(None) => return closed(close::FORBIDDEN, "Forbidden"),
                    Err(reason) => {
                        tracing::error!(request_id = %self.id, reason, "it cannot be asked whether a client's rights still hold");
                        return closed(close::INTERNAL, "Internal server error");
                    }
                }
            }
            Stage::Opened(_) | Stage::Begun(_) | Stage::Draining(_) => {}
        }
        Ok(self.out.on_time().await?)
    }

    /// The server stops: what is followed ends, what answers once may still do so.
    async fn drain(&mut self) -> Result<(), End> {
        self.stage = Stage::Draining(Instant::now() + self.gateway.sockets.options().drain);
        let followed: Vec<Arc<str>> =
            self.running.iter().filter(|(_, running)| running.subscribed.is_some()).map(|(id, _)| Arc::clone(id)).collect();
        for id in followed {
            self.running.remove(&id);
            self.out.text(protocol::complete(&id)).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, message: Result<AggregatedMessage, ProtocolError>) -> Result<(), End> {
        self.out.heard();
        match message {
            Ok(AggregatedMessage::Text(text)) => match protocol::read(&text) {
                Ok(message) => self.answer(message).await,
                Err(malformed) => closed(close::BAD_REQUEST, malformed.0),
            },
            Ok(AggregatedMessage::Binary(_)) => closed(close::BAD_REQUEST, "Invalid message: it is no text"),
            Ok(AggregatedMessage::Ping(payload)) => Ok(self.out.pong(&payload).await?),
            Ok(AggregatedMessage::Pong(payload)) => {
                self.out.read_up_to(&payload);
                Ok(())
            }
            Ok(AggregatedMessage::Close(_)) => closed(close::NORMAL, ""),
            Err(ProtocolError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
                closed(close::NOT_TEXT, "A text is no UTF-8")
            }
            // Of a connection that broke nobody hears this; else it is a message in parts that are too much together.
            Err(ProtocolError::Overflow | ProtocolError::Io(_)) => closed(close::TOO_LARGE, "The message is too large"),
            Err(error) => closed(close::PROTOCOL, error.to_string()),
        }
    }

    async fn answer(&mut self, message: Message) -> Result<(), End> {
        match message {
            Message::Begin(said) => self.begin(&said).await,
            Message::Ping(payload) => Ok(self.out.text(protocol::pong(payload.as_ref())).await?),
            Message::Pong => Ok(()),
            Message::Subscribe { id, params } => self.start(id, params).await,
            Message::Complete { id } => {
                // Of an operation that has just ended, both sides may say so.
                self.running.remove(id.as_str());
                Ok(())
            }
        }
    }

    async fn begin(&mut self, said: &Introduction) -> Result<(), End> {
        match self.stage {
            Stage::Opened(_) => {}
            Stage::Begun(_) => return closed(close::TWICE, "Too many initialisation requests"),
            Stage::Draining(_) => return Ok(()),
        }
        match self.gateway.hooks.introduced(self.caller.clone(), said, &self.id).await {
            Ok(caller) => {
                self.caller = caller;
                self.stage = Stage::Begun(Instant::now() + self.gateway.sockets.options().look);
                Ok(self.out.text(protocol::acknowledged()).await?)
            }
            Err(refusal) => match refusal.status.map_or(0, |status| status.as_u16()) {
                429 => closed(close::AGAIN, refusal.message()),
                500.. => closed(close::INTERNAL, "Internal server error"),
                _ => closed(close::FORBIDDEN, "Forbidden"),
            },
        }
    }

    async fn start(&mut self, id: String, params: Params) -> Result<(), End> {
        match self.stage {
            Stage::Opened(_) => return closed(close::UNAUTHORIZED, "Unauthorized"),
            // It is told of the stop in a moment.
            Stage::Draining(_) => return Ok(()),
            Stage::Begun(_) => {}
        }
        let id: Arc<str> = id.into();
        if self.running.contains_key(&id) {
            return closed(close::IN_USE, format!("Subscriber for {id} already exists"));
        }
        let limit = self.gateway.sockets.options().operations;
        if !self.out.is_open() {
            return self.turn_away(&id, limit).await;
        }
        self.turned_away = 0;
        // What its client has completed is held until it is asked once more.
        let actual = self.said.len().max(self.running.len()) + 1;
        if actual > limit {
            let refusal = Refusal::too_complex("the number of operations on this socket is", limit as u64, actual as u64);
            return Ok(self.out.text(protocol::error(&id, &refusal.errors)).await?);
        }
        self.count += 1;
        let known_as: Arc<str> = format!("{}-{}", self.id, self.count).into();
        let said = operation::run(Data::clone(&self.gateway), self.caller.clone(), params, known_as);
        let (said, end) = abortable(said);
        self.running.insert(Arc::clone(&id), Running { end, subscribed: None });
        self.said.push(said.map(move |said| (Arc::clone(&id), said)).boxed_local());
        Ok(())
    }

    /// Refuses an operation of a client that has still to read what was sent: it would be held and never asked.
    async fn turn_away(&mut self, id: &str, limit: usize) -> Result<(), End> {
        self.turned_away += 1;
        if self.turned_away > limit {
            return closed(close::AGAIN, "Read what was sent before you ask for more");
        }
        let message = "There are answers on their way that you have not read: read them first, then ask again.";
        let refusal = Refusal::new(Code::RateLimited, message);
        Ok(self.out.text(protocol::error(id, &refusal.errors)).await?)
    }

    /// Passes on what an operation says.
    async fn pass_on(&mut self, id: &Arc<str>, said: Said) -> Result<(), End> {
        match said {
            Said::Follows => {
                if let Some(running) = self.running.get_mut(id) {
                    running.subscribed = Some(Subscribed::on(&self.gateway.sockets));
                }
            }
            Said::Next(answer) => self.out.text(protocol::next(id, &answer)).await?,
            Said::Over => {
                self.running.remove(id);
                self.out.text(protocol::complete(id)).await?;
            }
            Said::Failed(errors) => {
                self.running.remove(id);
                if errors.iter().any(is_unauthenticated) {
                    return closed(close::FORBIDDEN, "Forbidden");
                }
                self.out.text(protocol::error(id, &errors)).await?;
            }
        }
        Ok(())
    }
}

/// Whether an operation was refused or ended because what the client came with no longer holds.
fn is_unauthenticated(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code.is_some_and(|code| *code == async_graphql::Value::from(Code::Unauthenticated.as_str()))
}

/// Ends once the server stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Nobody is left who could say so.
        std::future::pending::<()>().await;
    }
}

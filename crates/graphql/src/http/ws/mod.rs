//! GraphQL over WebSocket, by the protocol [graphql-transport-ws], at the path of the API.
//!
//! Every operation takes the way of [`Gateway::receive`] as over HTTP: the same limits, cost, rates and rights. What differs is
//! what lasts: a caller is looked at again before each operation, and now and then; what has been sent and not yet read is
//! bounded for each socket, and whoever does not read is let go.
//!
//! - `sockets` which are open, how many may be, when they must end · `socket` one of them · `outgoing` what is on its way
//! - `operation` one operation as a stream of answers · `protocol` the messages
//!
//! [graphql-transport-ws]: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md

mod operation;
mod outgoing;
mod protocol;
mod socket;
mod sockets;
#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::Executor;

use super::error::{Code, Refusal};
use super::gateway::Gateway;
use super::handler::correlation_id;
use super::hooks::Hooks;
use socket::Socket;

pub use protocol::Introduction;
pub use sockets::{SocketOptions, Sockets};

/// The name of the protocol, as clients ask for it in the handshake.
pub const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a GET asks for a socket.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::UPGRADE).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|protocol| protocol.trim().eq_ignore_ascii_case("websocket"))
}

/// Opens a socket. Who asks by a header that does not hold is refused here already, and so are pages of elsewhere that come with
/// a cookie: a browser opens sockets to any site, and sends the cookies along.
pub(super) async fn upgrade<E: Executor, H: Hooks>(
    http: &HttpRequest,
    payload: Payload,
    gateway: &Data<Gateway<E, H>>,
) -> Result<HttpResponse, Refusal> {
    let sockets = &gateway.sockets;
    if http.headers().contains_key(header::COOKIE) && !sockets.may_come_from(http.headers()) {
        let message = "A page of this origin may not open a socket with a cookie: `--cors-origins` names those that may.";
        return Err(Refusal::http(StatusCode::FORBIDDEN, Code::Forbidden, message));
    }
    let caller = gateway.hooks.caller(http).await?;
    let address = gateway.hooks.address(&caller).or_else(|| http.peer_addr().map(|peer| peer.ip()));
    let place = sockets.open(address)?;
    let offered = offered(http.headers());
    // A client that does not speak our protocol is told so by the code that the protocol has for it, which strict clients hear
    // only if one of theirs was taken.
    let is_ours = offered.contains(&PROTOCOL);
    let taken = if is_ours { Some(PROTOCOL) } else { offered.first().copied() };
    let opened = actix_ws::handle_with_protocols(http, payload, taken.as_slice());
    let (response, session, incoming) = opened.map_err(|error| {
        let status = error.as_response_error().status_code();
        Refusal::http(status, Code::BadUserInput, format!("This is no handshake of WebSocket: {error}."))
    })?;
    let limit = gateway.limits.body_bytes;
    let incoming = incoming.max_frame_size(limit).aggregate_continuations().max_continuation_size(limit);
    let socket = Socket::new(Data::clone(gateway), caller, session, place, correlation_id(http));
    actix_web::rt::spawn(socket.run(incoming, is_ours));
    Ok(response)
}

/// The protocols that a client offers, the one that it likes best first.
fn offered(headers: &HeaderMap) -> Vec<&str> {
    let values = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|name| !name.is_empty()).collect()
}

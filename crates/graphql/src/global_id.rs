//! Opaque ids that carry their kind, as Relay's global object identification asks.

use async_graphql::ID;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ketnoi_domain::{Coded, Kind};
use uuid::Uuid;

use crate::error::{Result, bad_input};

/// The id of a record: the tag of its kind and its 16 bytes, in the alphabet of addresses.
pub(crate) fn encode(kind: Kind, id: Uuid) -> ID {
    let mut bytes = [0; 17];
    bytes[0] = kind.code().as_bytes()[0];
    bytes[1..].copy_from_slice(id.as_bytes());
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// The kind and id that an opaque id stands for.
pub(crate) fn decode(id: &str) -> Result<(Kind, Uuid)> {
    let malformed = || bad_input("this is no id of the registry: use an `id` as an answer gave it");
    let bytes = URL_SAFE_NO_PAD.decode(id).map_err(|_| malformed())?;
    let (tag, uuid) = bytes.split_first().ok_or_else(malformed)?;
    let kind = Kind::ALL.iter().copied().find(|k| k.code().as_bytes() == [*tag]).ok_or_else(malformed)?;
    Ok((kind, Uuid::from_slice(uuid).map_err(|_| malformed())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_their_kind_and_every_tag_is_unlike_the_others() {
        for kind in Kind::ALL {
            let id = encode(*kind, Uuid::from_u128(7));
            assert_eq!(decode(&id).unwrap(), (*kind, Uuid::from_u128(7)));
        }
        for wrong in ["", "x", "cHJvZ3JhbW1lOjE", "!!!", "eg", &"A".repeat(5000)] {
            assert!(decode(wrong).is_err(), "{wrong}");
        }
    }
}

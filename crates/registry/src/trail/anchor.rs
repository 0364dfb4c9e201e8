//! Anchors: the hash of one entry, to be kept elsewhere. Whoever can write to the database can write the whole chain anew;
//! only what is out of their reach shows it.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::check::hex;

/// The head of the chain at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The revision of the entry.
    pub revision: i64,
    /// Its hash, which stands for it and all before it.
    pub hash: String,
    /// When the anchor was taken, RFC 3339 in UTC.
    pub at: String,
    /// The public key of the registry, in hexadecimal; nothing where the anchor is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The Ed25519 signature over what is above it, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// The key by which a registry signs its anchors. It is never shown.
#[derive(Clone)]
pub struct AnchorKey(SigningKey);

impl fmt::Debug for AnchorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnchorKey")
    }
}

/// Why an anchor, or a key, is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// No key.
    #[error("this is no signing key: write 64 hexadecimal digits, as `openssl rand -hex 32` gives them")]
    NoKey,
    /// No anchor.
    #[error("this is no anchor: {0}")]
    NoAnchor(String),
    /// A signature that does not hold.
    #[error("the signature of the anchor does not hold: the anchor was altered")]
    Signature,
    /// Another registry's.
    #[error("the anchor was signed by another key than the one given")]
    OtherKey,
    /// A key is given, and the anchor has no signature.
    #[error("the anchor is not signed, though a signing key is given: it proves nothing")]
    Unsigned,
}

impl AnchorKey {
    /// Reads the text of a key file: 32 bytes in hexadecimal.
    pub fn read(text: &str) -> Result<Self, AnchorError> {
        bytes::<32>(text.trim()).map(|seed| Self(SigningKey::from_bytes(&seed))).ok_or(AnchorError::NoKey)
    }

    /// The public key, in hexadecimal: what others need to believe an anchor.
    pub fn public(&self) -> String {
        hex(&self.0.verifying_key().to_bytes())
    }
}

impl Anchor {
    /// An anchor of an entry, signed if there is a key.
    pub(super) fn take(revision: i64, hash: String, at: String, key: Option<&AnchorKey>) -> Self {
        let mut anchor = Self { revision, hash, at, key: None, signature: None };
        if let Some(key) = key {
            anchor.key = Some(key.public());
            anchor.signature = Some(hex(&key.0.sign(&anchor.signed()).to_bytes()));
        }
        anchor
    }

    /// Reads what [`Anchor::text`] wrote.
    pub fn read(text: &str) -> Result<Self, AnchorError> {
        serde_json::from_str(text).map_err(|e| AnchorError::NoAnchor(e.to_string()))
    }

    /// The anchor as a text to be kept: JSON.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Whether its signature holds, and is by this key if one is given. Of an unsigned one nothing can be said without a key.
    pub fn check(&self, key: Option<&AnchorKey>) -> Result<(), AnchorError> {
        let (Some(signer), Some(signature)) = (&self.key, &self.signature) else {
            return if key.is_some() || self.key.is_some() || self.signature.is_some() {
                Err(AnchorError::Unsigned)
            } else {
                Ok(())
            };
        };
        if key.is_some_and(|key| key.public() != *signer) {
            return Err(AnchorError::OtherKey);
        }
        let signer = bytes::<32>(signer).and_then(|b| VerifyingKey::from_bytes(&b).ok()).ok_or(AnchorError::Signature)?;
        let signature = bytes::<64>(signature).map(|b| Signature::from_bytes(&b)).ok_or(AnchorError::Signature)?;
        signer.verify_strict(&self.signed(), &signature).map_err(|_| AnchorError::Signature)
    }

    /// What is signed.
    fn signed(&self) -> Vec<u8> {
        // None of the values holds the end of a line, so no two anchors are signed as the same bytes.
        format!("ketnoi anchor 1\n{}\n{}\n{}\n", self.revision, self.hash, self.at).into_bytes()
    }
}

/// Bytes from hexadecimal digits, of which there must be just as many.
fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect();
    (digits.len() == 2 * N).then_some(bytes)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: &str) -> AnchorKey {
        AnchorKey::read(&format!("{}\n", digit.repeat(64))).unwrap()
    }

    fn anchor(key: Option<&AnchorKey>) -> Anchor {
        Anchor::take(7, "ab".repeat(32), "2026-11-22T10:00:00Z".into(), key)
    }

    #[test]
    fn an_anchor_comes_back_as_it_was_written() {
        for anchor in [anchor(None), anchor(Some(&key("1")))] {
            assert_eq!(Anchor::read(&anchor.text()).unwrap(), anchor);
        }
        assert!(matches!(Anchor::read("{}"), Err(AnchorError::NoAnchor(_))));
    }

    #[test]
    fn a_signed_anchor_holds_until_anything_of_it_is_altered() {
        let (own, other) = (key("1"), key("2"));
        let good = anchor(Some(&own));
        assert_eq!((good.check(None), good.check(Some(&own))), (Ok(()), Ok(())));
        assert_eq!(good.check(Some(&other)), Err(AnchorError::OtherKey));
        for wrong in [
            Anchor { revision: 8, ..good.clone() },
            Anchor { hash: "cd".repeat(32), ..good.clone() },
            Anchor { at: "2026-11-22T10:00:01Z".into(), ..good.clone() },
            Anchor { signature: Some("00".repeat(64)), ..good.clone() },
            Anchor { signature: Some("xyz".into()), ..good.clone() },
        ] {
            assert_eq!(wrong.check(Some(&own)), Err(AnchorError::Signature), "{wrong:?}");
        }
        assert_eq!(Anchor { signature: None, ..good }.check(None), Err(AnchorError::Unsigned));
    }

    #[test]
    fn an_unsigned_anchor_is_no_proof_where_a_key_is_given() {
        assert_eq!(anchor(None).check(None), Ok(()));
        assert_eq!(anchor(None).check(Some(&key("1"))), Err(AnchorError::Unsigned));
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits_and_is_not_shown() {
        for wrong in ["", "1", &"1".repeat(63), &"1".repeat(66), &"g".repeat(64)] {
            assert_eq!(AnchorKey::read(wrong).unwrap_err(), AnchorError::NoKey, "{wrong}");
        }
        assert_eq!(format!("{:?}", key("1")), "AnchorKey");
    }
}

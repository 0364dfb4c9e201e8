use ketnoi_domain::vote::VotingCode;
use sha2::{Digest as _, Sha256};

use crate::Registry;

impl Registry {
    /// A new code.
    pub(super) fn new_code(&self) -> VotingCode {
        let mut bytes = [0; 9];
        bytes.copy_from_slice(&self.clock.random()[..9]);
        VotingCode::of_random(bytes)
    }
}

/// What is kept of a code: its SHA-256 behind the pepper of its vote. Both have a fixed length, so no two pairs read alike.
pub(super) fn digest(pepper: &[u8], code: VotingCode) -> String {
    let hash = Sha256::new().chain_update(pepper).chain_update(code.plain()).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

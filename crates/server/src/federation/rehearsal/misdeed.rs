//! A country misbehaves, to see what the others make of it. What is sent goes over the wire as everything else does.

use std::path::PathBuf;

use exposure::gateway::{Batch, FederatedKey, MAX_KEYS, canonical, cms};

use super::{BadRehearsal, Papers, Rehearsal};
use crate::federation::client::Client;
use crate::pem;

/// What a country does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misdeed {
    /// The signature is over other keys than those that are sent.
    BadSignature,
    /// It uploads keys of another country.
    ForAnother,
    /// One key of the batch cannot be.
    BadKey,
    /// It signs with a certificate that it has told the gateway of and not the other countries.
    UnheardOf,
    /// It sends far more than it ever does.
    Flood,
}

/// What the gateway said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How many keys were sent.
    pub keys: usize,
    /// The status of the answer.
    pub status: u16,
    /// Its words; empty if it took them.
    pub words: String,
}

impl Misdeed {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::BadSignature, Self::ForAnother, Self::BadKey, Self::UnheardOf, Self::Flood];

    /// A stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BadSignature => "signature",
            Self::ForAnother => "another",
            Self::BadKey => "key",
            Self::UnheardOf => "unheard-of",
            Self::Flood => "flood",
        }
    }

    /// The misdeed of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Rehearsal {
    /// A country sends some keys of its own, wrongly; `other` is the country in whose name it lies.
    ///
    /// # Errors
    /// [`BadRehearsal`]; that the gateway refuses is none.
    pub async fn misbehave(
        &self,
        (client, own, other): (&Client, &Papers, &str),
        misdeed: Misdeed,
        mut keys: Vec<FederatedKey>,
    ) -> Result<Outcome, BadRehearsal> {
        let mut signed = keys.clone();
        let mut with: [PathBuf; 2] = own.signing.clone();
        match misdeed {
            // A key less is another text.
            Misdeed::BadSignature => drop(signed.pop()),
            Misdeed::ForAnother => {
                keys.iter_mut().for_each(|key| other.clone_into(&mut key.origin));
                signed.clone_from(&keys);
            }
            Misdeed::BadKey => {
                keys.iter_mut().take(1).for_each(|key| key.rolling_period = 145);
                signed.clone_from(&keys);
            }
            Misdeed::UnheardOf => with = self.admit_unheard_of(&own.country)?,
            Misdeed::Flood => {}
        }
        let signer = pem::signer(&with[0], &with[1])?;
        let mut outcome = Outcome { keys: 0, status: 201, words: String::new() };
        for (sent, signed) in keys.chunks(MAX_KEYS).zip(signed.chunks(MAX_KEYS)) {
            let signature =
                cms::sign(&canonical(&Batch { keys: signed.to_vec() }), &signer, client.door().now());
            let signature = cms::to_base64(&signature.map_err(|_| BadRehearsal::Signing)?);
            let batch = Batch { keys: sent.to_vec() };
            let (status, words) = client.upload_wrongly(&signature, &batch).await;
            outcome.keys += sent.len();
            (outcome.status, outcome.words) = (status, words);
        }
        Ok(outcome)
    }
}

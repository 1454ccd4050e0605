//! What may go up goes up: in batches, signed, and written down as soon as the gateway has answered.
//!
//! Killed between the answer and the record, the next run sends the same keys again, the gateway says that it has
//! them, and they are written down then.

use exposure::gateway::cms;
use exposure::gateway::{Batch, FederatedKey, canonical};
use jiff::SignedDuration;
use services::smittestop::KEPT_HOURS;
use services::smittestop::gateway::{Fate, to_upload, uploaded};

use super::connection::Answer;
use super::{Client, Failure};

/// How often a tag that is taken is chosen anew.
const TAGS_MAX: u32 = 3;

impl Client {
    /// Uploads what may go up now. Returns how many keys the gateway stored.
    ///
    /// # Errors
    /// [`Failure`]; what was acknowledged is written down.
    pub async fn upload(&self) -> Result<u64, Failure> {
        let shared = self.0.clone();
        let due = self.0.door.act(move |at| {
            let from = at.now().checked_sub(SignedDuration::from_hours(KEPT_HOURS)).unwrap_or(at.now());
            let until = at.now().checked_add(SignedDuration::from_micros(1)).unwrap_or(at.now());
            let keys = (shared.source)(at, from, until)?;
            to_upload::run(at, &shared.terms, &to_upload::Request { keys }).map_err(Failure::from)
        });
        let mut sending = Sending { client: self, stored: 0, answered: false, refused: Vec::new() };
        for batch in due.await? {
            sending.all(batch).await?;
        }
        sending.end().await
    }

    /// Sends what an honest country would not. Returns the status and the words of the gateway; 0 if there is no answer.
    #[cfg(any(test, feature = "demo"))]
    pub(crate) async fn upload_wrongly(&self, signature: &str, batch: &Batch) -> (u16, String) {
        self.0.connection.upload_wrongly(&self.new_tag(), signature, batch).await
    }

    /// Sends and writes nothing down, as one that was killed in between.
    #[cfg(test)]
    pub(crate) async fn send_only(&self, tag: &str, signature: &str, batch: &Batch) {
        let answer = self.0.connection.upload(tag, signature, batch).await;
        assert_eq!(answer, Ok(Answer::Stored));
    }

    async fn write_down(&self, tag: String, keys: Vec<FederatedKey>, fate: Fate) -> Result<(), Failure> {
        let own = self.0.terms.own.clone();
        let request = uploaded::Request { tag, keys, fate, own };
        self.0.door.act(move |at| uploaded::run(at, &request)).await.map_err(Failure::from)
    }

    /// Milliseconds, as other countries do it, and something that nobody else has.
    fn new_tag(&self) -> String {
        format!("{}-{}", self.0.door.now().as_millisecond(), self.0.door.digits())
    }
}

/// One run.
struct Sending<'a> {
    client: &'a Client,
    stored: u64,
    /// Whether the gateway took or knew anything of ours.
    answered: bool,
    /// Keys that were refused alone.
    refused: Vec<FederatedKey>,
}

impl Sending<'_> {
    /// Sends some keys; halves of what is refused, until the bad key stands alone.
    async fn all(&mut self, keys: Vec<FederatedKey>) -> Result<(), Failure> {
        let mut waiting = vec![keys];
        while let Some(keys) = waiting.pop() {
            if keys.is_empty() {
                continue;
            }
            let (tag, answer) = self.one(&keys).await?;
            match answer {
                Answer::Stored => {
                    self.answered = true;
                    self.stored += u64::try_from(keys.len()).unwrap_or(0);
                    self.client.write_down(tag, keys, Fate::Stored).await?;
                }
                // Nothing was stored: what is there already is written down, the rest goes under a new tag.
                Answer::Partly { known, rest } => {
                    if known.is_empty() {
                        return Err(Failure::NotAGateway("nothing stored and nothing known"));
                    }
                    self.answered = true;
                    let of = |positions: &[usize]| -> Vec<FederatedKey> {
                        positions.iter().filter_map(|position| keys.get(*position).cloned()).collect()
                    };
                    let (known, rest) = (of(&known), of(&rest));
                    self.client.write_down(tag, known, Fate::Known).await?;
                    waiting.push(rest);
                }
                Answer::TagTaken => return Err(Failure::NotAGateway("every tag is taken")),
                Answer::TooMany | Answer::Refused => {
                    if keys.len() == 1 {
                        self.refused.extend(keys);
                    } else {
                        let (first, second) = keys.split_at(keys.len() / 2);
                        waiting.push(second.to_vec());
                        waiting.push(first.to_vec());
                    }
                    // A gateway that refuses one key after the other refuses us and not the keys.
                    if !self.answered && self.refused.len() >= ALONE_MAX {
                        return Err(Failure::AllRefused);
                    }
                }
            }
        }
        Ok(())
    }

    async fn one(&self, keys: &[FederatedKey]) -> Result<(String, Answer), Failure> {
        let client = self.client;
        let batch = Batch { keys: keys.to_vec() };
        let signature = cms::sign(&canonical(&batch), &client.0.signer, client.0.door.now());
        let signature = cms::to_base64(&signature.map_err(|_| Failure::Signing)?);
        let mut tag = client.new_tag();
        for _ in 1..TAGS_MAX {
            match client.0.connection.upload(&tag, &signature, &batch).await? {
                Answer::TagTaken => tag = client.new_tag(),
                answer => return Ok((tag, answer)),
            }
        }
        Ok((tag, Answer::TagTaken))
    }

    /// Keys that were refused alone are not sent again, if the gateway took others: then it is they that are wrong.
    async fn end(self) -> Result<u64, Failure> {
        if self.refused.is_empty() {
            return Ok(self.stored);
        }
        if !self.answered {
            return Err(Failure::AllRefused);
        }
        let tag = self.client.new_tag();
        self.client.write_down(tag, self.refused, Fate::Refused).await?;
        Ok(self.stored)
    }
}

/// So many keys that are refused alone, and none that is taken, say that it is us.
const ALONE_MAX: usize = 8;

//! The two bodies check a report together, without reading it: that it is one answer, and not a thousand.

use prio::codec::{Decode as _, Encode as _, ParameterizedDecode as _};
use prio::field::Field128;
use prio::topology::ping_pong::{PingPongMessage, PingPongState, PingPongTopology as _};
use prio::vdaf::prio3::{Prio3Histogram, Prio3InputShare, Prio3PublicShare, Prio3VerifyState};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::ReportId;
use crate::job::Rejected;
use crate::report::{Drawer, Half, Head};
use crate::seal::{PrivateKey, Whose};
use crate::sum::Counted;
use crate::task::{Secret, TaskId, histogram};

type State = Prio3VerifyState<Field128, 32>;

/// One body at work on one count.
#[derive(Clone, Debug)]
pub struct Checker {
    task: TaskId,
    whose: Whose,
    key: PrivateKey,
    verify_key: Key,
    drawer_key: Key,
    context: Vec<u8>,
    vdaf: Prio3Histogram,
}

#[derive(Clone)]
struct Key(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The count cannot be set up; never with the five answers that we have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the statistics cannot be set up")]
pub struct NotSetUp;

/// A report that the leader has begun to check.
#[derive(Clone, Debug)]
pub struct Begun {
    head: Head,
    state: State,
    /// What the helper needs to know.
    pub message: Vec<u8>,
}

impl Checker {
    /// A body with its key and the secret that both share.
    ///
    /// # Errors
    /// [`NotSetUp`].
    pub fn new(task: TaskId, whose: Whose, key: PrivateKey, secret: &Secret) -> Result<Self, NotSetUp> {
        let vdaf = histogram().map_err(|_| NotSetUp)?;
        let (verify_key, drawer_key) = (Key(secret.verify_key()), Key(secret.drawer_key()));
        Ok(Self { task, whose, key, verify_key, drawer_key, context: task.context(), vdaf })
    }

    /// In which of the drawers of a day a report lies, by the secret of the two bodies: the same for both, and nobody
    /// else can tell or choose it. So a drawer holds one part in 256 of what was sent, whoever sent it.
    #[must_use]
    pub fn drawer(&self, id: ReportId) -> Drawer {
        // A key and a number of fixed lengths: a plain hash cannot be extended to another number.
        let hash = Sha256::new().chain_update(*self.drawer_key.0).chain_update(id.bytes());
        let [first, ..]: [u8; 32] = hash.finalize().into();
        Drawer::of(first)
    }

    /// The leader opens its half and says what it finds of the proof.
    ///
    /// # Errors
    /// Why the report does not count.
    pub fn begin(&self, half: &Half) -> Result<Begun, Rejected> {
        let (public, share) = self.opened(half)?;
        let begun = self
            .vdaf
            .leader_initialized(&self.verify_key.0, &self.context, &(), half.head.id.bytes(), &public, &share)
            .map_err(|_| Rejected::NoAnswer)?;
        let message = begun.message.get_encoded().map_err(|_| Rejected::NoAnswer)?;
        Ok(Begun { head: half.head, state: begun.verifier_state, message })
    }

    /// The helper opens its half, and with what the leader found decides. Its part of the answer comes out, and what it says to the leader.
    ///
    /// # Errors
    /// Why the report does not count.
    pub fn answer(&self, half: &Half, message: &[u8]) -> Result<(Counted, Vec<u8>), Rejected> {
        let message = PingPongMessage::get_decoded(message).map_err(|_| Rejected::NoAnswer)?;
        let (public, share) = self.opened(half)?;
        let next = self
            .vdaf
            .helper_initialized(
                &self.verify_key.0,
                &self.context,
                &(),
                half.head.id.bytes(),
                &public,
                &share,
                &message,
            )
            .and_then(|next| next.evaluate(&self.context, &self.vdaf))
            .map_err(|_| Rejected::NoAnswer)?;
        match next {
            PingPongState::FinishedWithOutbound { output_share, message } => {
                let message = message.get_encoded().map_err(|_| Rejected::NoAnswer)?;
                Ok((Counted { id: half.head.id, share: output_share }, message))
            }
            PingPongState::Continued(_) | PingPongState::Finished { .. } => Err(Rejected::NoAnswer),
        }
    }

    /// The leader hears what the helper found. Its part of the answer comes out.
    ///
    /// # Errors
    /// Why the report does not count.
    pub fn end(&self, begun: Begun, message: &[u8]) -> Result<Counted, Rejected> {
        let message = PingPongMessage::get_decoded(message).map_err(|_| Rejected::NoAnswer)?;
        let next = self
            .vdaf
            .leader_continued(&self.context, &(), begun.state, &message)
            .and_then(|next| next.evaluate(&self.context, &self.vdaf))
            .map_err(|_| Rejected::NoAnswer)?;
        match next {
            PingPongState::Finished { output_share } => {
                Ok(Counted { id: begun.head.id, share: output_share })
            }
            PingPongState::Continued(_) | PingPongState::FinishedWithOutbound { .. } => {
                Err(Rejected::NoAnswer)
            }
        }
    }

    fn opened(&self, half: &Half) -> Result<(Prio3PublicShare<32>, Prio3InputShare<Field128, 32>), Rejected> {
        let share = half.open(&self.task, self.whose, &self.key).map_err(|_| Rejected::NotOpened)?;
        let public = Prio3PublicShare::get_decoded_with_param(&self.vdaf, &half.public)
            .map_err(|_| Rejected::NoAnswer)?;
        let share = Prio3InputShare::get_decoded_with_param(&(&self.vdaf, self.whose.position()), &share)
            .map_err(|_| Rejected::NoAnswer)?;
        Ok((public, share))
    }
}

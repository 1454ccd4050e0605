//! How the exchange reaches the register: as the system, on a thread that may wait.

use std::sync::Arc;

use jiff::Timestamp;
use notice::Actor;
use register::{Caller, Clock, Personal, Randomness, Register, Unavailable};

/// The register, the clock and randomness, for a part that is nobody's session. Clones share them.
#[derive(Clone, Debug)]
pub struct Door {
    register: Register,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl Door {
    /// Puts the parts together.
    #[must_use]
    pub fn new(register: Register, clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self { register, clock, randomness }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// Some unguessable digits.
    pub(super) fn digits(&self) -> String {
        let mut bytes = [0; 8];
        self.randomness.fill(&mut bytes);
        exposure::key::to_hex(&bytes)
    }

    /// Runs an action as the system.
    ///
    /// # Errors
    /// What the action answers, or that the notices know no system.
    pub async fn act<T, E, F>(&self, action: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Unavailable> + Send + 'static,
        F: FnOnce(&services::Call<'_>) -> Result<T, E> + Send + 'static,
    {
        let door = self.clone();
        match tokio::task::spawn_blocking(move || door.act_here(action)).await {
            Ok(result) => result,
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime is being torn down: nobody is left to answer.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// The same on this thread.
    ///
    /// # Errors
    /// As [`Self::act`].
    pub fn act_here<T, E, F>(&self, action: F) -> Result<T, E>
    where
        E: From<Unavailable>,
        F: FnOnce(&services::Call<'_>) -> Result<T, E>,
    {
        let role = self.register.policy().role_id("system");
        let role = role.ok_or_else(|| Unavailable::Undeclared("system".to_owned()))?;
        let call = self.register.call(Caller {
            actor: Actor { person: None, role, organisation: None },
            name: Personal::new("gateway".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        });
        action(&services::Call { register: &self.register, call: &call, randomness: &*self.randomness })
    }
}

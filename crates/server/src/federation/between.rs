//! What of the exchange between countries a server runs, as its configuration says.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use services::smittestop::gateway::release::{self, Decision};
use services::smittestop::gateway::state::{self, State};
use tokio::sync::watch;

use super::agreeing::{Person, Proposal, Proposals, Said, Which};
use super::client::{Client, Source};
use super::gateway::{BadListener, Gateway, Listener};
use super::{BadPem, Door};
use crate::config::Config;
use crate::session::SecretKey;

const MINUTE_SECONDS: i64 = 60;

/// Our side of the gateway, the gateway itself, both or neither.
#[derive(Clone, Debug)]
pub(crate) struct Between {
    pub(crate) client: Option<Client>,
    pub(crate) gateway: Option<Gateway>,
    door: Door,
    looked: Arc<Mutex<Option<(Timestamp, State)>>>,
    proposals: Arc<Proposals>,
}

/// How old an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fresh {
    /// As it is now.
    Now,
    /// A minute old at most: who looks again and again writes no line each time.
    AMinute,
}

impl Between {
    /// # Errors
    /// A file that cannot be used.
    pub(crate) fn of(config: &Config, door: Door) -> Result<Self, BadPem> {
        let source: Arc<Source> = Arc::new(ours);
        let client = config.federation.as_ref().map(|it| Client::of(door.clone(), it, source)).transpose()?;
        let gateway = config.gateway.as_ref().map(|it| Gateway::of(door.clone(), it)).transpose()?;
        Ok(Self { client, gateway, door, looked: Arc::default(), proposals: Arc::default() })
    }

    /// How our side stands; as at the beginning if we take no part.
    ///
    /// # Errors
    /// The register cannot answer.
    pub(crate) async fn state(&self, fresh: Fresh) -> Result<State, state::Error> {
        if self.client.is_none() {
            return Ok(State::default());
        }
        let now = self.door.now();
        let kept = self.looked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let young = |at: Timestamp| (0..MINUTE_SECONDS).contains(&now.duration_since(at).as_secs());
        if let Some((_, state)) = kept.filter(|(at, _)| fresh == Fresh::AMinute && young(*at)) {
            return Ok(state);
        }
        let found = self.door.act(state::run).await?;
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, found.clone()));
        Ok(found)
    }

    /// Something has changed: the next look is fresh.
    pub(crate) fn look_again(&self) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What is proposed for something that waits.
    pub(crate) fn proposed(&self, which: &Which) -> Option<Proposal> {
        self.proposals.of(which, &*self.door.clock())
    }

    /// Somebody says what should become of something that waits. When a second person says the same, it is done.
    ///
    /// # Errors
    /// Nothing of that name waits, or the register cannot answer.
    pub(crate) async fn says(
        &self,
        which: &Which,
        decision: Decision,
        person: Person<'_>,
    ) -> Result<Said, release::Error> {
        let said = self.proposals.says(which, decision, person, &*self.door.clock());
        if let Said::Agreed(by) = &said {
            let Which { country, day, tag } = which.clone();
            let request = release::Request { country, day, tag, decision, by: by.clone() };
            self.door.act(move |at| release::run(at, &request)).await?;
            self.look_again();
        }
        Ok(said)
    }

    /// Somebody takes back what she proposed.
    pub(crate) fn takes_back(&self, which: &Which, account: SecretKey) {
        self.proposals.takes_back(which, account);
    }

    /// Whether there is our side or the gateway.
    pub(crate) const fn is_something(&self) -> bool {
        self.client.is_some() || self.gateway.is_some()
    }

    /// Takes the address of the gateway.
    ///
    /// # Errors
    /// [`BadListener`].
    pub(crate) async fn listen(&self, config: &Config) -> Result<Option<Listener>, BadListener> {
        match &config.gateway {
            Some(settings) => Ok(Some(Listener::bind(settings, self.door.clock()).await?)),
            None => Ok(None),
        }
    }

    /// Serves until told to stop.
    pub(crate) async fn serve(self, listener: Listener, stop: watch::Receiver<()>) {
        if let Some(gateway) = self.gateway {
            listener.serve(gateway, stop).await;
        }
    }
}

/// Keys of ours for other countries, as the key server has them.
fn ours(
    at: &services::Call<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<exposure::gateway::FederatedKey>, register::Unavailable> {
    use services::smittestop::keys::for_gateway::{Request, run};
    run(at, Request { from, until }).map_err(|error| match error {
        services::Error::Unavailable(why) => why,
        other => register::Unavailable::Undeclared(other.to_string()),
    })
}

//! The demonstration: be somebody by choosing, and move the clock. In no release: the whole file stands behind a feature.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use notice::Bilingual;
use register::Unavailable;
use register::sweep::Report;

use crate::app::App;
use crate::federation::rehearsal::{Misdeed, Outcome};
use crate::http::client::Client;
use crate::problem::{Code, Problem};
use crate::session::Identity;

/// The country of the demonstration.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Whom one may be.
    pub personas: Vec<DemoPersona>,
    /// Moves the clock.
    pub time: Arc<dyn TimeMachine>,
    /// Where the last journey stands.
    pub journey: Arc<Mutex<Journey>>,
    /// The other countries, if there are any.
    pub neighbours: Option<Arc<dyn Neighbours>>,
}

/// A journey through time. It goes on while nobody waits for it: ten years of a country take longer than a request may.
#[derive(Clone, Debug, Default)]
pub enum Journey {
    /// None yet.
    #[default]
    None,
    /// Under way.
    Under {
        /// From when.
        from: Timestamp,
        /// To when.
        to: Timestamp,
    },
    /// Arrived: what the sweeps did.
    Over(Arc<Vec<Report>>),
    /// The register could not answer; what was done on the way stays done.
    Failed,
}

impl Demo {
    /// Where the last journey stands.
    #[must_use]
    pub fn journey(&self) -> Journey {
        self.journey.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets out, if nobody is under way, on a thread that may wait for the register.
    pub fn set_out(&self, from: Timestamp, to: Timestamp) {
        let mut journey = self.journey.lock().unwrap_or_else(PoisonError::into_inner);
        if let Journey::Under { .. } = *journey {
            return;
        }
        *journey = Journey::Under { from, to };
        drop(journey);
        let demo = self.clone();
        tokio::task::spawn_blocking(move || {
            let travelled = demo.time.travel(to);
            let over = travelled.map_or(Journey::Failed, |reports| Journey::Over(Arc::new(reports)));
            *demo.journey.lock().unwrap_or_else(PoisonError::into_inner) = over;
        });
    }
}

/// Somebody to be.
#[derive(Clone, Debug)]
pub struct DemoPersona {
    /// A short word for the form.
    pub key: String,
    /// The name, or the office of somebody who has none here.
    pub title: Bilingual,
    /// Who it is, in a line.
    pub line: Bilingual,
    /// Who it is to the server; the issuer is `demo`.
    pub identity: Identity,
}

/// The other countries of the demonstration, and the gateway. Each call may wait.
pub trait Neighbours: Send + Sync + std::fmt::Debug {
    /// Lets a country misbehave; what the gateway said.
    ///
    /// # Errors
    /// It could not be tried.
    fn misbehave(&self, misdeed: Misdeed) -> Result<Outcome, Unavailable>;
    /// The last misdeed, and what the gateway said.
    fn last(&self) -> Option<(Misdeed, Outcome)>;
    /// How the gateway stands.
    ///
    /// # Errors
    /// Its register cannot answer.
    fn gateway(&self) -> Result<services::gateway_service::state::State, Unavailable>;
}

/// Moves the clock forward in steps and sweeps at each.
pub trait TimeMachine: Send + Sync + std::fmt::Debug {
    /// Where the clock began.
    fn began(&self) -> Timestamp;
    /// Moves to a later time; what the sweeps did on the way.
    ///
    /// # Errors
    /// The register cannot answer.
    fn travel(&self, to: Timestamp) -> Result<Vec<Report>, Unavailable>;
}

/// Starts a session as the persona of a key, and goes on to a path of our own.
///
/// # Errors
/// Nobody has this key.
pub fn be(app: &App, key: &str, client: Client, headers: &HeaderMap, to: &str) -> Result<Response, Problem> {
    let demo = app.demo().ok_or(Code::NotFound)?;
    let persona = demo.personas.iter().find(|persona| persona.key == key).ok_or(Code::NotFound)?;
    Ok(crate::login::settle(app, persona.identity.clone(), 0, client, headers, to))
}

//! Both bodies of smitte|stop on one machine, as an authority runs them: the one that knows who is ill and the one that
//! knows the keys. For tests, the town and the demonstration, never in a release.
//!
//! Nothing is played here but the login broker: two servers with two registers, each behind its own doors on free ports
//! of this machine, with keys that are made when they start.
//!
//! Invariant: the bodies share the clock, the dice and the public keys that they publish, and nothing else.

mod body;
mod broker;
mod browser;
mod counting;
mod nobody;
mod paper;
mod papers;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use notice::Policy;
use register::{Caller, Clock, Corpus, Personal, Randomness};
use services::smittestop::positives::{Positive, replace};
use services::smittestop::verification::Form;

pub use body::Body;
pub use broker::{Broker, Person};
pub use browser::{Answers, NoCode};
pub use counting::{Counting, CountingPapers};
pub use nobody::number_of_nobody;
pub use papers::Papers;

use crate::app::NotStarted;
use crate::config::{Config, Unsafe};
use browser::Browser;

/// The name of the health authority at the key server.
pub const AUTHORITY: &str = "dk.sst";

/// What both bodies stand on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Everything is written below it. Who made it takes it away.
    pub folder: PathBuf,
    /// The notices.
    pub policy: Arc<Policy>,
    /// Their files.
    pub corpus: Corpus,
    /// The time of all.
    pub clock: Arc<dyn Clock>,
    /// The dice of all.
    pub randomness: Arc<dyn Randomness>,
}

/// The rehearsal could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum BadRehearsal {
    /// A key could not be made.
    #[error("a key could not be made: {0}")]
    Key(#[from] rcgen::Error),
    /// A file could not be written, or a port not listened on.
    #[error("a file could not be written, or a port not listened on: {0}")]
    Machine(#[from] std::io::Error),
    /// The register of a body did not open.
    #[error(transparent)]
    Register(#[from] register::OpenError),
    /// A body did not start.
    #[error(transparent)]
    App(#[from] NotStarted),
    /// An authority would not be let start like this either.
    #[error("a setting of the rehearsal is unsafe: {0}")]
    Unsafe(Unsafe),
    /// A key that was just made cannot be used.
    #[error("a key that was just made cannot be used: {0}")]
    Unusable(#[from] jsonwebtoken::errors::Error),
    /// A key of a body that counts is none.
    #[error("a key of the statistics cannot be used")]
    Counting,
    /// What browsers ask with could not be made.
    #[error("what browsers ask with could not be made: {0}")]
    Browsers(#[from] reqwest::Error),
}

/// The verification server and the key server, running.
#[derive(Debug)]
pub struct Smittestop {
    /// Knows who is ill, and sees no key.
    pub verification: Body,
    /// Takes and publishes keys, and sees no person.
    pub keys: Body,
    /// The played login broker, where people of the rehearsal log in.
    pub broker: Broker,
    /// The public key of exports: SubjectPublicKeyInfo, DER.
    pub export_key: Vec<u8>,
    /// What every browser asks with.
    http: reqwest::Client,
}

impl Smittestop {
    /// Makes keys, opens two registers and starts both servers.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start(ground: &Ground) -> Result<Self, BadRehearsal> {
        Self::start_with(ground, |_| ()).await
    }

    /// The same with more in the configuration of the key server, such as its side of the European gateway.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start_with(
        ground: &Ground,
        more: impl FnOnce(&mut Config) + Send,
    ) -> Result<Self, BadRehearsal> {
        Self::start_both(ground, |_| (), more).await
    }

    /// The same with more in the configuration of both.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start_both(
        ground: &Ground,
        at_the_first: impl FnOnce(&mut Config) + Send,
        at_the_second: impl FnOnce(&mut Config) + Send,
    ) -> Result<Self, BadRehearsal> {
        let papers = Papers::of(&ground.folder, &*ground.randomness)?;
        let broker = Broker::start(ground, papers.at_verification()).await?;
        let verification = verification(ground, &papers, &broker, at_the_first).await?;
        let keys = keys(ground, &papers, at_the_second).await?;
        Self::of(broker, verification, keys, &papers)
    }

    /// The same with each on a runtime of its own, so that what one costs is told from what another does: the broker, the
    /// verification server, the key server; with more in the configuration of the verification server. Called from none of
    /// them.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn start_apart(
        ground: &Ground,
        [at_broker, at_verification, at_keys]: [&tokio::runtime::Runtime; 3],
        more: impl FnOnce(&mut Config) + Send,
    ) -> Result<Self, BadRehearsal> {
        let papers = Papers::of(&ground.folder, &*ground.randomness)?;
        let broker = at_broker.block_on(Broker::start(ground, papers.at_verification()))?;
        let verification = at_verification.block_on(verification(ground, &papers, &broker, more))?;
        let keys = at_keys.block_on(keys(ground, &papers, |_| ()))?;
        Self::of(broker, verification, keys, &papers)
    }

    fn of(broker: Broker, verification: Body, keys: Body, papers: &Papers) -> Result<Self, BadRehearsal> {
        let export_key = papers.export_key();
        Ok(Self { verification, keys, broker, export_key, http: browser::http()? })
    }

    /// Where phones ask for tokens and certificates.
    #[must_use]
    pub fn verification_address(&self) -> String {
        self.verification.origin()
    }

    /// Where phones upload and fetch.
    #[must_use]
    pub fn keys_address(&self) -> String {
        format!("http://{}", self.keys.own)
    }

    /// The institute sends its list, which takes the place of the one before. Where much of that one goes, the institute
    /// says that it is meant.
    ///
    /// # Errors
    /// As [`replace::run`].
    pub async fn lists(&self, people: Vec<Positive>) -> Result<(), replace::Error> {
        match self.sends(people.clone(), None).await {
            Err(replace::Error::Not(replace::Not::Shrinks { gone, .. })) => {
                self.sends(people, Some(gone)).await
            }
            sent => sent,
        }
    }

    async fn sends(&self, people: Vec<Positive>, confirmed_gone: Option<u64>) -> Result<(), replace::Error> {
        let app = &self.verification.app;
        let role = app.role("ssi").ok_or_else(|| register::Unavailable::Undeclared("ssi".to_owned()))?;
        let caller = Caller {
            actor: notice::Actor { person: None, role, organisation: None },
            name: Personal::new("Statens Serum Institut".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: Some(app.now()),
        };
        let count = u64::try_from(people.len()).unwrap_or(u64::MAX);
        let request = replace::Request { made_at: app.now(), count, confirmed_gone, people };
        app.act_as(caller, move |at| replace::run(at, request)).await.map(|_| ())
    }

    /// Somebody logs in at the broker, answers the questions, and reads the code from the page.
    ///
    /// # Errors
    /// [`NoCode`]: what came in place of a code.
    pub async fn code(&self, person: &Person, answers: Answers, form: Form) -> Result<String, NoCode> {
        let mut browser = Browser::with(self.http.clone(), &self.verification.origin());
        browser.code(&self.broker, person, answers, form).await
    }

    /// What both servers do by the clock: jobs, and the sweep.
    ///
    /// # Errors
    /// A register does not answer.
    pub async fn run_due(&self) -> Result<(), register::Unavailable> {
        self.verification.run_due().await?;
        self.keys.run_due().await
    }
}

async fn verification(
    ground: &Ground,
    papers: &Papers,
    broker: &Broker,
    more: impl FnOnce(&mut Config) + Send,
) -> Result<Body, BadRehearsal> {
    Body::start(ground, "verification", |config, _| {
        config.verification = Some(papers.verification());
        config.brokers.push(broker.settings());
        more(config);
        Ok(())
    })
    .await
}

async fn keys(
    ground: &Ground,
    papers: &Papers,
    more: impl FnOnce(&mut Config) + Send,
) -> Result<Body, BadRehearsal> {
    Body::start(ground, "keys", |config, address| {
        config.key_server = Some(papers.key_server(address));
        more(config);
        Ok(())
    })
    .await
}

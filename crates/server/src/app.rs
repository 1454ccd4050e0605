//! What every request shares: the register, the clock, the sessions, the limits, the configuration.

use std::sync::Arc;

use axum::http::HeaderValue;
use jiff::{Span, Timestamp};
use notice::policy::RoleId;
use notice::{Actor, Policy};
use register::{Caller, Clock, Randomness, Register};
use services::generic_register::{BadForm, Forms};

use crate::acted::Acted;
use crate::api::{Answers, BadSystemKey, Cursors, Tokens};
use crate::config::{Config, People, Tls, is_loopback_origin, origin_of};
use crate::drafts::Drafts;
use crate::federation::{BadPem, Between, Door};
use crate::http::client::Client;
use crate::jobs::Jobs;
use crate::key_server::{BadKeyServer, KeyServer};
use crate::limits::{Limits, Subjects};
use crate::login::{BadKey, Logins};
use crate::metrics::Metrics;
use crate::problem::EventId;
use crate::proofs::Proofs;
use crate::security_log::{Alarm, Entry, Happened, SecurityLog};
use crate::session::{Identity, KeptWork, SecretKey, Sessions};
use crate::verification::{BadVerification, Verification};
use crate::visitor::SignedIn;
use crate::warnings::Warnings;

/// The state of the server; clones share it.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    register: Register,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    config: Config,
    sessions: Sessions,
    kept: KeptWork,
    limits: Limits,
    subjects: Subjects,
    rooms: tokio::sync::Semaphore,
    content_security_policy: HeaderValue,
    metrics: Metrics,
    logins: Logins,
    tokens: Tokens,
    cursors: Cursors,
    answers: Answers,
    #[cfg(feature = "demo")]
    demo: Option<crate::demo::Demo>,
    security_log: SecurityLog,
    warnings: Warnings,
    forms: Forms,
    proofs: Proofs,
    acted: Acted,
    drafts: Drafts,
    verification: Option<Verification>,
    between: Between,
    jobs: Jobs,
    statistics: Option<Arc<crate::statistics::Body>>,
    trial: Place,
    key_server: Option<KeyServer>,
}

/// Whether this is the real thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Who comes has logged in at a broker.
    Real,
    /// Somebody tries a notice on her own machine, and is whom she says she is.
    Trial,
}

impl Place {
    /// Whether somebody only tries.
    #[must_use]
    pub fn is_trial(self) -> bool {
        self == Self::Trial
    }
}

/// What an app is made of.
#[derive(Debug)]
pub struct Parts {
    /// The only door to personal data.
    pub register: Register,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub randomness: Arc<dyn Randomness>,
    /// The configuration, checked.
    pub config: Config,
    /// Where security events go.
    pub security_log: SecurityLog,
    /// Which tests hold which rule.
    pub proofs: Proofs,
    /// The demonstration's country, if this is one.
    #[cfg(feature = "demo")]
    pub demo: Option<crate::demo::Demo>,
}

impl Parts {
    /// A server with nothing beside it: no table of proofs, no country of a demonstration.
    #[must_use]
    pub fn new(
        register: Register,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
        config: Config,
    ) -> Self {
        Self {
            register,
            clock,
            randomness,
            config,
            security_log: SecurityLog::default(),
            proofs: Proofs::default(),
            #[cfg(feature = "demo")]
            demo: None,
        }
    }
}

/// The server did not start.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// The key of a broker.
    #[error(transparent)]
    Broker(#[from] BadKey),
    /// The key of a system.
    #[error(transparent)]
    System(#[from] BadSystemKey),
    /// The form of a register.
    #[error(transparent)]
    Form(#[from] BadForm),
    /// A key of verification.
    #[error(transparent)]
    Verification(#[from] BadVerification),
    /// A key or a certificate of the exchange between countries.
    #[error(transparent)]
    Between(#[from] BadPem),
    /// The statistics.
    #[error(transparent)]
    Statistics(#[from] crate::statistics::BadStatistics),
    /// A role of a login.
    #[error("`broker.{broker}` gives the role `{role}`, which the notices do not declare")]
    Role {
        /// The broker.
        broker: String,
        /// The role.
        role: String,
    },
    /// A trial that others could reach, or that has a way in of another kind.
    #[error("a trial is served on loopback, without brokers and systems, and only there")]
    NotATrial,
    /// What the key server needs.
    #[error(transparent)]
    KeyServer(#[from] BadKeyServer),
}

/// How many calls may wait for the register at once; each holds a thread.
const CALLS_AT_ONCE: usize = 256;

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// [`NotStarted`]: a key that cannot be used.
    pub fn new(parts: Parts) -> Result<Self, NotStarted> {
        Self::at(Place::Real, parts)
    }

    /// Puts the parts of a trial together: whoever comes is whom she says she is. Decision 012.
    ///
    /// # Errors
    /// [`NotStarted`]: others could reach it, or there is a way in of another kind.
    pub fn trial(parts: Parts) -> Result<Self, NotStarted> {
        let config = &parts.config;
        let near = config.listen.tls == Tls::Loopback
            && config.listen.address.ip().is_loopback()
            && config.listen.operations.ip().is_loopback()
            && is_loopback_origin(&config.site.origin);
        let alone = config.brokers.is_empty() && config.systems.is_empty();
        if near && alone { Self::at(Place::Trial, parts) } else { Err(NotStarted::NotATrial) }
    }

    fn at(trial: Place, parts: Parts) -> Result<Self, NotStarted> {
        known_roles(&parts)?;
        let limits = Limits::new(&parts.config.limits);
        let logins = Logins::new(&parts.config)?;
        let tokens = Tokens::new(&parts.config)?;
        let statistics = crate::statistics::Body::new(&parts.config)?;
        let forms = Forms::load(parts.register.policy())?;
        let verification = Verification::new(&parts.config, &*parts.randomness)?;
        let key_server = parts.config.key_server.as_ref().map(KeyServer::new).transpose()?;
        let cursors = Cursors::new(&*parts.randomness);
        let subjects = Subjects::new(&*parts.randomness);
        let kept = KeptWork::new(&*parts.randomness);
        let door = Door::new(parts.register.clone(), parts.clock.clone(), parts.randomness.clone());
        let between = Between::of(&parts.config, door)?;
        let content_security_policy =
            crate::http::headers::content_security_policy(&login_origins(&parts.config));
        Ok(Self(Arc::new(Shared {
            register: parts.register,
            clock: parts.clock,
            randomness: parts.randomness,
            config: parts.config,
            sessions: Sessions::default(),
            kept,
            limits,
            subjects,
            rooms: tokio::sync::Semaphore::new(CALLS_AT_ONCE),
            content_security_policy,
            metrics: Metrics::default(),
            security_log: parts.security_log,
            warnings: Warnings::default(),
            forms,
            proofs: parts.proofs,
            acted: Acted::default(),
            drafts: Drafts::default(),
            verification,
            between,
            jobs: Jobs::default(),
            statistics,
            trial,
            key_server,
            logins,
            tokens,
            cursors,
            answers: Answers::default(),
            #[cfg(feature = "demo")]
            demo: parts.demo,
        })))
    }

    /// The only door to personal data.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.0.register
    }

    /// The notices that run.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        self.0.register.policy()
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Where ids and secrets come from.
    #[must_use]
    pub fn randomness(&self) -> &dyn Randomness {
        &*self.0.randomness
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The sessions that live.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// Work that waits for its owner to log in.
    pub(crate) fn kept(&self) -> &KeptWork {
        &self.0.kept
    }

    /// How much is allowed how often.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// How many people each member of staff reads about.
    pub(crate) fn subjects(&self) -> &Subjects {
        &self.0.subjects
    }

    /// The brokers and the logins under way.
    #[must_use]
    pub fn logins(&self) -> &Logins {
        &self.0.logins
    }

    /// The demonstration's country, if this is one.
    #[cfg(feature = "demo")]
    #[must_use]
    pub fn demo(&self) -> Option<&crate::demo::Demo> {
        self.0.demo.as_ref()
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    pub(crate) fn cursors(&self) -> &Cursors {
        &self.0.cursors
    }

    pub(crate) fn answers(&self) -> &Answers {
        &self.0.answers
    }

    /// The numbers for operations.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Writes a line of the security log.
    pub(crate) fn security(
        &self,
        happened: Happened,
        client: Option<Client>,
        account: Option<SecretKey>,
        why: Option<&str>,
    ) {
        self.0.security_log.write(Entry { happened, at: self.now(), client, account, why });
    }

    /// What the compiler warns of in the notices that run.
    pub(crate) fn warnings(&self) -> &Warnings {
        &self.0.warnings
    }

    /// Which tests hold which rule.
    pub(crate) fn proofs(&self) -> &Proofs {
        &self.0.proofs
    }

    /// When each clock last acted.
    pub(crate) fn acted(&self) -> &Acted {
        &self.0.acted
    }

    /// Changed notices that officers try out.
    pub(crate) fn drafts(&self) -> &Drafts {
        &self.0.drafts
    }

    /// Verification of people who tested positive, if this server does it.
    pub(crate) fn verification(&self) -> Option<&Verification> {
        self.0.verification.as_ref()
    }

    /// The registers that are served by the form of their entries.
    pub(crate) fn forms(&self) -> &Forms {
        &self.0.forms
    }

    /// The body of the statistics that this server is, if it is one.
    pub(crate) fn statistics(&self) -> Option<&Arc<crate::statistics::Body>> {
        self.0.statistics.as_ref()
    }

    /// Whether this is the real thing.
    #[must_use]
    pub fn place(&self) -> Place {
        self.0.trial
    }

    /// The key server, if the configuration has one.
    pub(crate) fn key_server(&self) -> Option<&KeyServer> {
        self.0.key_server.as_ref()
    }

    /// How what the server does by itself stands.
    #[must_use]
    pub fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    /// The exchange between countries, as far as the configuration has it.
    pub(crate) fn between(&self) -> &Between {
        &self.0.between
    }

    /// Our side of the European gateway, if we take part.
    #[must_use]
    pub fn federation(&self) -> Option<&crate::federation::client::Client> {
        self.0.between.client.as_ref()
    }

    /// The latest alarms, the newest first; they outlive a restart where the security log is a file.
    pub(crate) fn alarms(&self) -> Vec<Alarm> {
        self.0.security_log.alarms()
    }

    /// Raises an alarm: it is counted, and written to the security log.
    pub(crate) fn alarm(
        &self,
        happened: Happened,
        client: Option<Client>,
        account: SecretKey,
        why: Option<&str>,
    ) {
        self.metrics().alarm(happened.word());
        self.security(happened, client, Some(account), why);
    }

    pub(crate) fn content_security_policy(&self) -> &HeaderValue {
        &self.0.content_security_policy
    }

    /// A number for a failure, to find it in the technical log.
    #[must_use]
    pub fn new_event(&self) -> EventId {
        let mut bytes = [0_u8; 8];
        self.0.randomness.fill(&mut bytes);
        EventId(u64::from_be_bytes(bytes))
    }

    /// The role of a name, such as `doctor`.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        role_id(self.policy(), name)
    }

    /// Runs an action for who is logged in, on a thread that may wait for the register.
    ///
    /// # Errors
    /// What the action answers.
    pub async fn act<T, E, F>(&self, who: &SignedIn, action: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&services::Call<'_>) -> Result<T, E> + Send + 'static,
    {
        self.act_as(who.caller(), action).await
    }

    /// Runs an action for a caller.
    ///
    /// # Errors
    /// What the action answers.
    pub async fn act_as<T, E, F>(&self, caller: Caller, action: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&services::Call<'_>) -> Result<T, E> + Send + 'static,
    {
        let app = self.clone();
        // Closed never: the semaphore lives as long as the app.
        let room = self.0.rooms.acquire().await.ok();
        let work = tokio::task::spawn_blocking(move || {
            let call = app.0.register.call(caller);
            action(&services::Call { register: &app.0.register, call: &call, randomness: &*app.0.randomness })
        });
        let answer = work.await;
        drop(room);
        match answer {
            Ok(result) => result,
            Err(failed) => match failed.try_into_panic() {
                // Caught again at the edge, where it becomes an event id.
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime is being torn down: nobody is left to answer.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// The caller that an identity is, for the register. The age of the login is measured on a clock that is never set.
    pub(crate) fn caller(&self, identity: &Identity, login_age_seconds: u64) -> Caller {
        let age = Span::new().try_seconds(i64::try_from(login_age_seconds).unwrap_or(i64::MAX));
        let authenticated_at = age.ok().and_then(|age| self.now().checked_sub(age).ok());
        Caller {
            actor: Actor {
                person: identity.person,
                role: identity.role,
                organisation: identity.organisation,
            },
            name: identity.name.clone(),
            organisation_name: identity.organisation_name.clone(),
            on_behalf_of: identity.on_behalf_of.clone(),
            authenticated_at,
        }
    }
}

/// Roles that a login gives by a notice must be the notice's: a slip of the pen would shut somebody out in silence.
fn known_roles(parts: &Parts) -> Result<(), NotStarted> {
    let policy = parts.register.policy();
    for broker in parts.config.brokers.iter().filter(|broker| broker.people == People::Notice) {
        let mut named = broker.everybody.iter().chain(broker.roles.iter().map(|role| &role.role));
        if let Some(unknown) = named.find(|name| role_id(policy, name).is_none()) {
            return Err(NotStarted::Role { broker: broker.id.clone(), role: unknown.clone() });
        }
    }
    Ok(())
}

/// Where the form of a login may lead: the issuers, and what lies on the way to them.
fn login_origins(config: &Config) -> Vec<String> {
    let mut origins: Vec<String> = config
        .brokers
        .iter()
        .flat_map(|broker| {
            std::iter::once(origin_of(&broker.issuer)).chain(broker.redirect_origins.iter().cloned())
        })
        .collect();
    origins.sort();
    origins.dedup();
    origins
}

/// The role of a name in the notices.
#[must_use]
pub(crate) fn role_id(policy: &Policy, name: &str) -> Option<RoleId> {
    let position = policy.roles.iter().position(|role| role.said.id == name)?;
    // `is` holds the role itself beside the wider ones.
    policy.roles.get(position)?.is.iter().copied().find(|id| id.index() == position)
}

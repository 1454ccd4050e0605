//! Private statistics: phones send to the leader, the leader asks the helper, and everybody sees the figures.
//!
//! Each body is a process with a register of its own and a listener of its own. The shape of addresses, messages and
//! errors is that of the Distributed Aggregation Protocol.
//!
//! Invariant: no address of a caller is looked at, counted or written here; there is no layer that could.

mod count;
mod faults;
mod helper;
mod leader;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use notice::Actor;
use register::{Caller, Personal};
use statistics::check::{Checker, NotSetUp};
use statistics::job::JOB_BYTES_MAX;
use statistics::report::REPORT_BYTES;
use statistics::sum::Terms;
use statistics::{PrivateKey, Secret, TaskId, Whose};
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use zeroize::Zeroizing;

use crate::app::App;
use crate::config::{Config, StatisticsRole};

pub use count::count_due;
use faults::Fault;
pub use leader::taken;

/// Reports that are taken at once; each holds a thread.
const AT_ONCE: usize = 128;
const HELPER_SECONDS: u64 = 60;

/// One of the two bodies, at work.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) role: StatisticsRole,
    checker: Checker,
    task: TaskId,
    terms: Terms,
    keys: Vec<u8>,
    token: Token,
    helper: Option<(String, reqwest::Client)>,
}

struct Token(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

/// A body that cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{setting}` cannot be used: {problem}\nhelp: a file of 64 hexadecimal digits, such as `openssl rand -hex 32` makes"
)]
pub struct BadStatistics {
    setting: &'static str,
    problem: String,
}

impl Body {
    /// The body of the configuration, if there is one.
    pub(crate) fn new(config: &Config) -> Result<Option<Arc<Self>>, BadStatistics> {
        let Some(settings) = &config.statistics else { return Ok(None) };
        let key = PrivateKey::from_bytes(settings.key_id, *read(&settings.key, "statistics.key")?);
        let secret = Secret::new(*read(&settings.secret, "statistics.secret")?);
        let task = TaskId::named(&settings.task);
        let unusable = |problem: String| BadStatistics { setting: "statistics.key", problem };
        let keys = key.config().map_err(|problem| unusable(problem.to_string()))?.encoded_list();
        let whose = match settings.role {
            StatisticsRole::Leader => Whose::Leader,
            StatisticsRole::Helper => Whose::Helper,
        };
        let checker = Checker::new(task, whose, key, &secret)
            .map_err(|problem: NotSetUp| unusable(problem.to_string()))?;
        let client = || {
            reqwest::Client::builder()
                .timeout(Duration::from_secs(HELPER_SECONDS))
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(|_| unusable("no connection to the helper can be made".to_owned()))
        };
        let helper = settings
            .helper
            .as_ref()
            .map(|helper| client().map(|client| (helper.trim_end_matches('/').to_owned(), client)));
        Ok(Some(Arc::new(Self {
            role: settings.role,
            checker,
            task,
            terms: settings.terms(),
            keys,
            token: Token(secret.token()),
            helper: helper.transpose()?,
        })))
    }
}

/// 32 bytes from a file of hexadecimal digits.
fn read(file: &Path, setting: &'static str) -> Result<Zeroizing<[u8; 32]>, BadStatistics> {
    let bad = |problem: &str| BadStatistics { setting, problem: problem.to_owned() };
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(|problem| bad(&problem.to_string()))?);
    let text = text.trim();
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() != 64 || !text.is_ascii() {
        return Err(bad("not 64 hexadecimal digits"));
    }
    for (position, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(2 * position..2 * position + 2).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).map_err(|_| bad("not 64 hexadecimal digits"))?;
    }
    Ok(bytes)
}

/// The addresses of one body, for its own listener.
pub fn router(app: App) -> Router {
    let Some(body) = app.statistics().cloned() else { return Router::new() };
    let routes = match body.role {
        StatisticsRole::Leader => Router::new().route(
            "/tasks/{task}/reports",
            post(leader::take).put(leader::take).layer(DefaultBodyLimit::max(REPORT_BYTES)),
        ),
        StatisticsRole::Helper => Router::new()
            .route(
                "/tasks/{task}/aggregation_jobs/{job}",
                put(helper::answer).layer(DefaultBodyLimit::max(JOB_BYTES_MAX)),
            )
            .route("/tasks/{task}/aggregate_shares", post(helper::release)),
    };
    routes
        .route("/hpke_config", get(keys))
        .with_state(At { app, body })
        .layer(CatchPanicLayer::custom(faults::panicked))
        .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE))
}

/// What each request here shares.
#[derive(Clone)]
struct At {
    app: App,
    body: Arc<Body>,
}

impl At {
    /// The count that an address names.
    fn task(&self, named: &str) -> Result<(), Fault> {
        if named == self.body.task.text() { Ok(()) } else { Err(Fault::UnknownTask) }
    }
}

async fn keys(State(at): State<At>) -> Response {
    let headers = [(CONTENT_TYPE, "application/dap-hpke-config-list"), (CACHE_CONTROL, "max-age=86400")];
    (headers, at.body.keys.clone()).into_response()
}

/// The system as the log names it.
pub(crate) fn system(app: &App) -> Option<Caller> {
    let role = app.role("system")?;
    Some(Caller {
        actor: Actor { person: None, role, organisation: None },
        name: Personal::new("statistics".to_owned()),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    })
}

//! The key server of smitte|stop: phones upload rolling IDs with a certificate, and fetch files of them.
//!
//! Invariant: no address of a caller is known here, and neither a body nor a key is in any log. A caller who stores
//! something and one who only pretends to look alike.

mod answer;
mod at_hand;
mod authority;
mod chaff;
mod danish;
mod exports;
mod files;
mod guard;
mod guidance;
mod publish;
mod standing;

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{from_fn_with_state, map_request};
use axum::routing::{get, post};
use exposure::export::{ECDSA_SHA256, P256Signer, Padding, SignatureInfo};
use exposure::revision::TokenKey;
use register::{Caller, Personal};
use services::smittestop::exports::{self as files_of, Root, Signers, Standing, publish_due, rebuild};
use services::smittestop::keys::{ReportKind, publish as taking};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::config::KeyServerSettings;
use crate::http::{headers, technical};
use crate::jobs::NotDone;
use crate::pem;
use at_hand::AtHand;
use authority::Authorities;
use chaff::Traffic;
use files::Files;
use standing::Shown;

/// What the key server holds.
#[derive(Debug)]
pub struct KeyServer {
    authorities: Authorities,
    taking: taking::Settings,
    files_of: files_of::Settings,
    signers: Signers,
    public_keys: String,
    public_keys_pem: String,
    guidance: Option<guidance::InForce>,
    files: Files,
    traffic: Mutex<Traffic>,
    shown: Shown,
    at_hand: AtHand,
    looked_after: AtomicBool,
    origin: Option<String>,
    /// Held by whoever publishes: what one puts into the folder before it is written down another would take for nobody's.
    publishing: tokio::sync::Mutex<()>,
}

/// The key server cannot start.
#[derive(Debug, thiserror::Error)]
#[error("`{setting}` cannot be used: {why}")]
pub struct BadKeyServer {
    setting: String,
    why: &'static str,
}

fn bad(setting: &str, why: &'static str) -> BadKeyServer {
    BadKeyServer { setting: format!("key_server.{setting}"), why }
}

impl KeyServer {
    /// Where phones reach it, if the configuration says so.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Reads the keys that the configuration names.
    pub(crate) fn new(settings: &KeyServerSettings) -> Result<Self, BadKeyServer> {
        let mut signers: Vec<(jiff::Timestamp, Box<dyn exposure::export::ExportSigner + Send + Sync>)> =
            Vec::new();
        let mut public_keys = Vec::new();
        for one in &settings.signing {
            let info = SignatureInfo {
                key_id: one.key_id.clone(),
                key_version: one.key_version.clone(),
                algorithm: ECDSA_SHA256.to_owned(),
            };
            let why = "a private key in PKCS#8, PEM, on P-256, is needed";
            let text = pem::text(&one.key).map_err(|_| bad("signing.key", why))?;
            let der = pem::pkcs8(text.as_bytes()).ok_or_else(|| bad("signing.key", why))?;
            let signer =
                P256Signer::from_pkcs8(der.secret_pkcs8_der(), info).map_err(|_| bad("signing.key", why))?;
            public_keys.push(exports::public_key(one, &signer));
            signers.push((one.from, Box::new(signer)));
        }
        let token_key = |path: &std::path::PathBuf| {
            let why = "32 bytes in hexadecimal digits are needed";
            let text = std::fs::read_to_string(path).map(zeroize::Zeroizing::new).ok();
            let secret = text.and_then(|text| exposure::key::from_hex(text.trim()));
            let secret: Option<[u8; 32]> = secret.and_then(|bytes| bytes.try_into().ok());
            secret.and_then(|secret| TokenKey::new(&secret)).ok_or_else(|| bad("revision_keys", why))
        };
        let accepts = settings.accepts.iter().filter_map(|word| ReportKind::of(word)).collect();
        Ok(Self {
            authorities: Authorities::new(settings)?,
            taking: taking::Settings {
                accepts,
                token_keys: settings.revision_keys.iter().map(token_key).collect::<Result<_, _>>()?,
                token_bound: settings.audience.clone().into_bytes(),
            },
            files_of: files_of::Settings {
                window_hours: settings.window_hours,
                keys_at_most: settings.keys_at_most,
                padding: Padding { least: settings.keys_at_least, and_up_to: settings.keys_at_least / 10 },
                region: settings.region.clone(),
            },
            signers: Signers::new(signers),
            public_keys: exports::public_keys(&public_keys),
            public_keys_pem: exports::public_keys_pem(&public_keys),
            origin: settings.origin.clone(),
            guidance: guidance::InForce::new(settings.guidance.as_deref())?,
            files: Files::new(&settings.exports)?,
            traffic: Mutex::new(Traffic::default()),
            shown: Shown::default(),
            at_hand: AtHand::default(),
            looked_after: AtomicBool::new(false),
            publishing: tokio::sync::Mutex::default(),
        })
    }
}

/// The newest files of a root: those of the last hours in which anything came. Nothing if the register cannot answer.
pub(crate) async fn newest(app: &App, root: Root) -> Option<Vec<Standing>> {
    let listed = standing::standing(app).await?;
    let of_root = || listed.files.iter().filter(|file| file.root == root);
    let last = of_root().map(|file| file.from).max();
    Some(of_root().filter(|file| Some(file.from) == last).cloned().collect())
}

/// The surface for phones, with layers of its own.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route("/v1/publish", post(publish::publish))
        .route("/exports/keys.json", get(exports::keys))
        .route("/exports/keys.pem", get(exports::keys_pem))
        .route("/exports/{root}/index.txt", get(exports::index))
        .route("/exports/{root}/{file}", get(exports::file))
        .route("/guidance.json", get(guidance::guidance))
        .route("/v2/diagnostickeys", post(danish::upload))
        .route("/v2/diagnostickeys/exposureconfiguration", get(danish::exposure_configuration))
        .route("/v2/diagnostickeys/dailysummaryconfiguration", get(danish::daily_summary_configuration))
        .route("/v2/diagnostickeys/{file}", get(danish::download))
        .route("/v2/countries", get(danish::countries))
        .fallback(answer::nothing_here)
        .method_not_allowed_fallback(answer::not_this_way)
        .with_state(app.clone());
    routes
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(axum::middleware::from_fn(guard::guard))
        .layer(from_fn_with_state(app.clone(), headers::put))
        .layer(from_fn_with_state(app, technical::line))
        // Behind this nobody knows from which address a request comes (threats T17).
        .layer(map_request(async |mut request: Request| {
            request.extensions_mut().remove::<ConnectInfo<SocketAddr>>();
            request
        }))
}

/// Who acts here: the server itself, or a phone that does not say whose it is.
pub(crate) fn caller(app: &App, role: &str, name: &str) -> Option<Caller> {
    Some(Caller {
        actor: notice::Actor { person: None, role: app.role(role)?, organisation: None },
        name: Personal::new(name.to_owned()),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    })
}

/// Publishes the windows that are due, and after a start makes again what is missing in the folder.
pub(crate) async fn publish_due(app: &App) -> Result<(), NotDone> {
    publish_some(app).await.map(|_| ())
}

/// The same again and again until nothing is due: after a journey through time, days are.
///
/// # Errors
/// Something could not be published; what was stays so.
#[cfg(feature = "demo")]
pub async fn publish_all_due(app: &App) -> Result<(), NotDone> {
    while publish_some(app).await? > 0 {}
    Ok(())
}

/// Publishes some windows; how many.
async fn publish_some(app: &App) -> Result<usize, NotDone> {
    let Some(server) = app.key_server() else { return Ok(0) };
    let _alone = server.publishing.lock().await;
    let caller = caller(app, "system", "key server").ok_or(NotDone)?;
    let shared = app.clone();
    let done = app
        .act_as(caller, move |at| {
            let Some(server) = shared.key_server() else { return Ok(None) };
            server.guidance.iter().for_each(guidance::InForce::look_again);
            let request = publish_due::Request {
                settings: &server.files_of,
                signers: &server.signers,
                folder: &server.files,
            };
            let abroad = |from, until| standing::abroad(at, from, until);
            let mut again = 0;
            if !server.looked_after.load(Ordering::SeqCst) {
                let rebuild::Output { files, lost } = rebuild::run(at, &request, abroad)?;
                again = files;
                if lost > 0 {
                    tracing::error!(target: "technical", lost, "files of windows are gone and cannot be made again: phones are answered 503");
                }
                server.looked_after.store(true, Ordering::SeqCst);
            }
            let output = publish_due::run(at, &request, abroad)?;
            Ok::<_, files_of::Error>(Some((output, again)))
        })
        .await;
    match done {
        Ok(Some((output, again))) if output.windows + again > 0 => {
            tracing::info!(target: "technical", windows = output.windows, files = output.files, again, "export");
            let _ = standing::look_again(app).await;
            Ok(output.windows)
        }
        Ok(_) => Ok(0),
        Err(problem) => {
            tracing::error!(target: "technical", problem = %problem, "no export was made; it is tried again in a minute");
            Err(NotDone)
        }
    }
}

//! The real key server behind a real socket, and beside it a bare one that gives the same bytes from memory.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use exposure::export::TrustedKey;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use jsonwebtoken::EncodingKey;
use server::config::{AuthorityKey, AuthoritySettings, KeyServerSettings, SigningSettings, TokenForm};
use server::{App, Config, Parts};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::house::House;
use super::phones::{AUDIENCE, AUTHORITY, Authority, ISSUER, KEY_ID};

const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// The key server of a house, served until this goes.
pub(super) struct KeyServer {
    runtime: tokio::runtime::Runtime,
    app: App,
    /// Where phones ask.
    pub(super) address: String,
    /// Whose certificates it believes.
    pub(super) authority: Authority,
    /// Whose files phones believe.
    pub(super) trusted: TrustedKey,
    bare: Arc<Mutex<Answer>>,
    /// Where the bare one answers.
    pub(super) bare_address: String,
    _tell: watch::Sender<()>,
}

/// What the bare one says to everybody.
#[derive(Clone, Default)]
struct Answer {
    tag: String,
    bytes: Bytes,
}

impl KeyServer {
    /// Opens its doors; secrets lie in a folder.
    pub(super) fn open(house: &House, folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let (certifies, public) = pair(folder, "verification")?;
        let (signs, signs_public) = pair(folder, "export")?;
        let revision = folder.join("revision.key");
        secret(&revision, "07".repeat(32).as_bytes())?;
        let mut config = Config::loopback(ANYWHERE, ANYWHERE, "stps");
        config.key_server = Some(KeyServerSettings {
            address: ANYWHERE,
            exports: folder.join("exports"),
            audience: AUDIENCE.to_owned(),
            window_hours: 2,
            keys_at_most: 500_000,
            keys_at_least: 1_000,
            region: "DK".to_owned(),
            guidance: None,
            accepts: vec!["confirmed".to_owned()],
            revision_keys: vec![revision],
            authorities: vec![AuthoritySettings {
                id: AUTHORITY.to_owned(),
                issuer: ISSUER.to_owned(),
                keys: vec![AuthorityKey {
                    kid: KEY_ID.to_owned(),
                    path: public,
                    form: TokenForm::Certificate,
                }],
            }],
            signing: vec![SigningSettings {
                key: signs,
                key_id: "238".to_owned(),
                key_version: "v1".to_owned(),
                from: Timestamp::UNIX_EPOCH,
            }],
        });
        let parts = Parts::new(house.register.clone(), house.clock.clone(), house.chance.clone(), config);
        let app = App::new(parts)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (tell, told) = watch::channel(());
        let listener = runtime.block_on(TcpListener::bind(ANYWHERE))?;
        let address = format!("http://{}", listener.local_addr()?);
        runtime.spawn(server::door(listener, server::key_server::router(app.clone()), told));
        let listener = runtime.block_on(TcpListener::bind(ANYWHERE))?;
        let bare_address = format!("http://{}", listener.local_addr()?);
        let bare = Arc::new(Mutex::new(Answer::default()));
        runtime.spawn(serve_bare(listener, bare.clone()));
        let authority = Authority(EncodingKey::from_ec_pem(&std::fs::read(certifies)?)?);
        let trusted = TrustedKey::from_der(&der(&signs_public)?)?.named("238", "v1");
        Ok(Self { runtime, app, address, authority, trusted, bare, bare_address, _tell: tell })
    }

    /// What it does by itself each minute.
    pub(super) fn jobs(&self) {
        self.runtime.block_on(server::jobs::run_due(&self.app));
    }

    /// What the bare one says from now on.
    pub(super) fn bare_says(&self, tag: &str, bytes: Vec<u8>) {
        let says = Answer { tag: tag.to_owned(), bytes: Bytes::from(bytes) };
        *self.bare.lock().unwrap_or_else(PoisonError::into_inner) = says;
    }
}

async fn serve_bare(listener: TcpListener, says: Arc<Mutex<Answer>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let says = says.clone();
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let says = says.lock().unwrap_or_else(PoisonError::into_inner).clone();
                async move { Ok::<_, Infallible>(bare(&request, says)) }
            });
            // A connection that breaks concerns its peer only.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn bare(request: &Request<Incoming>, says: Answer) -> Response<Full<Bytes>> {
    let known =
        request.headers().get("if-none-match").is_some_and(|tag| tag.as_bytes() == says.tag.as_bytes());
    let mut response = Response::new(Full::new(if known { Bytes::new() } else { says.bytes }));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    response
}

/// A fresh pair, made by another program: files of the private and of the public key.
fn pair(folder: &Path, name: &str) -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    let (private, public) = (folder.join(format!("{name}.key")), folder.join(format!("{name}.pub")));
    openssl(
        Command::new("openssl")
            .args(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"])
            .arg(&private),
    )?;
    std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o400))?;
    openssl(Command::new("openssl").args(["pkey", "-pubout", "-in"]).arg(&private).arg("-out").arg(&public))?;
    Ok((private, public))
}

fn openssl(command: &mut Command) -> Result<()> {
    let done = command.output().context("openssl")?;
    ensure!(done.status.success(), "`openssl` failed: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

fn secret(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes)?;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o400))?)
}

/// The bytes in a PEM file.
fn der(path: &Path) -> Result<Vec<u8>> {
    let text = std::fs::read_to_string(path)?;
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    Ok(base64::engine::general_purpose::STANDARD.decode(body)?)
}

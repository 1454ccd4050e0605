//! The door of the gateway: TLS that asks for a certificate, or a listed proxy that has done so.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use register::Clock;
use rustls::pki_types::UnixTime;
use rustls::server::WebPkiClientVerifier;
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower::{Service as _, ServiceExt as _};

use super::{ClientCertificate, Gateway};
use crate::config::GatewaySettings;
use crate::pem::{self, BadPem};

const CONNECTIONS_MAX: usize = 512;
const HANDSHAKE_SECONDS: u64 = 10;
const HEADER_SECONDS: u64 = 10;
const REQUEST_SECONDS: u64 = 30;
const STREAMS_MAX: u32 = 100;
const HEADER_BYTES_MAX: u32 = 96 * 1024;

/// Why the gateway does not listen.
#[derive(Debug, thiserror::Error)]
pub enum BadListener {
    /// A file.
    #[error(transparent)]
    Pem(#[from] BadPem),
    /// The certificates do not fit together.
    #[error("the certificates of the gateway cannot be used: {0}")]
    Tls(String),
    /// The operating system.
    #[error("`gateway.listen` {address} cannot be listened on: {problem}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Its word.
        problem: io::Error,
    },
}

/// An open door.
pub struct Listener {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("listener", &self.listener).finish_non_exhaustive()
    }
}

impl Listener {
    /// Listens as the configuration says: with TLS of our own where it names a certificate.
    ///
    /// # Errors
    /// [`BadListener`].
    pub async fn bind(settings: &GatewaySettings, clock: Arc<dyn Clock>) -> Result<Self, BadListener> {
        let tls = match &settings.tls {
            Some(tls) => Some(acceptor(&tls.certificate, &tls.key, &tls.client_ca, clock)?),
            None => None,
        };
        let address = settings.listen;
        let listener =
            TcpListener::bind(address).await.map_err(|problem| BadListener::Listen { address, problem })?;
        Ok(Self { listener, tls })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The operating system's word.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until told to stop.
    pub async fn serve(self, gateway: Gateway, mut stop: watch::Receiver<()>) {
        let (router, places) = (gateway.router(), Arc::new(Semaphore::new(CONNECTIONS_MAX)));
        loop {
            let place = places.clone().acquire_owned().await;
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stop.changed() => break,
            };
            let Ok((stream, peer)) = accepted else {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let (router, tls, mut stop) = (router.clone(), self.tls.clone(), stop.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = connection(stream, peer, tls, router) => {}
                    _ = stop.changed() => {}
                }
                drop(place);
            });
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, tls: Option<TlsAcceptor>, router: Router) {
    let Some(tls) = tls else { return speak(stream, peer, None, router).await };
    let wait = Duration::from_secs(HANDSHAKE_SECONDS);
    let Ok(Ok(stream)) = tokio::time::timeout(wait, tls.accept(stream)).await else { return };
    let shown = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    // Without a certificate the handshake has failed already.
    let Some(shown) = shown.map(|der| ClientCertificate(der.to_vec())) else { return };
    speak(stream, peer, Some(shown), router).await;
}

async fn speak<S>(stream: S, peer: SocketAddr, shown: Option<ClientCertificate>, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        if let Some(shown) = shown.clone() {
            request.extensions_mut().insert(shown);
        }
        let mut router = router.clone();
        async move {
            let answer = async { router.as_service().ready().await?.call(request.map(Body::new)).await };
            match tokio::time::timeout(Duration::from_secs(REQUEST_SECONDS), answer).await {
                Ok(answer) => answer,
                Err(_) => Ok(StatusCode::REQUEST_TIMEOUT.into_response()),
            }
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(HEADER_SECONDS));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADER_BYTES_MAX)
        .max_concurrent_streams(STREAMS_MAX)
        .keep_alive_interval(Duration::from_secs(20));
    // A connection that breaks concerns its peer only.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

/// The clock of the house, also for the validity of certificates.
#[derive(Debug)]
struct HouseTime(Arc<dyn Clock>);

impl TimeProvider for HouseTime {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.now().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

fn acceptor(
    certificate: &Path,
    key: &Path,
    client_ca: &Path,
    clock: Arc<dyn Clock>,
) -> Result<TlsAcceptor, BadListener> {
    let wrong = |problem: &dyn std::fmt::Display| BadListener::Tls(problem.to_string());
    let mut roots = RootCertStore::empty();
    for root in pem::chain(client_ca)? {
        roots.add(root).map_err(|error| wrong(&error))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let asked = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    let asked = asked.build().map_err(|error| wrong(&error))?;
    let mut config = ServerConfig::builder_with_details(provider, Arc::new(HouseTime(clock)))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_client_cert_verifier(asked)
        .with_single_cert(pem::chain(certificate)?, pem::key(key)?)
        .map_err(|error| wrong(&error))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

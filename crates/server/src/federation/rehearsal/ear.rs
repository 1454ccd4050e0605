//! A country hears the gateway say that there is something new: a door of its own, with the certificate that the gateway
//! holds for it, as a proxy in front of `/federation/callback` would have.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower::{Service as _, ServiceExt as _};

use super::{BadRehearsal, Rehearsal};
use crate::federation::client::Client;
use crate::federation::gateway::BadListener;
use crate::pem;

/// The ear of a country. Clones share it.
#[derive(Clone, Debug)]
pub struct Ear {
    /// The address that the gateway is given.
    pub url: String,
    whose: Arc<Mutex<Option<Client>>>,
    heard: Arc<AtomicU64>,
}

impl Ear {
    /// Whose it is: who is woken from now on.
    pub fn belongs_to(&self, client: Client) {
        *self.whose.lock().unwrap_or_else(PoisonError::into_inner) = Some(client);
    }

    /// How often it has heard something.
    #[must_use]
    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }

    fn hears(&self) -> StatusCode {
        self.heard.fetch_add(1, Ordering::Relaxed);
        if let Some(client) = &*self.whose.lock().unwrap_or_else(PoisonError::into_inner) {
            client.wake();
        }
        StatusCode::NO_CONTENT
    }
}

impl Rehearsal {
    /// Opens the ear of a country on a free port, with a certificate that the gateway admits for it.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn ear(&self, country: &str) -> Result<Ear, BadRehearsal> {
        let [certificate, key] = self.admit_callback(country)?;
        let wrong = |error: rustls::Error| BadRehearsal::Listen(BadListener::Tls(error.to_string()));
        let config =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(wrong)?
                .with_no_client_auth()
                .with_single_cert(pem::chain(&certificate)?, pem::key(&key)?)
                .map_err(wrong)?;
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let url = format!("https://{}/federation/callback", listener.local_addr()?);
        let ear = Ear { url, whose: Arc::default(), heard: Arc::default() };
        let at_door = ear.clone();
        let router = Router::new().route("/federation/callback", get(async move || at_door.hears()));
        let (tls, mut stop) = (TlsAcceptor::from(Arc::new(config)), self.stop.subscribe());
        tokio::spawn(async move {
            loop {
                let accepted = tokio::select! {
                    accepted = listener.accept() => accepted,
                    _ = stop.changed() => return,
                };
                let Ok((stream, _)) = accepted else { continue };
                let (tls, router) = (tls.clone(), router.clone());
                tokio::spawn(async move {
                    let Ok(stream) = tls.accept(stream).await else { return };
                    let service =
                        hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                            let mut router = router.clone();
                            async move {
                                let request = request.map(axum::body::Body::new);
                                router.as_service().ready().await?.call(request).await
                            }
                        });
                    // A call that breaks off concerns its caller only.
                    let _ = Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Ok(ear)
    }
}

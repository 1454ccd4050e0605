//! The gateway calls outward only, to the holder of the right certificate, and gives up in time.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::{Method, Request};
use exposure::gateway::cms::Certificate;
use jiff::ToSpan as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

use super::europe::{Europe, door, keys};
use crate::federation::gateway::{Addresses, ClientCertificate, Gateway, Resolver};
use crate::pem;

/// A name that is public at first and points inward afterwards.
#[derive(Debug, Default)]
struct Rebinding(AtomicUsize);

impl Resolver for Rebinding {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> std::pin::Pin<Box<dyn Future<Output = Vec<IpAddr>> + Send + 'a>> {
        let times = self.0.fetch_add(1, Ordering::SeqCst);
        let found: &[&str] = match host {
            "both.example" => &["8.8.8.8", "127.0.0.1"],
            "inward.example" => &["10.0.0.1"],
            _ if times == 0 => &["8.8.8.8"],
            _ => &["127.0.0.1"],
        };
        let found = found.iter().map(|ip| ip.parse().unwrap()).collect();
        Box::pin(async move { found })
    }
}

async fn status(europe: &Europe, gateway: &Gateway, method: Method, path: &str) -> u16 {
    status_of(europe, "DK", gateway, method, path).await
}

async fn status_of(europe: &Europe, country: &str, gateway: &Gateway, method: Method, path: &str) -> u16 {
    let file = &europe.of(country).papers.connecting[0];
    let shown = Certificate::from_pem(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ClientCertificate(shown.der().to_vec()));
    gateway.router().oneshot(request).await.unwrap().status().as_u16()
}

fn strict(europe: &Europe, resolver: Arc<dyn Resolver>) -> Gateway {
    let rules = europe.rehearsal.rules().clone();
    Gateway::new(door(&europe.gateway, 3), rules, Vec::new(), resolver, Addresses::Public)
}

fn put(id: &str, url: &str) -> String {
    let url: String = url.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/diagnosiskeys/callback/{id}?url={url}")
}

/// Threat T19.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_points_inward_is_refused_also_if_it_does_so_later() {
    let europe = Europe::new().await;
    let gateway = strict(&europe, Arc::new(Rebinding::default()));
    let asked = async |url: &str| status(&europe, &gateway, Method::PUT, &put("a", url)).await;
    for inward in [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/",
        "https://inward.example/",
        "https://both.example/",
        "http://other.example/",
    ] {
        assert_eq!(asked(inward).await, 400, "{inward}");
    }
    // Public when it is asked for, inward when it is called.
    let rebinding = strict(&europe, Arc::new(Rebinding::default()));
    assert_eq!(status(&europe, &rebinding, Method::PUT, &put("a", "https://turns.example/")).await, 200);
    europe.rehearsal.admit_callback("DK").unwrap();
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..1);
    europe.of("SE").client.upload().await.unwrap();
    let listed = async || {
        let file = &europe.of("DK").papers.connecting[0];
        let shown = Certificate::from_pem(&std::fs::read_to_string(file).unwrap()).unwrap();
        let mut request = Request::get("/diagnosiskeys/callback").body(Body::empty()).unwrap();
        request.extensions_mut().insert(ClientCertificate(shown.der().to_vec()));
        let answer = rebinding.router().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap().as_array().unwrap().len()
    };
    assert_eq!(listed().await, 1);
    // Five times it is not called, then the address goes.
    for _ in 0..5 {
        europe.pass(6.minutes());
        rebinding.run_due().await.unwrap();
    }
    assert_eq!(listed().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_is_told_of_a_new_batch_once_and_only_under_its_own_certificate() {
    let europe = Europe::new().await;
    let [certificate, key] = europe.rehearsal.admit_callback("DK").unwrap();
    let (address, heard) = listening(&certificate, &key).await;
    let gateway = &europe.rehearsal.gateway;
    let url = format!("https://127.0.0.1:{}/told", address.port());
    assert_eq!(status(&europe, gateway, Method::PUT, &put("a", &url)).await, 200);
    assert_eq!(status(&europe, gateway, Method::PUT, &put("a", &url)).await, 200);
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..1);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    europe.batches().await;
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    // Somebody else at the same address is not believed.
    let [other, other_key] = europe.of("SE").papers.connecting.clone();
    let (stranger, heard) = listening(&other, &other_key).await;
    let url = format!("https://127.0.0.1:{}/told", stranger.port());
    assert_eq!(status(&europe, gateway, Method::PUT, &put("a", &url)).await, 200);
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..2);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    assert_eq!(heard.load(Ordering::SeqCst), 0);
    assert_eq!(status(&europe, gateway, Method::DELETE, "/diagnosiskeys/callback/a").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_has_asked_for_it_is_called_and_fetches_at_once() {
    let europe = Europe::new().await;
    let dk = europe.of("DK");
    let ear = europe.rehearsal.ear("DK").await.unwrap();
    let all: Vec<_> = europe.countries.values().map(|one| &one.papers).collect();
    let mut settings = europe.rehearsal.settings_of(&dk.papers, &all);
    settings.callback = Some(ear.url.clone());
    let source = Arc::new(|_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
        Ok::<_, register::Unavailable>(Vec::new())
    });
    let client = crate::federation::client::Client::of(door(&dk.house, 9), &settings, source).unwrap();
    ear.belongs_to(client.clone());
    client.run_due().await.unwrap();
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..3);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    assert_eq!(ear.heard(), 1);
    // Two hours have not passed.
    client.run_due().await.unwrap();
    assert_eq!(europe.for_phones("DK").len(), 3);
    europe.batches().await;
    assert_eq!(ear.heard(), 1, "told once of each batch");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_addresses_that_never_answer_hold_up_neither_batches_nor_another_country() {
    let europe = Europe::new().await;
    let gateway = &europe.rehearsal.gateway;
    let [certificate, key] = europe.rehearsal.admit_callback("SE").unwrap();
    let (address, heard) = listening(&certificate, &key).await;
    europe.rehearsal.admit_callback("DK").unwrap();
    // Takes every connection and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    for number in 0..10 {
        let url = format!("https://{}/told", silent.local_addr().unwrap());
        assert_eq!(status(&europe, gateway, Method::PUT, &put(&number.to_string(), &url)).await, 200);
    }
    let url = format!("https://127.0.0.1:{}/told", address.port());
    assert_eq!(status_of(&europe, "SE", gateway, Method::PUT, &put("a", &url)).await, 200);
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..1);
    europe.of("DE").client.upload().await.unwrap();
    europe.pass(5.minutes());
    gateway.make_batches().await.unwrap();
    let telling = tokio::spawn({
        let gateway = gateway.clone();
        async move { gateway.tell().await }
    });
    for _ in 0..500 {
        if heard.load(Ordering::SeqCst) == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(heard.load(Ordering::SeqCst), 1, "Sweden was told though Denmark answers nothing");
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..2);
    europe.of("DE").client.upload().await.unwrap();
    europe.pass(5.minutes());
    gateway.make_batches().await.unwrap();
    assert_eq!(gateway.state().await.unwrap().batches, 2);
    assert!(!telling.is_finished(), "Denmark is still being called");
    telling.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_ended_by_its_country_once_and_an_unknown_one_is_not_found() {
    let europe = Europe::new().await;
    let gateway = &europe.rehearsal.gateway;
    let told = "https://127.0.0.1/told";
    assert_eq!(status(&europe, gateway, Method::PUT, &put("a", told)).await, 200);
    let delete = async |country| {
        status_of(&europe, country, gateway, Method::DELETE, "/diagnosiskeys/callback/a").await
    };
    assert_eq!(delete("SE").await, 404, "it is Denmark's");
    assert_eq!(delete("DK").await, 200);
    assert_eq!(delete("DK").await, 404);
}

/// A server with a certificate that counts the requests it has read.
async fn listening(
    certificate: &std::path::Path,
    key: &std::path::Path,
) -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(pem::chain(certificate).unwrap(), pem::key(key).unwrap())
        .unwrap();
    let tls = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = tls.accept(stream).await else { continue };
            let mut text = vec![0; 4_096];
            let read = stream.read(&mut text).await.unwrap_or(0);
            let text = String::from_utf8_lossy(&text[..read]).into_owned();
            if text.starts_with("GET /told?batchTag=20261121-") && text.contains("date=2026-11-21") {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    (address, heard)
}

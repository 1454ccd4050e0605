//! A bare server that gives the same bytes from memory to everybody: what no server can be faster than.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// What it says.
#[derive(Clone, Default)]
struct Answer {
    tag: String,
    bytes: Bytes,
}

/// The server, served until this goes.
pub(super) struct Bare {
    says: Arc<Mutex<Answer>>,
    /// Where it answers.
    pub(super) address: String,
    _runtime: Runtime,
}

impl Bare {
    pub(super) fn open() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = format!("http://{}", listener.local_addr()?);
        let says = Arc::new(Mutex::new(Answer::default()));
        runtime.spawn(serve_bare(listener, says.clone()));
        Ok(Self { says, address, _runtime: runtime })
    }

    /// What it says from now on.
    pub(super) fn says(&self, tag: &str, bytes: Vec<u8>) {
        let says = Answer { tag: tag.to_owned(), bytes: Bytes::from(bytes) };
        *self.says.lock().unwrap_or_else(PoisonError::into_inner) = says;
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

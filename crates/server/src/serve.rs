//! Listens, and stops in order: no new connections, what runs is finished, then the end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;
use tower::{Service, ServiceExt};

use crate::app::App;
use crate::federation::gateway::{BadListener, Listener as GatewayListener};
use crate::http::guard::HEADER_BYTES_MAX;

const HEADER_SECONDS: u64 = 10;
/// With what every HTTP/2 connection begins (RFC 9113, 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const STREAMS_MAX: u32 = 100;
const CLOSING_SECONDS: u64 = 15;
const CONNECTIONS_MAX: usize = 10_000;
/// What is over the limit but under this gets an answer of ours; what is over this is cut by the protocol.
const HEADER_BUFFER_BYTES: usize = 4 * HEADER_BYTES_MAX;

/// The doors of a server.
#[derive(Debug)]
pub struct Listeners {
    /// For people and programs.
    pub public: TcpListener,
    /// For health and metrics.
    pub operations: TcpListener,
    /// Of surfaces that have a door of their own, with their addresses.
    pub own: Vec<(TcpListener, Router)>,
    /// Of the gateway between countries.
    pub gateway: Option<GatewayListener>,
}

/// A door that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotListening {
    /// The operating system's word, such as that another process has the port.
    #[error("`{setting}` {address} cannot be listened on: {problem}")]
    Address {
        /// The setting that names it.
        setting: &'static str,
        /// The address.
        address: SocketAddr,
        /// The word.
        problem: io::Error,
    },
    /// The gateway between countries.
    #[error(transparent)]
    Gateway(#[from] BadListener),
}

impl Listeners {
    /// Takes the addresses of the configuration.
    ///
    /// # Errors
    /// [`NotListening`]: then none is open, and the server must not start.
    pub async fn bind(app: &App) -> Result<Self, NotListening> {
        let listen = &app.config().listen;
        let mut own = Vec::new();
        if let Some(statistics) = &app.config().statistics {
            let listener = bound("statistics.address", statistics.address).await?;
            own.push((listener, crate::statistics::router(app.clone())));
        }
        if let Some(key_server) = &app.config().key_server {
            let listener = bound("key_server.address", key_server.address).await?;
            own.push((listener, crate::key_server::router(app.clone())));
        }
        Ok(Self {
            public: bound("listen.address", listen.address).await?,
            operations: bound("listen.operations", listen.operations).await?,
            gateway: app.between().listen(app.config()).await?,
            own,
        })
    }
}

async fn bound(setting: &'static str, address: SocketAddr) -> Result<TcpListener, NotListening> {
    TcpListener::bind(address).await.map_err(|problem| NotListening::Address { setting, address, problem })
}

/// Serves until told to stop.
pub async fn serve(app: App, listeners: Listeners, stop: impl Future<Output = ()> + Send) {
    let (told, wait) = tokio::sync::watch::channel(());
    let public = tokio::spawn(door(listeners.public, crate::router(app.clone()), wait.clone()));
    let operations = tokio::spawn(door(listeners.operations, crate::operations(app.clone()), wait.clone()));
    let own = listeners
        .own
        .into_iter()
        .map(|(listener, router)| tokio::spawn(door(listener, router, wait.clone())));
    let own: Vec<_> = own.collect();
    let gateway = listeners.gateway.map(|open| tokio::spawn(app.between().clone().serve(open, wait.clone())));
    let jobs = tokio::spawn(crate::jobs::each_minute(app, wait));
    stop.await;
    drop(told);
    // A door that failed has said so already.
    let _ = tokio::join!(public, operations, jobs);
    for door in own.into_iter().chain(gateway) {
        let _ = door.await;
    }
}

/// Serves one door until told to stop.
pub async fn door(listener: TcpListener, router: Router, mut stop: tokio::sync::watch::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(CONNECTIONS_MAX));
    loop {
        let place = places.clone().acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        match accepted {
            Ok((stream, peer)) => connection(stream, peer, &router, &graceful, place.ok()),
            // Too many open files, a peer that is gone: the next may do better.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_secs(CLOSING_SECONDS), graceful.shutdown()).await.is_err() {
        tracing::warn!(target: "technical", "connections were cut at closing time");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: &Router,
    graceful: &GracefulShutdown,
    place: Option<tokio::sync::OwnedSemaphorePermit>,
) {
    let router = router.clone();
    let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let mut router = router.clone();
        async move { router.as_service().ready().await?.call(request.map(axum::body::Body::new)).await }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEADER_SECONDS))
        .max_buf_size(HEADER_BUFFER_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEADER_BUFFER_BYTES).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_MAX)
        .keep_alive_interval(Duration::from_secs(20));
    let stream = TokioIo::new(Prompt::new(stream));
    let connection = graceful.watch(builder.serve_connection(stream, service).into_owned());
    tokio::spawn(async move {
        // A connection that breaks concerns its peer only.
        let _ = pin!(connection).await;
        drop(place);
    });
}

/// A stream whose peer must say in time which protocol it speaks: the library asks for the header in time, but not for the first bytes.
struct Prompt {
    stream: TcpStream,
    /// Until it is known; the bytes that look like the beginning of HTTP/2.
    awaited: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Prompt {
    fn new(stream: TcpStream) -> Self {
        let deadline = tokio::time::sleep(Duration::from_secs(HEADER_SECONDS));
        Self { stream, awaited: Some((Box::pin(deadline), 0)) }
    }

    fn heard(&mut self, bytes: &[u8]) {
        let Some((_, matched)) = &mut self.awaited else { return };
        let rest = PREFACE.get(*matched..).unwrap_or_default();
        *matched += bytes.len();
        if bytes.len() >= rest.len() || !rest.starts_with(bytes) {
            self.awaited = None;
        }
    }
}

impl AsyncRead for Prompt {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, into) {
            let new = into.filled().get(before..).unwrap_or_default();
            self.heard(new);
            return Poll::Ready(read);
        }
        match &mut self.awaited {
            Some((deadline, _)) => deadline.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into())),
            None => Poll::Pending,
        }
    }
}

impl AsyncWrite for Prompt {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

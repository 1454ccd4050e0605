//! The door of the page: takes in requests whole, some beside each other and each for a short time. Whoever is slow, or
//! announces a form and sends none, holds up nobody, and least of all the radio.
//!
//! Invariant: it listens on this machine only, and what is announced takes no memory before it has come.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use std::{io, thread};

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use phone::page::{self, HEADERS, MAX_FORM_BYTES, Method, Reply};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

/// So many requests come in at the same time; who comes beyond waits.
const AT_ONCE: usize = 32;
/// What stands before a form has come within this, and the form within as much again.
const PATIENCE: Duration = Duration::from_secs(5);
/// The phone may be at an errand on the network first; then it answers, or nobody waits any longer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(180);
/// The most that a request may weigh before its form.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// Where requests come in.
pub(crate) struct Door {
    pub(crate) port: u16,
    taken: Receiver<Visit>,
}

/// A request that has come in whole, and whom to answer.
pub(crate) struct Visit {
    pub(crate) method: Method,
    head: Parts,
    pub(crate) body: String,
    answer: oneshot::Sender<Reply>,
}

impl Door {
    /// Opens it; port 0 takes a free one.
    pub(crate) fn open(port: u16) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let (sender, taken) = sync_channel(AT_ONCE);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().spawn(move || runtime.block_on(listen(listener, sender)))?;
        Ok(Self { port, taken })
    }

    /// The next request, if one comes within this.
    pub(crate) fn next(&self, wait: Duration) -> Option<Visit> {
        self.taken.recv_timeout(wait).ok()
    }
}

async fn listen(listener: std::net::TcpListener, sender: SyncSender<Visit>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let seats = Arc::new(Semaphore::new(AT_ONCE));
    while let Ok(seat) = seats.clone().acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, or the like: it passes.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let sender = sender.clone();
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(MAX_HEAD_BYTES)
            .keep_alive(false)
            .serve_connection(
                TokioIo::new(stream),
                service_fn(move |request| take_in(request, sender.clone())),
            );
        tokio::spawn(async move {
            let _seat = seat;
            // A browser that has gone away needs no answer.
            let _ = tokio::time::timeout(ANSWERED_WITHIN, served).await;
        });
    }
    Ok(())
}

/// Reads a request whole and waits for its answer, or says at once what is wrong with it.
async fn take_in(
    request: Request<Incoming>,
    sender: SyncSender<Visit>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (answer, answered) = oneshot::channel();
    let reply = match Visit::of(request, answer).await {
        Ok(visit) => {
            let _ = sender.try_send(visit);
            answered.await.unwrap_or_else(|_| page::refused(503))
        }
        Err(status) => page::refused(status),
    };
    Ok(response(reply))
}

/// The form of a request, or the status that says why there is none.
async fn form(body: Incoming) -> Result<String, u16> {
    if body.size_hint().lower() > u64::try_from(MAX_FORM_BYTES).unwrap_or(u64::MAX) {
        return Err(413);
    }
    let whole = tokio::time::timeout(PATIENCE, Limited::new(body, MAX_FORM_BYTES).collect());
    let whole = whole.await.map_err(|_| 408_u16)?;
    let whole = whole.map_err(|error| if error.is::<LengthLimitError>() { 413_u16 } else { 400 })?;
    String::from_utf8(whole.to_bytes().into()).map_err(|_| 400)
}

fn response(reply: Reply) -> Response<Full<Bytes>> {
    let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let built = HEADERS
        .into_iter()
        .chain(own)
        .fold(Response::builder().status(reply.status), |built, (name, value)| built.header(name, value));
    built.body(Full::from(reply.body)).unwrap_or_else(|_| {
        let mut failed = Response::default();
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

impl Visit {
    /// A request that is read whole, or the status that says why it is none.
    async fn of(request: Request<Incoming>, answer: oneshot::Sender<Reply>) -> Result<Self, u16> {
        let (head, body) = request.into_parts();
        let method = match head.method {
            hyper::Method::GET => Method::Get,
            hyper::Method::POST => Method::Post,
            _ => return Err(405),
        };
        Ok(Self { method, head, body: form(body).await?, answer })
    }

    pub(crate) fn path(&self) -> &str {
        self.head.uri.path()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn answers(self, reply: Reply) {
        let _ = self.answer.send(reply);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    const SOON: Duration = Duration::from_secs(3);

    fn connected(door: &Door, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, door.port)).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    fn announcing(length: &str) -> String {
        format!("POST /da/warn?x HTTP/1.1\r\nHost: here\r\nContent-Length: {length}\r\n\r\n")
    }

    #[test]
    fn a_request_comes_in_whole_in_however_many_pieces_and_is_answered() {
        let door = Door::open(0).unwrap();
        let mut slow = connected(&door, &announcing("4"));
        for piece in ["co", "de"] {
            thread::sleep(Duration::from_millis(50));
            slow.write_all(piece.as_bytes()).unwrap();
        }
        let visit = door.next(SOON).unwrap();
        assert_eq!((visit.method, visit.path()), (Method::Post, "/da/warn"));
        assert_eq!((visit.header("host"), visit.body.as_str()), (Some("here"), "code"));
        let headers = vec![("Location", "/da/".to_owned())];
        visit.answers(Reply { status: 303, headers, body: "æ".to_owned(), then: page::Then::GoOn });
        let mut said = String::new();
        slow.read_to_string(&mut said).unwrap();
        assert!(said.starts_with("HTTP/1.1 303 ") && said.ends_with("\r\n\r\næ"), "{said}");
        assert!(said.contains("location: /da/\r\n") && said.contains("content-security-policy: "), "{said}");
    }

    #[test]
    fn whoever_announces_a_form_and_sends_none_holds_up_nobody() {
        let door = Door::open(0).unwrap();
        let held: Vec<TcpStream> = (0..8).map(|_| connected(&door, &announcing("8000"))).collect();
        let idle = connected(&door, "");
        let quick = connected(&door, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_eq!(door.next(SOON).unwrap().method, Method::Get);
        drop((held, idle, quick));
    }

    #[test]
    fn what_is_too_large_or_no_request_is_refused_and_reaches_nobody() {
        let door = Door::open(0).unwrap();
        let large = "x".repeat(MAX_FORM_BYTES + 1);
        let chunked = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{large}\r\n0\r\n\r\n",
            large.len()
        );
        for (text, status) in [
            (announcing(&large.len().to_string()) + &large, 413),
            (announcing("99999999999999"), 413),
            (announcing("-1"), 400),
            (chunked, 413),
            ("PUT / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), 405),
            ("rubbish\r\n\r\n".to_owned(), 400),
            ("GET / HTTP/1.1\r\nno colon\r\n\r\n".to_owned(), 400),
            (format!("GET /{} HTTP/1.1\r\n", "x".repeat(2 * MAX_HEAD_BYTES)), 431),
        ] {
            let mut said = [0; 12];
            let read = connected(&door, &text).read_exact(&mut said);
            let said = String::from_utf8_lossy(&said);
            assert_eq!(said, format!("HTTP/1.1 {status}"), "{read:?} {text:.60}");
        }
        assert!(door.next(Duration::ZERO).is_none());
    }
}

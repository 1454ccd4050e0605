//! The server on a real socket: slow, oversized and ambiguous requests of callers who speak badly on purpose. Threats 4.5, ASVS 4.2.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use server::Listeners;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::town::Town;

struct Served {
    town: Town,
    public: SocketAddr,
    stop: oneshot::Sender<()>,
    running: tokio::task::JoinHandle<()>,
}

async fn served() -> Served {
    let town = Town::new();
    let door = || TcpListener::bind("127.0.0.1:0");
    let listeners = Listeners {
        public: door().await.unwrap(),
        operations: door().await.unwrap(),
        own: Vec::new(),
        gateway: None,
    };
    let public = listeners.public.local_addr().unwrap();
    let (stop, told) = oneshot::channel();
    let running = tokio::spawn(server::serve(town.app.clone(), listeners, async {
        // An end that is dropped means the same.
        let _ = told.await;
    }));
    Served { town, public, stop, running }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.public).await.unwrap()
    }

    /// Everything that comes back until the server is silent for a moment or closes.
    async fn say(&self, request: &[u8]) -> String {
        let mut stream = self.connect().await;
        // The server may close while we still write.
        let _ = stream.write_all(request).await;
        heard(&mut stream, Duration::from_millis(700)).await
    }

    async fn end(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(20), self.running).await.unwrap().unwrap();
    }
}

async fn heard(stream: &mut TcpStream, silence: Duration) -> String {
    let mut all = Vec::new();
    let mut part = [0; 16 * 1024];
    while let Ok(Ok(count @ 1..)) = tokio::time::timeout(silence, stream.read(&mut part)).await {
        all.extend_from_slice(&part[..count]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// Seconds until the server closes, at most 15.
async fn seconds_until_closed(mut stream: TcpStream) -> Option<f64> {
    let began = Instant::now();
    let mut part = [0; 4096];
    let closed = async { while let Ok(1..) = stream.read(&mut part).await {} };
    tokio::time::timeout(Duration::from_secs(15), closed).await.ok()?;
    Some(began.elapsed().as_secs_f64())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

fn answers(all: &str) -> usize {
    all.matches("HTTP/1.1 ").count()
}

const HEALTHY: &[u8] = b"GET /api/v1/problems HTTP/1.1\r\nHost: localhost:8080\r\n\r\n";

#[tokio::test]
async fn whoever_is_slow_with_the_header_is_cut_after_ten_seconds_and_hinders_nobody() {
    let served = served().await;
    let mut waiting = Vec::new();
    // Nothing at all; half a line; the beginning of HTTP/2; a header that never ends; silence after an answer.
    let beginnings: [&[u8]; 5] =
        [b"", b"GET /da", b"PRI * HTTP/2.0\r\n", b"GET /da/ HTTP/1.1\r\nHost: localhost\r\nX-A:", HEALTHY];
    for beginning in beginnings {
        for _ in 0..40 {
            let mut stream = served.connect().await;
            stream.write_all(beginning).await.unwrap();
            waiting.push((beginning, tokio::spawn(seconds_until_closed(stream))));
        }
    }
    assert_eq!(status(&served.say(HEALTHY).await), "200");
    for (beginning, closed) in waiting {
        let seconds = closed.await.unwrap();
        let said = String::from_utf8_lossy(beginning).into_owned();
        assert!(seconds.is_some_and(|seconds| (8.0..14.0).contains(&seconds)), "{said:?}: {seconds:?}");
    }
    assert_eq!(status(&served.say(HEALTHY).await), "200");
    served.end().await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_by_name() {
    let served = served().await;
    let get = |path: &str, header: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: localhost:8080\r\n{header}\r\n").into_bytes()
    };
    let long = format!("/{}", "a".repeat(5 * 1024));
    assert_eq!(status(&served.say(&get(&long, "")).await), "414");
    let very_long = format!("/{}", "a".repeat(70 * 1024));
    assert!(["414", "431"].contains(&status(&served.say(&get(&very_long, "")).await)));
    for kilobytes in [17, 60, 200] {
        let header = format!("X-A: {}\r\n", "a".repeat(kilobytes * 1024));
        assert_eq!(status(&served.say(&get("/da/", &header)).await), "431", "{kilobytes} KiB");
    }
    let many: String = (0..300).map(|number| format!("X-{number}: a\r\n")).collect();
    assert_eq!(status(&served.say(&get("/da/", &many)).await), "431");
    // The length alone is enough; a body without a length is read up to the limit.
    let named =
        b"POST /api/v1/token HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 9000000\r\n\r\n".to_vec();
    assert_eq!(status(&served.say(&named).await), "413");
    let mut chunked =
        b"POST /api/v1/token HTTP/1.1\r\nHost: localhost:8080\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..20 {
        chunked.extend_from_slice(b"10000\r\n");
        chunked.extend(std::iter::repeat_n(b'a', 0x10000));
        chunked.extend_from_slice(b"\r\n");
    }
    assert_eq!(status(&served.say(&chunked).await), "413");
    served.end().await;
}

/// A request inside the body of another: whoever counts the bytes otherwise than we do would see two.
const INSIDE: &str = "GET /api/v1/problems HTTP/1.1\r\nHost: localhost:8080\r\n\r\n";

#[tokio::test]
async fn a_request_hidden_in_another_is_never_answered() {
    let served = served().await;
    let length = INSIDE.len();
    let framings = [
        // Two lengths, in one line and in two; a length that is no plain number.
        format!("Content-Length: 0\r\nContent-Length: {length}\r\n"),
        format!("Content-Length: {length}\r\nContent-Length: 0\r\n"),
        format!("Content-Length: 0, {length}\r\n"),
        "Content-Length: +0\r\n".to_owned(),
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: 0x0\r\n".to_owned(),
        "Content-Length: 0_0\r\n".to_owned(),
        "Content-Length: 99999999999999999999999\r\n".to_owned(),
        // Encodings that only look like chunked.
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding: chunked, identity\r\n".to_owned(),
        "Transfer-Encoding: identity\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".to_owned(),
        "Transfer-Encoding: \x0bchunked\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "Transfer-Encoding\t: chunked\r\n".to_owned(),
        " Transfer-Encoding: chunked\r\n".to_owned(),
        "X-A: b\r\n Content-Length: 0\r\n".to_owned(),
        "X-A: b\r\n\tTransfer-Encoding: chunked\r\n".to_owned(),
        "X-A: b\0\r\n".to_owned(),
        "X-A: b\rContent-Length: 0\r\n".to_owned(),
    ];
    for framing in framings {
        let request = format!("POST /api/v1/token HTTP/1.1\r\nHost: localhost:8080\r\n{framing}\r\n{INSIDE}");
        let all = served.say(request.as_bytes()).await;
        // Where there is no length there is no body (RFC 9112, 6.3), and what follows is a request in its own right.
        let no_body = framing.starts_with("X-A") && status(&all) != "400";
        assert!(answers(&all) <= 1 && !all.contains(" 200 ") || no_body, "{framing:?}: {all}");
    }
    served.end().await;
}

#[tokio::test]
async fn with_both_framings_the_chunks_count_and_the_length_does_not() {
    let served = served().await;
    let chunk = format!("{:x}\r\n{INSIDE}\r\n0\r\n\r\n", INSIDE.len());
    for head in [
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n".to_owned(),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {}\r\n", chunk.len()),
    ] {
        let request = format!("POST /api/v1/token HTTP/1.1\r\nHost: localhost:8080\r\n{head}\r\n{chunk}");
        let all = served.say(request.as_bytes()).await;
        assert!(answers(&all) == 1 && !all.contains(" 200 "), "{head:?}: {all}");
    }
    served.end().await;
}

#[tokio::test]
async fn broken_chunks_end_the_connection() {
    let served = served().await;
    for chunks in [
        "zz\r\n".to_owned(),
        "-1\r\n".to_owned(),
        "0x1\r\na\r\n0\r\n\r\n".to_owned(),
        "1 1\r\na\r\n0\r\n\r\n".to_owned(),
        "ffffffffffffffffff\r\n".to_owned(),
        "1\r\nab\r\n0\r\n\r\n".to_owned(),
        format!("1;{}\r\na\r\n0\r\n\r\n", "a".repeat(64 * 1024)),
        "\r\n0\r\n\r\n".to_owned(),
    ] {
        let request = format!(
            "POST /api/v1/token HTTP/1.1\r\nHost: localhost:8080\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{INSIDE}"
        );
        let all = served.say(request.as_bytes()).await;
        assert!(answers(&all) <= 1 && !all.contains(" 200 "), "{chunks:.20?}: {all}");
    }
    served.end().await;
}

#[tokio::test]
async fn trace_and_tunnels_give_nothing_back() {
    let served = served().await;
    for head in ["TRACE / HTTP/1.1", "TRACK / HTTP/1.1", "CONNECT 127.0.0.1:22 HTTP/1.1"] {
        let request =
            format!("{head}\r\nHost: localhost:8080\r\nCookie: a=KANARIEFUGL\r\nX-A: KANARIEFUGL\r\n\r\n");
        let all = served.say(request.as_bytes()).await;
        assert!(["403", "404", "405"].contains(&status(&all)), "{head}: {all}");
        assert!(!all.contains("KANARIEFUGL"), "{all}");
    }
    served.end().await;
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_finishes_and_takes_nobody_new() {
    let served = served().await;
    assert_eq!(status(&served.say(HEALTHY).await), "200");
    let address = served.public;
    assert!(served.town.app.register().next_due().is_ok());
    served.end().await;
    assert!(TcpStream::connect(address).await.is_err());
}

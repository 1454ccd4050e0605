//! The door of the page: takes in requests whole, each in a thread of its own and for a short time. Whoever is slow, or
//! announces a form and sends none, holds up nobody, and least of all the radio.
//!
//! Invariant: it listens on this machine only, and nothing that is announced takes memory before it has come.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use phone::page::{HEADERS, MAX_FORM_BYTES, Method, Reply};

use crate::machine::instant;

/// So many requests come in at the same time; who comes beyond is sent away.
const MOST_AT_ONCE: usize = 32;
/// A request has come in within this. Browsers open connections before they need them.
const PATIENCE: Duration = Duration::from_secs(5);
/// A reply is taken within this, or left.
const TAKEN_WITHIN: Duration = Duration::from_secs(1);
/// The most that a request may weigh before its form.
const MAX_HEAD_BYTES: usize = 16 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// Where requests come in.
pub(crate) struct Door {
    pub(crate) port: u16,
    taken: Receiver<Visit>,
}

/// A request that has come in whole, and whom to answer.
pub(crate) struct Visit {
    stream: TcpStream,
    /// `None` where it is neither to see nor to do.
    pub(crate) method: Option<Method>,
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Door {
    /// Opens it; port 0 takes a free one.
    pub(crate) fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let (sender, taken) = sync_channel(MOST_AT_ONCE);
        thread::Builder::new().spawn(move || listen(&listener, &sender))?;
        Ok(Self { port, taken })
    }

    /// The next request, if one comes within this.
    pub(crate) fn next(&self, wait: Duration) -> Option<Visit> {
        self.taken.recv_timeout(wait).ok()
    }
}

fn listen(listener: &TcpListener, sender: &SyncSender<Visit>) {
    let seats = Arc::new(());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Too many files are open, or the like: it passes.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        let (seat, sender) = (Arc::clone(&seats), sender.clone());
        if Arc::strong_count(&seats) > MOST_AT_ONCE + 1 {
            continue;
        }
        let _ = thread::Builder::new().spawn(move || {
            let _seat = seat;
            match Visit::come_in(stream) {
                Ok(visit) => drop(sender.send(visit)),
                Err(Refusal { stream, status }) => drop(write(stream, status, &[], b"")),
            }
        });
    }
}

/// Who is not let in, and why, as HTTP says it.
struct Refusal {
    stream: TcpStream,
    status: u16,
}

impl Visit {
    /// Reads a request, or says with which status it is refused.
    fn come_in(mut stream: TcpStream) -> Result<Self, Refusal> {
        match request(&mut stream, instant() + PATIENCE) {
            Ok((head, body)) => {
                Ok(Self { stream, method: head.method, path: head.path, headers: head.headers, body })
            }
            Err(status) => Err(Refusal { stream, status }),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Answers. A browser that has gone away needs no answer.
    pub(crate) fn answers(self, reply: &Reply) {
        let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers: Vec<(&str, &str)> = HEADERS.into_iter().chain(own).collect();
        let _ = write(self.stream, reply.status, &headers, reply.body.as_bytes());
    }
}

/// What stands before a form.
struct Head {
    method: Option<Method>,
    path: String,
    headers: Vec<(String, String)>,
}

/// A request and its form, or the status that says what is wrong.
fn request(stream: &mut TcpStream, until: Instant) -> Result<(Head, String), u16> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(END_OF_HEAD.len()).position(|four| four == END_OF_HEAD) {
            break at;
        }
        if bytes.len() > MAX_HEAD_BYTES {
            return Err(431);
        }
        more(stream, &mut bytes, until)?;
    };
    let mut body = bytes.split_off(head + END_OF_HEAD.len());
    let head = std::str::from_utf8(&bytes).ok().and_then(read_head).ok_or(400_u16)?;
    if header(&head.headers, "Transfer-Encoding").is_some() {
        return Err(411);
    }
    let length = header(&head.headers, "Content-Length").unwrap_or("0");
    let length: usize = length.parse().map_err(|_| 400_u16)?;
    if length > MAX_FORM_BYTES {
        return Err(413);
    }
    while body.len() < length {
        more(stream, &mut body, until)?;
    }
    body.truncate(length);
    Ok((head, String::from_utf8(body).map_err(|_| 400_u16)?))
}

/// What comes next, if it comes in time.
fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>, until: Instant) -> Result<(), u16> {
    let left = until.saturating_duration_since(instant());
    if left.is_zero() {
        return Err(408);
    }
    let mut piece = [0; 4_096];
    let read =
        stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut piece)).map_err(|_| 408_u16)?;
    if read == 0 {
        return Err(400);
    }
    bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
    Ok(())
}

fn read_head(text: &str) -> Option<Head> {
    let mut lines = text.trim_end().split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, path, version) = (first.next()?, first.next()?, first.next()?);
    let method = match method {
        "GET" => Some(Method::Get),
        "POST" => Some(Method::Post),
        _ => None,
    };
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_owned(), value.trim().to_owned()))
    });
    let headers = headers.collect::<Option<_>>()?;
    version.starts_with("HTTP/1.").then(|| Head { method, path: path.to_owned(), headers })
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))?;
    Some(found.1.as_str())
}

fn write(mut stream: TcpStream, status: u16, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} \r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
    stream.set_write_timeout(Some(TAKEN_WITHIN))?;
    stream.write_all(&[head.as_bytes(), b"\r\n", body].concat())?;
    stream.shutdown(Shutdown::Write)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(3);

    fn connected(door: &Door, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, door.port)).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    }

    fn answer(mut stream: TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    fn announcing(length: &str) -> Vec<u8> {
        format!("POST /da/warn HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n").into_bytes()
    }

    #[test]
    fn a_request_comes_in_whole_in_however_many_pieces() {
        let door = Door::open(0).unwrap();
        let mut slow = connected(&door, b"POST /da/warn?x HTTP/1.1\r\nhost:  here \r\nContent-Le");
        thread::sleep(Duration::from_millis(50));
        slow.write_all(b"ngth: 4\r\n\r\nco").unwrap();
        thread::sleep(Duration::from_millis(50));
        slow.write_all(b"de").unwrap();
        let visit = door.next(SOON).unwrap();
        assert_eq!((visit.method, visit.path.as_str()), (Some(Method::Post), "/da/warn?x"));
        assert_eq!((visit.header("Host"), visit.body.as_str()), (Some("here"), "code"));
        let headers = vec![("Location", "/da/".to_owned())];
        let then = phone::page::Then::GoOn;
        visit.answers(&Reply { status: 303, headers, body: "æ".to_owned(), then });
        let said = answer(slow);
        assert!(said.starts_with("HTTP/1.1 303 \r\n") && said.ends_with("\r\n\r\næ"), "{said}");
        assert!(said.contains("Content-Length: 2\r\n") && said.contains("Location: /da/\r\n"), "{said}");
        assert!(said.contains("Content-Security-Policy: "), "{said}");
    }

    #[test]
    fn whoever_announces_a_form_and_sends_none_holds_up_nobody() {
        let door = Door::open(0).unwrap();
        let held: Vec<TcpStream> = (0..8).map(|_| connected(&door, &announcing("8000"))).collect();
        let idle = connected(&door, b"");
        let quick = connected(&door, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_eq!(door.next(SOON).unwrap().method, Some(Method::Get));
        drop((held, idle, quick));
    }

    #[test]
    fn what_is_too_large_or_no_request_is_refused_before_it_comes() {
        let door = Door::open(0).unwrap();
        for (bytes, status) in [
            (announcing("8193"), 413),
            (announcing("99999999999999"), 413),
            (announcing("99999999999999999999999"), 400),
            (announcing("-1"), 400),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(), 411),
            (b"rubbish\r\n\r\n".to_vec(), 400),
            (b"GET / HTTP/2.0\r\n\r\n".to_vec(), 400),
            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n".to_vec(), 400),
            ([b"GET / HTTP/1.1\r\n\xff: ".as_slice(), b"\r\n\r\n"].concat(), 400),
            (vec![b'x'; MAX_HEAD_BYTES + 1], 431),
        ] {
            let said = answer(connected(&door, &bytes));
            assert!(said.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {said}");
        }
        assert!(door.next(Duration::ZERO).is_none());
    }
}

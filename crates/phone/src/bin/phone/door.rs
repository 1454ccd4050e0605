//! The door of the page: takes in requests whole, some beside each other. Whoever is slow, or announces a form and sends
//! none, holds up nobody, and least of all the radio.
//!
//! Invariant: it listens on this machine only, and a form takes no more memory than one of the page.

use std::io::Read as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use phone::page::{self, HEADERS, MAX_FORM_BYTES, Method, Reply};
use tiny_http::{Header, Request, Response, Server};

/// So many forms come in at the same time.
const AT_ONCE: usize = 32;

/// Where requests come in.
pub(crate) struct Door {
    pub(crate) port: u16,
    taken: Receiver<Visit>,
}

/// A request that has come in whole, and whom to answer.
pub(crate) struct Visit {
    request: Request,
    pub(crate) body: String,
}

impl Door {
    /// Opens it; port 0 takes a free one.
    pub(crate) fn open(port: u16) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let server = Arc::new(Server::http((Ipv4Addr::LOCALHOST, port))?);
        let port = server.server_addr().to_ip().map_or(port, |address| address.port());
        let (sender, taken) = sync_channel(AT_ONCE);
        for _ in 0..AT_ONCE {
            let (server, sender) = (Arc::clone(&server), sender.clone());
            thread::Builder::new().spawn(move || take_in(&server, &sender))?;
        }
        Ok(Self { port, taken })
    }

    /// The next request, if one comes within this.
    pub(crate) fn next(&self, wait: Duration) -> Option<Visit> {
        self.taken.recv_timeout(wait).ok()
    }
}

/// One after the other, as long as the phone runs.
fn take_in(server: &Server, sender: &SyncSender<Visit>) {
    while let Ok(request) = server.recv() {
        let Some(visit) = Visit::of(request) else { continue };
        if sender.send(visit).is_err() {
            return;
        }
    }
}

impl Visit {
    /// Reads the form of a request, and answers at once where it cannot be one.
    fn of(mut request: Request) -> Option<Self> {
        match form(&mut request) {
            Ok(body) => Some(Self { request, body }),
            Err(status) => {
                respond(request, &page::refused(status));
                None
            }
        }
    }

    /// What is wanted; `None` where it is neither to see nor to do.
    pub(crate) fn method(&self) -> Option<Method> {
        match self.request.method() {
            tiny_http::Method::Get => Some(Method::Get),
            tiny_http::Method::Post => Some(Method::Post),
            _ => None,
        }
    }

    pub(crate) fn path(&self) -> &str {
        self.request.url()
    }

    pub(crate) fn header(&self, name: &'static str) -> Option<&str> {
        let found = self.request.headers().iter().find(|header| header.field.equiv(name))?;
        Some(found.value.as_str())
    }

    /// Answers. A browser that has gone away needs no answer.
    pub(crate) fn answers(self, reply: &Reply) {
        respond(self.request, reply);
    }
}

fn respond(request: Request, reply: &Reply) {
    let mut response = Response::from_data(reply.body.clone()).with_status_code(reply.status);
    let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in HEADERS.into_iter().chain(own) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    let _ = request.respond(response);
}

/// The form of a request, or the status that says why there is none.
fn form(request: &mut Request) -> Result<String, u16> {
    if request.body_length().is_some_and(|length| length > MAX_FORM_BYTES) {
        return Err(413);
    }
    let (mut form, most) = (Vec::new(), u64::try_from(MAX_FORM_BYTES).unwrap_or(u64::MAX));
    request.as_reader().take(most.saturating_add(1)).read_to_end(&mut form).map_err(|_| 400_u16)?;
    if form.len() > MAX_FORM_BYTES {
        return Err(413);
    }
    String::from_utf8(form).map_err(|_| 400)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpStream;

    use super::*;

    const SOON: Duration = Duration::from_secs(3);

    fn connected(door: &Door, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, door.port)).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    fn announcing(length: usize) -> String {
        format!("POST /da/warn?x HTTP/1.1\r\nHost: here\r\nContent-Length: {length}\r\n\r\n")
    }

    #[test]
    fn a_request_comes_in_whole_in_however_many_pieces() {
        let door = Door::open(0).unwrap();
        let mut slow = connected(&door, &announcing(4));
        thread::sleep(Duration::from_millis(50));
        slow.write_all(b"co").unwrap();
        thread::sleep(Duration::from_millis(50));
        slow.write_all(b"de").unwrap();
        let visit = door.next(SOON).unwrap();
        assert_eq!((visit.method(), visit.path()), (Some(Method::Post), "/da/warn?x"));
        assert_eq!((visit.header("host"), visit.body.as_str()), (Some("here"), "code"));
    }

    #[test]
    fn whoever_announces_a_form_and_sends_none_holds_up_nobody() {
        let door = Door::open(0).unwrap();
        let held: Vec<TcpStream> = (0..8).map(|_| connected(&door, &announcing(8_000))).collect();
        let idle = connected(&door, "");
        let quick = connected(&door, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_eq!(door.next(SOON).unwrap().method(), Some(Method::Get));
        drop((held, idle, quick));
    }

    #[test]
    fn what_is_too_large_or_no_text_is_refused_and_reaches_nobody() {
        let door = Door::open(0).unwrap();
        let large = "x".repeat(MAX_FORM_BYTES + 1);
        let in_pieces = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{large}\r\n0\r\n\r\n",
            large.len()
        );
        let mut no_text = connected(&door, &announcing(1));
        no_text.write_all(&[0xff]).unwrap();
        let at_once = connected(&door, &(announcing(large.len()) + &large));
        for (stream, status) in [(at_once, 413), (connected(&door, &in_pieces), 413), (no_text, 400)] {
            let mut said = [0; 12];
            let read = (&stream).read_exact(&mut said);
            assert_eq!(
                (read.is_ok(), &said),
                (true, format!("HTTP/1.1 {status}").as_bytes().first_chunk().unwrap())
            );
        }
        assert!(door.next(Duration::ZERO).is_none());
    }
}

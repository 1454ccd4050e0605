//! A browser without scripts, as far as a page of the book needs one: it opens, presses, writes and reads.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::run::program;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

/// The port that the book names; the test takes a free one.
const NAMED: u16 = 8080;

impl Server {
    /// Starts `hjemmel …`, and gives the two lines by which it says that it is ready.
    pub(crate) fn start(folder: &Path, line: &str) -> (Self, String) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[0], "hjemmel", "{line}");
        let port = free_port();
        let mut child = program()
            .current_dir(folder)
            .args(&words[1..])
            .args(["--port", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Vec<String> =
            (0..2).map(|_| lines.next().expect("it says that it is ready").unwrap()).collect();
        let said = first.join("\n").replace(&format!(":{port}"), &format!(":{NAMED}"));
        (Self { child, port }, format!("{said}\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A free port whose neighbour is free too: health and metrics lie there.
pub(crate) fn free_port() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

/// One page after the other.
pub(crate) struct Browser {
    port: u16,
    cookies: BTreeMap<String, String>,
    page: String,
    /// What was written, by the id of the field.
    written: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn at(port: u16) -> Self {
        Self { port, cookies: BTreeMap::new(), page: String::new(), written: BTreeMap::new() }
    }

    /// Does what a text says, line by line.
    pub(crate) fn follow(&mut self, text: &str, page: &str) {
        for line in text.lines().filter_map(|line| line.strip_prefix("- ")) {
            let bold = line.split("**").nth(1);
            match (line.split(' ').next(), bold) {
                (Some("Open"), Some(address)) => {
                    let path = address.split_once(&format!("localhost:{NAMED}")).unwrap().1;
                    self.go("GET", path, "");
                }
                (Some("Press"), Some(name)) => self.press(name, page),
                (Some("Write"), Some(label)) => {
                    let what = line.split('`').nth(1).unwrap();
                    self.write(label, what, page);
                }
                (Some("Read"), _) => {
                    let words = line.split('*').nth(1).unwrap();
                    let shown = text_of(&self.page);
                    assert!(shown.contains(words), "{page} says `{line}`, and the page says\n{shown}");
                }
                _ => panic!("{page}: `{line}` cannot be done"),
            }
        }
    }

    fn press(&mut self, name: &str, page: &str) {
        let is_it = |inner: &str| {
            let text = text_of(inner);
            text == name || text.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'))
        };
        for form in self.page.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            let button = form.split("<button").nth(1).and_then(|rest| rest.split_once('>'));
            if button.is_some_and(|(_, rest)| is_it(rest.split("</button>").next().unwrap())) {
                let (path, body) = (attribute(form, "action").unwrap(), self.filled(form));
                return self.go("POST", &path, &body);
            }
        }
        for link in self.page.split("<a ").skip(1).filter_map(|rest| rest.split("</a>").next()) {
            let (head, inner) = link.split_once('>').unwrap();
            if is_it(inner) {
                let path = attribute(head, "href").unwrap();
                return self.go("GET", &path, "");
            }
        }
        panic!("{page} presses `{name}`, and the page is\n{}", text_of(&self.page));
    }

    fn write(&mut self, label: &str, what: &str, page: &str) {
        let labels = self.page.split("<label").skip(1).filter_map(|rest| rest.split("</label>").next());
        let found = labels.filter_map(|one| one.split_once('>')).find(|(_, inner)| text_of(inner) == label);
        let (head, _) = found.unwrap_or_else(|| {
            panic!("{page} writes under `{label}`, and the page is\n{}", text_of(&self.page))
        });
        self.written.insert(attribute(head, "for").unwrap(), what.to_owned());
    }

    /// The fields of a form as they stand, with what was written.
    fn filled(&self, form: &str) -> String {
        let mut pairs = Vec::new();
        for tag in form.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
            let kind = attribute(tag, "type").unwrap_or_default();
            if matches!(kind.as_str(), "radio" | "checkbox") && !tag.contains(" checked") {
                continue;
            }
            let typed = attribute(tag, "id").and_then(|id| self.written.get(&id).cloned());
            let value = typed.or_else(|| attribute(tag, "value")).unwrap_or_default();
            pairs.push((attribute(tag, "name").unwrap(), value));
        }
        for area in form.split("<textarea").skip(1).filter_map(|rest| rest.split("</textarea>").next()) {
            let (head, inner) = area.split_once('>').unwrap();
            let typed = attribute(head, "id").and_then(|id| self.written.get(&id).cloned());
            pairs.push((attribute(head, "name").unwrap(), typed.unwrap_or_else(|| unescaped(inner))));
        }
        assert!(!form.contains("<select"), "a list to choose from is not needed yet");
        let escaped =
            |text: &str| -> String {
                text.bytes()
                    .map(|b| {
                        if b.is_ascii_alphanumeric() {
                            char::from(b).to_string()
                        } else {
                            format!("%{b:02X}")
                        }
                    })
                    .collect()
            };
        pairs
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    fn go(&mut self, method: &str, path: &str, body: &str) {
        let (mut method, mut path, mut body) = (method.to_owned(), path.to_owned(), body.to_owned());
        self.written.clear();
        for _ in 0..5 {
            let (status, headers, text) = self.ask(&method, &path, &body);
            for cookie in headers.iter().filter(|(name, _)| name == "set-cookie") {
                let (name, value) = cookie.1.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            self.cookies.retain(|_, value| !value.is_empty());
            match headers.iter().find(|(name, _)| name == "location").filter(|_| status == 303) {
                Some((_, to)) => (method, path, body) = ("GET".to_owned(), to.clone(), String::new()),
                None => {
                    assert!(status < 400, "{method} {path}: {status}\n{}", text_of(&text));
                    self.page = text;
                    return;
                }
            }
        }
        panic!("{path}: sent in a circle");
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Vec<(String, String)>, String) {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Accept: text/html\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.port,
            cookies.join("; "),
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, rest) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers: Vec<_> =
            headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        (status, headers, if chunked { unchunked(rest) } else { rest.to_owned() })
    }
}

fn unchunked(text: &str) -> String {
    let (mut rest, mut whole) = (text.as_bytes(), Vec::new());
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
        if size == 0 {
            break;
        }
    }
    String::from_utf8(whole).unwrap()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let head = tag.split('>').next()?;
    let (_, rest) = head
        .split_once(&format!(" {name}=\""))
        .or_else(|| head.strip_prefix(&format!("{name}=\"")).map(|rest| ("", rest)))?;
    rest.split('"').next().map(unescaped)
}

/// The words of some markup, on one line.
fn text_of(html: &str) -> String {
    let words: String = html
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    unescaped(&words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

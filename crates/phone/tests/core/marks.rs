//! Threats T17: whether a server could mark a phone, and know it again by what it sends back.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;

use exposure::export::P256Signer;
use jiff::{SignedDuration, Timestamp};
use phone::Phone;
use phone::exports::fetch;
use phone::network::{DECOY_HEADER_BYTES, HttpNetwork, Network as _, Question, Server};

use crate::house::{at, fresh, new_phone, signer};
use crate::servers::{Servers, country, hash, name, zip};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn until() -> Timestamp {
    at("2026-11-21T11:00Z")
}

/// Two files of two hours, and the list of them.
fn two(signer: &P256Signer) -> (Servers, [String; 2], String) {
    let names = [name(until() - HOUR), name(until())];
    let mut servers = Servers::default();
    servers.publishes(&names[0], zip(&[], until() - HOUR, "DK", signer));
    servers.publishes(&names[1], zip(&[], until(), "DK", signer));
    let text = names.iter().map(|name| format!("dk/{name}\n")).collect();
    (servers, names, text)
}

fn looks_twice(phone: &mut Phone, servers: &mut Servers, signer: &P256Signer) -> Option<String> {
    for minutes in [0, 60] {
        let now = at("2026-11-21T12:00Z") + SignedDuration::from_mins(minutes);
        fetch(phone, servers, &country(signer.trusted()), now, &mut fresh()).unwrap();
    }
    servers.conditions().pop().unwrap()
}

#[test]
fn a_mark_of_the_servers_own_is_never_sent_back() {
    let signer = signer();
    for mark in ["\"phone-4711\"", "W/\"phone-4711\"", "", "*", &hash("another list")] {
        let (mut servers, _, text) = two(&signer);
        servers.lists_as(&text, mark);
        assert_eq!(looks_twice(&mut new_phone(), &mut servers, &signer), None, "{mark}");
    }
}

#[test]
fn what_follows_from_the_files_is_sent_back_also_where_a_proxy_made_it_weak() {
    let signer = signer();
    for weak in ["", "W/"] {
        let (mut servers, _, text) = two(&signer);
        servers.lists_as(&text, &format!("{weak}{}", hash(&text)));
        // Two phones that were given the same say the same.
        for _ in 0..2 {
            let sent_back = looks_twice(&mut new_phone(), &mut servers, &signer);
            assert_eq!(sent_back, Some(hash(&text)), "{weak}");
        }
    }
}

/// A hash is no better than a mark where the text that is hashed may be another for each phone.
#[test]
fn a_list_that_was_made_for_one_phone_is_asked_for_without_a_condition() {
    let signer = signer();
    let (_, names, text) = two(&signer);
    let line = |name: &String| format!("dk/{name}\n");
    let long_ago = format!("dk/{}\n", name(until() - HOUR * 24 * 20));
    let not_there = format!("dk/{}\n", name(until() - HOUR * 5));
    for made in [
        format!("{text}\n"),
        text.replace('\n', "\r\n"),
        [line(&names[1]), line(&names[0])].concat(),
        [&text[..], &text].concat(),
        text.replace("dk/", "dk/4711/"),
        // Never looked through: too old, or not to be had.
        long_ago + &text,
        not_there + &text,
    ] {
        let (mut servers, ..) = two(&signer);
        servers.lists_as(&made, &hash(&made));
        assert_eq!(looks_twice(&mut new_phone(), &mut servers, &signer), None, "{made:?}");
    }
}

/// The server lists a file for fourteen days from when it was published; its window had ended before.
#[test]
fn a_list_with_a_file_of_a_fortnight_ago_that_the_phone_knows_is_not_sent_again() {
    let signer = signer();
    let (mut servers, names, _) = two(&signer);
    servers.lists(&names);
    let mut phone = new_phone();
    looks_twice(&mut phone, &mut servers, &signer);
    let fresh_one = name(until() + HOUR * 330);
    servers.publishes(&fresh_one, zip(&[], until() + HOUR * 330, "DK", &signer));
    servers.lists(&[names[0].clone(), names[1].clone(), fresh_one]);
    for hours in [337, 338] {
        fetch(&mut phone, &mut servers, &country(signer.trusted()), until() + HOUR * hours, &mut fresh())
            .unwrap();
    }
    let conditions = servers.conditions();
    assert!(conditions[2].is_some() && conditions[3].is_some() && conditions[2] != conditions[3]);
    // The old one is listed still, and is not fetched again.
    assert_eq!(servers.paths().iter().filter(|path| path.ends_with(&names[0])).count(), 1);
}

#[test]
fn a_ticket_of_tls_is_not_shown_in_the_next_connection() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    // Such a server hands out tickets, and takes each up again.
    assert!(config.send_tls13_tickets > 0 && config.session_storage.can_cache());
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let kinds = thread::spawn(move || {
        let one = |_| {
            let mut connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut socket = listener.accept().unwrap().0;
            let mut stream = rustls::Stream::new(&mut connection, &mut socket);
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.extend(byte);
            }
            let answer = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok";
            stream.write_all(answer).unwrap();
            stream.conn.send_close_notify();
            let _ = stream.flush();
            connection.handshake_kind().unwrap()
        };
        (0..3).map(one).collect::<Vec<_>>()
    });
    let mut network = HttpNetwork::new(&address, &address, &[made.cert.pem()]).unwrap();
    for _ in 0..3 {
        let answer = network.ask(&Question::fetch(Server::Keys, "/exports/dk/index.txt", 100)).unwrap();
        assert_eq!(answer.body, b"ok");
    }
    assert_eq!(kinds.join().unwrap(), [rustls::HandshakeKind::Full; 3]);
}

/// The whole of a question as it leaves the phone, without TLS.
fn on_the_wire(question: &Question<'_>) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let length = question.body.unwrap().len();
    let asked = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut asked, mut byte) = (Vec::new(), [0]);
        let is_whole = |asked: &[u8]| {
            let head = asked.windows(4).position(|four| four == b"\r\n\r\n");
            head.is_some_and(|head| asked.len() >= head + 4 + length)
        };
        while !is_whole(&asked) {
            socket.read_exact(&mut byte).unwrap();
            asked.push(byte[0]);
        }
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        String::from_utf8(asked).unwrap()
    });
    HttpNetwork::new(&address, &address, &[]).unwrap().ask(question).unwrap();
    asked.join().unwrap()
}

/// Threats T17: what says that a question is a decoy does not make it longer.
#[test]
fn a_decoy_is_as_long_on_the_wire_as_a_report_of_the_same_drawn_length() {
    let body = vec![b'x'; 8_192];
    let report = on_the_wire(&Question::send(Server::Keys, "/v1/publish", &body));
    let shorter = &body[DECOY_HEADER_BYTES..];
    let question = Question { is_decoy: true, ..Question::send(Server::Keys, "/v1/publish", shorter) };
    let decoy = on_the_wire(&question);
    assert!(decoy.to_ascii_lowercase().contains("x-chaff: 1\r\n") && !report.contains("haff"));
    // The number of the port may have another length; both say it in `Host`.
    let host =
        |text: &str| text.lines().find(|line| line.to_ascii_lowercase().starts_with("host")).unwrap().len();
    assert_eq!(decoy.len() - host(&decoy), report.len() - host(&report));
}

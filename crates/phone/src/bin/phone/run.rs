//! Runs a phone and its page: one thread that does what is due and answers in between.

use std::io::Read as _;
use std::net::Ipv4Addr;
use std::time::Duration;

use exposure::Random;
use jiff::Timestamp;
use phone::page::{self, Guard, HEADERS, MAX_FORM_BYTES, Method, Reply, Request, Then};
use phone::{Event, Phone, PhoneError, Routine, VaultError};
use tiny_http::{Header, Response, Server};

use crate::Failure;
use crate::config::Config;
use crate::machine::{now, random, say};

/// A simulated radio repeats its call so often; as often as a real one calls.
const BEAT: Duration = Duration::from_millis(250);

/// Runs until it is stopped, or uninstalled by its page.
pub(crate) fn run(config: &Config) -> Result<(), Failure> {
    let (mut phone, mut radio, mut random) = (config.phone()?, config.radio()?, random());
    let mut network = config.network.clone();
    let server = Server::http((Ipv4Addr::LOCALHOST, config.page_port))
        .map_err(|error| Failure(format!("the page cannot be opened: {error}")))?;
    let port = server.server_addr().to_ip().map_or(config.page_port, |address| address.port());
    let mut guard = Guard::new(port, config.language, &mut random);
    say(&guard.address());
    let mut routine = Routine::new(now(), &config.settings, &mut random);
    loop {
        config.look_at_the_clock();
        if routine.due(&mut phone) <= now() {
            let done =
                routine.run(&mut phone, radio.as_mut(), &mut network, &config.settings, now(), &mut random);
            tolerated(done)?.iter().for_each(tell);
        }
        // What a simulated radio cannot send now it sends at the next beat.
        let _ = radio.repeat(now());
        let Some(request) = server.recv_timeout(BEAT)? else { continue };
        let address = guard.address();
        let then = serve(request, &mut guard, &mut phone, config, &mut random)?;
        if guard.address() != address {
            // The key was used; whoever has the terminal can open the page again with the next.
            say(&guard.address());
        }
        if then == Then::Uninstall {
            return Ok(());
        }
    }
}

/// Another program may write or erase at any moment; the next turn sees what it did.
fn tolerated(done: Result<Vec<Event>, PhoneError>) -> Result<Vec<Event>, Failure> {
    match done {
        Ok(events) => Ok(events),
        Err(
            PhoneError::Vault(VaultError::ChangedElsewhere) | PhoneError::NoConsent | PhoneError::AskAnew,
        ) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// Says what an owner at the terminal wants to know, and nothing of what was heard.
fn tell(event: &Event) {
    match event {
        Event::Shown(_) => say("smitte|stop: du har en besked / you have a message"),
        Event::ClockIsBehind => say("smitte|stop: uret går forkert / the clock is wrong"),
        Event::RadioFailed(error) => say(&error.to_string()),
        Event::LookFailed(error) => say(&error.to_string()),
        Event::Renewed
        | Event::Scanned(_)
        | Event::Looked(_)
        | Event::ReportWentOn
        | Event::DecoyWentOn
        | Event::Told(_) => {}
    }
}

fn serve(
    mut request: tiny_http::Request,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    random: &mut Random<'_>,
) -> Result<Then, Failure> {
    let mut body = String::new();
    let most = u64::try_from(MAX_FORM_BYTES).unwrap_or(u64::MAX);
    let is_text = request.as_reader().take(most).read_to_string(&mut body).is_ok();
    let reply = match method(&request).filter(|_| is_text) {
        Some(method) => answer(&request, method, &body, guard, phone, config, now(), random),
        None => Ok(Reply { status: 405, headers: Vec::new(), body: String::new(), then: Then::GoOn }),
    };
    let reply = reply.or_else(|error| match error {
        PhoneError::Vault(VaultError::ChangedElsewhere) => {
            Ok(Reply { status: 409, headers: Vec::new(), body: String::new(), then: Then::GoOn })
        }
        other => Err(other),
    })?;
    if reply.then == Then::Uninstall {
        // Before the page says that it is gone.
        config.remove_all()?;
    }
    send(request, &reply);
    Ok(reply.then)
}

#[expect(clippy::too_many_arguments, reason = "what the page asks for, one by one")]
fn answer(
    request: &tiny_http::Request,
    method: Method,
    body: &str,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    let header = |name: &'static str| {
        let found = request.headers().iter().find(|header| header.field.equiv(name));
        found.map(|header| header.value.as_str())
    };
    let request = Request {
        method,
        path: request.url(),
        host: header("Host"),
        cookie: header("Cookie"),
        origin: header("Origin"),
        fetch_site: header("Sec-Fetch-Site"),
        body,
    };
    page::answer(&request, guard, phone, &config.settings, now, random)
}

fn method(request: &tiny_http::Request) -> Option<Method> {
    match request.method() {
        tiny_http::Method::Get => Some(Method::Get),
        tiny_http::Method::Post => Some(Method::Post),
        _ => None,
    }
}

fn send(request: tiny_http::Request, reply: &Reply) {
    let mut response = Response::from_data(reply.body.clone()).with_status_code(reply.status);
    let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in HEADERS.into_iter().chain(own) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone away needs no answer.
    let _ = request.respond(response);
}

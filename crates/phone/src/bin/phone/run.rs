//! Runs a phone and its page: one thread that does what is due and answers in between.

use std::time::Duration;

use exposure::Random;
use jiff::Timestamp;
use phone::page::{self, Guard, Reply, Request, Then};
use phone::{Event, Phone, PhoneError, Routine, VaultError};

use crate::Failure;
use crate::config::Config;
use crate::door::{Door, Visit};
use crate::machine::{complain, now, random, say};

/// A simulated radio repeats its call so often; as often as a real one calls.
const BEAT: Duration = Duration::from_millis(250);
/// What a page says while the folder fails.
const FOLDER_FAILS: &str = "Telefonen kan ikke bruge sin mappe lige nu. Prøv igen. / The phone cannot use its folder now. Try again.\n";

/// Runs until it is stopped, or uninstalled by its page.
pub(crate) fn run(config: &Config) -> Result<(), Failure> {
    let (mut phone, mut radio, mut random) = (config.phone()?, config.radio()?, random());
    let mut network = config.network.clone();
    let door = Door::open(config.page_port)
        .map_err(|error| Failure(format!("the page cannot be opened: {error}")))?;
    let mut guard = Guard::new(door.port, config.language, &mut random);
    say(&guard.address());
    let mut routine = Routine::new(now(), &config.settings, &mut random);
    let mut before = now();
    loop {
        config.look_at_the_clock();
        let moment = now();
        // A clock that was set back is no reason to wait until it is as late again.
        if routine.due(&mut phone) <= moment || moment < before {
            let done =
                routine.run(&mut phone, radio.as_mut(), &mut network, &config.settings, moment, &mut random);
            tolerated(done).iter().for_each(tell);
        }
        before = moment;
        // What a simulated radio cannot send now it sends at the next beat.
        let _ = radio.repeat(now());
        let Some(visit) = door.next(BEAT) else { continue };
        let address = guard.address();
        let then = serve(visit, &mut guard, &mut phone, config, &mut random);
        if guard.address() != address {
            // The key was used; whoever has the terminal can open the page again with the next.
            say(&guard.address());
        }
        if then == Then::Uninstall {
            return Ok(());
        }
    }
}

/// Another program may write or erase at any moment; the next turn sees what it did. Where the folder cannot be read or
/// written, as on a full disk, the routine rests and tries again.
fn tolerated(done: Result<Vec<Event>, PhoneError>) -> Vec<Event> {
    done.unwrap_or_else(|error| {
        match error {
            PhoneError::Vault(VaultError::ChangedElsewhere) | PhoneError::NoConsent | PhoneError::AskAnew => {
            }
            error => complain(&format!("{error}; prøver igen / trying again")),
        }
        Vec::new()
    })
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
    visit: Visit,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    random: &mut Random<'_>,
) -> Then {
    let reply = answer(&visit, guard, phone, config, now(), random).unwrap_or_else(|error| match error {
        PhoneError::Vault(VaultError::ChangedElsewhere) => plain(409, ""),
        error => {
            complain(&error.to_string());
            plain(500, FOLDER_FAILS)
        }
    });
    let reply = if reply.then == Then::Uninstall { removed(config, reply) } else { reply };
    let then = reply.then;
    visit.answers(&reply);
    then
}

/// Removes all before the page says that it is gone.
fn removed(config: &Config, reply: Reply) -> Reply {
    match config.remove_all() {
        Ok(()) => reply,
        Err(failure) => {
            complain(&failure.0);
            plain(500, FOLDER_FAILS)
        }
    }
}

fn answer(
    visit: &Visit,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    let Some(method) = visit.method() else { return Ok(plain(405, "")) };
    let request = Request {
        method,
        path: visit.path(),
        host: visit.header("Host"),
        cookie: visit.header("Cookie"),
        origin: visit.header("Origin"),
        fetch_site: visit.header("Sec-Fetch-Site"),
        body: &visit.body,
    };
    page::answer(&request, guard, phone, &config.settings, now, random)
}

fn plain(status: u16, text: &str) -> Reply {
    let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
    Reply { status, headers, body: text.to_owned(), then: Then::GoOn }
}

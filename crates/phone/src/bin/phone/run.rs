//! Runs a phone, with its page or without: one thread that does what is due and answers in between.

use std::time::Duration;

use exposure::Random;
use jiff::Timestamp;
use phone::language::Text;
use phone::page::{self, Guard, Reply, Request, Then};
use phone::{Event, InBoth, Language, Phone, PhoneError, Routine, VaultError};

use crate::Failure;
use crate::config::Config;
use crate::door::{Door, Visit};
use crate::machine::{complain, now, random, say};

/// A simulated radio repeats its call so often; as often as a real one calls.
const BEAT: Duration = Duration::from_millis(250);

/// Whether there is a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// For a browser of this machine.
    Page,
    /// What it would show, the other commands say.
    Headless,
}

const HEADLESS: Text = Text {
    da: "smitte|stop kører uden side. `phone status` siger, hvordan det står til, og `phone read` viser beskeder.",
    en: "smitte|stop runs without a page. `phone status` says what stands, and `phone read` shows messages.",
};
const MESSAGE: Text = Text {
    da: "smitte|stop: du har en besked. Læs den på siden eller med `phone read`.",
    en: "smitte|stop: you have a message. Read it on the page or with `phone read`.",
};
const CLOCK: Text = Text {
    da: "smitte|stop: uret går forkert. Telefonen gemmer ikke noget af det, den hører, før det går rigtigt.",
    en: "smitte|stop: the clock is wrong. The phone keeps nothing of what it hears until it is right.",
};
const NO_KEYS: Text =
    Text { da: "smitte|stop: nøgler kunne ikke hentes", en: "smitte|stop: keys could not be fetched" };
const TRYING_AGAIN: Text = Text { da: "prøver igen", en: "trying again" };
const NO_RADIO: Text = Text { da: "smitte|stop: radioen svigter", en: "smitte|stop: the radio fails" };

/// Runs until it is stopped, or uninstalled by its page.
pub(crate) fn run(config: &Config, face: Face) -> Result<(), Failure> {
    let (mut phone, mut radio, mut random) = (config.phone()?, config.radio()?, random());
    let mut network = config.network.clone();
    let mut page = match face {
        Face::Page => Some(open(config, &mut random)?),
        Face::Headless => None,
    };
    say(&page.as_ref().map_or(HEADLESS.words(config.language).to_owned(), |(_, guard)| guard.address()));
    let mut routine = Routine::new(now(), &config.settings, &mut random);
    let mut before = now();
    loop {
        config.look_at_the_clock();
        let moment = now();
        // A clock that was set back is no reason to wait until it is as late again.
        if routine.due(&mut phone) <= moment || moment < before {
            let done =
                routine.run(&mut phone, radio.as_mut(), &mut network, &config.settings, moment, &mut random);
            tolerated(done, config.language).iter().for_each(|event| tell(event, config.language));
        }
        before = moment;
        // What a simulated radio cannot send now it sends at the next beat.
        let _ = radio.repeat(now());
        let Some((door, guard)) = &mut page else {
            std::thread::sleep(BEAT);
            continue;
        };
        let Some(visit) = door.next(BEAT) else { continue };
        let address = guard.address();
        let then = serve(visit, guard, &mut phone, config, &mut random);
        if guard.address() != address {
            // The key was used; whoever has the terminal can open the page again with the next.
            say(&guard.address());
        }
        if then == Then::Uninstall {
            return Ok(());
        }
    }
}

/// Opens the page.
fn open(config: &Config, random: &mut Random<'_>) -> Result<(Door, Guard), Failure> {
    let door = Door::open(config.page_port).map_err(|error| {
        Failure::new(format!("siden kan ikke åbnes: {error}"), format!("the page cannot be opened: {error}"))
    })?;
    let guard = Guard::new(door.port, config.language, random);
    Ok((door, guard))
}

/// Another program may write or erase at any moment; the next turn sees what it did. Where the folder cannot be read or
/// written, as on a full disk, the routine rests and tries again.
fn tolerated(done: Result<Vec<Event>, PhoneError>, language: Language) -> Vec<Event> {
    done.unwrap_or_else(|error| {
        match error {
            PhoneError::Vault(VaultError::ChangedElsewhere) | PhoneError::NoConsent | PhoneError::AskAnew => {
            }
            error => {
                complain(&format!("{}; {}", error.in_both().of(language), TRYING_AGAIN.words(language)));
            }
        }
        Vec::new()
    })
}

/// Says what an owner at the terminal wants to know, and nothing of what was heard.
fn tell(event: &Event, language: Language) {
    let failed = |what: Text, why: &dyn InBoth| {
        say(&format!("{}: {}", what.words(language), why.in_both().of(language)));
    };
    match event {
        Event::Shown(_) => say(MESSAGE.words(language)),
        Event::ClockIsBehind => say(CLOCK.words(language)),
        Event::RadioFailed(error) => failed(NO_RADIO, error),
        Event::LookFailed(error) => failed(NO_KEYS, error),
        Event::Looked(fetched) => fetched.refused.iter().take(1).for_each(|(_, why)| failed(NO_KEYS, why)),
        Event::Renewed | Event::Scanned(_) | Event::ReportWentOn | Event::DecoyWentOn | Event::Told(_) => {}
    }
}

fn serve(
    visit: Visit,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    random: &mut Random<'_>,
) -> Then {
    let answered =
        answer(&visit, guard, phone, config, now(), random).map_err(Failure::from).and_then(|reply| {
            if reply.then == Then::Uninstall {
                // Before the page says that it is gone.
                config.remove_all()?;
            }
            Ok(reply)
        });
    let reply = answered.unwrap_or_else(|failure| {
        let _ = failure.complain(Some(config.language));
        page::refused(500)
    });
    let then = reply.then;
    visit.answers(reply);
    then
}

fn answer(
    visit: &Visit,
    guard: &mut Guard,
    phone: &mut Phone,
    config: &Config,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    let request = Request {
        method: visit.method,
        path: visit.path(),
        host: visit.header("Host"),
        cookie: visit.header("Cookie"),
        origin: visit.header("Origin"),
        fetch_site: visit.header("Sec-Fetch-Site"),
        body: &visit.body,
    };
    page::answer(&request, guard, phone, &config.settings, now, random)
}

//! Taking part in the statistics: asked for by itself, told once a day, and over at once when the owner says so.
//!
//! Whoever takes part tells every day, also when nothing happened, in a report that is always as long, at a time that was
//! drawn before: who looks on learns that there is a phone. Each body is asked for its key by itself.

use ::statistics::split::Bodies;
use ::statistics::{Config, Day, TaskId};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::Random;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CONTENT_TYPE, Happened, Heard, KEY_PATH, Telling, day_of, due, reports_path, tell, understood};
use crate::language::{Bilingual, Text};
use crate::network::{Network, NetworkError, Question, Server};
use crate::phone::{Phone, PhoneError};
use crate::state::State;

/// The words that are asked under now. Whoever agreed to others takes no part until asked anew.
pub const VERSION: &str = "2026-11";
/// A list of keys is short.
const KEYS_BYTES_MAX: usize = 4 * 1024;
const KEYS_TYPE: &str = "application/dap-hpke-config-list";

/// What is shown before anybody can say yes. Rule SS-25.
pub const WORDS: Bilingual<&[&str]> = Bilingual {
    da: &[
        "Vil du være med til at vise, om appen virker? Så svarer telefonen én gang om dagen på, hvad der skete dagen før: appen kørte, den blev installeret, den advarede dig, du advarede andre, eller begge dele. Andet siger den ikke.",
        "Telefonen deler svaret i to halvdele, som hver for sig er tilfældige tal, og låser hver af dem til sin myndighed. Ingen af dem kan læse svaret. Sammen kan de kun lægge alle telefoners svar sammen, og kun når mange har svaret.",
        "Det er frivilligt for sig. Appen virker lige så godt uden, og du kan holde op når som helst.",
    ],
    en: &[
        "Will you help to show whether the app works? Then the phone answers once a day what happened on the day before: the app ran, it was installed, it warned you, you warned others, or both. It says nothing else.",
        "The phone splits the answer in two halves, each of which is random numbers by itself, and locks each to its body. Neither can read the answer. Together they can only add up the answers of all phones, and only when many have answered.",
        "This is voluntary by itself. The app works just as well without it, and you can stop at any time.",
    ],
};

/// What is asked.
pub const QUESTION: Text = Text {
    da: "Jeg giver samtykke til, at telefonen svarer til statistikken én gang om dagen",
    en: "I consent to the phone answering the statistics once a day",
};

/// What came of telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// There was nothing to tell: the owner takes no part, or the day was told about already.
    Nothing,
    /// It is counted.
    Taken,
    /// The same again later.
    Later,
    /// This day is not told about any more.
    Never,
}

/// What is kept of taking part; nothing while the owner does not.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    version: String,
    since: Timestamp,
    /// The second with which the last day began that was told about.
    told: Option<u64>,
    /// What was split and perhaps sent, the same however often it is tried.
    telling: Option<(u64, String)>,
}

impl Part {
    fn told(&self) -> Option<Day> {
        self.told.and_then(Day::beginning)
    }

    fn waiting(&self, day: Day) -> Option<Telling> {
        let (begins, body) = self.telling.as_ref()?;
        let body = STANDARD.decode(body).ok()?;
        (*begins == day.begins_unix_seconds()).then_some(Telling { day, body })
    }
}

impl Phone {
    /// Begins to take part in the statistics, under words of this version.
    ///
    /// # Errors
    /// When these are not the words of today, there is no consent to the app, or it cannot be kept.
    pub fn takes_part(
        &mut self,
        version: &str,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<(), PhoneError> {
        if version != VERSION {
            return Err(PhoneError::OtherWords);
        }
        let state = self.state()?;
        if state.part.as_ref().is_none_or(|part| part.version != VERSION) {
            let told = state.part.as_ref().and_then(|part| part.told);
            state.part = Some(Part { version: version.to_owned(), since: now, told, telling: None });
        }
        self.keep(random)
    }

    /// Stops it: nothing more is told, and what was about to be told is gone.
    ///
    /// # Errors
    /// When there is no consent to the app, or it cannot be kept.
    pub fn takes_no_part(&mut self, random: &mut Random<'_>) -> Result<(), PhoneError> {
        self.state()?.part = None;
        self.keep(random)
    }

    /// Since when the owner takes part, if so.
    #[must_use]
    pub fn takes_part_since(&self) -> Option<Timestamp> {
        let part = self.kept()?.part.as_ref()?;
        (part.version == VERSION).then_some(part.since)
    }

    /// Tells about yesterday, if the owner takes part and it was not told about.
    ///
    /// # Errors
    /// When there is no consent to the app, or it cannot be kept what is about to be told; then it is not told.
    pub fn tells(
        &mut self,
        network: &mut dyn Network,
        task: &TaskId,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Counted, PhoneError> {
        let state = self.state()?;
        let Some(part) = state.part.as_ref().filter(|part| part.version == VERSION) else {
            return Ok(Counted::Nothing);
        };
        let Some(day) = due(part.since, part.told(), now) else { return Ok(Counted::Nothing) };
        let telling = match part.waiting(day) {
            Some(telling) => telling,
            None => match split(state, network, task, day, random) {
                Some(telling) => telling,
                None => return Ok(Counted::Later),
            },
        };
        // Kept before it is sent: a second try is the same report, and is counted once.
        self.marks(random, |part| {
            part.telling = Some((day.begins_unix_seconds(), STANDARD.encode(&telling.body)));
        })?;
        let path = reports_path(task);
        let question =
            Question { content_type: CONTENT_TYPE, ..Question::send(Server::Leader, &path, &telling.body) };
        let heard = network.ask(&question).map_or(Heard::Later, |answer| understood(answer.status));
        match heard {
            Heard::Later => return Ok(Counted::Later),
            Heard::Taken | Heard::Never => self.marks(random, |part| {
                part.told = Some(day.begins_unix_seconds());
                part.telling = None;
            })?,
        }
        Ok(if heard == Heard::Taken { Counted::Taken } else { Counted::Never })
    }

    fn marks(&mut self, random: &mut Random<'_>, change: impl FnOnce(&mut Part)) -> Result<(), PhoneError> {
        if let Some(part) = &mut self.state()?.part {
            change(part);
        }
        self.keep(random)
    }
}

fn split(
    state: &State,
    network: &mut dyn Network,
    task: &TaskId,
    day: Day,
    random: &mut Random<'_>,
) -> Option<Telling> {
    let leader = key(network, Server::Leader).ok()?;
    let helper = key(network, Server::Helper).ok()?;
    tell(&Bodies { task: *task, leader, helper }, day, happened(state, day), random).ok()
}

fn key(network: &mut dyn Network, server: Server) -> Result<Config, NetworkError> {
    let answer = network.ask(&Question::fetch(server, KEY_PATH, KEYS_BYTES_MAX))?;
    Config::from_list(&answer.bytes(&[KEYS_TYPE])?).map_err(|_| NetworkError::SomebodyElse)
}

/// What happened on a day, from what lies on the phone anyway.
fn happened(state: &State, day: Day) -> Happened {
    Happened {
        installed: day_of(state.installed) == day,
        warned: state.messages.iter().any(|message| day_of(message.arrived) == day),
        warned_others: state.sent_at.is_some_and(|sent| day_of(sent) == day),
    }
}

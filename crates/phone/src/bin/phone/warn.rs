//! Warns others from a terminal, and waits until it is done.

use std::io::{BufRead as _, IsTerminal as _, Read as _};
use std::time::Duration;

use jiff::SignedDuration;
use phone::Settings;
use phone::language::Text;
use phone::page::day_number;
use phone::report::{Details, Ending, ending};

use crate::Failure;
use crate::config::Config;
use crate::machine::{now, random, say};

/// A report that takes longer than this goes on with `phone run`.
const REPORT_AT_MOST: SignedDuration = SignedDuration::from_mins(10);
/// What a report that is refused leaves unasked takes seconds, and the owner waits for it.
const REST_AT_MOST: SignedDuration = SignedDuration::from_mins(1);
/// How often it is asked whether something is due.
const STEP: Duration = Duration::from_millis(200);
/// No code is longer, however it is written.
const CODE_BYTES_MAX: u64 = 128;

const ASK: Text = Text { da: "Kode:", en: "Code:" };
const TRIED_IN_VAIN: Text = Text {
    da: "Serverne kan ikke nås. Telefonen prøver igen i ti minutter. Stopper du den, fortsætter `phone run` med det.",
    en: "The servers cannot be reached. The phone tries again for ten minutes. If you stop it, `phone run` goes on with it.",
};

/// Warns others.
pub(crate) fn warn(
    config: &Config,
    code: String,
    symptoms: Option<&str>,
    visited: Vec<String>,
) -> Result<(), Failure> {
    let (mut phone, mut network, mut random) = (config.phone()?, config.network.clone(), random());
    let day = |text: &str| {
        day_number(text).ok_or_else(|| {
            Failure::new(
                format!("`{text}` er ingen dato som 2026-11-20"),
                format!("`{text}` is no date such as 2026-11-20"),
            )
        })
    };
    let details = Details { symptoms: symptoms.map(day).transpose()?, visited };
    // Threat T29: what is typed as an argument stands in the history of the shell.
    let code = if code == "-" { typed(config)? } else { code };
    phone.reports(&code, details, now(), &mut random)?;
    let until = now() + REPORT_AT_MOST;
    let mut told = false;
    let mut rest = None;
    while let Some(progress) = phone.report()?.filter(|_| now() < until) {
        if progress.tries > 0 && !told {
            say(TRIED_IN_VAIN.words(config.language));
            told = true;
        }
        rest = phone.reports_on(&mut network, &config.settings.authority, now(), &mut random)?;
        std::thread::sleep(STEP);
    }
    // Threat T17: whoever watches the line does not see that it was refused.
    let Settings { authority, zone, .. } = &config.settings;
    let until = now() + REST_AT_MOST;
    while let Some(decoy) = rest.filter(|decoy| decoy.has_begun() && now() < until) {
        if decoy.next <= now() {
            rest = Some(decoy.go_on(&mut network, authority, zone, now(), &mut random));
        }
        std::thread::sleep(STEP);
    }
    match phone.outcome() {
        Some(outcome) if outcome.ending == Ending::Sent => {
            say(ending(Ending::Sent).words(config.language));
            Ok(())
        }
        Some(outcome) => {
            let ended = ending(outcome.ending);
            Err(Failure::new(ended.da, ended.en))
        }
        None => Err(Failure::new(
            "serverne kan ikke nås; `phone run` fortsætter med advarslen",
            "the servers cannot be reached; the report goes on with `phone run`",
        )),
    }
}

/// The first line of the standard input.
fn typed(config: &Config) -> Result<String, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        say(ASK.words(config.language));
    }
    let mut line = String::new();
    input.lock().take(CODE_BYTES_MAX).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

//! What was given on the command line, as a history that a rule can be asked about.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use notice::Policy;
use notice::clock::{Duration, History, Names, Quantity, Rule, SOURCE_ERASED};

use crate::answer::Failure;
use crate::near;

/// The texts of the command line.
pub(super) struct Given<'a> {
    pub(super) events: &'a [String],
    pub(super) flags: &'a [String],
    pub(super) facts: &'a [String],
    pub(super) done: &'a [String],
}

impl Given<'_> {
    /// The history, and the declared events in it that the rule does not look at.
    pub(super) fn history(
        &self,
        policy: &Policy,
        rule: &Rule,
        zone: &TimeZone,
    ) -> Result<(History, Vec<String>), Failure> {
        let names = rule.names();
        let mut history = History::default();
        let mut unread = Vec::new();
        for text in self.events {
            event(text, policy, &names, zone, &mut history, &mut unread)?;
        }
        for text in self.flags {
            flag(text, &names, zone, &mut history)?;
        }
        for text in self.facts {
            fact(text, &names, zone, &mut history)?;
        }
        for text in self.done {
            done(text, rule, zone, &mut history)?;
        }
        Ok((history, unread))
    }
}

fn event(
    text: &str,
    policy: &Policy,
    names: &Names,
    zone: &TimeZone,
    history: &mut History,
    unread: &mut Vec<String>,
) -> Result<(), Failure> {
    let (name, date) = pair(text, "--event", "NAME=DATE")?;
    let at = instant(date, zone)?;
    if names.sources.contains(name) {
        history.sources.insert(name.to_owned(), at);
    } else if name == SOURCE_ERASED && !names.sources.is_empty() {
        history.sources.extend(names.sources.iter().map(|source| (source.clone(), at)));
    } else if names.events.contains(name) || policy.events.iter().any(|event| event.said.id == name) {
        if !names.events.contains(name) && !unread.contains(&name.to_owned()) {
            unread.push(name.to_owned());
        }
        let occurrences = history.events.entry(name.to_owned()).or_default();
        occurrences.push(at);
        occurrences.sort_unstable();
    } else {
        let mut known: Vec<&str> = names.events.iter().chain(&names.sources).map(String::as_str).collect();
        if known.is_empty() {
            known = policy.events.iter().map(|event| event.said.id.as_str()).collect();
        }
        return Err(Failure::usage(format!("there is no event `{name}`"), near::help(name, &known)));
    }
    Ok(())
}

fn flag(text: &str, names: &Names, zone: &TimeZone, history: &mut History) -> Result<(), Failure> {
    let (name, since) = match text.split_once('=') {
        Some((name, date)) => (name, instant(date, zone)?),
        // Set in time: before anything that the rule could count from.
        None => (text, Timestamp::MIN),
    };
    if !names.flags.contains(name) {
        let known: Vec<&str> = names.flags.iter().map(String::as_str).collect();
        return Err(Failure::usage(format!("the rule reads no flag `{name}`"), near::help(name, &known)));
    }
    history.flags.entry(name.to_owned()).or_default().push((since, None));
    Ok(())
}

fn fact(text: &str, names: &Names, zone: &TimeZone, history: &mut History) -> Result<(), Failure> {
    let (name, value) = pair(text, "--fact", "NAME=DURATION")?;
    if names.sources.contains(name) {
        history.sources.insert(name.to_owned(), instant(value, zone)?);
        return Ok(());
    }
    if !names.quantities.contains(name) {
        let known: Vec<&str> = names.quantities.iter().map(String::as_str).collect();
        return Err(Failure::usage(format!("the rule reads no fact `{name}`"), near::help(name, &known)));
    }
    let quantity = match value {
        "none" => None,
        "unknown" => Some(Quantity::Unknown),
        duration => Some(Quantity::Known(
            duration
                .parse::<Duration>()
                .map_err(|problem| {
                    Failure::usage(
                        format!("`{duration}` is no duration"),
                        format!("{problem}; or write `none` or `unknown`"),
                    )
                })?
                .span(),
        )),
    };
    // Given twice, the last one counts; none is the same as not given.
    history.quantities.remove(name);
    history.quantities.extend(quantity.map(|quantity| (name.to_owned(), quantity)));
    Ok(())
}

fn done(text: &str, rule: &Rule, zone: &TimeZone, history: &mut History) -> Result<(), Failure> {
    let (stage, date) = pair(text, "--done", "STAGE=DATE")?;
    let at = instant(date, zone)?;
    let stages = rule.stages.len();
    match stage.parse::<usize>() {
        Ok(number) if (1..=stages).contains(&number) => {
            history.done.insert(number - 1, at);
            Ok(())
        }
        Ok(_) | Err(_) => Err(Failure::usage(
            format!("there is no stage `{stage}`"),
            format!("the rule has {stages}, counted from 1"),
        )),
    }
}

fn pair<'a>(text: &'a str, option: &str, shape: &str) -> Result<(&'a str, &'a str), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name, value)),
        Some(_) | None => Err(Failure::usage(
            format!("`{option} {text}` is not of the form {shape}"),
            format!("write `{option} {shape}`"),
        )),
    }
}

/// A day at midnight of the zone, or an instant, in UTC where no offset is written.
pub(crate) fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    let day = || {
        text.parse::<Date>()
            .ok()
            .filter(|_| !text.contains(['T', ' ']))?
            .to_zoned(zone.clone())
            .ok()
            .map(|at| at.timestamp())
    };
    let offset = || text.parse::<Timestamp>().ok();
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    day().or_else(offset).or_else(utc).ok_or_else(|| {
        Failure::usage(
            format!("`{text}` is no date"),
            "write `2026-11-21`, `2026-11-21T14:05` (UTC) or `2026-11-21T14:05+01:00`",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Copenhagen").unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_zone() {
        assert_eq!(instant("2026-11-21", &zone()).unwrap().to_string(), "2026-11-20T23:00:00Z");
    }

    #[test]
    fn an_instant_without_offset_is_utc() {
        assert_eq!(instant("2022-03-27T03:00", &zone()).unwrap().to_string(), "2022-03-27T03:00:00Z");
        assert_eq!(instant("2022-03-27T03:00+02:00", &zone()).unwrap().to_string(), "2022-03-27T01:00:00Z");
    }

    #[test]
    fn rubbish_is_no_date() {
        for text in ["", "yesterday", "2026-02-30", "2026-13-01", "20", "99999-01-01", "2026-11-21T25:00"] {
            assert!(instant(text, &zone()).is_err(), "{text}");
        }
    }
}

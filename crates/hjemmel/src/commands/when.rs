//! `hjemmel when`: what a retention rule says of what has happened, on a day.

mod given;

pub(crate) use given::instant;

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use notice::Lang;
use notice::clock::StageStatus;
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::near;
use crate::terminal::Terminal;

/// Say what is due when, under one retention rule
///
/// A DATE is a day such as `2026-11-21`, which begins at midnight of the zone, or an instant such as `2022-03-27T03:00`, which is UTC if it names no offset. Dates are printed as days where they are midnight of the zone, else as instants in UTC.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Id of the rule, such as `nsp.appointment`
    rule: String,
    /// An event that has happened; may be given again. The day on which the source of an `inherit(source)` erased is given under the name of the source
    #[arg(long = "event", value_name = "NAME=DATE")]
    events: Vec<String>,
    /// A recorded decision that stands: in time, or since DATE
    #[arg(long = "flag", value_name = "NAME[=DATE]")]
    flags: Vec<String>,
    /// A quantity of the record: a duration such as `P5Y`, `none` or `unknown`
    #[arg(long = "fact", value_name = "NAME=DURATION")]
    facts: Vec<String>,
    /// A stage, counted from 1, that has been carried out
    #[arg(long = "done", value_name = "STAGE=DATE")]
    done: Vec<String>,
    /// The day or instant of asking
    #[arg(long, value_name = "DATE")]
    on: String,
    /// Zone in which days begin
    #[arg(long, default_value = "Europe/Copenhagen")]
    zone: String,
    /// Language of the sentences
    #[arg(long, value_parser = ["da", "en"], default_value = "en")]
    lang: String,
    /// Print an object with `rule`, `on` and `stages`: each `do`, `status`, `date` and `clause`
    #[arg(long)]
    json: bool,
    /// A file or folder of notices; without it those in this program
    #[arg(long)]
    notices: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  hjemmel when nsp.appointment --event appointment.fulfilled=2025-12-01 --on 2026-03-02
  hjemmel when fmk.prescription --event prescription.issued=2024-01-01 --event dispensed=2024-02-01 --fact active-period=P5Y --on 2027-11-21
  hjemmel when nsp.plans --event data-source=2026-11-20 --on 2026-11-21";

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let files = From::given(arguments.notices.as_deref()).read()?;
    let policy = crate::corpus::compile(&files)?;
    let lang = Lang::from_tag(&arguments.lang).unwrap_or(Lang::En);
    let Some(clock) = policy.clocks.iter().find(|clock| clock.said.id == arguments.rule) else {
        let known: Vec<&str> = policy.clocks.iter().map(|clock| clock.said.id.as_str()).collect();
        return Err(Failure::usage(
            format!("there is no rule `{}`", arguments.rule),
            near::help_beside(&arguments.rule, &known, arguments.notices.as_deref()),
        ));
    };
    let zone = TimeZone::get(&arguments.zone).map_err(|_| {
        Failure::usage(
            format!("there is no time zone `{}`", arguments.zone),
            "use a name such as `Europe/Copenhagen` or `UTC`",
        )
    })?;
    let given = given::Given {
        events: &arguments.events,
        flags: &arguments.flags,
        facts: &arguments.facts,
        done: &arguments.done,
    };
    let on = given::instant(&arguments.on, &zone)?;
    let (history, unread) = given.history(&policy, &clock.rule, &zone)?;
    for event in unread {
        terminal.error_line(&format!("note: the rule `{}` does not look at `{event}`", clock.said.id));
    }
    if arguments.json {
        let statuses = clock.rule.statuses(&history, on, &zone);
        let stages: Vec<Value> = statuses.iter().map(|stage| object(stage, &zone)).collect();
        terminal.json(&json!({ "rule": clock.said.id, "on": shown(on, &zone), "stages": stages }));
    } else {
        terminal.line(&clock.explain(&history, on, &zone).text(lang, &zone, &files));
    }
    Ok(Answer::Yes)
}

fn object(stage: &StageStatus, zone: &TimeZone) -> Value {
    let status = &stage.status;
    let mut object = json!({
        "do": stage.verb.word(),
        "status": status.word(),
        "date": status.date().map(|date| shown(date, zone)),
        "clause": stage.clause,
        "to": stage.target,
        "mode": stage.mode.word(),
        "review": status.review().map(|date| shown(date, zone)),
        "after": stage.blocked_by.map(|place| place + 1),
    });
    let more = match status {
        notice::clock::Status::Waiting { events, .. } => Some(("events", json!(events))),
        notice::clock::Status::Held { reason, .. } => Some(("reason", json!(reason))),
        notice::clock::Status::Pending(_)
        | notice::clock::Status::Due(_)
        | notice::clock::Status::Done(_)
        | notice::clock::Status::NotApplicable => None,
    };
    if let (Some((name, value)), Some(map)) = (more, object.as_object_mut()) {
        map.insert(name.to_owned(), value);
    }
    object
}

/// A day where it is midnight of the zone, else an instant in UTC.
fn shown(at: Timestamp, zone: &TimeZone) -> String {
    let civil = at.to_zoned(zone.clone()).datetime();
    if civil.time() == Time::midnight() { civil.date().to_string() } else { at.to_string() }
}

//! `hjemmel due`: what falls due when, counted.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use register::{Clock, Register};
use serde_json::json;

use super::opened::{Configured, not_answered, zone};
use crate::answer::{Answer, Failure};
use crate::machine::SystemClock;
use crate::terminal::Terminal;

/// Count what falls due, by day and register
///
/// Exit code 1 if something is late.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    /// First day; without it today
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day; without it a year after the first
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// Print an object with `from`, `until`, `late` and `days`: each `day`, `register` and `records`
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let from = arguments.from.unwrap_or_else(|| SystemClock::start().now().to_zoned(zone()).date());
    let until = arguments.until.unwrap_or_else(|| from.saturating_add(1.year()));
    if until < from {
        return Err(Failure::usage(
            format!("`{until}` lies before `{from}`"),
            "give the earlier day with --from",
        ));
    }
    let plan = register.plan(from, until).map_err(|problem| not_answered(&problem))?;
    let late = late(register)?;
    let name = |id: &notice::policy::RegisterId| {
        register.policy().registers.get(id.index()).map_or("", |one| one.said.id.as_str())
    };
    if arguments.json {
        let days: Vec<_> = plan
            .iter()
            .flat_map(|(day, registers)| registers.iter().map(move |(id, records)| (day, id, records)))
            .map(|(day, id, records)| json!({ "day": day.to_string(), "register": name(id), "records": records }))
            .collect();
        terminal.json(
            &json!({ "from": from.to_string(), "until": until.to_string(), "late": late, "days": days }),
        );
    } else {
        let mut text = String::new();
        for (day, registers) in &plan {
            for (id, records) in registers {
                text.push_str(&format!("{day}  {records:>8}  {}\n", name(id)));
            }
        }
        for (register, records) in &late {
            text.push_str(&format!("late        {records:>8}  {register}\n"));
        }
        terminal.out(if text.is_empty() { "nothing falls due\n" } else { &text });
    }
    Ok(if late.is_empty() { Answer::Yes } else { Answer::No })
}

fn late(register: &Register) -> Result<BTreeMap<String, u64>, Failure> {
    let late = register.late().map_err(|problem| not_answered(&problem))?;
    let name = |id: notice::policy::RegisterId| {
        register.policy().registers.get(id.index()).map(|one| one.said.id.clone())
    };
    Ok(late
        .into_iter()
        .filter(|(_, records)| *records > 0)
        .filter_map(|(id, records)| Some((name(id)?, records)))
        .collect())
}

//! `hjemmel sweep`: do what is due, once.

use notice::Policy;
use register::{Register, Report, Stopped};
use serde_json::{Value, json};

use super::opened::{Configured, not_answered};
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Do what is due, once, and report
///
/// Exit code 1 if the sweep was stopped because the clock jumped, or if the brake held something back.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    /// Print an object with `at`, `acts`, `held`, `braked` and `stopped`
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let report = register.sweep().map_err(|problem| not_answered(&problem))?;
    let policy = register.policy();
    if arguments.json {
        terminal.json(&object(policy, &report));
    } else {
        terminal.out(&sentences(policy, &report));
    }
    Ok(if report.stopped.is_none() && report.braked == 0 { Answer::Yes } else { Answer::No })
}

/// Acts of a sweep by name of the register and verb.
pub(crate) fn acts<'a>(policy: &'a Policy, report: &Report) -> Vec<(&'a str, &'static str, u64)> {
    let name = |id: &notice::policy::RegisterId| {
        policy.registers.get(id.index()).map_or("", |register| register.said.id.as_str())
    };
    report.acts.iter().map(|((register, verb), records)| (name(register), verb.word(), *records)).collect()
}

fn object(policy: &Policy, report: &Report) -> Value {
    let acts: Vec<Value> = acts(policy, report)
        .into_iter()
        .map(|(register, verb, records)| json!({ "register": register, "do": verb, "records": records }))
        .collect();
    let stopped = report.stopped.map(
        |Stopped::ClockStepped { by_seconds }| json!({ "reason": "clock-stepped", "by-seconds": by_seconds }),
    );
    json!({ "at": report.at.to_string(), "acts": acts, "held": report.held, "braked": report.braked, "stopped": stopped })
}

fn sentences(policy: &Policy, report: &Report) -> String {
    let mut lines = vec![format!("sweep at {}", report.at)];
    lines.extend(
        acts(policy, report)
            .into_iter()
            .map(|(register, verb, records)| format!("  {verb}: {records} of {register}")),
    );
    lines.extend(report.held.iter().map(|(reason, records)| format!("  held: {records}, {reason}")));
    if report.braked > 0 {
        lines.push(format!(
            "  braked: {} over the plan; two persons release them with `hjemmel release-brake`",
            report.braked
        ));
    }
    if let Some(Stopped::ClockStepped { by_seconds }) = report.stopped {
        lines.push(format!("  stopped: the clock jumped by {by_seconds} seconds; two persons confirm it with `hjemmel confirm-clock`"));
    }
    if report.acts.is_empty() && report.stopped.is_none() {
        lines.push("  nothing was due".to_owned());
    }
    lines.join("\n") + "\n"
}

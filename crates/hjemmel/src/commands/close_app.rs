//! `hjemmel close-app`: two who assess smitte|stop decide that it is no longer needed, and everything collected goes.

use notice::Actor;
use register::{Caller, Personal, Register};
use services::smittestop::closing::{close, what_goes};
use services::{Call, Error, Explain};

use super::opened::Configured;
use super::two_persons::{NOT_TWO, TwoPersons};
use crate::answer::{Answer, Failure};
use crate::machine::SystemRandomness;
use crate::terminal::Terminal;

/// Decide that smitte|stop is no longer needed, so that everything collected is erased
///
/// Without `--erase-everything` it shows what would go and changes nothing. Two persons look at the
/// numbers first; the act needs their names and a reason. From the decision on nothing more is taken
/// in; it cannot be undone.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("first", |first| first.required(false).requires("second")),
    mut_arg("second", |second| second.required(false).requires("first"))
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    #[command(flatten)]
    persons: Option<TwoPersons>,
    /// Why it is no longer needed
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Do it
    #[arg(long, requires_all = ["first", "second", "reason"])]
    erase_everything: bool,
}

/// Who looks, where nobody is named.
const NOBODY: &str = "hjemmel close-app";

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let role = register.policy().role_id("app-evaluation");
    let role = role.ok_or_else(|| {
        Failure::usage("the notices have no role `app-evaluation`", "run this on a register of smitte|stop")
    })?;
    let [first, second] = arguments.persons.as_ref().map(TwoPersons::names).unwrap_or_default();
    // Whoever only looks may leave out who looks.
    let name = if arguments.persons.is_some() { format!("{first} & {second}") } else { NOBODY.to_owned() };
    let caller = Caller {
        actor: Actor { person: None, role, organisation: None },
        name: Personal::new(name),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    };
    let call = register.call(caller);
    let randomness = SystemRandomness::new();
    let at = Call { register, call: &call, randomness: &randomness };
    let goes = what_goes::run(&at).map_err(|error| failed(&error))?;
    for one in &goes {
        terminal.line(&format!("{:>10} {}", one.records, one.register));
    }
    if !arguments.erase_everything {
        terminal.line("nothing was changed; with --erase-everything all of it goes");
        return Ok(Answer::Yes);
    }
    let request = close::Request { first, second, reason: arguments.reason.clone().unwrap_or_default() };
    let records = close::run(&at, request).map_err(|error| failed(&error))?;
    terminal.line(&format!("smitte|stop is closed; {records} records were due and are erased"));
    Ok(Answer::Yes)
}

fn failed<Own: Explain>(error: &Error<Own>) -> Failure {
    match error {
        Error::Unavailable(unavailable) => super::opened::not_answered(unavailable),
        Error::Not(own) => Failure::usage(own.words(notice::Lang::En), NOT_TWO),
        Error::Invalid(_) => {
            Failure::usage("a name or the reason is missing", "give --first, --second and --reason")
        }
        Error::Refused(_) | Error::Conflict(_) => Failure::usage(
            "the notice does not allow this now",
            "see `hjemmel explain --use sst.close-the-app --role app-evaluation`",
        ),
    }
}

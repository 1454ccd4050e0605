//! The two persons who agree to an act. That they are two is checked where the act is written down.

use register::FourEyes;

use crate::answer::Failure;

/// Who agrees. A command that can also only look holds an `Option` of it, and lets the names be left out together.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct TwoPersons {
    /// The first person
    #[arg(long, value_name = "NAME")]
    first: String,
    /// The second person
    #[arg(long, value_name = "NAME")]
    second: String,
}

impl TwoPersons {
    /// Their names.
    pub(crate) fn names(&self) -> [String; 2] {
        [self.first.clone(), self.second.clone()]
    }

    /// Both, for what takes them one by one.
    pub(crate) fn each(&self) -> (&str, &str) {
        (&self.first, &self.second)
    }
}

/// What to tell when two persons were not enough.
pub(crate) fn four_eyes(problem: &FourEyes) -> Failure {
    match problem {
        FourEyes::Unavailable(unavailable) => super::opened::not_answered(unavailable),
        FourEyes::NotTwo => Failure::usage(problem.to_string(), NOT_TWO),
    }
}

/// What to do when the same person stands there twice.
pub(crate) const NOT_TWO: &str = "give two different names with --first and --second";

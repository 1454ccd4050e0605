//! `hjemmel export`: the notices in another language, to be held against ours.

use std::path::PathBuf;

use clap::Subcommand;

use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::terminal::Terminal;

/// Print the notices in another policy language
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    to: To,
}

#[derive(Debug, Subcommand)]
enum To {
    /// As Cedar policies
    Cedar {
        /// A file or folder of notices; without it those in this program
        #[arg(long)]
        notices: Option<PathBuf>,
    },
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    match &arguments.to {
        To::Cedar { notices } => {
            let policy = From::given(notices.as_deref()).policy()?;
            terminal.out(&notice::export::cedar::policies(&policy));
        }
    }
    Ok(Answer::Yes)
}

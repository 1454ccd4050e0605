//! `hjemmel show notice`: a notice as it is published.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use notice::{Lang, render};

use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::near;
use crate::terminal::Terminal;

/// Print what the notices say
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A notice as it is published
    Notice {
        /// Id of the notice, such as `fmk`
        notice: String,
        /// Language
        #[arg(long, value_enum, default_value = "da")]
        lang: Tongue,
        /// Format
        #[arg(long, value_enum, default_value = "md")]
        format: Format,
        /// A file or folder of notices; without it those in this program
        #[arg(long)]
        notices: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    Da,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Html,
    Md,
    Json,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let What::Notice { notice: name, lang, format, notices } = &arguments.what;
    let policy = From::given(notices.as_deref()).policy()?;
    let lang = match lang {
        Tongue::Da => Lang::Da,
        Tongue::En => Lang::En,
    };
    let Some(id) = policy.notice_id(name) else {
        let known: Vec<&str> = policy.notices.iter().map(|notice| notice.said.id.as_str()).collect();
        return Err(Failure::usage(format!("there is no notice `{name}`"), near::help(name, &known)));
    };
    let format = match format {
        Format::Html => render::Format::Html,
        Format::Md => render::Format::Markdown,
        Format::Json => render::Format::Json,
    };
    terminal.line(render::notice(&policy, id, lang, format).trim_end());
    Ok(Answer::Yes)
}

//! `hjemmel show`: every print of a notice, in the language and format that is asked for.

mod format;
mod place;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use notice::policy::NoticeId;
use notice::render::{self, Article, Print, Scope};
use notice::{Lang, Policy};

use crate::answer::{Answer, Failure};
use crate::corpus::{self, From};
use crate::near;
use crate::terminal::Terminal;
use format::Format;

/// Print what the notices say
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A notice as it is published (md, html, json, pdf, tilt)
    Notice {
        #[command(flatten)]
        common: Common,
    },
    /// The short notice: what everybody should know in a minute (md, html, json, pdf)
    Short {
        #[command(flatten)]
        common: Common,
    },
    /// The letter to a person whose data is collected (md, html, json, pdf)
    Letter {
        #[command(flatten)]
        common: Common,
        /// 13: the data comes from the person; 14: from others
        #[arg(long, value_enum, default_value = "13")]
        article: Number,
    },
    /// The record of processing, GDPR Article 30 (md, html, json, csv, xlsx, pdf, jsonld)
    Record {
        #[command(flatten)]
        common: Common,
        /// Every notice of the same controller
        #[arg(long, conflicts_with = "processor")]
        all: bool,
        /// The record of one processor, Article 30(2)
        #[arg(long, value_name = "PARTY")]
        processor: Option<String>,
    },
    /// When everything goes (md, html, json, csv, xlsx, pdf)
    Retention {
        #[command(flatten)]
        common: Common,
    },
    /// Who may do what, as picture and table (md, html, json, csv, xlsx, pdf, svg)
    Matrix {
        #[command(flatten)]
        common: Common,
    },
    /// Processors, recipients, transfers and sources (md, html, json, csv, xlsx, pdf)
    Parties {
        #[command(flatten)]
        common: Common,
    },
    /// The essence of the arrangement between joint controllers, Article 26(2) (md, html, json, pdf)
    Joint {
        #[command(flatten)]
        common: Common,
    },
    /// The factual part of an impact assessment, Article 35(7)(a) (md, html, json, pdf)
    Dpia {
        #[command(flatten)]
        common: Common,
    },
}

/// What every print takes.
#[derive(Debug, clap::Args)]
struct Common {
    /// Id of the notice, such as `fmk`
    notice: String,
    /// Language
    #[arg(long, value_enum, default_value = "da")]
    lang: Tongue,
    /// Format; without it as the file's name ends, else md
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Into a file; a PDF or workbook needs one
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A file or folder of notices; without it those in this program
    #[arg(long)]
    notices: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    Da,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Number {
    #[value(name = "13")]
    Thirteen,
    #[value(name = "14")]
    Fourteen,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let (print, common) = asked(&arguments.what);
    let policy = From::given(common.notices.as_deref()).policy()?;
    let id = notice(&policy, common)?;
    if let Print::Processor(party) = &print {
        processor(&policy, id, party)?;
    }
    let lang = match common.lang {
        Tongue::Da => Lang::Da,
        Tongue::En => Lang::En,
    };
    let format = format::chosen(&print, common.format, common.output.as_deref())?;
    place::ready(format, common.output.as_deref(), terminal)?;
    let order = print::Order { policy: &policy, notice: id, print: &print, lang, day: corpus::today() };
    let made = print::made(format, &order).map_err(|problem| format::broken(&problem))?;
    place::put(&made, common.output.as_deref(), terminal)?;
    Ok(Answer::Yes)
}

fn asked(what: &What) -> (Print, &Common) {
    match what {
        What::Notice { common } => (Print::Notice, common),
        What::Short { common } => (Print::Short, common),
        What::Letter { common, article: Number::Thirteen } => (Print::Letter(Article::Thirteen), common),
        What::Letter { common, article: Number::Fourteen } => (Print::Letter(Article::Fourteen), common),
        What::Record { common, processor: Some(party), .. } => (Print::Processor(party.clone()), common),
        What::Record { common, all: true, processor: None } => (Print::Record(Scope::Controller), common),
        What::Record { common, all: false, processor: None } => (Print::Record(Scope::Notice), common),
        What::Retention { common } => (Print::Retention, common),
        What::Matrix { common } => (Print::Matrix, common),
        What::Parties { common } => (Print::Parties, common),
        What::Joint { common } => (Print::Joint, common),
        What::Dpia { common } => (Print::Dpia, common),
    }
}

fn notice(policy: &Policy, common: &Common) -> Result<NoticeId, Failure> {
    let name = common.notice.as_str();
    policy.notice_id(name).ok_or_else(|| {
        let known: Vec<&str> = policy.notices.iter().map(|notice| notice.said.id.as_str()).collect();
        Failure::usage(
            format!("there is no notice `{name}`"),
            near::help_beside(name, &known, common.notices.as_deref()),
        )
    })
}

/// A record is made only of a party that works for the controller of the notice.
fn processor(policy: &Policy, notice: NoticeId, name: &str) -> Result<(), Failure> {
    if render::is_processor(policy, notice, name) {
        return Ok(());
    }
    let works = |party: &&notice::policy::Party| render::is_processor(policy, notice, &party.said.id);
    let known: Vec<&str> = policy.parties.iter().filter(works).map(|party| party.said.id.as_str()).collect();
    Err(Failure::usage(format!("`{name}` is no processor of this notice"), near::help(name, &known)))
}

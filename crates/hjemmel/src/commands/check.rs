//! `hjemmel check`: everything that is wrong with the notices, in one run.

use std::path::PathBuf;

use jiff::civil::Date;
use notice::check::codes::Code;
use notice::{Diagnostic, Lang, Severity, SourceFile};
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::corpus::{self, From};
use crate::terminal::Terminal;

/// Check notices and report everything found
///
/// Each finding has a code, its place, a sentence and a line of help. Exit code 1 if there is an error; warnings alone are 0.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A file or folder of notices; without it `./notices` if there is one, else the notices in this program
    path: Option<PathBuf>,
    /// The day that decides which laws are stale; without it today
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// Say what a code means, why, how to mend it, with an example, and check nothing: `--explain N302`
    #[arg(long, value_name = "CODE", conflicts_with_all = ["path", "on", "json"])]
    explain: Option<String>,
    /// Language of what is told
    #[arg(long, value_parser = ["da", "en"], default_value = "en")]
    lang: String,
    /// Print an object with `errors`, `warnings` and `diagnostics`, in the language asked for
    #[arg(long)]
    json: bool,
}

/// The chapter of the book in which every code has its part.
const fn chapter(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => include_str!("../../../../docs/book/koder.md"),
        Lang::En => include_str!("../../../../docs/book/codes.md"),
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let lang = Lang::from_tag(&arguments.lang).unwrap_or(Lang::En);
    if let Some(code) = &arguments.explain {
        terminal.line(&explained(code, lang)?);
        return Ok(Answer::Yes);
    }
    let files = source(arguments).read()?;
    let compiled = notice::compile(&files, arguments.on.unwrap_or_else(corpus::today));
    let mut found = compiled.diagnostics;
    // What only the checker of forms itself can tell: a pattern that is none, a word in the wrong place.
    if let Some(Err(problem)) = compiled.policy.as_ref().map(services::generic_register::Forms::load) {
        found.push(problem.finding());
    }
    let count = |severity| found.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if arguments.json {
        let list: Vec<_> = found.iter().map(|one| one.json(&files, lang)).collect();
        terminal.json(
            &json!({ "lang": lang.tag(), "files": files.len(), "errors": errors, "warnings": warnings, "diagnostics": list }),
        );
    } else {
        terminal.out(&report(&found, &files, lang, terminal));
        terminal.line(&match lang {
            Lang::En => format!("{} files, {errors} errors, {warnings} warnings", files.len()),
            Lang::Da => format!("{} filer, {errors} fejl, {warnings} advarsler", files.len()),
        });
    }
    Ok(if errors == 0 { Answer::Yes } else { Answer::No })
}

/// A code's part of the book.
fn explained(code: &str, lang: Lang) -> Result<String, Failure> {
    let known = Code::find(code).ok_or_else(|| {
        Failure::usage(
            format!("no code is called `{code}`"),
            "a code is written like `N302`; `hjemmel check` shows those that it finds",
        )
    })?;
    let heading = format!("## {}: ", known.id);
    let part = chapter(lang).split("\n## ").find(|part| part.starts_with(heading.trim_start_matches("## ")));
    Ok(part.map_or_else(|| known.page(lang), |part| format!("## {}", part.trim_end())))
}

fn source(arguments: &Arguments) -> From {
    let here = PathBuf::from("notices");
    match &arguments.path {
        Some(path) => From::Path(path.clone()),
        None if here.is_dir() => From::Path(here),
        None => From::BuiltIn,
    }
}

fn report(found: &[Diagnostic], files: &[SourceFile], lang: Lang, terminal: &Terminal) -> String {
    found.iter().map(|one| format!("{}\n", one.render(files, lang, terminal.colour()))).collect()
}

//! `hjemmel diff OLD NEW`: what a change of the notices comes to, before anybody signs it.

mod on_file;

use std::path::PathBuf;

use clap::ValueEnum;
use notice::{Lang, Policy};
use serde_json::json;

use super::opened::zone;
use super::promises::tests_of;
use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::terminal::Terminal;

/// Show what a change of the notices comes to, widening first
///
/// Who may do more or less, what is passed on, which periods move, which promises are stated no longer, and whom to inform. Exit code 0 if the two are the same in effect, 1 if they differ, 2 if they cannot be compared.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The notices before: a file or folder, or `built-in` for those in this program
    old: PathBuf,
    /// The notices after: a file or folder, or `built-in`
    new: PathBuf,
    /// Also count the records on file that become due sooner or later: a folder with `database` and `keys`, such as that of the demonstration
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Language
    #[arg(long, value_enum, default_value = "da")]
    lang: Tongue,
    /// Print an object with `effects`, `clocks`, `rules_lost`, `rules_gained`, `inform` and, with --data, `records`
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    Da,
    En,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    compared(arguments, terminal).map_err(|failure| match failure {
        // Two notices that cannot be compared are one case to a program: exit code 2.
        Failure::Use(words) | Failure::Cannot(words) => Failure::Use(words),
    })
}

fn compared(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let (old, new) = (policy(&arguments.old)?, policy(&arguments.new)?);
    let lang = match arguments.lang {
        Tongue::Da => Lang::Da,
        Tongue::En => Lang::En,
    };
    let diff = notice::diff::diff(&old, &new, &zone());
    let records = arguments.data.as_deref().map(|data| on_file::count(data, &new)).transpose()?;
    if arguments.json {
        let mut value = diff.json(lang);
        if let Some(object) = value.as_object_mut() {
            for (key, moved) in [("rules_lost", &diff.lost), ("rules_gained", &diff.gained)] {
                let list: Vec<_> = moved
                    .iter()
                    .map(
                        |it| json!({ "rule": it.rule, "sections": it.sections, "tests": tests_of(&it.rule) }),
                    )
                    .collect();
                object.insert(key.to_owned(), list.into());
            }
            object.extend(records.as_ref().map(|it| ("records".to_owned(), it.json())));
        }
        terminal.json(&value);
    } else {
        terminal.out(&diff.text(lang));
        terminal.out(&tests(&diff, lang));
        if let Some(records) = &records {
            terminal.out(&records.text(lang));
        }
    }
    Ok(if diff.is_empty() { Answer::Yes } else { Answer::No })
}

fn policy(path: &std::path::Path) -> Result<Policy, Failure> {
    let from = if path.as_os_str() == "built-in" { From::BuiltIn } else { From::Path(path.to_owned()) };
    from.policy().map_err(|failure| {
        let (words, name) = (failure.words(), format!("`{}`", path.display()));
        let is_named = words.sentence.contains(&name);
        let sentence = if is_named { words.sentence.clone() } else { format!("{name}: {}", words.sentence) };
        Failure::usage(sentence, words.help.clone())
    })
}

/// Which promises lose or gain a test of this program.
fn tests(diff: &notice::diff::Diff, lang: Lang) -> String {
    let say = |da: &'static str, en: &'static str| match lang {
        Lang::Da => da,
        Lang::En => en,
    };
    let mut text = String::new();
    for moved in &diff.lost {
        let count = tests_of(&moved.rule).len();
        if count > 0 {
            let words = say("prøver holder ikke mere et løfte", "tests hold no promise any more");
            text.push_str(&format!("- {}: {count} {words}\n", moved.rule));
        }
    }
    for moved in &diff.gained {
        let words = match tests_of(&moved.rule).len() {
            0 => say("ingen prøve nævner det", "no test names it").to_owned(),
            count => format!("{count} {}", say("prøver nævner det", "tests name it")),
        };
        text.push_str(&format!("- {}: {words}\n", moved.rule));
    }
    if text.is_empty() { text } else { format!("\n{}\n{text}", say("Prøver", "Tests")) }
}

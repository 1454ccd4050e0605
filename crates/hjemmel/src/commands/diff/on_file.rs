//! How many records on file end sooner or later under other notices. Counts only; nothing is written.

use std::path::Path;
use std::sync::Arc;

use notice::{Lang, Policy, SourceFile};
use register::{Dated, Register};
use serde_json::{Value, json};

use crate::answer::Failure;
use crate::commands::opened::{not_answered, not_open, zone};
use crate::corpus;
use crate::machine::{SystemClock, SystemRandomness};

/// The count, by register and month of the new date.
pub(super) struct OnFile(Vec<Dated>);

pub(super) fn count(folder: &Path, new: &Policy) -> Result<OnFile, Failure> {
    let (database, keys) = (folder.join("database"), folder.join("keys"));
    if !database.join("register.db").is_file() {
        return Err(Failure::usage(
            format!("`{}` holds no register", folder.display()),
            "name the folder that has `database` and `keys` in it",
        ));
    }
    let config = register::Config::new(database, keys, zone());
    // Opened with the notices that ran last: opening with others would already put them in force.
    let running = register::last_run(&config).map_err(|problem| not_open(&problem))?;
    let files: Vec<SourceFile> = running
        .files
        .iter()
        .map(|(path, text)| SourceFile { path: path.clone(), text: text.clone() })
        .collect();
    let policy = Arc::new(corpus::compile(&files)?);
    let clock = Arc::new(SystemClock::start());
    let register = Register::open(&config, policy, running, clock, Arc::new(SystemRandomness::new()))
        .map_err(|problem| not_open(&problem))?;
    register.dated_under(new).map(OnFile).map_err(|problem| not_answered(&problem))
}

impl OnFile {
    pub(super) fn json(&self) -> Value {
        let list = self.0.iter().map(|it| {
            json!({ "register": it.register, "month": it.month, "sooner": it.sooner, "later": it.later, "same": it.same })
        });
        Value::Array(list.collect())
    }

    pub(super) fn text(&self, lang: Lang) -> String {
        let say = |da: &'static str, en: &'static str| match lang {
            Lang::Da => da,
            Lang::En => en,
        };
        let mut text = format!("\n{}\n", say("Det, der allerede er registreret", "Records on file"));
        let moved: Vec<&Dated> = self.0.iter().filter(|it| it.sooner + it.later > 0).collect();
        if moved.is_empty() {
            text.push_str(say("- ingen dato flytter sig\n", "- no date moves\n"));
        }
        for one in moved {
            let month = one.month.as_deref().unwrap_or(say("uden dato", "without a date"));
            for (count, word) in
                [(one.sooner, say("tidligere", "sooner")), (one.later, say("senere", "later"))]
            {
                if count > 0 {
                    text.push_str(&format!("- {}: {count} {word}, {month}\n", one.register));
                }
            }
        }
        text
    }
}

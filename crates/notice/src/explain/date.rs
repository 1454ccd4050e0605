//! Why a record goes on its day: every stage, every date that was weighed, every condition that was read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::words;
use crate::clock::{History, Rule, StageStatus};
use crate::diagnostic::position;
use crate::policy::{Clock, Place};
use crate::source::SourceFile;
use crate::text::Lang;

/// The explanation of one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockExplanation {
    /// The id of the rule.
    pub rule_id: String,
    /// The rule as written.
    pub rule: String,
    /// Where it stands.
    pub place: Place,
    /// Each stage with its status, and the dates and conditions behind it.
    pub stages: Vec<(StageStatus, Vec<Leaf>, Vec<Turn>)>,
    /// When somebody must look again.
    pub next_look: Option<Timestamp>,
}

/// A date that was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// As written: `subject.died + P1Y`.
    pub clause: String,
    /// What it gives; `None` while it has not happened or is not known.
    pub date: Option<Timestamp>,
}

/// A condition that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// As written: `if flag special-case`.
    pub clause: String,
    /// Whether it holds; `None` if that is not known.
    pub holds: Option<bool>,
}

impl Clock {
    /// Why the rule says what it says of one record.
    #[must_use]
    pub fn explain(&self, history: &History, now: Timestamp, zone: &TimeZone) -> ClockExplanation {
        let statuses = self.rule.statuses(history, now, zone);
        let behind = self.rule.behind(history, now, zone);
        let stages =
            statuses.into_iter().zip(behind).map(|(status, (leaves, turns))| (status, leaves, turns));
        ClockExplanation {
            rule_id: self.said.id.clone(),
            rule: self.rule.to_string(),
            place: self.said.place.clone(),
            stages: stages.collect(),
            next_look: self.rule.next_look(history, now, zone),
        }
    }
}

impl Rule {
    /// The dates and conditions behind each stage.
    fn behind(&self, history: &History, now: Timestamp, zone: &TimeZone) -> Vec<(Vec<Leaf>, Vec<Turn>)> {
        let weigh = |stage: &crate::clock::Stage| {
            let dates = stage.weighed(history, now, zone).into_iter();
            let read = stage.read(history, now, zone).into_iter();
            (
                dates.map(|(clause, date)| Leaf { clause, date }).collect(),
                read.map(|(clause, holds)| Turn { clause, holds }).collect(),
            )
        };
        self.stages.iter().map(weigh).collect()
    }
}

impl ClockExplanation {
    /// The explanation as lines of text; `files` give the numbers of lines.
    #[must_use]
    pub fn text(&self, lang: Lang, zone: &TimeZone, files: &[SourceFile]) -> String {
        let (line, _) = position(files, &self.place);
        let mut lines = vec![format!("{}: {} ({}:{line})", self.rule_id, self.rule, self.place.file)];
        for (status, leaves, turns) in &self.stages {
            let target = status.target.as_ref().map(|target| format!(" ({target})")).unwrap_or_default();
            lines.push(format!(
                "  {}{target}, {}: {}",
                words::verb(status.verb, lang),
                words::mode(status.mode, lang),
                words::status(&status.status, zone, lang)
            ));
            lines.push(format!("    {} `{}`", words::since(lang), status.clause));
            for turn in turns {
                lines.push(format!("    `{}`: {}", turn.clause, words::found(turn.holds.into(), lang)));
            }
            for leaf in leaves {
                let date = leaf.date.map(|date| date.to_zoned(zone.clone()).date().to_string());
                lines.push(format!(
                    "    `{}`: {}",
                    leaf.clause,
                    date.as_deref().unwrap_or(words::not_yet(lang))
                ));
            }
            lines.extend(status.blocked_by.map(|by| format!("    {}", words::blocked(by, lang))));
        }
        lines.join("\n")
    }
}

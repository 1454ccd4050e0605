//! A line of the log in one plain sentence.

use notice::Lang;

use super::{KeptLonger, LogLine, LookKind};
use crate::words;

impl LogLine {
    /// The line in one plain sentence: who, where, what, why, and how it ended.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let mut said = format!(
            "{} {}: {}",
            words::time(self.at, lang),
            self.who_and_where(lang),
            self.what_was_done(lang)
        );
        if let Some(reason) = &self.reason {
            said.push_str(&match lang {
                Lang::Da => format!(" Begrundelse: {reason}"),
                Lang::En => format!(" Reason: {reason}"),
            });
        }
        if let Some(kept) = &self.kept {
            said.push(' ');
            said.push_str(&kept.words(lang));
        }
        said
    }

    fn who_and_where(&self, lang: Lang) -> String {
        let role = self.role.get(lang);
        let mut said = if self.who.is_empty() { role.to_owned() } else { format!("{} ({role})", self.who) };
        if let Some(place) = &self.place {
            said.push_str(&format!(", {place}"));
        }
        if let Some(responsible) = &self.on_behalf_of {
            said.push_str(&match lang {
                Lang::Da => format!(", på vegne af {responsible}"),
                Lang::En => format!(", on behalf of {responsible}"),
            });
        }
        said
    }

    fn what_was_done(&self, lang: Lang) -> String {
        let (what, ground) = (self.what.get(lang), self.ground.get(lang));
        match (self.kind, lang) {
            (LookKind::Refused, Lang::Da) if self.times > 1 => {
                format!("blev afvist {} gange: {what}.", self.times)
            }
            (LookKind::Refused, Lang::En) if self.times > 1 => {
                format!("was refused {} times: {what}.", self.times)
            }
            (LookKind::Refused, Lang::Da) => format!("blev afvist: {what}."),
            (LookKind::Refused, Lang::En) => format!("was refused: {what}."),
            (LookKind::Emergency, Lang::Da) => format!("{what}, i en nødsituation."),
            (LookKind::Emergency, Lang::En) => format!("{what}, in an emergency."),
            (
                LookKind::Own | LookKind::Treatment | LookKind::Pharmacy | LookKind::Administration,
                Lang::Da,
            ) => {
                format!("{what}. Formål: {ground}.")
            }
            (
                LookKind::Own | LookKind::Treatment | LookKind::Pharmacy | LookKind::Administration,
                Lang::En,
            ) => {
                format!("{what}. Purpose: {ground}.")
            }
        }
    }
}

impl KeptLonger {
    /// For how long the line is kept and why, in one plain sentence (rule N-18).
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let case = self.case.get(lang);
        let mut said = match (lang, self.years) {
            (Lang::Da, 5) => format!("Gemmes i fem år, fordi {case}"),
            (Lang::En, 5) => format!("Kept for five years because {case}"),
            (Lang::Da, years) => format!("Gemmes i {years} år, fordi {case}"),
            (Lang::En, years) => format!("Kept for {years} years because {case}"),
        };
        match &self.reason {
            Some(reason) => said.push_str(&format!(": {reason}")),
            None => said.push('.'),
        }
        said
    }
}

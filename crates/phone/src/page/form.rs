//! The form with which an owner warns others. What was written stands there again when something of it was wrong, but
//! for the code: it opens the way to warn in her name, and a page is read by whoever passes.

use std::fmt::Write as _;

use super::look::{View, escaped};
use super::{Place, Reply, day_number, words};
use crate::consent::Standing;
use crate::language::Text;
use crate::phone::PhoneError;
use crate::report::{BeginError, Details, Ending, ending};
use exposure::Random;

/// What was wrong with a form, and in which of its fields.
#[derive(Clone, Copy)]
pub(super) struct Note {
    pub(super) text: Text,
    /// The name of the field; of no single one if it is `None`.
    pub(super) field: Option<&'static str>,
}

/// What the owner wrote and finds again.
#[derive(Default)]
pub(super) struct Written {
    symptoms: String,
    visited: String,
}

/// Begins a report with what a form says.
pub(super) fn warn<'a>(
    view: &mut View<'_>,
    field: &dyn Fn(&str) -> &'a str,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    let (given, visited) = (field("symptoms").trim(), field("visited"));
    view.written = Written { symptoms: given.to_owned(), visited: visited.to_owned() };
    let symptoms = match given {
        "" => None,
        day => match day_number(day) {
            Some(day) => Some(day),
            None => return Ok(view.wrong(words::BAD_DATE, "symptoms")),
        },
    };
    let split = |sign: char| sign == ',' || sign.is_whitespace();
    let visited = visited.split(split).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    match view.phone.reports(field("code"), Details { symptoms, visited }, view.now, random) {
        Ok(()) => Ok(view.to(Place::Warn)),
        Err(BeginError::Code) => Ok(view.wrong(words::BAD_CODE, "code")),
        Err(BeginError::Symptoms) => Ok(view.wrong(words::BAD_DATE, "symptoms")),
        Err(BeginError::Country) => Ok(view.wrong(words::BAD_COUNTRY, "visited")),
        Err(BeginError::OnItsWay) => Ok(view.to(Place::Warn)),
        Err(BeginError::Phone(PhoneError::NoConsent | PhoneError::AskAnew)) => Ok(view.to(Place::Consent)),
        Err(BeginError::Phone(error)) => Err(error),
    }
}

impl View<'_> {
    fn wrong(&mut self, text: Text, field: &'static str) -> Reply {
        self.with(422, Note { text, field: Some(field) }, Place::Warn)
    }

    pub(super) fn warn(&mut self) -> String {
        let mut out = String::new();
        if !matches!(self.phone.standing(), Standing::Agreed(_)) {
            self.standing(&mut out);
            return out;
        }
        if let Ok(Some(progress)) = self.phone.report() {
            self.alert(&mut out, "info", words::ON_ITS_WAY, &[words::ON_ITS_WAY_MORE]);
            let (step, of_three) = (self.say(words::STEP), self.say(words::OF_THREE));
            let _ = write!(out, "<p>{step} {} {of_three}</p>", progress.step);
            return out;
        }
        if let Some(outcome) = self.phone.outcome() {
            let class = if outcome.ending == Ending::Sent { "good" } else { "watch" };
            self.alert(&mut out, class, ending(outcome.ending), &[]);
        }
        let _ = write!(
            out,
            "<p class=\"lead\">{}</p><p>{}</p>",
            self.say(words::WARN_LEAD),
            self.say(words::WARN_SPECIAL)
        );
        let fields = self.fields();
        self.form(&mut out, Place::Warn, &fields, words::WARN_OTHERS, "button");
        out
    }

    fn fields(&self) -> String {
        let mut out = String::new();
        let text = "type=\"text\" autocomplete=\"off\"";
        let code = format!("{text} required maxlength=\"24\"");
        self.field(&mut out, "code", &code, words::CODE, words::CODE_HELP);
        let symptoms = format!("type=\"date\" value=\"{}\"", escaped(&self.written.symptoms));
        self.field(&mut out, "symptoms", &symptoms, words::SYMPTOMS, words::SYMPTOMS_HELP);
        let visited = format!("{text} maxlength=\"200\" value=\"{}\"", escaped(&self.written.visited));
        self.field(&mut out, "visited", &visited, words::VISITED, words::VISITED_HELP);
        out
    }

    fn field(&self, out: &mut String, name: &str, kind: &str, label: Text, help: Text) {
        let is_wrong = self.note.is_some_and(|note| note.field == Some(name));
        let (note, invalid) = if is_wrong { (" note", " aria-invalid=\"true\"") } else { ("", "") };
        let _ = write!(
            out,
            "<div class=\"field\"><label for=\"{name}\">{}</label><span class=\"help\" id=\"{name}-help\">{}</span>\
             <input id=\"{name}\" name=\"{name}\" aria-describedby=\"{name}-help{note}\"{invalid} {kind}></div>",
            self.say(label),
            self.say(help)
        );
    }
}

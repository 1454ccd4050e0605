//! What the page looks like: own small pieces of HTML, in the look of the public design system, every value escaped.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::form::{Note, Written};
use super::{Place, Reply, Then, version, words};
use crate::consent::{QUESTION, Standing, WORDS};
use crate::guidance::{self, NO_DIAGNOSIS, VOLUNTARY};
use crate::language::{Language, Text};
use crate::phone::Phone;
use crate::report::{Ending, ending};
use crate::routine::Settings;
use crate::statistics;
use crate::stored::{Count, Stored};
use crate::working::{NOT_LATELY, Working};

/// Who looks at what.
pub(super) struct View<'a> {
    pub(super) phone: &'a mut Phone,
    /// The owner's clock, and whether there is anybody who counts.
    pub(super) settings: &'a Settings,
    pub(super) now: Timestamp,
    pub(super) language: Language,
    pub(super) token: String,
    /// What was wrong with a form, and what was written in it.
    pub(super) note: Option<Note>,
    pub(super) written: Written,
}

impl View<'_> {
    /// A page.
    pub(super) fn page(&mut self, place: Place) -> Reply {
        let content = match place {
            Place::Status => self.status(),
            Place::Warn => self.warn(),
            Place::Consent => self.consent(),
            Place::Stored => self.stored(),
            Place::Statistics => self.statistics(),
            Place::Withdraw => {
                self.last_step(&[words::WITHDRAW_LEAD, words::WITHDRAW_SENT], words::WITHDRAW, place)
            }
            Place::Uninstall => {
                self.last_step(&[words::UNINSTALL_LEAD, words::WITHDRAW_SENT], words::UNINSTALL, place)
            }
        };
        self.html(200, place, &content)
    }

    /// The same with what was wrong.
    pub(super) fn with(&mut self, status: u16, note: Note, place: Place) -> Reply {
        self.note = Some(note);
        Reply { status, ..self.page(place) }
    }

    /// Leads to a page after something was done, so that reloading does nothing again.
    pub(super) fn to(&self, place: Place) -> Reply {
        let location = format!("/{}/{}", self.language.code(), place.path());
        Reply { status: 303, headers: vec![("Location", location)], body: String::new(), then: Then::GoOn }
    }

    /// The last page.
    pub(super) fn gone(&self) -> Reply {
        let mut content = String::new();
        self.alert(&mut content, "good", words::GONE, &[words::GONE_MORE]);
        self.html(200, Place::Uninstall, &content)
    }

    fn status(&mut self) -> String {
        let mut out = String::new();
        self.standing(&mut out);
        let working = self.phone.working(self.now);
        if !self.phone.messages(self.now).is_empty() {
            self.warning(&mut out);
        } else if let Some(working) = &working {
            let is_well = working.troubles.is_empty();
            let more = if is_well { words::NO_WARNING_MORE } else { words::NO_WARNING_UNSURE };
            self.alert(&mut out, "plain", words::NO_WARNING, &[more]);
        }
        if let Some(outcome) = self.phone.outcome() {
            let class = if outcome.ending == Ending::Sent { "good" } else { "watch" };
            self.alert(&mut out, class, ending(outcome.ending), &[]);
        }
        if let Some(working) = &working {
            self.lately(&mut out, working);
        }
        out
    }

    /// What the phone did last. It does not say what it heard or found then.
    fn lately(&self, out: &mut String, working: &Working) {
        let when = |moment: Option<Timestamp>| moment.map_or(self.say(NOT_LATELY), |one| self.moment(one));
        let _ = write!(
            out,
            "<p class=\"quiet\">{}: {}. {}: {}.</p>",
            self.say(words::LOOKED),
            when(working.looked),
            self.say(words::LISTENED),
            when(working.listened)
        );
    }

    pub(super) fn standing(&self, out: &mut String) {
        let troubles = self.phone.working(self.now).map(|working| working.troubles).unwrap_or_default();
        let (class, title, more) = match self.phone.standing() {
            Standing::Agreed(_) if troubles.is_empty() => ("good", words::IS_ON, None),
            Standing::Agreed(_) => ("watch", words::IS_ON_BUT, None),
            Standing::None => ("info", words::IS_OFF, Some(words::IS_OFF_MORE)),
            Standing::AskAnew(_) => ("watch", words::NEW_WORDS, Some(words::NEW_WORDS_MORE)),
        };
        self.alert(out, class, title, &more.into_iter().collect::<Vec<_>>());
        for trouble in troubles {
            self.alert(out, "watch", trouble.title(), &[trouble.what_to_do()]);
        }
        if more.is_some() {
            self.link(out, Place::Consent, words::GO_TO_CONSENT);
        }
    }

    // Rules SS-20 to SS-22: neither whom nor when; no diagnosis; the guidance in force, and that it is voluntary.
    fn warning(&self, out: &mut String) {
        self.alert(out, "bad", words::WARNING, &[words::WARNING_MORE, NO_DIAGNOSIS]);
        let guidance = self.phone.guidance();
        let advice = guidance::advice(&guidance, self.language);
        let _ = write!(out, "<h2>{}</h2><ul>", escaped(&advice.title));
        for paragraph in &advice.paragraphs {
            let _ = write!(out, "<li>{}</li>", escaped(paragraph));
        }
        let _ = write!(
            out,
            "</ul><p>{}</p><p><a rel=\"noreferrer\" href=\"{}\">{}</a></p>",
            self.say(VOLUNTARY),
            escaped(&advice.link),
            self.say(words::READ_MORE)
        );
        let messages = self.phone.messages(self.now);
        let unread = messages.iter().any(|message| !message.is_read);
        if let Some(message) = messages.last() {
            let _ = write!(
                out,
                "<p class=\"quiet\">{} {}. {} {}.</p>",
                self.say(words::CAME),
                self.date(message.arrived),
                self.say(words::GOES),
                self.date(message.goes())
            );
        }
        if unread {
            self.form(out, Place::Status, "", words::I_HAVE_READ, "button");
        }
    }

    fn consent(&mut self) -> String {
        let mut out = String::new();
        let agreed = match self.phone.standing() {
            Standing::Agreed(consent) => Some(consent.given),
            Standing::None => None,
            Standing::AskAnew(_) => {
                self.alert(&mut out, "watch", words::NEW_WORDS, &[words::NEW_WORDS_MORE]);
                None
            }
        };
        for paragraph in *WORDS.of(self.language) {
            let _ = write!(out, "<p>{}</p>", escaped(paragraph));
        }
        match agreed {
            Some(given) => {
                let _ = write!(
                    out,
                    "<p><strong>{} {}.</strong></p>",
                    self.say(words::AGREED_SINCE),
                    self.date(given)
                );
                self.link(&mut out, Place::Withdraw, words::CHANGE);
            }
            None => {
                let fields = format!(
                    "<input type=\"hidden\" name=\"version\" value=\"{}\"><p><strong>{}</strong></p>",
                    version(),
                    self.say(QUESTION)
                );
                self.form(&mut out, Place::Consent, &fields, words::AGREE, "button");
                if self.phone.stored().is_some() {
                    self.link(&mut out, Place::Withdraw, words::CHANGE);
                }
            }
        }
        out
    }

    fn statistics(&mut self) -> String {
        let mut out = String::new();
        for paragraph in *statistics::WORDS.of(self.language) {
            let _ = write!(out, "<p>{}</p>", escaped(paragraph));
        }
        let hidden =
            |name: &str, value: &str| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        if let Some(since) = self.phone.takes_part_since() {
            let _ =
                write!(out, "<p><strong>{} {}.</strong></p>", self.say(words::PART_SINCE), self.date(since));
            let fields = hidden("take", "no part");
            self.form(&mut out, Place::Statistics, &fields, words::TAKE_NO_PART, "button button-quiet");
        } else if self.settings.statistics.is_none() {
            self.alert(&mut out, "plain", words::NO_COUNT, &[words::NO_COUNT_MORE]);
        } else if matches!(self.phone.standing(), Standing::Agreed(_)) {
            let question = format!("<p><strong>{}</strong></p>", self.say(statistics::QUESTION));
            let fields = [hidden("take", "part"), hidden("version", statistics::VERSION), question].concat();
            self.form(&mut out, Place::Statistics, &fields, words::TAKE_PART, "button");
        } else {
            self.link(&mut out, Place::Consent, words::GO_TO_CONSENT);
        }
        out
    }

    fn stored(&mut self) -> String {
        let mut out = String::new();
        let Some(stored) = self.phone.stored() else {
            let _ = write!(out, "<p>{}</p>", self.say(words::NOTHING));
            return out;
        };
        let _ = write!(out, "<p class=\"lead\">{}</p><ul class=\"stored\">", self.say(words::STORED_LEAD));
        self.row(&mut out, words::OWN_KEYS, words::OWN_KEYS_MORE, stored.own_keys);
        self.row(&mut out, words::SIGHTINGS, words::SIGHTINGS_MORE, stored.sightings);
        self.exposures_row(&mut out, &stored);
        self.row(&mut out, words::MESSAGES, words::MESSAGES_MORE, stored.messages);
        self.report_row(&mut out, &stored);
        self.row(&mut out, words::TOKEN, words::TOKEN_MORE, stored.revision_token);
        let files = Count { count: stored.files, first_goes: None };
        self.row(&mut out, words::FILES, words::FILES_MORE, files);
        out.push_str("</ul>");
        self.link(&mut out, Place::Withdraw, words::CHANGE);
        out
    }

    fn row(&self, out: &mut String, what: Text, more: Text, count: Count) {
        let goes = count.first_goes.map_or(String::new(), |goes| {
            format!("<span class=\"quiet\">{} {}</span>", self.say(words::FIRST_GOES), self.date(goes))
        });
        let _ = write!(
            out,
            "<li><h2>{}</h2><p class=\"count\">{}</p><p>{}</p>{goes}</li>",
            self.say(what),
            count.count,
            self.say(more)
        );
    }

    // Rule SS-20: neither how many nor from when, and no day on which they go.
    fn exposures_row(&self, out: &mut String, stored: &Stored) {
        let some = if stored.found_exposures { words::SOME } else { words::NONE };
        let _ = write!(
            out,
            "<li><h2>{}</h2><p class=\"count\">{}</p><p>{}</p><span class=\"quiet\">{}</span></li>",
            self.say(words::EXPOSURES),
            self.say(some),
            self.say(words::EXPOSURES_MORE),
            self.say(words::EXPOSURES_GO)
        );
    }

    fn report_row(&self, out: &mut String, stored: &Stored) {
        let Some(report) = stored.report else { return };
        let symptoms = if report.has_symptoms { words::WITH_SYMPTOMS } else { words::WITHOUT_SYMPTOMS };
        let _ = write!(
            out,
            "<li><h2>{}</h2><p class=\"count\">1</p><p>{}</p><span class=\"quiet\">{}, {} {}. {} {}</span></li>",
            self.say(words::REPORT),
            self.say(words::REPORT_MORE),
            self.say(symptoms),
            report.countries,
            self.say(words::COUNTRIES),
            self.say(words::FIRST_GOES),
            self.say(words::WHEN_SENT)
        );
    }

    /// Before something that cannot be undone.
    fn last_step(&self, said: &[Text], button: Text, place: Place) -> String {
        let mut out = String::new();
        for text in said {
            let _ = write!(out, "<p>{}</p>", self.say(*text));
        }
        self.form(&mut out, place, "", button, "button button-danger");
        out
    }

    pub(super) fn form(&self, out: &mut String, place: Place, fields: &str, button: Text, class: &str) {
        let _ = write!(
            out,
            "<form method=\"post\" action=\"/{}/{}\"><input type=\"hidden\" name=\"token\" value=\"{}\">{fields}\
             <button class=\"{class}\">{}</button></form>",
            self.language.code(),
            place.path(),
            self.token,
            self.say(button)
        );
    }

    fn link(&self, out: &mut String, place: Place, label: Text) {
        let (language, path) = (self.language.code(), place.path());
        let _ = write!(
            out,
            "<p><a class=\"button button-quiet\" href=\"/{language}/{path}\">{}</a></p>",
            self.say(label)
        );
    }

    pub(super) fn alert(&self, out: &mut String, class: &str, title: Text, more: &[Text]) {
        let _ = write!(out, "<div class=\"alert {class}\"><h2>{}</h2>", self.say(title));
        for text in more {
            let _ = write!(out, "<p>{}</p>", self.say(*text));
        }
        out.push_str("</div>");
    }

    pub(super) fn say(&self, text: Text) -> String {
        escaped(text.words(self.language))
    }

    /// A day on the owner's calendar.
    fn date(&self, moment: Timestamp) -> String {
        let local = moment.to_zoned(self.settings.zone.clone());
        match self.language {
            Language::Danish => local.strftime("%-d.%-m.%Y").to_string(),
            Language::English => local.strftime("%-d %B %Y").to_string(),
        }
    }

    /// The same with the hour.
    fn moment(&self, moment: Timestamp) -> String {
        let hour = moment.to_zoned(self.settings.zone.clone()).strftime("%H:%M").to_string();
        format!("{} {} {hour}", self.date(moment), self.say(words::AT))
    }

    fn html(&self, status: u16, place: Place, content: &str) -> Reply {
        let (language, other) = (self.language, self.language.other());
        let title = self.say(words::title(place));
        let note = self.note.map_or(String::new(), |note| {
            format!(
                "<div class=\"alert bad\" role=\"alert\" id=\"note\"><p>{}</p></div>",
                self.say(note.text)
            )
        });
        let body = format!(
            "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} - smitte|stop</title><link rel=\"stylesheet\" href=\"/phone.css\"></head><body>\
             <a class=\"skip\" href=\"#content\">{skip}</a>\
             <header><a class=\"brand\" href=\"/{code}/\">smitte|stop</a>\
             <a lang=\"{other_code}\" hreflang=\"{other_code}\" href=\"/{other_code}/{path}\">{other_name}</a></header>\
             <nav aria-label=\"{menu}\"><ul>{links}</ul></nav>\
             <main id=\"content\"><h1>{title}</h1>{note}{content}</main></body></html>",
            code = language.code(),
            skip = self.say(words::TO_CONTENT),
            menu = self.say(words::MENU),
            links = self.links(place),
            other_code = other.code(),
            other_name = other.name(),
            path = place.path(),
        );
        let headers = vec![("Content-Type", "text/html; charset=utf-8".to_owned())];
        Reply { status, headers, body, then: Then::GoOn }
    }

    fn links(&self, here: Place) -> String {
        let mut out = String::new();
        // What cannot be taken part in is not offered; whoever takes part can always stop.
        let is_offered = self.settings.statistics.is_some() || self.phone.takes_part_since().is_some();
        for place in Place::ALL.into_iter().filter(|place| *place != Place::Statistics || is_offered) {
            let current = if place == here { " aria-current=\"page\"" } else { "" };
            let (language, path) = (self.language.code(), place.path());
            let title = self.say(words::title(place));
            let _ = write!(out, "<li><a href=\"/{language}/{path}\"{current}>{title}</a></li>");
        }
        out
    }
}

/// Text as text, wherever it stands.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

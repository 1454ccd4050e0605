//! The notice as Markdown, for reading in a terminal and for diffs.

use std::fmt::Write as _;

use super::compose::view;
use super::view::{Item, NoticeView, PartyView, SectionId};
use super::words::{Citation, day, say, sentence};
use crate::policy::{NoticeId, Policy};
use crate::text::Lang;

/// The notice as Markdown; empty for an id of another policy.
#[must_use]
pub fn markdown(policy: &Policy, id: NoticeId, lang: Lang) -> String {
    let Some(view) = view(policy, id, lang) else { return String::new() };
    let mut page = Page { lang, out: String::new() };
    page.notice(&view);
    page.out
}

struct Page {
    lang: Lang,
    out: String,
}

impl Page {
    const fn say<'a>(&self, da: &'a str, en: &'a str) -> &'a str {
        say(self.lang, da, en)
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.line(&escaped(text));
        self.line("");
    }

    fn pair(&mut self, label: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "- **{}**: {}", escaped(label), escaped(value));
    }

    fn notice(&mut self, view: &NoticeView) {
        self.line(&format!("# {}\n", escaped(&view.title)));
        if let Some(intro) = &view.intro {
            self.paragraph(intro);
        }
        self.pair(self.say("Dataansvarlig", "Controller"), &view.controller.title);
        self.contact(&view.controller);
        if let Some(from) = view.valid_from {
            self.pair(self.say("Gælder fra", "In force from"), &day(from, self.lang));
        }
        if let Some(until) = view.valid_until {
            self.pair(self.say("Gælder indtil", "In force until"), &day(until, self.lang));
        }
        if let Some(text) = &view.controller.text {
            self.line("");
            self.paragraph(text);
        }
        for section in &view.sections {
            self.line(&format!("\n## {}\n", escaped(&section.title)));
            section.items.iter().for_each(|item| self.item(item));
            if section.id == SectionId::Complaint
                && let Some(supervisor) = &view.supervisor
            {
                self.pair(self.say("Tilsynsmyndighed", "Supervisory authority"), &supervisor.title);
                self.contact(supervisor);
            }
        }
        self.line(&format!(
            "\n{} `{}`",
            self.say("Trykt af det, der kører. Udgave", "Printed from what runs. Version"),
            view.version
        ));
    }

    fn contact(&mut self, party: &PartyView) {
        for (label, value) in &party.contact {
            self.pair(label, value);
        }
    }

    fn item(&mut self, item: &Item) {
        self.line(&format!("### {}\n", escaped(&item.title)));
        if let Some(text) = &item.text {
            self.paragraph(text);
        }
        if let Some(time) = &item.time {
            let words = format!(
                "**{}** {}. `{}`\n",
                self.say("Fristen:", "The clock:"),
                escaped(&time.words),
                time.rule
            );
            self.line(&words);
        }
        if let Some(unstated) = &item.unstated {
            let words =
                format!("> **{}** {}\n", self.say("Vores eget valg:", "Our own choice:"), escaped(unstated));
            self.line(&words);
        }
        item.facts.iter().for_each(|(label, value)| self.pair(label, value));
        let fields: Vec<_> =
            item.fields.iter().map(|field| format!("{} ({})", field.title, field.class)).collect();
        if !fields.is_empty() {
            self.pair(self.say("Oplysninger", "Data"), &fields.join("; "));
        }
        item.laws.iter().for_each(|law| self.law(law));
        if !item.promises.is_empty() {
            self.pair(self.say("Løfter", "Promises"), &item.promises.join(", "));
        }
        self.line("");
    }

    fn law(&mut self, law: &Citation) {
        let words = sentence(&law.words);
        if law.number == law.words {
            return self.line(&format!("- {}", escaped(&words)));
        }
        self.line(&format!("- {} ({})", escaped(&words), escaped(&law.number)));
    }
}

/// Signs that Markdown would read as its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_escaped() {
        assert_eq!(escaped("a_b *c* <d> [e](f)"), "a\\_b \\*c\\* \\<d\\> \\[e\\](f)");
    }
}

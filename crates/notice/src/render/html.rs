//! The notice as a page: one column, headings in order, no script, every text escaped.
//!
//! Invariant: no text of a notice reaches the page unescaped, and every anchor is unique.

use std::collections::BTreeMap;

use super::compose::view;
use super::markup::Markup;
use super::view::{FieldView, Item, NoticeView, PartyView, Section, Time};
use super::words::{Citation, day, say};
use crate::policy::{NoticeId, Policy};
use crate::text::Lang;

/// A whole page that stands alone; empty for an id of another policy.
#[must_use]
pub fn html(policy: &Policy, id: NoticeId, lang: Lang) -> String {
    let Some(view) = view(policy, id, lang) else { return String::new() };
    let page = Page { lang, promises: "" };
    let mut out = Markup::default();
    out.raw("<!doctype html>\n<html lang=\"").raw(lang.tag()).raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .text(&view.title);
    out.raw("</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n<main>\n");
    page.article(&view, &mut out);
    page.kept(&view, &mut out);
    out.raw("</main>\n</body>\n</html>\n");
    out.0
}

/// The notice as part of a page of its own house; each sentence links to `{promises}#F-05`.
#[must_use]
pub fn fragment(policy: &Policy, id: NoticeId, lang: Lang, promises: &str) -> String {
    let Some(view) = view(policy, id, lang) else { return String::new() };
    let mut out = Markup::default();
    Page { lang, promises }.article(&view, &mut out);
    out.0
}

/// Plain reading on screen and paper, light and dark.
pub(super) const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.0625rem/1.6 system-ui,sans-serif;margin:0;overflow-wrap:anywhere}\
main{max-width:46rem;margin:0 auto;padding:1.5rem}\
h1{line-height:1.2}h2{margin-top:3rem;border-bottom:2px solid}h3{margin:2rem 0 .25rem}\
small{opacity:.85}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}\
dt{font-weight:600}dd{margin:0}table{border-collapse:collapse}\
th,td{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}caption{text-align:left;font-weight:600}\
.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
.promise a{white-space:nowrap}.unstated{border-left:4px solid;padding-left:.75rem}\
@media(max-width:36rem){dl{display:block}dd{margin-bottom:.4rem}}\
@media print{nav{display:none}details>*{display:block}}";

struct Page<'a> {
    lang: Lang,
    promises: &'a str,
}

impl Page<'_> {
    const fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        say(self.lang, da, en)
    }

    fn article(&self, view: &NoticeView, out: &mut Markup) {
        out.raw("<article class=\"notice\" lang=\"")
            .raw(self.lang.tag())
            .raw("\" id=\"notice-")
            .text(&view.id)
            .raw("\">\n");
        out.raw("<header>\n<h1>").text(&view.title).raw("</h1>\n");
        if let Some(intro) = &view.intro {
            out.paragraph(intro);
        }
        self.promised(&view.promises, &view.title, out);
        self.head(view, out);
        out.raw("</header>\n");
        self.contents(view, out);
        for section in &view.sections {
            self.section(view, section, out);
        }
        out.raw("<footer>\n<p><small>")
            .text(self.say("Trykt af det, der kører. Udgave ", "Printed from what runs. Version "));
        out.raw("<code>").text(&view.version).raw("</code></small></p>\n</footer>\n</article>\n");
    }

    fn head(&self, view: &NoticeView, out: &mut Markup) {
        out.raw("<dl>\n");
        self.pair(self.say("Dataansvarlig", "Controller"), &view.controller.title, out);
        for (label, value) in &view.controller.contact {
            self.pair(label, value, out);
        }
        if view.controller.contact.iter().all(|(_, value)| Some(value) != view.controller.officer.as_ref())
            && let Some(officer) = &view.controller.officer
        {
            self.pair(self.say("Databeskyttelsesrådgiver", "Data protection officer"), officer, out);
        }
        if let Some(from) = view.valid_from {
            self.pair(self.say("Gælder fra", "In force from"), &day(from, self.lang), out);
        }
        if let Some(until) = view.valid_until {
            self.pair(self.say("Gælder indtil", "In force until"), &day(until, self.lang), out);
        }
        out.raw("</dl>\n");
        if let Some(text) = &view.controller.text {
            out.paragraph(text);
        }
        self.promised(&view.controller.promises, &view.controller.title, out);
    }

    fn pair(&self, label: &str, value: &str, out: &mut Markup) {
        out.raw("<dt>").text(label).raw("</dt><dd>").text(value).raw("</dd>\n");
    }

    fn contents(&self, view: &NoticeView, out: &mut Markup) {
        out.raw("<nav aria-label=\"").text(self.say("Indhold", "Contents")).raw("\">\n<ol>\n");
        for section in &view.sections {
            out.raw("<li><a href=\"#")
                .raw(section.id.anchor())
                .raw("\">")
                .text(&section.title)
                .raw("</a></li>\n");
        }
        out.raw("</ol>\n</nav>\n");
    }

    fn section(&self, view: &NoticeView, section: &Section, out: &mut Markup) {
        let anchor = section.id.anchor();
        out.raw("<section aria-labelledby=\"").raw(anchor).raw("\">\n<h2 id=\"").raw(anchor).raw("\">");
        out.text(&section.title).raw("</h2>\n");
        for item in &section.items {
            self.item(item, out);
        }
        if section.id == super::view::SectionId::Complaint
            && let Some(supervisor) = &view.supervisor
        {
            self.supervisor(supervisor, out);
        }
        out.raw("</section>\n");
    }

    fn item(&self, item: &Item, out: &mut Markup) {
        out.raw("<section class=\"")
            .raw(item.kind.word())
            .raw("\" id=\"")
            .text(&item.anchor)
            .raw("\">\n<h3>");
        out.text(&item.title).raw("</h3>\n");
        if let Some(text) = &item.text {
            out.paragraph(text);
        }
        if let Some(time) = &item.time {
            self.time(time, out);
        }
        if let Some(unstated) = &item.unstated {
            out.raw("<p class=\"unstated\"><strong>")
                .text(self.say("Vores eget valg:", "Our own choice:"))
                .raw("</strong> ");
            out.text(unstated).raw("</p>\n");
        }
        if !item.facts.is_empty() {
            out.raw("<dl>\n");
            item.facts.iter().for_each(|(label, value)| self.pair(label, value, out));
            out.raw("</dl>\n");
        }
        self.fields(item, out);
        self.laws(&item.laws, out);
        self.promised(&item.promises, &item.title, out);
        out.raw("</section>\n");
    }

    fn time(&self, time: &Time, out: &mut Markup) {
        out.raw("<p><strong>").text(self.say("Fristen:", "The clock:")).raw("</strong> ").text(&time.words);
        out.raw(". <small><code>").text(&time.rule).raw("</code></small></p>\n");
    }

    fn fields(&self, item: &Item, out: &mut Markup) {
        if item.fields.is_empty() {
            return;
        }
        let count = item.fields.len();
        out.raw("<details>\n<summary>")
            .text(&format!("{} ({count})", self.say("Hvilke oplysninger", "Which data")));
        out.raw("</summary>\n<table>\n<caption>")
            .text(&item.title)
            .raw("</caption>\n<thead><tr><th scope=\"col\">");
        out.text(self.say("Oplysning", "Item"))
            .raw("</th><th scope=\"col\">")
            .text(self.say("Slags", "Kind"));
        out.raw("</th></tr></thead>\n<tbody>\n");
        for FieldView { title, class, .. } in &item.fields {
            out.raw("<tr><th scope=\"row\">").text(title).raw("</th><td>").text(class).raw("</td></tr>\n");
        }
        out.raw("</tbody>\n</table>\n</details>\n");
    }

    fn laws(&self, laws: &[Citation], out: &mut Markup) {
        if laws.is_empty() {
            return;
        }
        out.raw("<ul class=\"law\">\n");
        for law in laws {
            out.raw("<li>").text(&super::words::sentence(&law.words));
            if law.number != law.words {
                out.raw(" <small>(");
                match &law.eli {
                    Some(eli) => out.raw("<a href=\"").text(eli).raw("\">").text(&law.number).raw("</a>"),
                    None => out.text(&law.number),
                };
                out.raw(")</small>");
            }
            out.raw("</li>\n");
        }
        out.raw("</ul>\n");
    }

    fn supervisor(&self, party: &PartyView, out: &mut Markup) {
        out.raw("<dl>\n");
        self.pair(self.say("Tilsynsmyndighed", "Supervisory authority"), &party.title, out);
        party.contact.iter().for_each(|(label, value)| self.pair(label, value, out));
        out.raw("</dl>\n");
    }

    fn promised(&self, rules: &[String], title: &str, out: &mut Markup) {
        if rules.is_empty() {
            return;
        }
        out.raw("<p class=\"promise\"><small>")
            .text(self.say("Sådan holder vi det", "How we keep this promise"));
        out.raw("<span class=\"sr-only\">: ").text(title).raw("</span> ");
        for (at, rule) in rules.iter().enumerate() {
            out.raw(if at == 0 { "" } else { ", " });
            out.raw("<a href=\"").text(self.promises).raw("#").text(rule).raw("\">").text(rule).raw("</a>");
        }
        out.raw("</small></p>\n");
    }

    /// Where a page stands alone: every promise, and what in the page carries it out.
    fn kept(&self, view: &NoticeView, out: &mut Markup) {
        let mut kept: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        let whole = format!("notice-{}", view.id);
        let head = view
            .promises
            .iter()
            .chain(&view.controller.promises)
            .map(|rule| (rule, whole.as_str(), view.title.as_str()));
        let items = view.sections.iter().flat_map(|section| &section.items);
        let items = items.flat_map(|item| {
            item.promises.iter().map(|rule| (rule, item.anchor.as_str(), item.title.as_str()))
        });
        for (rule, anchor, title) in head.chain(items) {
            kept.entry(rule).or_default().push((anchor, title));
        }
        out.raw("<section aria-labelledby=\"promises\">\n<h2 id=\"promises\">")
            .text(self.say("Sådan holder vi det", "How we keep this"));
        out.raw("</h2>\n<table>\n<caption>")
            .text(self.say("Hvert løfte, og det, der holder det", "Each promise, and what keeps it"));
        out.raw("</caption>\n<tbody>\n");
        for (rule, places) in kept {
            out.raw("<tr id=\"").text(rule).raw("\"><th scope=\"row\">").text(rule).raw("</th><td>");
            for (at, (anchor, title)) in places.iter().enumerate() {
                out.raw(if at == 0 { "" } else { "; " });
                out.raw("<a href=\"#").text(anchor).raw("\">").text(title).raw("</a>");
            }
            out.raw("</td></tr>\n");
        }
        out.raw("</tbody>\n</table>\n</section>\n");
    }
}

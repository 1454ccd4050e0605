//! The whole notice as a document, for paper: the same view that the page shows.

use super::super::compose::view;
use super::super::document::{Block, Document, Line};
use super::super::view::{Item, PartyView, SectionId};
use super::super::words::day;
use super::desk::Desk;

pub(super) fn document(desk: Desk<'_>) -> Document {
    let Some(view) = view(desk.policy, desk.id, desk.lang) else {
        return desk.document("notice", desk.title().to_owned(), None);
    };
    let mut out = desk.document("notice", view.title.clone(), view.intro.clone());
    out.pairs(head(desk, &view.controller, view.valid_from, view.valid_until));
    if let Some(text) = &view.controller.text {
        out.paragraph(text.as_str());
    }
    for section in &view.sections {
        out.heading(section.id.anchor(), section.title.as_str());
        section.items.iter().for_each(|item| one(desk, item, &mut out));
        if let (SectionId::Complaint, Some(supervisor)) = (section.id, &view.supervisor) {
            let mut pairs =
                vec![desk.pair("Tilsynsmyndighed", "Supervisory authority", supervisor.title.as_str())];
            pairs.extend(supervisor.contact.clone());
            out.pairs(pairs);
        }
    }
    out
}

fn head(
    desk: Desk<'_>,
    controller: &PartyView,
    from: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
) -> Vec<(String, String)> {
    let mut pairs = vec![desk.pair("Dataansvarlig", "Controller", controller.title.as_str())];
    pairs.extend(controller.contact.clone());
    if let Some(officer) = &controller.officer
        && controller.contact.iter().all(|(_, value)| value != officer)
    {
        pairs.push(desk.pair("Databeskyttelsesrådgiver", "Data protection officer", officer.as_str()));
    }
    pairs.extend(from.map(|from| desk.pair("Gælder fra", "In force from", day(from, desk.lang))));
    pairs.extend(until.map(|until| desk.pair("Gælder indtil", "In force until", day(until, desk.lang))));
    pairs
}

fn one(desk: Desk<'_>, item: &Item, out: &mut Document) {
    out.subheading(item.anchor.as_str(), item.title.as_str());
    if let Some(text) = &item.text {
        out.paragraph(text.as_str());
    }
    if let Some(time) = &item.time {
        out.remark(desk.say("Fristen:", "The clock:"), format!("{}. {}", time.words, time.rule));
    }
    if let Some(unstated) = &item.unstated {
        out.remark(desk.say("Vores eget valg:", "Our own choice:"), unstated.as_str());
    }
    let mut pairs = item.facts.clone();
    let fields: Vec<_> =
        item.fields.iter().map(|field| format!("{} ({})", field.title, field.class)).collect();
    if !fields.is_empty() {
        pairs.push(desk.pair("Oplysninger", "Data", fields.join("; ")));
    }
    if !item.promises.is_empty() {
        pairs.push(desk.pair("Løfter", "Promises", item.promises.join(", ")));
    }
    out.pairs(pairs);
    if !item.laws.is_empty() {
        out.blocks.push(Block::List { lines: item.laws.iter().cloned().map(Line::law).collect() });
    }
}

//! The record of one processor (GDPR art. 30(2)): for whom it works, which kinds of processing, transfers, security.

use super::super::document::{Document, Table};
use super::desk::{self, Desk};
use super::record::security;
use crate::policy::{NoticeId, Policy};

/// Whether a party works for the controller of a notice.
#[must_use]
pub fn is_processor(policy: &Policy, notice: NoticeId, party: &str) -> bool {
    let open = Desk::open(policy, notice, crate::Lang::Da);
    open.is_some_and(|desk| desk.processors().iter().any(|own| own.said.id == party))
}

pub(super) fn document(desk: Desk<'_>, party: &str) -> Document {
    let name = desk.party_title(party);
    let title = format!("{}{name}", desk.say("Databehandlerens fortegnelse: ", "The processor's record: "));
    let about = desk.say(
        "Fortegnelse efter databeskyttelsesforordningens artikel 30, stk. 2: hvad databehandleren gør for hver dataansvarlig.",
        "Record under Article 30(2) of the General Data Protection Regulation: what the processor does for each controller.",
    );
    let mut out = desk.document("record-processor", title, Some(about.to_owned()));
    who(desk, party, &mut out);
    let table = work(desk, party);
    out.heading("work", desk.say("Behandling for hver dataansvarlig", "Processing for each controller"));
    out.sheets.push(table.clone());
    out.table_or(
        table,
        desk.say("Ingen erklæring bruger denne databehandler.", "No notice uses this processor."),
    );
    out.heading(
        "transfers",
        desk.say(
            "Tredjelande og internationale organisationer",
            "Third countries and international organisations",
        ),
    );
    let abroad = desk.policy.party(party).filter(|it| crate::check::is_abroad(&it.country));
    match abroad {
        Some(abroad) => out.paragraph(format!(
            "{}: {}.",
            desk.say("Databehandleren er i", "The processor is in"),
            desk.country(abroad)
        )),
        None => out.paragraph(desk.say("Ingen overførsler.", "No transfers.")),
    }
    out.heading("security", desk.say("Sikkerhed", "Security"));
    let none = desk.say("Erklæringen beskriver ingen foranstaltninger.", "The notice describes no measures.");
    out.list_or(security(desk), none);
    out
}

fn who(desk: Desk<'_>, party: &str, out: &mut Document) {
    out.heading("processor", desk.say("Databehandler", "Processor"));
    let gap = desk.say("ikke oplyst i erklæringen", "not stated in the notice");
    let mut pairs = vec![desk.pair("Navn", "Name", desk.party_title(party))];
    if let Some(own) = desk.policy.party(party) {
        let contact = desk.contact(own);
        if contact.is_empty() {
            pairs.push(desk.pair("Kontakt", "Contact", gap));
        }
        pairs.extend(contact);
        pairs.push(desk.pair("Land", "Country", desk.country(own)));
        if let Some(says) = &own.said.says {
            pairs.push(desk.pair("Opgave", "Task", desk.told(says)));
        }
        if desk::is(own, "sub-processor") {
            pairs.push(desk.pair("Art", "Kind", desk.say("underdatabehandler", "sub-processor")));
        }
    }
    out.pairs(pairs);
}

/// Art. 30(2)(a) and (b).
fn work(desk: Desk<'_>, party: &str) -> Table {
    let columns = [
        desk.say("Dataansvarlig", "Controller"),
        desk.say("Databeskyttelsesrådgiver", "Data protection officer"),
        desk.say("Erklæring", "Notice"),
        desk.say("Kategorier af behandling", "Categories of processing"),
        desk.say("Oplysninger om", "Data about"),
    ];
    let mut table = Table::new(
        "processing",
        desk.say("Behandling for dataansvarlige", "Processing for controllers"),
        &columns,
    );
    let notices = desk.policy.notices.iter().filter_map(|it| desk.policy.notice_id(&it.said.id));
    for own in notices.filter_map(|id| Desk::open(desk.policy, id, desk.lang)) {
        if own.registers().is_empty() || own.processors().iter().all(|it| it.said.id != party) {
            continue;
        }
        let titles: Vec<_> = own
            .registers()
            .iter()
            .map(|(_, it)| super::super::words::within(own.told(&it.said.title)))
            .collect();
        let mut about = Vec::new();
        for person in own.registers().into_iter().flat_map(|(_, it)| own.about(it)) {
            if !about.contains(&person) {
                about.push(person);
            }
        }
        let store = own
            .say("opbevaring, visning, ændring og sletning af ", "storage, display, change and erasure of ");
        let officer = own.controller().and_then(|it| it.officer.clone());
        table.rows.push(vec![
            own.controller_title(),
            officer.unwrap_or_else(|| own.say("ikke oplyst", "not stated").to_owned()),
            own.title().to_owned(),
            format!("{store}{}", own.and(&titles)),
            own.and(&about),
        ]);
    }
    table
}

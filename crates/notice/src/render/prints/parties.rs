//! Who else has to do with the data: processors, recipients, transfers abroad, those who write it, and authorities.

use super::super::document::{Document, Line, Table};
use super::desk::Desk;
use crate::policy::{Party, Share};

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!(
        "{}{}",
        desk.say("Modtagere og databehandlere: ", "Recipients and processors: "),
        desk.title()
    );
    let about = desk.say(
        "Hvem der behandler oplysninger for os, hvem der får dem, hvad der går til lande uden for EU og EØS, og hvem de kommer fra.",
        "Who processes data for us, who receives them, what goes to countries outside the EU and the EEA, and whom they come from.",
    );
    let mut out = desk.document("parties", title, Some(about.to_owned()));
    controller(desk, &mut out);
    let none = desk.say(
        "Ingen behandler oplysninger på den dataansvarliges vegne.",
        "Nobody processes data on the controller's behalf.",
    );
    section(desk, "processors", ("Databehandlere", "Processors"), processors(desk), none, &mut out);
    let none = desk.say("Oplysningerne gives ikke videre til nogen.", "The data are disclosed to nobody.");
    section(desk, "recipients", ("Modtagere", "Recipients"), recipients(desk), none, &mut out);
    let none = desk.say(
        "Intet går til lande uden for EU og EØS.",
        "Nothing goes to countries outside the EU and the EEA.",
    );
    section(desk, "transfers", ("Overførsler", "Transfers"), transfers(desk), none, &mut out);
    let none = desk.say("Denne erklæring gemmer ikke selv oplysninger.", "This notice keeps no data itself.");
    section(
        desk,
        "sources",
        ("Hvor oplysningerne kommer fra", "Where the data come from"),
        sources(desk),
        none,
        &mut out,
    );
    out
}

fn section(desk: Desk<'_>, anchor: &str, title: (&str, &str), table: Table, none: &str, out: &mut Document) {
    out.heading(anchor, desk.say(title.0, title.1));
    out.sheets.push(table.clone());
    out.table_or(table, none);
}

fn controller(desk: Desk<'_>, out: &mut Document) {
    out.heading("controller", desk.say("Dataansvarlig", "Controller"));
    let mut pairs = vec![desk.pair("Dataansvarlig", "Controller", desk.controller_title())];
    if let Some(party) = desk.controller() {
        pairs.extend(desk.contact(party));
        if let Some(successor) = &party.successor {
            pairs.push(desk.pair("Efterfølger", "Successor", desk.party_title(successor)));
        }
    }
    pairs.extend(
        desk.joint()
            .iter()
            .map(|party| desk.pair("Fælles dataansvarlig", "Joint controller", desk.told(&party.said.title))),
    );
    if let Some(supervisor) = desk.supervisor() {
        pairs.push(desk.pair("Tilsynsmyndighed", "Supervisory authority", desk.told(&supervisor.said.title)));
    }
    out.pairs(pairs);
}

pub(super) fn processors(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Databehandler", "Processor"),
        desk.say("Hvad", "What"),
        desk.say("Aftale", "Agreement"),
        desk.say("Land", "Country"),
        desk.say("Overførselsgrundlag", "Ground for transfer"),
    ];
    let mut table = Table::new("processors", desk.say("Databehandlere", "Processors"), &columns);
    for party in desk.processors() {
        let does = party.said.says.as_ref().map_or("", |says| desk.told(says));
        table.rows.push(vec![
            desk.told(&party.said.title).to_owned(),
            does.to_owned(),
            agreement(desk, party),
            desk.country(party),
            instrument(desk, &party.country, party.instrument.as_deref()),
        ]);
    }
    table
}

fn agreement(desk: Desk<'_>, party: &Party) -> String {
    let gap = desk.say("ikke oplyst i erklæringen", "not stated in the notice");
    let agreement = party.agreement.as_ref().map_or(gap, |it| desk.told(it));
    match &party.under {
        Some(under) => {
            format!("{agreement} ({} {})", desk.say("arbejder for", "works for"), desk.party_title(under))
        }
        None => agreement.to_owned(),
    }
}

pub(super) fn recipients(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Modtager", "Recipient"),
        desk.say("Om hvem", "About whom"),
        desk.say("Hvilke oplysninger", "Which data"),
        desk.say("Formål", "Purpose"),
        desk.say("Når", "When"),
        desk.say("Land", "Country"),
    ];
    let mut table = Table::new(
        "recipients",
        desk.say("Modtagere, og hvad de får om hvem", "Recipients, and what they get about whom"),
        &columns,
    );
    for share in desk.shares() {
        let party = desk.policy.party(&share.to);
        table.rows.push(vec![
            desk.party_title(&share.to),
            desk.shared_about(share),
            desk.shared(share),
            desk.purpose_title(&share.purpose),
            share.condition.as_ref().map_or(String::new(), |it| desk.told(it).to_owned()),
            party.map_or(String::new(), |party| desk.country(party)),
        ]);
    }
    table
}

pub(super) fn transfers(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Modtager", "Recipient"),
        desk.say("Land", "Country"),
        desk.say("Hvilke oplysninger", "Which data"),
        desk.say("Grundlag", "Ground"),
        desk.say("Når", "When"),
    ];
    let mut table = Table::new(
        "transfers",
        desk.say(
            "Overførsler til lande uden for EU og EØS",
            "Transfers to countries outside the EU and the EEA",
        ),
        &columns,
    );
    for (share, to) in desk.abroad() {
        table.rows.push(vec![
            desk.told(&to.said.title).to_owned(),
            desk.country(to),
            desk.shared(share),
            instrument(desk, &to.country, share.instrument.as_deref()),
            share.condition.as_ref().map_or(String::new(), |it| desk.told(it).to_owned()),
        ]);
    }
    for party in desk.processors_abroad() {
        table.rows.push(vec![
            desk.told(&party.said.title).to_owned(),
            desk.country(party),
            desk.say(
                "det, databehandleren skal bruge til sin opgave",
                "what the processor needs for its task",
            )
            .to_owned(),
            instrument(desk, &party.country, party.instrument.as_deref()),
            String::new(),
        ]);
    }
    table
}

/// The ground of a transfer: nothing is needed within the EEA, and a gap abroad is said.
fn instrument(desk: Desk<'_>, country: &str, instrument: Option<&str>) -> String {
    match instrument {
        Some(law) => {
            let line = desk.law(law);
            line.note.map_or(line.text.clone(), |note| format!("{} ({note})", line.text))
        }
        None if crate::check::is_abroad(country) => {
            desk.say("mangler i erklæringen", "missing in the notice").to_owned()
        }
        None => desk.say("inden for EU og EØS", "within the EU and the EEA").to_owned(),
    }
}

fn sources(desk: Desk<'_>) -> Table {
    let columns =
        [desk.say("Register", "Register"), desk.say("Kommer fra", "Comes from"), desk.say("Om", "About")];
    let mut table =
        Table::new("sources", desk.say("Hvor hvad kommer fra", "Where what comes from"), &columns);
    for (id, register) in desk.registers() {
        table.rows.push(vec![
            desk.told(&register.said.title).to_owned(),
            desk.from(id, register),
            desk.and(&desk.about(register)),
        ]);
    }
    table
}

/// A disclosure abroad on one line: to whom, where, what, on which ground.
pub(super) fn transfer_line(desk: Desk<'_>, share: &Share, to: &Party) -> Line {
    Line {
        text: format!("{} ({}): {}.", desk.told(&to.said.title), desk.country(to), desk.shared(share)),
        note: Some(instrument(desk, &to.country, share.instrument.as_deref())),
        link: None,
    }
}

/// A processor abroad on one line.
pub(super) fn processor_line(desk: Desk<'_>, party: &Party) -> Line {
    Line {
        text: format!("{} ({}).", desk.told(&party.said.title), desk.country(party)),
        note: Some(instrument(desk, &party.country, party.instrument.as_deref())),
        link: None,
    }
}

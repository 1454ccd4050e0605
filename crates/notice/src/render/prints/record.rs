//! The controller's record of processing (GDPR art. 30(1)) in the structure of the supervisory authority's template:
//! the data tied to each category of persons, and for each recipient which data about whom.

use super::super::document::{Document, Line, Table};
use super::super::words::{shared_fields, within};
use super::desk::Desk;
use super::{Scope, parties};
use crate::policy::{Class, Register, RegisterId};

pub(super) fn document(desk: Desk<'_>, scope: Scope) -> Document {
    let desks = scoped(desk, scope);
    let whose = match scope {
        Scope::Notice => desk.title().to_owned(),
        Scope::Controller => desk.controller_title(),
    };
    let title = format!("{}{whose}", desk.say("Fortegnelse over behandling: ", "Record of processing: "));
    let about = desk.say(
        "Den dataansvarliges fortegnelse efter databeskyttelsesforordningens artikel 30, stk. 1.",
        "The controller's record under Article 30(1) of the General Data Protection Regulation.",
    );
    let mut out = desk.document("record", title, Some(about.to_owned()));
    controller(desk, &mut out);
    for activity in &desks {
        one(*activity, &mut out);
    }
    out.sheets.push(sheet(desk, &desks));
    out.sheets.extend(gathered(desk, &desks));
    out
}

/// The notices that the record takes in, in the order of their names.
fn scoped<'a>(desk: Desk<'a>, scope: Scope) -> Vec<Desk<'a>> {
    let own = |notice: &&crate::policy::Notice| notice.controller == desk.notice.controller;
    match scope {
        Scope::Notice => vec![desk],
        Scope::Controller => {
            let mut notices: Vec<_> = desk.policy.notices.iter().filter(own).collect();
            notices.sort_by(|a, b| a.said.id.cmp(&b.said.id));
            let open = |notice: &crate::policy::Notice| {
                Desk::open(desk.policy, desk.policy.notice_id(&notice.said.id)?, desk.lang)
            };
            notices.into_iter().filter_map(open).filter(|it| !it.registers().is_empty()).collect()
        }
    }
}

/// Art. 30(1)(a).
fn controller(desk: Desk<'_>, out: &mut Document) {
    out.heading("controller", desk.say("Dataansvarlig", "Controller"));
    out.pairs(responsible(desk));
}

fn responsible(desk: Desk<'_>) -> Vec<(String, String)> {
    let mut pairs = vec![desk.pair("Navn", "Name", desk.controller_title())];
    let gap = desk.say("ikke oplyst i erklæringen", "not stated in the notice");
    match desk.controller() {
        Some(party) => {
            pairs.extend(desk.contact(party));
            if party.officer.is_none() {
                pairs.push(desk.pair("Databeskyttelsesrådgiver", "Data protection officer", gap));
            }
        }
        None => pairs.push(desk.pair("Kontakt", "Contact", gap)),
    }
    let joint: Vec<_> = desk.joint().iter().map(|party| desk.told(&party.said.title).to_owned()).collect();
    let none = desk.say("ingen", "none").to_owned();
    pairs.push(desk.pair(
        "Fælles dataansvarlige",
        "Joint controllers",
        if joint.is_empty() { none } else { desk.and(&joint) },
    ));
    pairs
}

fn one(desk: Desk<'_>, out: &mut Document) {
    let id = &desk.notice.said.id;
    out.heading(id, desk.title());
    if let Some(says) = &desk.notice.said.says {
        out.paragraph(desk.told(says));
    }
    out.subheading(format!("{id}-purposes"), desk.say("Formål", "Purposes"));
    let lines = desk.purposes().into_iter().map(|it| Line {
        text: desk.told(&it.said.title).to_owned(),
        note: it.said.says.as_ref().map(|says| desk.told(says).to_owned()),
        link: None,
    });
    let none =
        desk.say("Erklæringen angiver intet formål for sig.", "The notice states no purpose of its own.");
    out.list_or(lines.collect(), none);
    let nothing =
        desk.say("Denne erklæring gemmer ikke selv oplysninger.", "This notice keeps no data itself.");
    out.subheading(format!("{id}-data"), desk.say("Registrerede og oplysninger", "Persons and data"));
    out.table_or(named(desk, data(desk)), nothing);
    out.subheading(format!("{id}-grounds"), desk.say("Hjemmel", "Legal basis"));
    let grounds: Vec<_> = desk.grounds().into_iter().map(|ground| desk.law(ground)).collect();
    out.list_or(grounds, nothing);
    out.subheading(format!("{id}-recipients"), desk.say("Modtagere", "Recipients"));
    out.table_or(
        named(desk, parties::recipients(desk)),
        desk.say("Oplysningerne gives ikke videre til nogen.", "The data are disclosed to nobody."),
    );
    out.subheading(format!("{id}-processors"), desk.say("Databehandlere", "Processors"));
    let line = |party: &&crate::policy::Party| {
        Line::plain(format!("{} ({})", desk.told(&party.said.title), desk.country(party)))
    };
    let processors = desk.processors().iter().map(line).collect();
    out.list_or(processors, desk.say("Ingen.", "None."));
    out.subheading(
        format!("{id}-transfers"),
        desk.say(
            "Tredjelande og internationale organisationer",
            "Third countries and international organisations",
        ),
    );
    out.table_or(named(desk, parties::transfers(desk)), desk.say("Ingen overførsler.", "No transfers."));
    out.subheading(format!("{id}-erasure"), desk.say("Slettefrister", "Time limits for erasure"));
    out.table_or(named(desk, erasure(desk)), nothing);
    out.subheading(format!("{id}-security"), desk.say("Sikkerhed", "Security"));
    out.list_or(
        security(desk),
        desk.say("Erklæringen beskriver ingen foranstaltninger.", "The notice describes no measures."),
    );
}

/// A table that says of which activity it is, where a record takes in several.
fn named(desk: Desk<'_>, mut table: Table) -> Table {
    table.caption = format!("{}: {}", table.caption, desk.title());
    table
}

/// Art. 30(1)(c): which data about which category of persons.
fn data(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Register", "Register"),
        desk.say("Om hvem", "About whom"),
        desk.say("Almindelige", "Ordinary"),
        desk.say("Følsomme (artikel 9)", "Special (Article 9)"),
        desk.say("Strafbare forhold", "Offences"),
        desk.say("CPR-nummer", "CPR number"),
    ];
    let mut table =
        Table::new("data", desk.say("Hvilke oplysninger om hvem", "Which data about whom"), &columns);
    for (_, register) in desk.registers() {
        let mut row = vec![desk.told(&register.said.title).to_owned(), desk.and(&desk.about(register))];
        row.extend(classes(desk, register));
        table.rows.push(row);
    }
    table
}

/// Ordinary, special, offences, CPR.
fn classes(desk: Desk<'_>, register: &Register) -> [String; 4] {
    let of = |classes: &[Class]| {
        let fields = desk.fields(register, classes);
        let fields: Vec<_> = fields.iter().map(|title| within(title)).collect();
        if fields.is_empty() { "–".to_owned() } else { fields.join(", ") }
    };
    let cpr = if desk.fields(register, &[Class::Cpr]).is_empty() { "–" } else { desk.say("ja", "yes") };
    [of(&[Class::Ordinary]), of(&[Class::Health, Class::Special]), of(&[Class::Criminal]), cpr.to_owned()]
}

/// Art. 30(1)(f).
fn erasure(desk: Desk<'_>) -> Table {
    let columns = [desk.say("Register", "Register"), desk.say("Frist", "Time limit")];
    let mut table = Table::new(
        "erasure",
        desk.say("Hvornår oplysningerne slettes", "When the data are erased"),
        &columns,
    );
    for (_, register) in desk.registers() {
        table.rows.push(vec![desk.told(&register.said.title).to_owned(), desk.keep(register)]);
    }
    for clock in desk.other_clocks() {
        table.rows.push(vec![desk.told(&clock.said.title).to_owned(), desk.clock_sentence(clock)]);
    }
    table
}

/// Art. 30(1)(g).
pub(super) fn security(desk: Desk<'_>) -> Vec<Line> {
    let line = |it: &crate::policy::Measure| {
        let says = it.said.says.as_ref().map_or("", |says| desk.told(says));
        Line::plain(format!("{}. {says}", desk.told(&it.said.title)).trim().to_owned())
    };
    desk.measures().into_iter().map(line).collect()
}

/// One row for each register and each category of persons, so that it can be sorted and filtered.
fn sheet(desk: Desk<'_>, desks: &[Desk<'_>]) -> Table {
    let columns = [
        desk.say("Behandlingsaktivitet", "Processing activity"),
        desk.say("Dataansvarlig", "Controller"),
        desk.say("Kontakt", "Contact"),
        desk.say("Databeskyttelsesrådgiver", "Data protection officer"),
        desk.say("Fælles dataansvarlige", "Joint controllers"),
        desk.say("Register", "Register"),
        desk.say("Formål", "Purpose"),
        desk.say("Kategori af registrerede", "Category of persons"),
        desk.say("Almindelige oplysninger", "Ordinary data"),
        desk.say("Følsomme oplysninger", "Special categories"),
        desk.say("Strafbare forhold", "Offences"),
        desk.say("CPR-nummer", "CPR number"),
        desk.say("Hjemmel", "Legal basis"),
        desk.say("Modtagere", "Recipients"),
        desk.say("Databehandlere", "Processors"),
        desk.say("Tredjelande og grundlag", "Third countries and ground"),
        desk.say("Slettefrist", "Time limit for erasure"),
        desk.say("Sikkerhed", "Security"),
    ];
    let mut table = Table::new("record", desk.say("Fortegnelse", "Record"), &columns);
    for activity in desks {
        for (id, register) in activity.registers() {
            for person in activity.about(register) {
                table.rows.push(row(*activity, id, register, person));
            }
        }
    }
    table
}

fn row(desk: Desk<'_>, id: RegisterId, register: &Register, person: String) -> Vec<String> {
    let party = desk.controller();
    let contact = party.map(|it| {
        it.contact.iter().map(|(label, value)| format!("{}: {value}", desk.told(label))).collect::<Vec<_>>()
    });
    let officer = party.and_then(|it| it.officer.clone());
    let joint: Vec<_> = desk.joint().iter().map(|it| desk.told(&it.said.title).to_owned()).collect();
    let purposes: Vec<_> = register.purposes.iter().map(|name| desk.purpose_title(name)).collect();
    let [ordinary, special, criminal, cpr] = classes(desk, register);
    let shares: Vec<_> = desk.shares().into_iter().filter(|share| share.of.contains(&id)).collect();
    let to = shares.iter().map(|share| {
        format!("{}: {}", desk.party_title(&share.to), shared_fields(share, register, desk.lang))
    });
    let abroad = desk.abroad().into_iter().filter(|(share, _)| share.of.contains(&id));
    let abroad = abroad.map(|(share, to)| {
        let line = parties::transfer_line(desk, share, to);
        format!("{} – {}", desk.country(to), line.note.unwrap_or_default())
    });
    let processors = desk.processors().into_iter().map(|it| desk.told(&it.said.title).to_owned());
    let security = security(desk).into_iter().map(|line| line.text);
    let lines = |all: Vec<String>| all.join("\n");
    vec![
        desk.title().to_owned(),
        desk.controller_title(),
        lines(contact.unwrap_or_default()),
        officer.unwrap_or_else(|| desk.say("ikke oplyst", "not stated").to_owned()),
        desk.and(&joint),
        desk.told(&register.said.title).to_owned(),
        lines(purposes),
        person,
        ordinary,
        special,
        criminal,
        cpr,
        desk.numbers(&register.basis),
        lines(to.collect()),
        lines(processors.collect()),
        lines(abroad.collect()),
        desk.keep(register),
        lines(security.collect()),
    ]
}

/// Recipients and processors of all activities, for the other sheets.
fn gathered(desk: Desk<'_>, desks: &[Desk<'_>]) -> Vec<Table> {
    let activity = desk.say("Behandlingsaktivitet", "Processing activity").to_owned();
    let make: [fn(Desk<'_>) -> Table; 3] = [parties::recipients, parties::processors, parties::transfers];
    let gather = |make: fn(Desk<'_>) -> Table| {
        let mut whole = make(desk);
        whole.rows.clear();
        whole.columns.insert(0, activity.clone());
        for one in desks {
            whole.rows.extend(make(*one).rows.into_iter().map(|mut row| {
                row.insert(0, one.title().to_owned());
                row
            }));
        }
        whole
    };
    make.into_iter().map(gather).collect()
}

//! The retention schedule: for each register what happens, when, what starts it, who may raise that, and who chose it.

use super::super::document::{Document, Table};
use super::super::words::event;
use super::desk::Desk;
use crate::policy::Clock;

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!("{}{}", desk.say("Sletteplan: ", "Retention schedule: "), desk.title());
    let about = desk.say(
        "Hvad der sker med oplysningerne, hvornår, og hvad fristen regnes fra. Datoerne regnes af systemet for hver enkelt post.",
        "What happens to the data, when, and what starts the clock. The system works out the date of each record.",
    );
    let mut out = desk.document("retention", title, Some(about.to_owned()));
    out.heading("schedule", desk.say("Hvornår hvad går", "What goes when"));
    let none = desk.say("Denne erklæring gemmer ikke selv oplysninger.", "This notice keeps no data itself.");
    out.table_or(schedule(desk), none);
    out.heading("starts", desk.say("Hvad der sætter urene i gang", "What starts the clocks"));
    out.table_or(
        starts(desk),
        desk.say("Ingen frist venter på en hændelse.", "No clock waits for an event."),
    );
    let chosen: Vec<_> =
        rows(desk).filter_map(|(title, _, clock)| Some((title, clock.said.unstated.as_ref()?))).collect();
    if !chosen.is_empty() {
        out.heading(
            "chosen",
            desk.say("Hvad den dataansvarlige selv har valgt", "What the controller chose"),
        );
        for (title, words) in chosen {
            out.remark(&format!("{title}:"), desk.told(words));
        }
    }
    out.sheets.push(sheet(desk));
    out
}

/// Title, whom it is about, and the rule.
fn rows<'a>(desk: Desk<'a>) -> impl Iterator<Item = (String, String, &'a Clock)> {
    let own = desk.registers().into_iter().filter_map(move |(_, register)| {
        let about = desk.and(&desk.about(register));
        Some((desk.told(&register.said.title).to_owned(), about, desk.clock(register)?))
    });
    let all = desk.say("alt, der er omfattet", "everything covered").to_owned();
    own.chain(
        desk.other_clocks()
            .into_iter()
            .map(move |clock| (desk.told(&clock.said.title).to_owned(), all.clone(), clock)),
    )
}

fn schedule(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Register", "Register"),
        desk.say("Om hvem", "About whom"),
        desk.say("Hvad der sker", "What happens"),
        desk.say("Regel", "Rule"),
    ];
    let mut table = Table::new("schedule", desk.say("Hvornår hvad går", "What goes when"), &columns);
    table.rows = rows(desk)
        .map(|(title, about, clock)| vec![title, about, desk.clock_sentence(clock), clock.rule.to_string()])
        .collect();
    table
}

fn starts(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Hændelse", "Event"),
        desk.say("Hvem der melder den", "Who reports it"),
        desk.say("Frister, den sætter i gang", "Clocks that it starts"),
    ];
    let mut table = Table::new(
        "starts",
        desk.say("Hændelser, og hvem der melder dem", "Events, and who reports them"),
        &columns,
    );
    for (title, _, clock) in rows(desk) {
        for name in clock.rule.events() {
            let words = super::super::words::sentence(&event(desk.policy, &name, desk.lang));
            match table.rows.iter_mut().find(|row| row.first() == Some(&words)) {
                Some(row) => {
                    if let Some(clocks) = row.last_mut() {
                        clocks.push_str(&format!("; {title}"));
                    }
                }
                None => table.rows.push(vec![words, raisers(desk, &name), title.clone()]),
            }
        }
    }
    table
}

fn raisers(desk: Desk<'_>, name: &str) -> String {
    let Some(event) = desk.policy.event(name) else { return String::new() };
    let roles: Vec<_> =
        event.roles.iter().map(|role| desk.role_title(desk.policy.role_name(*role))).collect();
    desk.and(&roles)
}

fn sheet(desk: Desk<'_>) -> Table {
    let columns = [
        desk.say("Register", "Register"),
        "Id",
        desk.say("Om hvem", "About whom"),
        desk.say("Hvad der sker", "What happens"),
        desk.say("Regel", "Rule"),
        desk.say("Sættes i gang af", "Started by"),
        desk.say("Ses efter hver", "Looked at every"),
        desk.say("Eget valg", "Own choice"),
        desk.say("Kilde", "Source"),
    ];
    let mut table = Table::new("retention", desk.say("Sletteplan", "Retention schedule"), &columns);
    table.rows = rows(desk)
        .map(|(title, about, clock)| {
            let events = clock.rule.events().into_iter().map(|name| event(desk.policy, &name, desk.lang));
            vec![
                title,
                clock.said.id.clone(),
                about,
                desk.clock_sentence(clock),
                clock.rule.to_string(),
                events.collect::<Vec<_>>().join("; "),
                super::super::words::duration(clock.rule.review, desk.lang),
                clock.said.unstated.as_ref().map_or(String::new(), |it| desk.told(it).to_owned()),
                clock.seed.clone().unwrap_or_default(),
            ]
        })
        .collect();
    table
}

//! The factual part of an impact assessment (GDPR art. 35(7)(a)): what is done with which data, by whom, how and how
//! long. What a person must judge (necessity, risks, measures against them) is named and left open on purpose.

use std::collections::BTreeMap;

use super::super::document::{Document, Line, Table};
use super::super::words::{class_words, within};
use super::desk::Desk;
use super::parties;
use super::record::security;
use crate::decide::Fact;
use crate::policy::{Class, Condition};

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!(
        "{}{}",
        desk.say("Konsekvensanalyse, den faktiske del: ", "Impact assessment, the factual part: "),
        desk.title()
    );
    let about = desk.say(
        "En systematisk beskrivelse af behandlingen efter databeskyttelsesforordningens artikel 35, stk. 7, litra a, trykt af det, der kører.",
        "A systematic description of the processing under Article 35(7)(a) of the General Data Protection Regulation, printed from what runs.",
    );
    let mut out = desk.document("dpia", title, Some(about.to_owned()));
    nature(desk, &mut out);
    purposes(desk, &mut out);
    scope(desk, &mut out);
    flow(desk, &mut out);
    access(desk, &mut out);
    out.heading("storage", desk.say("Opbevaring", "Storage"));
    let lines = desk.kept_alike().into_iter().map(|(words, titles)| {
        Line::plain(format!("{} {words}.", super::super::words::sentence(&desk.and(&titles))))
    });
    out.list_or(lines.collect(), nothing(desk));
    out.heading("measures", desk.say("Foranstaltninger, der er truffet", "Measures in place"));
    out.list_or(
        security(desk),
        desk.say("Erklæringen beskriver ingen foranstaltninger.", "The notice describes no measures."),
    );
    let chosen = desk.chosen();
    if !chosen.is_empty() {
        out.heading(
            "chosen",
            desk.say("Hvad den dataansvarlige selv har valgt", "What the controller chose"),
        );
        let lines =
            chosen.into_iter().map(|(title, words)| Line::plain(format!("{title}: {words}"))).collect();
        out.list_or(lines, "");
    }
    open(desk, &mut out);
    out
}

const fn nothing(desk: Desk<'_>) -> &'static str {
    super::super::words::say(
        desk.lang,
        "Denne erklæring gemmer ikke selv oplysninger.",
        "This notice keeps no data itself.",
    )
}

fn nature(desk: Desk<'_>, out: &mut Document) {
    out.heading("nature", desk.say("Hvad det er", "What it is"));
    if let Some(says) = &desk.notice.said.says {
        out.paragraph(desk.told(says));
    }
    let mut pairs = vec![desk.pair("Dataansvarlig", "Controller", desk.controller_title())];
    if let Some(party) = desk.controller() {
        let public = if party.public_authority { desk.say("ja", "yes") } else { desk.say("nej", "no") };
        pairs.push(desk.pair("Offentlig myndighed", "Public authority", public));
        pairs.extend(desk.contact(party));
    }
    let count = |number: usize| number.to_string();
    let (registers, uses) = (desk.registers(), desk.uses());
    let fields: usize = registers.iter().map(|(_, it)| it.fields.len()).sum();
    pairs.push(desk.pair("Registre", "Registers", count(registers.len())));
    pairs.push(desk.pair("Oplysninger", "Data items", count(fields)));
    pairs.push(desk.pair("Anvendelser", "Uses", count(uses.len())));
    pairs.push(desk.pair("Videregivelser", "Disclosures", count(desk.shares().len())));
    out.pairs(pairs);
}

fn purposes(desk: Desk<'_>, out: &mut Document) {
    out.heading("purposes", desk.say("Formål og hjemmel", "Purposes and legal basis"));
    let lines = desk.purposes().into_iter().map(|it| Line {
        text: desk.told(&it.said.title).to_owned(),
        note: it.said.says.as_ref().map(|says| desk.told(says).to_owned()),
        link: None,
    });
    out.list_or(
        lines.collect(),
        desk.say("Erklæringen angiver intet formål for sig.", "The notice states no purpose of its own."),
    );
    let grounds: Vec<_> = desk.grounds().into_iter().map(|ground| desk.law(ground)).collect();
    if !grounds.is_empty() {
        out.blocks.push(super::super::document::Block::List { lines: grounds });
    }
    // GDPR art. 35(7)(a): the legitimate interest, where there is one
    if desk.grounds().contains(&"gdpr:6(1)(f)") {
        out.remark(
            desk.say("Legitim interesse:", "Legitimate interest:"),
            desk.say(
                "behandlingen hviler på en afvejning, som skal skrives her.",
                "the processing rests on a weighing of interests, to be written here.",
            ),
        );
    }
}

fn scope(desk: Desk<'_>, out: &mut Document) {
    out.heading("scope", desk.say("Hvem og hvilke oplysninger", "Whom and which data"));
    let columns = [
        desk.say("Register", "Register"),
        desk.say("Om hvem", "About whom"),
        desk.say("Oplysninger", "Data items"),
        desk.say("Heraf særligt beskyttede", "Of these specially protected"),
    ];
    let mut table = Table::new("scope", desk.say("Omfang", "Scope"), &columns);
    for (_, register) in desk.registers() {
        let mut by_class: BTreeMap<&str, usize> = BTreeMap::new();
        for field in register.fields.iter().filter(|field| field.class != Class::Ordinary) {
            *by_class.entry(class_words(field.class, desk.lang)).or_default() += 1;
        }
        let special: Vec<_> =
            by_class.into_iter().map(|(class, number)| format!("{class}: {number}")).collect();
        table.rows.push(vec![
            desk.told(&register.said.title).to_owned(),
            desk.and(&desk.about(register)),
            register.fields.len().to_string(),
            if special.is_empty() { desk.say("ingen", "none").to_owned() } else { special.join(", ") },
        ]);
    }
    out.table_or(table, nothing(desk));
}

fn flow(desk: Desk<'_>, out: &mut Document) {
    out.heading(
        "flow",
        desk.say("Hvor oplysningerne kommer fra og går hen", "Where the data come from and go to"),
    );
    let line = |(id, register): (_, &crate::policy::Register)| {
        let from = desk.from(id, register);
        Line::plain(format!(
            "{} {} {from}.",
            desk.told(&register.said.title),
            desk.say("kommer fra", "come from")
        ))
    };
    out.list_or(desk.registers().into_iter().map(line).collect(), nothing(desk));
    out.table_or(
        parties::recipients(desk),
        desk.say("Oplysningerne gives ikke videre til nogen.", "The data are disclosed to nobody."),
    );
    out.table_or(
        parties::processors(desk),
        desk.say(
            "Ingen behandler oplysninger på den dataansvarliges vegne.",
            "Nobody processes data on the controller's behalf.",
        ),
    );
    out.table_or(
        parties::transfers(desk),
        desk.say(
            "Intet går til lande uden for EU og EØS.",
            "Nothing goes to countries outside the EU and the EEA.",
        ),
    );
}

fn access(desk: Desk<'_>, out: &mut Document) {
    out.heading("access", desk.say("Adgang", "Access"));
    let uses = desk.uses();
    let open: Vec<_> = uses
        .iter()
        .filter(|it| it.when == Condition::Always)
        .map(|it| within(desk.told(&it.said.title)))
        .collect();
    let emergency: Vec<_> = uses
        .iter()
        .filter(|it| reads(&it.when, Fact::BreakGlass))
        .map(|it| within(desk.told(&it.said.title)))
        .collect();
    let untraced: Vec<_> =
        uses.iter().filter(|it| it.log.is_none()).map(|it| within(desk.told(&it.said.title))).collect();
    let none = desk.say("ingen", "none").to_owned();
    let told = |all: Vec<String>| if all.is_empty() { none.clone() } else { all.join("; ") };
    out.pairs(vec![
        desk.pair("Uden betingelse", "Without a condition", told(open)),
        desk.pair("I nødsituationer", "In emergencies", told(emergency)),
        desk.pair("Uden spor i loggen", "Without a trace in the log", told(untraced)),
    ]);
    out.paragraph(desk.say(
        "Alle andre adgange har en betingelse, som systemet selv efterprøver. Hver enkelt står i matricen over, hvem der må hvad.",
        "Every other access has a condition that the system checks itself. Each one stands in the matrix of who may do what.",
    ));
}

/// Whether a condition speaks of a fact.
fn reads(condition: &Condition, fact: Fact) -> bool {
    match condition {
        Condition::Always => false,
        Condition::Holds(own) => *own == fact,
        Condition::Not(inner) => reads(inner, fact),
        Condition::All(all) | Condition::Any(all) => all.iter().any(|one| reads(one, fact)),
    }
}

fn open(desk: Desk<'_>, out: &mut Document) {
    out.heading(
        "open",
        desk.say(
            "Hvad der mangler, og som et menneske skal skrive",
            "What is missing, and a person must write",
        ),
    );
    let lines = [
        (
            "Hvor mange personer det drejer sig om, og hvor ofte.",
            "How many persons are concerned, and how often.",
        ),
        (
            "Om behandlingen er nødvendig og står i forhold til formålet (litra b).",
            "Whether the processing is necessary and in proportion to the purpose (point (b)).",
        ),
        (
            "Hvilke risici der er for de registrerede (litra c).",
            "Which risks there are for the persons concerned (point (c)).",
        ),
        (
            "Hvilke foranstaltninger der er planlagt mod dem (litra d).",
            "Which measures are planned against them (point (d)).",
        ),
        (
            "Databeskyttelsesrådgiverens råd (artikel 35, stk. 2), og hvad de registrerede mener (stk. 9).",
            "The advice of the data protection officer (Article 35(2)), and the views of the persons concerned (35(9)).",
        ),
    ];
    out.list_or(lines.into_iter().map(|(da, en)| Line::plain(desk.say(da, en))).collect(), "");
}

//! The first layer of a layered notice: what everybody should know in a minute, the rest one click away.

use super::super::SectionId;
use super::super::document::{Block, Document, Line};
use super::super::words::{class_words, sentence, use_sentence, within};
use super::desk::Desk;
use crate::policy::Class;

/// More registers than this are counted, not listed.
const LISTED: usize = 8;

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!("{}{}", desk.say("Kort fortalt: ", "In short: "), desk.title());
    let about = desk.notice.said.says.as_ref().map(|says| desk.told(says).to_owned());
    let mut out = desk.document("short", title, about);
    us(desk, &mut out);
    what(desk, &mut out);
    why(desk, &mut out);
    who(desk, &mut out);
    abroad(desk, &mut out);
    how_long(desk, &mut out);
    rights(desk, &mut out);
    chosen(desk, &mut out);
    complaint(desk, &mut out);
    out
}

fn more(desk: Desk<'_>, section: SectionId, summary: &str, lines: Vec<Line>, out: &mut Document) {
    if !lines.is_empty() {
        let stands = section.title(desk.lang).to_owned();
        out.blocks.push(Block::More { summary: summary.to_owned(), stands, lines });
    }
}

fn us(desk: Desk<'_>, out: &mut Document) {
    out.heading("us", desk.say("Hvem vi er", "Who we are"));
    let joint: Vec<_> = desk.joint().iter().map(|party| desk.told(&party.said.title).to_owned()).collect();
    if !joint.is_empty() {
        let with = desk.say("Vi bestemmer sammen med ", "We decide together with ");
        out.paragraph(format!("{with}{}.", desk.and(&joint)));
    }
    let mut pairs = vec![desk.pair("Dataansvarlig", "Controller", desk.controller_title())];
    pairs.extend(desk.controller().map(|party| desk.contact(party)).unwrap_or_default());
    out.pairs(pairs);
}

fn what(desk: Desk<'_>, out: &mut Document) {
    out.heading("what", SectionId::What.title(desk.lang));
    let registers = desk.registers();
    if registers.is_empty() {
        out.paragraph(desk.say(
            "Denne erklæring gemmer ikke selv oplysninger om dig. Den siger, hvad der gælder for vores andre erklæringer.",
            "This notice keeps no data about you itself. It says what holds for our other notices.",
        ));
        return;
    }
    let titles: Vec<_> = registers.iter().map(|(_, it)| within(desk.told(&it.said.title))).collect();
    out.paragraph(if titles.len() <= LISTED {
        format!("{}{}.", desk.say("Vi har ", "We hold "), desk.and(&titles))
    } else {
        let first = titles.get(..LISTED).unwrap_or_default().join(", ");
        let rest = titles.len().saturating_sub(LISTED);
        format!(
            "{}{first} {} {rest} {}.",
            desk.say("Vi har ", "We hold "),
            desk.say("og", "and"),
            desk.say("slags oplysninger mere", "more kinds of data")
        )
    });
    let sensitive = [Class::Health, Class::Special, Class::Criminal, Class::Cpr];
    let kinds: Vec<_> = sensitive
        .into_iter()
        .filter(|class| registers.iter().any(|(_, it)| it.fields.iter().any(|field| field.class == *class)))
        .map(|class| class_words(class, desk.lang).to_owned())
        .collect();
    if !kinds.is_empty() {
        let some = desk.say("Nogle af dem er beskyttet særligt: ", "Some of them are specially protected: ");
        out.paragraph(format!("{some}{}.", desk.and(&kinds)));
    }
    let all = [Class::Ordinary, Class::Health, Class::Special, Class::Criminal, Class::Cpr];
    let line = |(_, it): &(_, &crate::policy::Register)| {
        Line::plain(format!("{}: {}.", desk.told(&it.said.title), desk.fields(it, &all).join("; ")))
    };
    let lines = registers.iter().map(line).collect();
    more(desk, SectionId::What, desk.say("Hver enkelt oplysning", "Every single item"), lines, out);
}

fn why(desk: Desk<'_>, out: &mut Document) {
    let purposes = desk.purposes();
    if purposes.is_empty() {
        return;
    }
    out.heading("why", SectionId::Why.title(desk.lang));
    let lines = purposes.iter().map(|it| Line::plain(desk.told(&it.said.title))).collect();
    out.blocks.push(Block::List { lines });
    let grounds = desk.grounds().into_iter().map(|ground| desk.law(ground)).collect();
    more(desk, SectionId::Why, desk.say("Hvor det står i loven", "Where the law says so"), grounds, out);
}

fn who(desk: Desk<'_>, out: &mut Document) {
    let (uses, shares) = (desk.uses(), desk.shares());
    if uses.is_empty() && shares.is_empty() {
        return;
    }
    out.heading("who", SectionId::Who.title(desk.lang));
    let mut roles = Vec::new();
    for role in uses.iter().flat_map(|used| &used.who) {
        let title = desk.role_title(desk.policy.role_name(*role));
        if !roles.contains(&title) {
            roles.push(title);
        }
    }
    if !roles.is_empty() {
        let only = desk.say(
            "Kun disse kan bruge systemet, hver til sit og hver på sine betingelser: ",
            "Only these can use the system, each for its own and each on its conditions: ",
        );
        out.paragraph(format!("{only}{}.", desk.and(&roles)));
    }
    if shares.is_empty() {
        out.paragraph(desk.say("Vi giver dem ikke videre til andre.", "We pass them on to nobody else."));
    } else {
        out.paragraph(desk.say("Vi giver oplysninger videre til:", "We pass data on to:"));
        let mut seen = Vec::new();
        shares.iter().for_each(|share| {
            let line = Line::plain(desk.party_title(&share.to));
            if !seen.contains(&line) {
                seen.push(line);
            }
        });
        out.blocks.push(Block::List { lines: seen });
    }
    let ids = desk.policy.use_ids().filter(|(_, used)| used.notice == desk.id);
    let mut lines: Vec<_> =
        ids.map(|(id, _)| Line::plain(use_sentence(desk.policy, id, desk.lang))).collect();
    lines.extend(shares.iter().map(|share| {
        let what = format!("{}: {}.", desk.party_title(&share.to), desk.shared(share));
        Line { text: what, note: share.condition.as_ref().map(|it| desk.told(it).to_owned()), link: None }
    }));
    more(
        desk,
        SectionId::Who,
        desk.say("Hvem der må hvad, og hvornår", "Who may do what, and when"),
        lines,
        out,
    );
}

fn abroad(desk: Desk<'_>, out: &mut Document) {
    let (abroad, processors) = (desk.abroad(), desk.processors_abroad());
    if abroad.is_empty() && processors.is_empty() {
        return;
    }
    out.heading("abroad", desk.say("Uden for EU og EØS", "Outside the EU and the EEA"));
    let mut lines: Vec<_> =
        abroad.iter().map(|(share, to)| super::parties::transfer_line(desk, share, to)).collect();
    lines.extend(
        processors
            .iter()
            .map(|party| Line::plain(format!("{} ({})", desk.told(&party.said.title), desk.country(party)))),
    );
    out.blocks.push(Block::List { lines });
}

fn how_long(desk: Desk<'_>, out: &mut Document) {
    let alike = desk.kept_alike();
    if alike.is_empty() {
        return;
    }
    out.heading("how-long", SectionId::HowLong.title(desk.lang));
    let lines = alike.into_iter().map(|(words, titles)| {
        Line::plain(format!("{} {words}.", sentence(&desk.and(&titles))).replace(" .", "."))
    });
    out.blocks.push(Block::List { lines: lines.collect() });
}

fn rights(desk: Desk<'_>, out: &mut Document) {
    let rights = desk.rights();
    if rights.is_empty() {
        return;
    }
    out.heading("rights", SectionId::Rights.title(desk.lang));
    out.paragraph(desk.say("Du kan:", "You can:"));
    let lines = rights.iter().map(|right| Line::plain(within(desk.told(&right.said.title)))).collect();
    out.blocks.push(Block::List { lines });
    let how = rights.iter().map(|right| {
        let ways: Vec<_> = right.channels.iter().map(|channel| desk.told(channel).to_owned()).collect();
        Line::plain(format!("{}: {}.", desk.told(&right.said.title), ways.join("; ")))
    });
    more(desk, SectionId::Rights, desk.say("Sådan gør du", "How to"), how.collect(), out);
}

fn chosen(desk: Desk<'_>, out: &mut Document) {
    let chosen = desk.chosen();
    if chosen.is_empty() {
        return;
    }
    out.heading("chosen", desk.say("Det har vi selv valgt", "What we chose ourselves"));
    out.paragraph(match (desk.lang, chosen.len()) {
        (crate::Lang::Da, 1) => {
            "Ét sted siger den offentliggjorte erklæring intet, og der har vi selv valgt.".to_owned()
        }
        (crate::Lang::Da, count) => {
            format!("{count} steder siger den offentliggjorte erklæring intet, og der har vi selv valgt.")
        }
        (crate::Lang::En, 1) => {
            "In one place the published notice says nothing, and there we chose ourselves.".to_owned()
        }
        (crate::Lang::En, count) => {
            format!("In {count} places the published notice says nothing, and there we chose ourselves.")
        }
    });
    let lines = chosen.into_iter().map(|(title, words)| Line::plain(format!("{title}: {words}"))).collect();
    more(desk, SectionId::HowLong, desk.say("Hvad vi har valgt", "What we chose"), lines, out);
}

fn complaint(desk: Desk<'_>, out: &mut Document) {
    out.heading("complaint", SectionId::Complaint.title(desk.lang));
    let mut pairs = Vec::new();
    if let Some(supervisor) = desk.supervisor() {
        pairs.push(desk.pair("Du kan klage til", "You can complain to", desk.told(&supervisor.said.title)));
        pairs.extend(desk.contact(supervisor));
    }
    if pairs.is_empty() {
        out.paragraph(desk.say(
            "Du kan klage til den myndighed, der fører tilsyn med databeskyttelse.",
            "You can complain to the authority that supervises data protection.",
        ));
    }
    out.pairs(pairs);
}

//! The letter to a person whose data is collected: GDPR art. 13 where it comes from the person, art. 14 where it comes
//! from others. Point by point in the order of the article, so that whoever signs it can tick them off.

use super::super::document::{Block, Document, Line};
use super::super::words::{class_words, clock_words, sentence, within};
use super::desk::Desk;
use super::parties::transfer_line;
use crate::policy::Class;

/// Which of the two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Article {
    /// The data comes from the person.
    Thirteen,
    /// The data comes from others.
    Fourteen,
}

/// Every class, the special ones last.
const CLASSES: [Class; 5] = [Class::Ordinary, Class::Cpr, Class::Health, Class::Special, Class::Criminal];

pub(super) fn document(desk: Desk<'_>, article: Article) -> Document {
    let subject = desk.say("Vi behandler oplysninger om dig: ", "We process data about you: ");
    let mut out = desk.document("letter", format!("{subject}{}", desk.title()), None);
    opening(desk, article, &mut out);
    responsible(desk, &mut out);
    purposes(desk, &mut out);
    if article == Article::Fourteen {
        categories(desk, &mut out); // GDPR art. 14(1)(d)
    }
    recipients(desk, &mut out);
    transfers(desk, &mut out);
    storage(desk, &mut out);
    rights(desk, &mut out);
    complaint(desk, &mut out);
    match article {
        Article::Thirteen => duty(desk, &mut out),    // GDPR art. 13(2)(e)
        Article::Fourteen => sources(desk, &mut out), // GDPR art. 14(2)(f)
    }
    automated(desk, &mut out);
    out.paragraph(desk.say("Venlig hilsen", "Yours sincerely"));
    out.paragraph(desk.controller_title());
    out
}

fn opening(desk: Desk<'_>, article: Article, out: &mut Document) {
    let mut sender = vec![desk.pair("Fra", "From", desk.controller_title())];
    sender.push(match article {
        Article::Thirteen => desk.pair(
            "Efter",
            "Under",
            desk.say(
                "databeskyttelsesforordningens artikel 13",
                "Article 13 of the General Data Protection Regulation",
            ),
        ),
        Article::Fourteen => desk.pair(
            "Efter",
            "Under",
            desk.say(
                "databeskyttelsesforordningens artikel 14",
                "Article 14 of the General Data Protection Regulation",
            ),
        ),
    });
    out.pairs(sender);
    out.paragraph(match article {
        Article::Thirteen => desk.say(
            "Du giver os oplysninger om dig selv. Her står, hvad vi bruger dem til, og hvad du kan gøre.",
            "You give us data about yourself. This letter says what we use them for, and what you can do.",
        ),
        Article::Fourteen => desk.say(
            "Vi har fået oplysninger om dig fra andre end dig selv. Her står, hvilke det er, hvor de kommer fra, hvad vi bruger dem til, og hvad du kan gøre.",
            "We have received data about you from others than yourself. This letter says which data they are, where they come from, what we use them for, and what you can do.",
        ),
    });
    if let Some(says) = &desk.notice.said.says {
        out.paragraph(desk.told(says));
    }
}

fn responsible(desk: Desk<'_>, out: &mut Document) {
    out.heading("responsible", desk.say("Hvem der er ansvarlig", "Who is responsible"));
    let mut pairs = vec![desk.pair("Dataansvarlig", "Controller", desk.controller_title())];
    if let Some(party) = desk.controller() {
        pairs.extend(desk.contact(party));
        if party.officer.is_none() {
            let gap = desk.say("er ikke oplyst i erklæringen", "is not stated in the notice");
            pairs.push(desk.pair("Databeskyttelsesrådgiver", "Data protection officer", gap));
        }
    }
    for party in desk.joint() {
        pairs.push(desk.pair("Sammen med", "Together with", desk.told(&party.said.title)));
    }
    out.pairs(pairs);
    if let Some(arrangement) = desk.arrangement() {
        out.paragraph(desk.told(arrangement));
    }
}

fn purposes(desk: Desk<'_>, out: &mut Document) {
    out.heading("purposes", desk.say("Hvorfor, og hvad loven siger", "Why, and what the law says"));
    let lines = desk.purposes().into_iter().map(|it| {
        let says = it.said.says.as_ref().map_or("", |says| desk.told(says));
        Line::plain(format!("{}. {says}", desk.told(&it.said.title)).trim().to_owned())
    });
    let none =
        desk.say("Erklæringen angiver intet formål for sig.", "The notice states no purpose of its own.");
    out.list_or(lines.collect(), none);
    let mut grounds: Vec<_> = desk.grounds().into_iter().map(|ground| desk.law(ground)).collect();
    grounds.extend(desk.notice.laws.iter().map(|law| desk.law(law)).filter(|line| line.note.is_some()));
    if !grounds.is_empty() {
        out.paragraph(desk.say("Det må vi, fordi:", "We may do so because:"));
        out.blocks.push(Block::List { lines: grounds });
    }
}

fn categories(desk: Desk<'_>, out: &mut Document) {
    out.heading("categories", desk.say("Hvilke slags oplysninger", "Which kinds of data"));
    let line = |(_, register): (_, &crate::policy::Register)| {
        let kinds: Vec<_> = CLASSES
            .into_iter()
            .filter(|class| register.fields.iter().any(|field| field.class == *class))
            .map(|class| class_words(class, desk.lang).to_owned())
            .collect();
        Line {
            text: format!(
                "{}: {}.",
                desk.told(&register.said.title),
                desk.fields(register, &CLASSES).join(", ")
            ),
            note: (!kinds.is_empty()).then(|| desk.and(&kinds)),
            link: None,
        }
    };
    let lines = desk.registers().into_iter().map(line).collect();
    out.list_or(
        lines,
        desk.say(
            "Denne erklæring gemmer ikke selv oplysninger om dig.",
            "This notice keeps no data about you itself.",
        ),
    );
}

fn recipients(desk: Desk<'_>, out: &mut Document) {
    out.heading("recipients", desk.say("Hvem der får oplysningerne", "Who receives the data"));
    let line = |share: &&crate::policy::Share| Line {
        text: format!("{}: {}.", desk.party_title(&share.to), desk.shared(share)),
        note: share.condition.as_ref().map(|it| desk.told(it).to_owned()),
        link: None,
    };
    let shares = desk.shares();
    let lines = shares.iter().map(line).collect();
    out.list_or(lines, desk.say("Vi giver dem ikke videre til andre.", "We pass them on to nobody else."));
    let processors: Vec<_> = desk.processors().iter().map(|it| within(desk.told(&it.said.title))).collect();
    if !processors.is_empty() {
        let text = desk.say(
            "Disse arbejder for os, under aftale og efter vores anvisning: ",
            "These work for us, under an agreement and as we instruct: ",
        );
        out.paragraph(format!("{text}{}.", desk.and(&processors)));
    }
}

fn transfers(desk: Desk<'_>, out: &mut Document) {
    out.heading("transfers", desk.say("Lande uden for EU og EØS", "Countries outside the EU and the EEA"));
    let mut lines: Vec<_> = desk.abroad().iter().map(|(share, to)| transfer_line(desk, share, to)).collect();
    lines.extend(desk.processors_abroad().iter().map(|party| super::parties::processor_line(desk, party)));
    out.list_or(lines, desk.say(
        "Vi sender ikke oplysningerne til lande uden for EU og EØS eller til internationale organisationer.",
        "We do not send the data to countries outside the EU and the EEA or to international organisations.",
    ));
}

fn storage(desk: Desk<'_>, out: &mut Document) {
    out.heading("storage", desk.say("Hvor længe vi har dem", "How long we keep them"));
    let mut lines: Vec<_> = desk
        .kept_alike()
        .into_iter()
        .map(|(words, titles)| Line::plain(format!("{} {words}.", sentence(&desk.and(&titles)))))
        .collect();
    lines.extend(desk.other_clocks().into_iter().map(|clock| {
        let words = clock_words(desk.policy, &clock.rule, desk.lang);
        Line::plain(format!("{}: {words}.", desk.told(&clock.said.title)))
    }));
    out.list_or(
        lines,
        desk.say(
            "Denne erklæring gemmer ikke selv oplysninger om dig.",
            "This notice keeps no data about you itself.",
        ),
    );
}

fn rights(desk: Desk<'_>, out: &mut Document) {
    out.heading("rights", desk.say("Dine rettigheder", "Your rights"));
    let line = |right: &&crate::policy::Right| {
        let says = right.said.says.as_ref().map_or("", |says| desk.told(says));
        let ways: Vec<_> = right.channels.iter().map(|channel| desk.told(channel).to_owned()).collect();
        let how = if ways.is_empty() {
            String::new()
        } else {
            format!(" {} {}.", desk.say("Sådan:", "How:"), ways.join("; "))
        };
        let law = desk.law(&right.article);
        Line {
            text: format!("{}. {says}{how}", desk.told(&right.said.title)).trim().to_owned(),
            note: law.note,
            link: law.link,
        }
    };
    let rights = desk.rights();
    let lines = rights.iter().map(line).collect();
    out.list_or(
        lines,
        desk.say(
            "Erklæringen nævner ingen rettigheder. Loven giver dig dem alligevel.",
            "The notice names no rights. The law gives them to you all the same.",
        ),
    );
    // GDPR art. 13(2)(c) and 14(2)(d)
    if desk.on_consent() {
        out.paragraph(desk.say(
            "Har du givet samtykke, kan du altid trække det tilbage, lige så let som du gav det. Det ændrer ikke ved, at det, vi gjorde før, var lovligt.",
            "If you have consented, you can withdraw at any time, as easily as you consented. What we did before remains lawful.",
        ));
    }
}

fn complaint(desk: Desk<'_>, out: &mut Document) {
    out.heading("complaint", desk.say("Hvis du vil klage", "If you want to complain"));
    if let Some(says) = desk.complaint().and_then(|right| right.said.says.as_ref()) {
        out.paragraph(desk.told(says));
    }
    let mut pairs = Vec::new();
    if let Some(supervisor) = desk.supervisor() {
        pairs.push(desk.pair("Tilsynsmyndighed", "Supervisory authority", desk.told(&supervisor.said.title)));
        pairs.extend(desk.contact(supervisor));
    }
    out.pairs(pairs);
}

fn duty(desk: Desk<'_>, out: &mut Document) {
    out.heading("duty", desk.say("Om du skal give os oplysningerne", "Whether you must give us the data"));
    let line = |(_, register): (_, &crate::policy::Register)| {
        Some(Line::plain(format!(
            "{}: {}",
            desk.told(&register.said.title),
            desk.told(register.duty.as_ref()?)
        )))
    };
    let lines = desk.registers().into_iter().filter_map(line).collect();
    out.list_or(
        lines,
        desk.say(
            "Erklæringen siger ikke, at en lov eller en aftale forpligter dig til at give os oplysningerne.",
            "The notice does not say that a law or a contract obliges you to give us the data.",
        ),
    );
}

fn sources(desk: Desk<'_>, out: &mut Document) {
    out.heading("sources", desk.say("Hvor oplysningerne kommer fra", "Where the data come from"));
    let line = |(id, register): (_, &crate::policy::Register)| {
        Line::plain(format!("{}: {}.", desk.told(&register.said.title), desk.from(id, register)))
    };
    let lines = desk.registers().into_iter().map(line).collect();
    out.list_or(
        lines,
        desk.say(
            "Denne erklæring gemmer ikke selv oplysninger om dig.",
            "This notice keeps no data about you itself.",
        ),
    );
}

fn automated(desk: Desk<'_>, out: &mut Document) {
    out.heading("automated", desk.say("Afgørelser uden et menneske", "Decisions without a human"));
    if let Some(automated) = &desk.notice.automated {
        out.paragraph(desk.told(automated));
        return;
    }
    out.paragraph(desk.say(
        "Erklæringen nævner ingen afgørelser om dig, der alene træffes af et system, og ingen profilering.",
        "The notice states no decisions about you that are taken by a system alone, and no profiling.",
    ));
}

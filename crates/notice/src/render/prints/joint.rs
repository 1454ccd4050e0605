//! The essence of the arrangement between joint controllers, as everybody may ask for it (GDPR art. 26(2)).

use super::super::document::{Document, Line};
use super::desk::Desk;

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!("{}{}", desk.say("Fælles dataansvar: ", "Joint controllers: "), desk.title());
    let about = desk.say(
        "Det væsentligste i ordningen mellem dem, der sammen bestemmer formål og hjælpemidler (databeskyttelsesforordningens artikel 26, stk. 2).",
        "The essence of the arrangement between those who together decide purposes and means (Article 26(2) of the General Data Protection Regulation).",
    );
    let mut out = desk.document("joint", title, Some(about.to_owned()));
    let joint = desk.joint();
    out.heading("who", desk.say("Hvem der bestemmer", "Who decides"));
    if joint.is_empty() {
        let alone = desk.say(
            "er alene dataansvarlig. Der er ingen ordning med andre.",
            "is the only controller. There is no arrangement with others.",
        );
        out.paragraph(format!("{} {alone}", desk.controller_title()));
        out.pairs(desk.controller().map(|party| desk.contact(party)).unwrap_or_default());
        return out;
    }
    for party in desk.controller().into_iter().chain(joint) {
        out.subheading(format!("party-{}", party.said.id), desk.told(&party.said.title));
        if let Some(says) = &party.said.says {
            out.paragraph(desk.told(says));
        }
        let mut pairs = desk.contact(party);
        pairs.push(desk.pair("Land", "Country", desk.country(party)));
        out.pairs(pairs);
    }
    out.heading("arrangement", desk.say("Hvad de har aftalt", "What they have agreed"));
    match desk.arrangement() {
        Some(arrangement) => out.paragraph(desk.told(arrangement)),
        None => out.remark(
            desk.say("Mangler:", "Missing:"),
            desk.say(
                "erklæringen siger ikke, hvad de har aftalt.",
                "the notice does not say what they have agreed.",
            ),
        ),
    }
    out.heading("purposes", desk.say("Hvad de gør sammen", "What they do together"));
    let lines = desk.purposes().into_iter().map(|it| Line::plain(desk.told(&it.said.title))).collect();
    out.list_or(
        lines,
        desk.say("Erklæringen angiver intet formål for sig.", "The notice states no purpose of its own."),
    );
    out.heading("you", desk.say("Hvem du kan gå til", "Whom you can turn to"));
    // GDPR art. 26(3)
    out.paragraph(desk.say(
        "Uanset hvad de har aftalt, kan du bruge dine rettigheder over for hver af dem.",
        "Whatever they have agreed, you can use your rights against each of them.",
    ));
    let lines = desk.rights().into_iter().map(|right| {
        let ways: Vec<_> = right.channels.iter().map(|channel| desk.told(channel).to_owned()).collect();
        Line::plain(format!("{}: {}.", desk.told(&right.said.title), ways.join("; ")))
    });
    out.list_or(
        lines.collect(),
        desk.say(
            "Erklæringen nævner ingen rettigheder. Loven giver dig dem alligevel.",
            "The notice names no rights. The law gives them to you all the same.",
        ),
    );
    out
}

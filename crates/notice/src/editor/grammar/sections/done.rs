//! Who may do what with it, and who receives it.

use super::super::{Kind, Says, Section, Shape, Vocabulary};
use super::{SAYS, STATES, TITLE, UNSTATED, UNTITLED, may, must};

pub(super) static USE: Section = Section {
    name: "use",
    says: Says {
        da: "Hvem der må gøre hvad, hvorfor, på hvilken betingelse, med hvilket spor.",
        en: "Who may do what, why, under which condition, with which trace.",
    },
    keys: &[
        must("id", Shape::Id, "Brugens navn.", "The name of the use."),
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        must("who", Shape::Names(Kind::Role), "Hvem der må.", "Who may."),
        must("may", Shape::Many(Vocabulary::Verbs), "Hvad de må gøre.", "What they may do."),
        must("of", Shape::Names(Kind::Register), "Med hvilke registre.", "With which registers."),
        may(
            "fields",
            Shape::Names(Kind::Field),
            "Kun disse felter, `register.felt`; ellers alle.",
            "These fields only, `register.field`; otherwise all.",
        ),
        may(
            "private-fields",
            Shape::Names(Kind::Field),
            "Felter, der ses, selv om posten er gjort privat; `all` er alle.",
            "Fields that stay visible in a record marked private; `all` is all of them.",
        ),
        must("purpose", Shape::Name(Kind::Purpose), "Hvorfor.", "Why."),
        may(
            "when",
            Shape::Condition,
            "På hvilken betingelse; ellers altid.",
            "Under which condition; otherwise always.",
        ),
        may(
            "log",
            Shape::Name(Kind::Register),
            "Registret, hvor sporet står.",
            "The register that keeps the trace.",
        ),
        may(
            "raises",
            Shape::Names(Kind::Event),
            "Hændelser, de må melde, med `may = [\"raise\"]`.",
            "Events that they may raise, with `may = [\"raise\"]`.",
        ),
        may(
            "step-up",
            Shape::Flag,
            "Om det kræver et login, der højst er fem minutter gammelt.",
            "Whether it takes a login that is at most five minutes old.",
        ),
        may(
            "refused",
            Shape::Bilingual,
            "Det, den afviste får at vide.",
            "What a person who is refused is told.",
        ),
        may(
            "instead",
            Shape::Names(Kind::Use),
            "Lovlige veje for den, der blev afvist.",
            "Lawful ways for the one who was refused.",
        ),
    ],
};

pub(super) static SHARE: Section = Section {
    name: "share",
    says: Says { da: "Hvem oplysningerne gives videre til.", en: "To whom data is passed on." },
    keys: &[
        must("id", Shape::Id, "Videregivelsens navn.", "The name of the disclosure."),
        UNTITLED,
        SAYS,
        STATES,
        UNSTATED,
        must("to", Shape::Name(Kind::Party), "Modtageren.", "The recipient."),
        must("of", Shape::Names(Kind::Register), "Fra hvilke registre.", "From which registers."),
        may(
            "fields",
            Shape::Names(Kind::Field),
            "Kun disse felter, `register.felt`; ellers alle.",
            "These fields only, `register.field`; otherwise all.",
        ),
        must("purpose", Shape::Name(Kind::Purpose), "Hvorfor.", "Why."),
        may("condition", Shape::Bilingual, "Hvornår, med ord.", "When, in words."),
        may(
            "instrument",
            Shape::Name(Kind::Provision),
            "Grundlaget for at overføre til et land uden for EU og EØS.",
            "The instrument of a transfer to a country outside the EU and EEA.",
        ),
    ],
};

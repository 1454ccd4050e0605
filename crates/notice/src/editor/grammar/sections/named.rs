//! What is named from elsewhere: parties and how to reach them, acts and their provisions, roles.

use super::super::{Kind, Says, Section, Shape, Vocabulary};
use super::{SAYS, STATES, TITLE, UNSTATED, VALID, may, must};

pub(super) static PARTY: Section = Section {
    name: "party",
    says: Says {
        da: "En dataansvarlig, databehandler, modtager, kilde eller myndighed.",
        en: "A controller, processor, recipient, source or authority.",
    },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        must("kinds", Shape::Many(Vocabulary::Kinds), "Hvad den er.", "What it is."),
        must(
            "country",
            Shape::Country,
            "Landet, med to store bogstaver.",
            "The country, as two capital letters.",
        ),
        may(
            "contact",
            Shape::List(&CONTACT),
            "Hvordan man kommer i kontakt, efter funktion.",
            "How to reach it, by function.",
        ),
        may(
            "officer",
            Shape::Text,
            "Databeskyttelsesrådgiveren, efter funktion og adresse.",
            "The data protection officer, by function and address.",
        ),
        may(
            "public-authority",
            Shape::Flag,
            "Om den er en offentlig myndighed.",
            "Whether it is a public authority.",
        ),
        VALID,
        may("successor", Shape::Name(Kind::Party), "Hvem der tager over.", "Who takes over."),
        may(
            "works-for",
            Shape::Names(Kind::Notice),
            "De erklæringer, en databehandler arbejder for; uden dem alle.",
            "The notices for which a processor works; without them all.",
        ),
        may(
            "for",
            Shape::Name(Kind::Party),
            "Den databehandler, en underdatabehandler arbejder for.",
            "The processor for which a sub-processor works.",
        ),
        may(
            "agreement",
            Shape::Bilingual,
            "Databehandleraftalen, ved navn og dato.",
            "The data processing agreement, by name and date.",
        ),
        may(
            "instrument",
            Shape::Name(Kind::Provision),
            "Det, der tillader en databehandler uden for EU og EØS at have oplysningerne.",
            "What allows a processor outside the EU and the EEA to have the data.",
        ),
        may(
            "also",
            Shape::Words,
            "Andre navne for det samme; en tekst, der bruger et af dem, giver en advarsel.",
            "Other names for the same; a text that uses one of them is warned.",
        ),
    ],
};

static CONTACT: Section = Section {
    name: "contact",
    says: Says { da: "En adresse efter funktion.", en: "An address by function." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
        must("value", Shape::Text, "Adressen.", "The address."),
    ],
};

pub(super) static LAW: Section = Section {
    name: "law",
    says: Says { da: "En lov, der kan henvises til.", en: "An act that may be cited." },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        may("eli", Shape::Text, "Lovens adresse (ELI).", "The European Legislation Identifier."),
        VALID,
        may("successor", Shape::Name(Kind::Law), "Loven, der afløste den.", "The act that replaced it."),
        may(
            "also",
            Shape::Words,
            "Andre navne for det samme; en tekst, der bruger et af dem, giver en advarsel.",
            "Other names for the same; a text that uses one of them is warned.",
        ),
        may(
            "matter",
            Shape::One(Vocabulary::Matters),
            "Det ene, den handler om; til andre formål er den ingen hjemmel.",
            "The one thing that it is about; for other purposes it is no ground.",
        ),
        may(
            "provision",
            Shape::Named(Kind::Provision, &PROVISION),
            "Bestemmelser, der kan henvises til.",
            "Provisions that may be cited.",
        ),
    ],
};

static PROVISION: Section = Section {
    name: "provision",
    says: Says { da: "En bestemmelse, der kan henvises til.", en: "A provision that may be cited." },
    keys: &[
        TITLE,
        may(
            "covers",
            Shape::Many(Vocabulary::Classes),
            "De klasser af oplysninger, den er hjemmel for; uden den er den ingen hjemmel.",
            "The classes of data for which it is a ground; without it, it is none.",
        ),
        may(
            "consent",
            Shape::Flag,
            "Om den er et samtykke, som kan trækkes tilbage.",
            "Whether it is a consent, which can be withdrawn.",
        ),
        may(
            "matter",
            Shape::One(Vocabulary::Matters),
            "Det ene, den handler om; til andre formål er den ingen hjemmel.",
            "The one thing that it is about; for other purposes it is no ground.",
        ),
    ],
};

pub(super) static ROLE: Section = Section {
    name: "role",
    says: Says {
        da: "En rolle, nogen handler i, eller som en post handler om.",
        en: "A role in which somebody acts, or in which a record is about somebody.",
    },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        may(
            "is",
            Shape::Names(Kind::Role),
            "Bredere roller, den hører til.",
            "Wider roles that it belongs to.",
        ),
        may(
            "authorised",
            Shape::Flag,
            "Om autorisationsregistret skal bekræfte den ved hver afgørelse.",
            "Whether the authorisation register must confirm it at each decision.",
        ),
    ],
};

//! The notice itself: who answers, why data is used, how it is looked after.

use super::super::{Kind, Says, Section, Shape};
use super::{SAYS, STATES, TITLE, UNSTATED, VALID, may, must};

pub(super) static NOTICE: Section = Section {
    name: "notice",
    says: Says {
        da: "Erklæringen: hvem der er dataansvarlig, og hvornår den gælder.",
        en: "The notice: who is the controller, and when it is in force.",
    },
    keys: &[
        must(
            "id",
            Shape::Id,
            "Erklæringens navn; navnene i den begynder med det.",
            "The name of the notice; the names in it begin with it.",
        ),
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        must("controller", Shape::Name(Kind::Party), "Den dataansvarlige.", "The controller."),
        may(
            "joint",
            Shape::Names(Kind::Party),
            "Dem, der bestemmer sammen med den dataansvarlige (artikel 26).",
            "Those who decide together with the controller (Article 26).",
        ),
        may(
            "arrangement",
            Shape::Bilingual,
            "Det væsentligste i ordningen mellem de fælles dataansvarlige.",
            "The essence of the arrangement between the joint controllers.",
        ),
        may(
            "automated",
            Shape::Bilingual,
            "Afgørelser, som et system træffer alene (artikel 22).",
            "Decisions that a system takes alone (Article 22).",
        ),
        may(
            "alone",
            Shape::Flag,
            "Om erklæringen siger alt selv; så trykkes intet fra den dataansvarliges fælles erklæring sammen med den.",
            "Whether the notice says everything itself; then nothing of the controller's shared notice is printed with it.",
        ),
        may(
            "group",
            Shape::Text,
            "Registre i samme gruppe kan føres sammen; i forskellige grupper kan de ikke.",
            "Registers of one group can be joined; those of different groups cannot.",
        ),
        may("source", Shape::Text, "Den offentliggjorte tekst.", "The published original."),
        VALID,
        may(
            "laws",
            Shape::Names(Kind::Provision),
            "De love, erklæringen hviler på.",
            "The laws that the notice rests on.",
        ),
    ],
};

pub(super) static PURPOSE: Section = Section {
    name: "purpose",
    says: Says { da: "Hvad oplysningerne bruges til.", en: "Why data is used." },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        may(
            "vocabulary",
            Shape::Text,
            "Ordet i Data Privacy Vocabulary.",
            "The term of the Data Privacy Vocabulary.",
        ),
    ],
};

pub(super) static MEASURE: Section = Section {
    name: "measure",
    says: Says { da: "Hvordan der passes på oplysningerne.", en: "How data is looked after." },
    keys: &[
        must("id", Shape::Id, "Foranstaltningens navn.", "The name of the measure."),
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
    ],
};

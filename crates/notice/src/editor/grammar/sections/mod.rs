//! The table itself: the whole file, and the keys that many sections share. Each room beside it holds the sections of one matter.

use super::{Key, Kind, Need, Says, Section, Shape};

mod asked;
mod done;
mod kept;
mod named;
mod told;

use asked::RIGHT;
use done::{SHARE, USE};
use kept::{CLOCK, EVENT, FLAG, REGISTER};
use named::{LAW, PARTY, ROLE};
use told::{MEASURE, NOTICE, PURPOSE};

const fn must(name: &'static str, shape: Shape, da: &'static str, en: &'static str) -> Key {
    Key { name, need: Need::Must, shape, says: Says { da, en } }
}

const fn may(name: &'static str, shape: Shape, da: &'static str, en: &'static str) -> Key {
    Key { name, need: Need::May, shape, says: Says { da, en } }
}

const TITLE: Key = must("title", Shape::Bilingual, "Det, mennesker kalder det.", "What people call it.");
const UNTITLED: Key = may(
    "title",
    Shape::Bilingual,
    "Det, mennesker kalder det; uden titel vises navnet.",
    "What people call it; without it the name is shown.",
);
const SAYS: Key = may(
    "says",
    Shape::Bilingual,
    "Sætningen i den offentliggjorte erklæring, som dette udfører.",
    "The sentence of the published notice that this carries out.",
);
const STATES: Key = may(
    "states",
    Shape::Rules,
    "De nummererede regler, som dette siger.",
    "The numbered rules that this says.",
);
const UNSTATED: Key = may(
    "unstated",
    Shape::Bilingual,
    "Hvem der har valgt det, hvor erklæringen tier. Trykkes som den dataansvarliges eget valg.",
    "Who chose this where the published notice is silent. Printed as the controller's own choice.",
);
const VALID: Key = may(
    "valid",
    Shape::Period,
    "Første og sidste dag, hvor det gælder: `2024-01-01..` eller `..2026-12-31`.",
    "The first and the last day on which it holds: `2024-01-01..` or `..2026-12-31`.",
);
const SEED: Key = may(
    "seed",
    Shape::Text,
    "Linjen i den offentliggjorte erklæring, `002:294`.",
    "The line of the published notice, `002:294`.",
);
const HARD: Key = may(
    "hard",
    Shape::Words,
    "Det, der er svært ved reglen, med et ord hver.",
    "What is difficult about the rule, a word each.",
);
const REVIEW: Key = may(
    "review",
    Shape::Duration,
    "Hvor længe en post højst venter, før nogen ser på den; ellers et år.",
    "How long a record waits at most before somebody looks at it; otherwise a year.",
);
const BY: Key = may("by", Shape::Bilingual, "Hvem, med ord.", "Who, in words.");

/// `{ da = "...", en = "..." }`
pub(in crate::editor) static BILINGUAL: Section = Section {
    name: "bilingual",
    says: Says { da: "En tekst på dansk og engelsk.", en: "A text in Danish and English." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
    ],
};

/// A whole file.
pub(in crate::editor) static FILE: Section = Section {
    name: "file",
    says: Says {
        da: "En erklæring, eller det som erklæringerne har fælles.",
        en: "A privacy notice, or what all notices share.",
    },
    keys: &[
        may("language", Shape::Version, "Sprogets version: 1.", "The version of the language: 1."),
        may(
            "notice",
            Shape::Table(&NOTICE),
            "Erklæringen: hvem der er dataansvarlig, og hvornår den gælder.",
            "The notice: who is the controller, and when it is in force.",
        ),
        may(
            "purpose",
            Shape::Named(Kind::Purpose, &PURPOSE),
            "Hvad oplysningerne bruges til.",
            "Why data is used.",
        ),
        may(
            "register",
            Shape::Named(Kind::Register, &REGISTER),
            "Hvad der gemmes om hvem, på hvilket grundlag, hvor længe.",
            "What is kept about whom, on which ground, for how long.",
        ),
        may(
            "use",
            Shape::List(&USE),
            "Hvem der må gøre hvad, hvorfor, på hvilken betingelse, med hvilket spor.",
            "Who may do what, why, under which condition, with which trace.",
        ),
        may(
            "share",
            Shape::List(&SHARE),
            "Hvem oplysningerne gives videre til.",
            "To whom data is passed on.",
        ),
        may("right", Shape::List(&RIGHT), "En rettighed for den, det handler om.", "A right of the person."),
        may(
            "measure",
            Shape::List(&MEASURE),
            "Hvordan der passes på oplysningerne.",
            "How data is looked after.",
        ),
        may(
            "party",
            Shape::Named(Kind::Party, &PARTY),
            "En dataansvarlig, databehandler, modtager, kilde eller myndighed.",
            "A controller, processor, recipient, source or authority.",
        ),
        may(
            "law",
            Shape::Named(Kind::Law, &LAW),
            "En lov, der kan henvises til.",
            "An act that may be cited.",
        ),
        may(
            "role",
            Shape::Named(Kind::Role, &ROLE),
            "En rolle, nogen handler i, eller som en post handler om.",
            "A role in which somebody acts, or in which a record is about somebody.",
        ),
        may(
            "event",
            Shape::Named(Kind::Event, &EVENT),
            "Noget, der sker, og som en frist kan løbe fra.",
            "Something that happens and that a clock may start on.",
        ),
        may(
            "flag",
            Shape::Named(Kind::Flag, &FLAG),
            "En navngiven, nedskrevet beslutning, som en frist kan læse.",
            "A named, recorded decision that a clock may read.",
        ),
        may(
            "clock",
            Shape::Named(Kind::Clock, &CLOCK),
            "En frist for en erklæring, der ikke er skrevet ud.",
            "A retention rule of a notice that is not written out.",
        ),
    ],
};

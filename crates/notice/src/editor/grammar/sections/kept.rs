//! What is kept, and when it goes: registers and their fields, rules, and what rules look at.

use super::super::{Kind, Says, Section, Shape, Vocabulary};
use super::{BY, HARD, REVIEW, SAYS, SEED, STATES, TITLE, UNSTATED, UNTITLED, may, must};

pub(super) static REGISTER: Section = Section {
    name: "register",
    says: Says {
        da: "Hvad der gemmes om hvem, på hvilket grundlag, hvor længe.",
        en: "What is kept about whom, on which ground, for how long.",
    },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        must(
            "about",
            Shape::Names(Kind::Role),
            "Hvem posterne handler om; hovedpersonen først.",
            "Whom the records are about; the main person first.",
        ),
        must(
            "purpose",
            Shape::Names(Kind::Purpose),
            "Hvad oplysningerne bruges til.",
            "What the data is used for.",
        ),
        may(
            "basis",
            Shape::Names(Kind::Provision),
            "Hjemlen: bestemmelser, som tilsammen dækker hver klasse af felter.",
            "The legal basis: provisions that together cover the class of each field.",
        ),
        may(
            "basis-unstated",
            Shape::Names(Kind::Provision),
            "Hjemler, som den offentliggjorte erklæring ikke nævner.",
            "Grounds that the published notice does not name.",
        ),
        must(
            "fields",
            Shape::Named(Kind::Field, &FIELD),
            "Det, en post kan indeholde, højst 64 felter.",
            "What a record may hold, at most 64 fields.",
        ),
        may(
            "keep",
            Shape::Clock,
            "Fristen: hvad der sker med en post, og hvornår.",
            "The retention rule: what happens to a record, and when.",
        ),
        may(
            "clock",
            Shape::Name(Kind::Clock),
            "En frist, som flere registre deler, i stedet for `keep`.",
            "A retention rule that several registers share, in place of `keep`.",
        ),
        SEED,
        HARD,
        REVIEW,
        may(
            "gives",
            Shape::One(Vocabulary::Facts),
            "Det, en gældende post her slår fast mellem den, den handler om, og en anden.",
            "The fact that a record in force here establishes between its subject and somebody else.",
        ),
        may(
            "public",
            Shape::Flag,
            "Om alle må se det; så sætter et opslag intet spor.",
            "Whether everybody may see it; then a look leaves no trace.",
        ),
        may(
            "unnamed",
            Shape::Flag,
            "Om ingen kan findes i det, heller ikke af den, der har det (GDPR art. 11); så sætter en liste ét spor.",
            "Whether nobody can be found in it, not even by its keeper (GDPR art. 11); then a list leaves one trace.",
        ),
        may(
            "from",
            Shape::Names(Kind::Party),
            "Hvor oplysningerne kommer fra: parter, eller `subject` for personen selv.",
            "Where the data comes from: parties, or `subject` for the person.",
        ),
        may(
            "duty",
            Shape::Bilingual,
            "Om man skal give oplysningerne, og hvad der sker, hvis man ikke gør.",
            "Whether one must give the data, and what follows if one does not.",
        ),
        may(
            "schema",
            Shape::Text,
            "Filen med JSON-skemaet for en posts indhold, ved siden af erklæringen: `member.schema.json`.",
            "The file with the JSON Schema of a record's content, beside the notice: `member.schema.json`.",
        ),
    ],
};

static FIELD: Section = Section {
    name: "field",
    says: Says { da: "Et felt i en post.", en: "A field of a record." },
    keys: &[
        must(
            "class",
            Shape::One(Vocabulary::Classes),
            "Oplysningens klasse; den afgør, hvilken hjemmel der kræves.",
            "The class of the data; it decides which legal basis is needed.",
        ),
        must("da", Shape::Text, "Feltets navn på dansk.", "The field's name in Danish."),
        must("en", Shape::Text, "Feltets navn på engelsk.", "The field's name in English."),
    ],
};

pub(super) static CLOCK: Section = Section {
    name: "clock",
    says: Says {
        da: "En frist for en erklæring, der ikke er skrevet ud.",
        en: "A retention rule of a notice that is not written out.",
    },
    keys: &[
        UNTITLED,
        SAYS,
        STATES,
        UNSTATED,
        must("do", Shape::Clock, "Hvad der sker, og hvornår.", "What happens, and when."),
        may(
            "of",
            Shape::Names(Kind::Register),
            "Registre, som reglen også gælder for.",
            "Registers on which the rule falls as well.",
        ),
        may(
            "after",
            Shape::Name(Kind::Clock),
            "Reglen, der skal være udført først.",
            "The rule that must have been carried out before.",
        ),
        SEED,
        HARD,
        REVIEW,
    ],
};

pub(super) static EVENT: Section = Section {
    name: "event",
    says: Says {
        da: "Noget, der sker, og som en frist kan løbe fra.",
        en: "Something that happens and that a clock may start on.",
    },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        BY,
        may("roles", Shape::Names(Kind::Role), "Rollerne, der må melde det.", "The roles that may raise it."),
    ],
};

pub(super) static FLAG: Section = Section {
    name: "flag",
    says: Says {
        da: "En navngiven, nedskrevet beslutning, som en frist kan læse.",
        en: "A named, recorded decision that a clock may read.",
    },
    keys: &[
        TITLE,
        SAYS,
        STATES,
        UNSTATED,
        BY,
        may("roles", Shape::Names(Kind::Role), "Rollerne, der må træffe den.", "The roles that may set it."),
        may("ends", Shape::Duration, "Hvor længe den højst står.", "The longest time that it may stand."),
    ],
};

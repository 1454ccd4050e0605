//! The table itself: a static for each section, in the order in which a file is read.

use super::{Key, Kind, Need, Says, Section, Shape, Vocabulary};

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
const BY: Key = may("by", Shape::Text, "Hvem, med ord.", "Who, in words.");

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

static NOTICE: Section = Section {
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

static PURPOSE: Section = Section {
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

static REGISTER: Section = Section {
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

static USE: Section = Section {
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

static SHARE: Section = Section {
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

static RIGHT: Section = Section {
    name: "right",
    says: Says { da: "En rettighed for den, det handler om.", en: "A right of the person." },
    keys: &[
        must("id", Shape::Id, "Rettighedens navn.", "The name of the right."),
        UNTITLED,
        SAYS,
        STATES,
        UNSTATED,
        must(
            "article",
            Shape::Name(Kind::Provision),
            "Bestemmelsen, der giver den.",
            "The provision that gives it.",
        ),
        may("channels", Shape::List(&CHANNEL), "Hvor man kan bruge den.", "Where it can be used."),
        may(
            "answer",
            Shape::Answer,
            "Den lovede svartid; ellers lovens.",
            "The promised time to answer; otherwise the law's.",
        ),
        may("limits", Shape::List(&LIMIT), "Hvad der begrænser den.", "What limits it."),
    ],
};

static CHANNEL: Section = Section {
    name: "channel",
    says: Says { da: "En måde at bruge en rettighed på.", en: "A way to use a right." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
        may(
            "to",
            Shape::Name(Kind::Party),
            "Den, man sendes videre til, når det er en anden end den dataansvarlige.",
            "To whom one is sent on, where it is not the controller.",
        ),
    ],
};

static LIMIT: Section = Section {
    name: "limit",
    says: Says { da: "Hvad der begrænser en rettighed.", en: "What limits a right." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
        must("law", Shape::Names(Kind::Provision), "Bestemmelserne.", "The provisions."),
    ],
};

static MEASURE: Section = Section {
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

static PARTY: Section = Section {
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

static LAW: Section = Section {
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

static ROLE: Section = Section {
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

static EVENT: Section = Section {
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

static FLAG: Section = Section {
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

static CLOCK: Section = Section {
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

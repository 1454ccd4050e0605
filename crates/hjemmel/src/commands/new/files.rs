//! The files of a first notice, from texts with places to fill in.

use notice::SourceFile;

use super::asked::{Asked, Both, Keeper};
use crate::corpus;

const NOTICE: &str = include_str!("texts/notice.txt");
const PARTIES: &str = include_str!("texts/parties.txt");
const ROLES: &str = include_str!("texts/roles.txt");
const EVENTS: &str = include_str!("texts/events.txt");
const LAW: &str = include_str!("texts/law.txt");
const SCHEMA: &str = include_str!("texts/schema.txt");

/// A right that a person has: id, article, title, sentence.
type Right = (&'static str, &'static str, (&'static str, &'static str), (&'static str, &'static str));

const ALWAYS: [Right; 4] = [
    (
        "access",
        "15",
        ("Se dine oplysninger", "See your data"),
        (
            "Du kan få at vide, hvad vi har om dig, og få en kopi.",
            "You can learn what we hold about you and have a copy.",
        ),
    ),
    (
        "rectification",
        "16",
        ("Få rettet noget forkert", "Have mistakes corrected"),
        ("Er noget forkert, retter vi det.", "If something is wrong, we correct it."),
    ),
    (
        "erasure",
        "17",
        ("Få slettet oplysninger", "Have data erased"),
        (
            "Du kan i nogle tilfælde få slettet oplysninger, før de ellers slettes.",
            "In some cases you can have data erased before they otherwise go.",
        ),
    ),
    (
        "restriction",
        "18",
        ("Få brugen begrænset", "Have the use restricted"),
        (
            "Du kan i nogle tilfælde bede os om kun at opbevare oplysningerne og ikke bruge dem.",
            "In some cases you can ask us only to store the data and not to use them.",
        ),
    ),
];
const PORTABILITY: Right = (
    "portability",
    "20",
    ("Tage dine oplysninger med", "Take your data with you"),
    (
        "Du kan få det, du selv har givet os, i en fil, som andre systemer kan læse.",
        "You can have what you gave us in a file that other systems can read.",
    ),
);
const OBJECTION: Right = (
    "objection",
    "21",
    ("Gøre indsigelse", "Object"),
    (
        "Du kan gøre indsigelse mod, at vi bruger dine oplysninger, også når det ellers er lovligt.",
        "You can object to our use of your data, even where it is otherwise lawful.",
    ),
);
const COMPLAINT: Right = (
    "complaint",
    "77",
    ("Klage", "Complain"),
    (
        "Du kan klage til Datatilsynet over, hvordan vi bruger dine oplysninger.",
        "You can complain to the Danish Data Protection Agency about how we use your data.",
    ),
);

/// The form of an entry, as a JSON Schema beside the notice.
pub(super) fn schema(asked: &Asked) -> SourceFile {
    SourceFile { path: format!("{}.schema.json", asked.register), text: filled(SCHEMA, asked) }
}

/// The notices, each with its name in the folder; the one to begin with is the last.
pub(super) fn of(asked: &Asked) -> Vec<SourceFile> {
    let notice = format!("{}.toml", asked.notice);
    // A notice that is called as one of the shared files stands beside it under another name.
    let notice = if matches!(notice.as_str(), "parties.toml" | "roles.toml" | "events.toml" | "law.toml") {
        format!("notice-{notice}")
    } else {
        notice
    };
    let texts = [
        ("events.toml", EVENTS),
        ("law.toml", LAW),
        ("parties.toml", PARTIES),
        ("roles.toml", ROLES),
        (&notice, NOTICE),
    ];
    texts.map(|(path, text)| SourceFile { path: path.to_owned(), text: filled(text, asked) }).to_vec()
}

fn filled(text: &str, asked: &Asked) -> String {
    let both = |text: String, name: &str, words: &Both| {
        text.replace(&format!("«{name}.da»"), &quoted(&words.da))
            .replace(&format!("«{name}.en»"), &quoted(&words.en))
    };
    let (basis, kinds, authority) = match asked.kind {
        Keeper::Association | Keeper::Company => ("gdpr:6(1)(b)", "\"controller\"", String::new()),
        Keeper::Authority => (
            "gdpr:6(1)(e)",
            "\"controller\", \"authority\"",
            format!(
                "public-authority = true\nofficer = \"{}\" # the data protection officer, by function\n",
                quoted(&asked.contact)
            ),
        ),
    };
    // Names first, so that nothing that somebody wrote is taken for a place to fill in.
    let text = text
        .replace("«rights»", &rights(asked.kind))
        .replace("«authority»", &authority)
        .replace("«kinds»", kinds)
        .replace("«basis»", basis)
        .replace("«keep»", &asked.keep.to_string())
        .replace("«today»", &corpus::today().to_string())
        .replace("«notice»", &asked.notice)
        .replace("«party»", &asked.party)
        .replace("«register»", &asked.register)
        .replace("«person»", &asked.person);
    let text = both(text, "title", &asked.title);
    let text = both(text, "about", &asked.about);
    let text = both(text, "name", &asked.name);
    let text = both(text, "controller", &asked.controller);
    aligned(&text.replace("«contact»", &quoted(&asked.contact)))
}

/// A text as it stands between quotation marks, in TOML and in JSON.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Notes behind a line begin in one column, whatever the names before them.
fn aligned(text: &str) -> String {
    const COLUMN: usize = 47;
    let lines = text.lines().map(|line| match line.find("   # ").or_else(|| line.find("  # ")) {
        Some(at) if !line.starts_with('#') => {
            let (code, note) = line.split_at(at);
            let width = code.trim_end().chars().count();
            format!(
                "{}{}{}\n",
                code.trim_end(),
                " ".repeat(COLUMN.saturating_sub(width).max(2)),
                note.trim_start()
            )
        }
        Some(_) | None => format!("{line}\n"),
    });
    lines.collect()
}

fn rights(kind: Keeper) -> String {
    let own = match kind {
        Keeper::Association | Keeper::Company => PORTABILITY,
        Keeper::Authority => OBJECTION,
    };
    ALWAYS
        .iter()
        .chain([&own])
        .map(|it| right(it, Answered::InAMonth))
        .chain([right(&COMPLAINT, Answered::Elsewhere)])
        .collect()
}

/// Who answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answered {
    InAMonth,
    Elsewhere,
}

fn right((id, article, title, says): &Right, answered: Answered) -> String {
    let (channel, answer) = match answered {
        Answered::InAMonth => {
            ("{ da = \"Skriv til os: «contact»\", en = \"Write to us: «contact»\" }", "answer = \"P1M\"\n")
        }
        Answered::Elsewhere => {
            ("{ da = \"https://www.datatilsynet.dk\", en = \"https://www.datatilsynet.dk\" }", "")
        }
    };
    format!(
        "[[right]]\nid = \"{id}\"\ntitle = {{ da = \"{}\", en = \"{}\" }}\nsays.da = \"{}\"\nsays.en = \"{}\"\n\
         article = \"gdpr:{article}\"\nchannels = [{channel}]\n{answer}\n",
        title.0, title.1, says.0, says.1
    )
}

//! Where names are declared and used, what is offered, what is told: each on a small corpus, `|` is the place.

use jiff::civil::date;

use crate::editor::{Kind, Workspace};
use crate::{Lang, SourceFile};

const SHARED: &str = "\
[party.club]
title = { da = \"Klubben\", en = \"The club\" }
kinds = [\"controller\"]
country = \"DK\"
[party.union]
title = { da = \"Forbundet\", en = \"The union\" }
kinds = [\"recipient\"]
country = \"DK\"
[role.member]
title = { da = \"Medlem\", en = \"Member\" }
[role.treasurer]
title = { da = \"Kasserer\", en = \"Treasurer\" }
is = [\"member\"]
[event.left]
title = { da = \"medlemmet har meldt sig ud\", en = \"the member left\" }
by = { da = \"kassereren\", en = \"the treasurer\" }
roles = [\"treasurer\"]
[flag.owes]
title = { da = \"medlemmet skylder penge\", en = \"the member owes money\" }
by = { da = \"kassereren\", en = \"the treasurer\" }
ends = \"P1Y\"
[law.gdpr]
title = { da = \"databeskyttelsesforordningen\", en = \"the GDPR\" }
eli = \"http://data.europa.eu/eli/reg/2016/679/oj\"
[law.gdpr.provision.\"6(1)(b)\"]
title = { da = \"nødvendigt for en kontrakt\", en = \"necessary for a contract\" }
covers = [\"ordinary\"]
";

const CLUB: &str = "\
[notice]
id = \"club\"
title = { da = \"Klubben\", en = \"The club\" }
controller = \"club\"
[purpose.membership]
title = { da = \"Medlemskab\", en = \"Membership\" }
[register.member]
title = { da = \"Medlemmer\", en = \"Members\" }
about = [\"member\"]
purpose = [\"membership\"]
basis = [\"gdpr:6(1)(b)\"]
keep = \"erase at left + P1Y unless flag owes\"
[register.member.fields]
name = { class = \"ordinary\", da = \"Navn\", en = \"Name\" }
email = { class = \"ordinary\", da = \"E-mail\", en = \"E-mail\" }
[[use]]
id = \"list\"
title = { da = \"Se medlemmer\", en = \"See the members\" }
who = [\"treasurer\"]
may = [\"read\"]
of = [\"member\"]
fields = [\"member.name\"]
purpose = \"membership\"
when = \"assigned and not blocked\"
[[share]]
id = \"to-union\"
to = \"union\"
of = [\"member\"]
purpose = \"membership\"
";

/// The corpus with another text of the club's notice; the place is the first `|`.
fn at(club: &str) -> (Workspace, usize) {
    let offset = club.find('|').unwrap();
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text };
    let files = vec![file("club.toml", club.replacen('|', "", 1)), file("shared.toml", SHARED.to_owned())];
    (Workspace::open(files, date(2026, 11, 21)), offset)
}

/// The club's notice with a mark before a part of it.
fn marked(part: &str) -> String {
    assert!(CLUB.contains(&part.replacen('|', "", 1)), "{part}");
    CLUB.replacen(&part.replacen('|', "", 1), part, 1)
}

fn definition(part: &str) -> String {
    let (workspace, offset) = at(&marked(part));
    let found = workspace.definition("club.toml", offset).unwrap_or_else(|| panic!("{part}"));
    let text = &workspace.files().iter().find(|file| file.path == *found.name.file).unwrap().text;
    let line = text[..found.name.span.start].lines().count().max(1);
    let line = if text[..found.name.span.start].ends_with('\n') { line + 1 } else { line };
    format!("{}:{line} {}", found.name.file, &text[found.name.span.clone()])
}

#[test]
fn every_kind_of_name_leads_to_its_declaration() {
    for (part, expected) in [
        ("who = [\"trea|surer\"]", "shared.toml:11 treasurer"),
        ("about = [\"|member\"]", "shared.toml:9 member"),
        ("keep = \"erase at le|ft + P1Y", "shared.toml:14 left"),
        ("unless flag ow|es\"", "shared.toml:18 owes"),
        ("basis = [\"gd|pr:6(1)(b)\"]", "shared.toml:22 gdpr"),
        ("basis = [\"gdpr:6(1|)(b)\"]", "shared.toml:25 \"6(1)(b)\""),
        ("controller = \"club|\"", "shared.toml:1 club"),
        ("to = \"un|ion\"", "shared.toml:5 union"),
        ("of = [\"mem|ber\"]\nfields", "club.toml:7 member"),
        ("fields = [\"mem|ber.name\"]", "club.toml:7 member"),
        ("fields = [\"member.na|me\"]", "club.toml:14 name"),
        ("purpose = \"member|ship\"\nwhen", "club.toml:5 membership"),
    ] {
        assert_eq!(definition(part), expected, "{part}");
    }
}

#[test]
fn every_place_that_means_a_name_is_found() {
    let (workspace, offset) = at(&marked("[register.mem|ber]\n"));
    let places = workspace.references("club.toml", offset);
    assert_eq!(places.len(), 4, "declaration, use, field of the use, share: {places:?}");
    assert!(places.iter().all(|place| *place.file == *"club.toml"));
}

fn hover(part: &str, lang: Lang) -> String {
    let (workspace, offset) = at(&marked(part));
    workspace.hover("club.toml", offset, lang).map(|it| it.text).unwrap_or_default()
}

#[test]
fn a_rule_is_told_in_words_with_what_its_words_mean() {
    let text = hover("keep = \"er|ase at left", Lang::Da);
    assert!(
        text.contains(
            "**Slettes 1 år efter, at medlemmet har meldt sig ud, medmindre medlemmet skylder penge.**"
        ),
        "{text}"
    );
    assert!(text.contains("`erase`: Slettes"), "{text}");
    let text = hover("at left + P1|Y", Lang::En);
    assert!(text.contains("`P1Y`: 1 year"), "{text}");
    let text = hover("at le|ft +", Lang::En);
    assert!(text.contains("Raised by: Treasurer") && text.contains("`club.member`"), "{text}");
    let text = hover("when = \"assi|gned", Lang::En);
    assert!(text.contains("**When ") && text.contains("`assigned`: "), "{text}");
}

#[test]
fn a_register_tells_who_may_see_it_and_when_it_goes() {
    let text = hover("[register.mem|ber]\n", Lang::En);
    for part in [
        "**Members** · register `club.member`",
        "Erased 1 year after the member left",
        "Treasurer may see: members",
        "The union",
        "necessary for a contract",
        "Name (ordinary)",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        hover("of = [\"mem|ber\"]\nfields", Lang::Da)
            .contains("Slettes 1 år efter, at medlemmet har meldt sig ud")
    );
}

#[test]
fn parties_laws_roles_fields_and_keys_are_told() {
    assert!(hover("to = \"un|ion\"", Lang::Da).contains("**Forbundet** · part `union`"));
    assert!(hover("gdpr:6(1)|(b)", Lang::En).contains("Necessary for a contract"));
    assert!(hover("who = [\"treas|urer\"]", Lang::En).contains("May:\n- Treasurer may see: members"));
    assert!(hover("[\"member.na|me\"]", Lang::En).contains("**Name** · field"));
    assert!(hover("ema|il = {", Lang::En).contains("E-mail"));
    assert!(hover("bas|is = [", Lang::Da).contains("Hjemlen"));
    assert!(hover("may = [\"re|ad\"]", Lang::Da).contains("`read`: se"));
}

fn offered(club: &str) -> Vec<String> {
    let (workspace, offset) = at(club);
    workspace.complete("club.toml", offset, Lang::En).into_iter().map(|it| it.label).collect()
}

#[track_caller]
fn offers(club: &str, with: &[&str], without: &[&str]) {
    let labels = offered(club);
    for label in with {
        assert!(labels.iter().any(|it| it == label), "{label} is not among {labels:?}");
    }
    for label in without {
        assert!(!labels.iter().any(|it| it == label), "{label} is among {labels:?}");
    }
}

#[test]
fn keys_of_the_section_are_offered_but_not_those_that_stand_there() {
    offers(&marked("|when = "), &["log", "step-up"], &["who", "id", "keep"]);
    offers(&format!("{CLUB}[[share]]\n|"), &["id", "to", "of"], &["who"]);
    offers(&format!("{CLUB}[register.x]\nti|"), &["title", "keep"], &["id"]);
    offers(&format!("{CLUB}[register.x]\ntitle = {{ da = \"x\", |"), &["en"], &["da", "title"]);
    offers(&format!("{CLUB}[register.x.fields]\n|"), &["name = { … }"], &[]);
    offers("|", &["language", "[notice]", "[register.…]", "[[use]]"], &["title"]);
    offers("[|", &["[notice]", "[[use]]"], &["language"]);
    offers(&format!("{CLUB}[[us|"), &["[[use]]"], &[]);
    offers(&format!("{CLUB}[register.|"), &["member"], &["club"]);
    offers(&format!("{CLUB}[register.member.|"), &["fields"], &["title"]);
}

#[test]
fn names_of_the_right_kind_are_offered() {
    offers(&marked("who = [\"|treasurer\"]"), &["member", "treasurer"], &["club", "left"]);
    offers(&marked("of = [\"|member\"]\nfields"), &["member"], &["treasurer"]);
    offers(&marked("fields = [\"|member.name\"]"), &["member.name", "member.email"], &["member"]);
    offers(&marked("basis = [\"|gdpr:6(1)(b)\"]"), &["gdpr:6(1)(b)"], &["gdpr"]);
    offers(&marked("to = \"|union\""), &["union", "club"], &["member"]);
    offers(&marked("may = [\"|read\"]"), &["read", "disclose"], &["health"]);
    offers(&format!("{CLUB}[[use]]\nwho = |"), &["treasurer"], &["left"]);
    offers(&format!("{CLUB}[[use]]\nwho = [\"member\", |]"), &["treasurer"], &[]);
    offers(&format!("{CLUB}[[use]]\nstep-up = |"), &["true", "false"], &[]);
}

#[test]
fn words_of_the_two_small_languages_are_offered() {
    offers(&marked("keep = \"|erase at left"), &["erase", "block"], &["left", "at"]);
    offers(&marked("erase |at left"), &["at", "by", "from"], &["erase"]);
    offers(&marked("at |left +"), &["left", "earliest"], &["owes", "P1Y"]);
    offers(&marked("left + |P1Y"), &["P1Y", "P6M"], &["left"]);
    offers(&marked("unless |flag owes"), &["flag"], &["owes"]);
    offers(&marked("unless flag |owes"), &["owes"], &["left"]);
    offers(&marked("when = \"|assigned"), &["assigned", "not", "self"], &["and"]);
    offers(&marked("assigned |and"), &["and", "or"], &["assigned"]);
}

#[test]
fn a_completion_takes_the_place_of_the_word_that_is_there() {
    let (workspace, offset) = at(&marked("who = [\"trea|surer\"]"));
    let offered = workspace.complete("club.toml", offset, Lang::En);
    let text = &workspace.files()[0].text;
    assert!(offered.iter().all(|it| &text[it.replaces.clone()] == "treasurer"), "{offered:?}");
}

#[test]
fn the_outline_has_every_section_with_its_title_and_fields_below() {
    let (workspace, _) = at(&format!("|{CLUB}"));
    let outline = workspace.outline("club.toml", Lang::En);
    let names: Vec<_> = outline.iter().map(|it| (it.kind, it.name.as_str(), it.title.as_str())).collect();
    assert_eq!(
        names,
        [
            (Kind::Notice, "club", "The club"),
            (Kind::Purpose, "membership", "Membership"),
            (Kind::Register, "member", "Members"),
            (Kind::Use, "list", "See the members"),
            (Kind::Share, "to-union", "to-union"),
        ]
    );
    let fields: Vec<_> = outline[2].below.iter().map(|it| (it.name.as_str(), it.title.as_str())).collect();
    assert_eq!(fields, [("name", "Name"), ("email", "E-mail")]);
    let shared = workspace.outline("shared.toml", Lang::Da);
    let law = shared.iter().find(|it| it.kind == Kind::Law).unwrap();
    assert_eq!((law.below.len(), law.below[0].name.as_str()), (1, "6(1)(b)"));
    for symbol in outline.iter().chain(&shared) {
        assert!(symbol.whole.start <= symbol.at.start && symbol.at.end <= symbol.whole.end, "{symbol:?}");
        assert!(
            symbol
                .below
                .iter()
                .all(|it| symbol.whole.start <= it.whole.start && it.whole.end <= symbol.whole.end)
        );
    }
}

/// Every place of every beginning of a notice may be asked about, and nothing breaks.
#[test]
fn half_a_notice_and_rubbish_are_answered() {
    let rubbish =
        "[[use]\nid = \nwho = [\"a\", {\n\u{feff}= = \"\"\" [register.\"x\n😀 = 'å\n[law.gdpr.provision.\n";
    let mut texts: Vec<String> = (0..CLUB.len())
        .step_by(37)
        .filter(|end| CLUB.is_char_boundary(*end))
        .map(|end| CLUB[..end].to_owned())
        .collect();
    texts.push(format!("{CLUB}{rubbish}{CLUB}"));
    texts.push("[".repeat(3_000));
    texts.push(format!("a = {}", "[{a=".repeat(500)));
    for text in texts {
        let files = vec![
            SourceFile { path: "club.toml".to_owned(), text: text.clone() },
            SourceFile { path: "shared.toml".to_owned(), text: SHARED.to_owned() },
        ];
        let workspace = Workspace::open(files, date(2026, 11, 21));
        let _ = workspace.diagnostics();
        let _ = workspace.outline("club.toml", Lang::En);
        let step = (text.len() / 40).max(1);
        for offset in (0..=text.len()).step_by(step).chain([text.len(), text.len() + 9]) {
            let _ = workspace.hover("club.toml", offset, Lang::En);
            let _ = workspace.definition("club.toml", offset);
            let _ = workspace.references("club.toml", offset);
            let _ = workspace.complete("club.toml", offset, Lang::Da);
        }
    }
}

/// Every name that the shipped notices use is found where it is declared.
#[test]
fn every_name_of_the_shipped_notices_leads_somewhere() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let files: Vec<SourceFile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(&path).unwrap(),
        })
        .collect();
    let workspace = Workspace::open(files, date(2026, 11, 21));
    let mut lost = Vec::new();
    for file in workspace.files() {
        for (line, at) in file.text.lines().zip(file.text.lines().scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some(start)
        })) {
            let key = line.split(" = ").next().unwrap_or_default();
            if !matches!(
                key,
                "who"
                    | "of"
                    | "about"
                    | "purpose"
                    | "to"
                    | "controller"
                    | "log"
                    | "raises"
                    | "instead"
                    | "roles"
                    | "is"
                    | "basis"
                    | "laws"
            ) || line.contains("{ class = ")
            {
                continue;
            }
            let Some(quote) = line.find('"') else { continue };
            if workspace.definition(&file.path, at + quote + 1).is_none()
                && !line[quote..].starts_with("\"\"")
            {
                lost.push(format!("{}: {line}", file.path));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

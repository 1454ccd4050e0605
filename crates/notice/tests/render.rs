//! The published notices, as people read them: complete, well formed, escaped, in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use notice::policy::ClauseId;
use notice::render::{self, Article, Format, Print, Scope};
use notice::{Fact, Lang, Policy, Refusal, SourceFile, compile};

fn notices(policy: &Policy) -> Vec<String> {
    policy.notices.iter().map(|notice| notice.said.id.clone()).collect()
}

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect()
}

fn policy() -> Policy {
    compile(&files(), date(2026, 11, 21)).policy.expect("the corpus compiles")
}

fn page(policy: &Policy, notice: &str, lang: Lang) -> String {
    render::html(policy, policy.notice_id(notice).unwrap(), lang)
}

/// The hash of the corpus changes with every comma; what people read does not.
fn without_version(policy: &Policy, text: &str) -> String {
    text.replace(&policy.version.to_string(), "VERSION")
}

/// One notice stands for all: its words are made by the program, those of the others by their writers.
#[test]
fn a_notice_reads_as_it_was_approved() {
    let policy = policy();
    for lang in Lang::ALL {
        let text = render::markdown(&policy, policy.notice_id("fmk").unwrap(), lang);
        insta::assert_snapshot!(format!("fmk.{}", lang.tag()), without_version(&policy, &text));
    }
}

#[test]
fn all_clocks_read_as_they_were_approved() {
    let policy = policy();
    let mut lines: Vec<_> = policy
        .clocks
        .iter()
        .flat_map(|clock| {
            let line = |lang: Lang| {
                format!(
                    "{} {}: {}",
                    clock.said.id,
                    lang.tag(),
                    render::clock_words(&policy, &clock.rule, lang)
                )
            };
            Lang::ALL.map(line)
        })
        .collect();
    lines.sort();
    assert!(lines.iter().all(|line| !line.contains('«')), "a name that nobody declared is printed");
    insta::assert_snapshot!("clocks", lines.join("\n"));
}

#[test]
fn every_construct_of_a_notice_is_in_its_page() {
    let policy = policy();
    for notice in &notices(&policy) {
        let id = policy.notice_id(notice).unwrap();
        let mut anchors = BTreeSet::new();
        anchors.extend(
            policy.purposes.iter().filter(|it| it.notice == id).map(|it| format!("purpose-{}", it.said.id)),
        );
        for register in policy.registers.iter().filter(|it| it.notice == id) {
            anchors.extend([format!("register-{}", register.said.id), format!("keep-{}", register.said.id)]);
        }
        anchors
            .extend(policy.uses.iter().filter(|it| it.notice == id).map(|it| format!("use-{}", it.said.id)));
        anchors.extend(
            policy.shares.iter().filter(|it| it.notice == id).map(|it| format!("share-{}", it.said.id)),
        );
        // What the controller says once, in the notice that bears its id, holds for each of its notices.
        let shared = policy.shared_with(id);
        let held = |notice| notice == id || Some(notice) == shared;
        // A right that the notice lists itself stands in place of the shared one.
        let listed = |article: &str| policy.rights.iter().any(|it| it.notice == id && it.article == article);
        let rights =
            policy.rights.iter().filter(|it| it.notice == id || held(it.notice) && !listed(&it.article));
        anchors.extend(rights.map(|it| format!("right-{}", it.said.id)));
        let measures = policy.measures.iter().filter(|it| held(it.notice));
        anchors.extend(measures.map(|it| format!("measure-{}", it.said.id)));
        for lang in Lang::ALL {
            let page = page(&policy, notice, lang);
            for anchor in &anchors {
                assert!(
                    page.contains(&format!(" id=\"{anchor}\"")),
                    "{anchor} is not in {notice} {}",
                    lang.tag()
                );
            }
        }
    }
}

#[test]
fn every_text_of_a_notice_is_in_its_page() {
    let policy = policy();
    for notice in &notices(&policy) {
        let prefix = format!("{notice}.");
        for lang in Lang::ALL {
            let page = page(&policy, notice, lang);
            let file = &policy.notices.iter().find(|own| own.said.id == *notice).unwrap().said.place.file;
            // Rules in a shared file wait there for their notice to be written out.
            let own = policy.all_said().filter(|said| said.place.file == *file);
            for said in own.filter(|said| said.id.starts_with(&prefix) || said.id == *notice) {
                let texts = [Some(&said.title), said.says.as_ref(), said.unstated.as_ref()];
                for text in texts.into_iter().flatten() {
                    assert!(
                        page.contains(&escaped(text.get(lang))),
                        "`{}` is not in {notice}",
                        text.get(lang)
                    );
                }
                for rule in &said.states {
                    assert!(
                        page.contains(&format!("href=\"#{rule}\">{rule}</a>")),
                        "{rule} is not in {notice}"
                    );
                }
            }
        }
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

#[test]
fn what_the_controller_chose_is_printed_as_its_own_choice() {
    let policy = policy();
    for (lang, words) in [(Lang::Da, "Vores eget valg:"), (Lang::En, "Our own choice:")] {
        let page = page(&policy, "nsp", lang);
        let chosen =
            policy.registers.iter().filter(|it| it.said.id.starts_with("nsp.") && it.said.unstated.is_some());
        let uses =
            policy.uses.iter().filter(|it| it.said.id.starts_with("nsp.") && it.said.unstated.is_some());
        assert_eq!(page.matches(words).count(), chosen.count() + uses.count());
    }
}

#[test]
fn pages_are_well_formed_and_their_links_lead_somewhere() {
    let policy = policy();
    for notice in &notices(&policy) {
        for lang in Lang::ALL {
            let page = page(&policy, notice, lang);
            check_markup(&page);
            assert!(page.contains(&format!("<html lang=\"{}\">", lang.tag())));
            assert_eq!(page.matches("<h1>").count(), 1);
        }
    }
}

/// A strict reader of the markup that the page uses: every element closed in order, attributes quoted, ids unique.
fn check_markup(page: &str) {
    const VOID: [&str; 2] = ["meta", "br"];
    let (mut open, mut ids, mut links) = (Vec::new(), BTreeSet::new(), Vec::new());
    let mut rest = page.strip_prefix("<!doctype html>").expect("a page begins with its type");
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "a stray `>` before {}", &rest[..start.min(60)]);
        let end = rest[start..].find('>').map(|end| start + end).expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
            continue;
        }
        // In a picture an element may end where it begins.
        let (tag, ended) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !ended && !VOID.contains(&name) {
            open.push(name);
        }
        for (key, value) in attributes_of(attributes) {
            match key {
                "id" => assert!(ids.insert(value), "`{value}` stands twice"),
                "href" if value.starts_with('#') => links.push(&value[1..]),
                _other => {}
            }
        }
        if name == "style" {
            let end = rest.find("</style>").unwrap();
            rest = &rest[end..];
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "not closed");
    for link in links {
        assert!(ids.contains(link), "`#{link}` leads nowhere");
    }
}

fn attributes_of(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").expect("attributes are quoted");
        let (value, after) = after.split_once('"').expect("a quote is closed");
        found.push((key.trim(), value));
        rest = after.trim_start();
    }
    found
}

#[test]
fn markup_in_a_notice_stays_text() {
    let mut hostile = files();
    let file = hostile.iter_mut().find(|file| file.path == "fmk.toml").unwrap();
    let evil = "</h1><script>alert('x')</script>&\\\"><img src=x onerror=y>";
    file.text = file.text.replace("da = \"Recepter\"", &format!("da = \"{evil}\""));
    file.text = file.text.replace("da = \"Status\"", &format!("da = \"{evil}\""));
    let policy = compile(&hostile, date(2026, 11, 21)).policy.unwrap();
    let page = page(&policy, "fmk", Lang::Da);
    check_markup(&page);
    assert!(page.contains("&lt;script&gt;"));
    for forbidden in ["<script", "<img", "onerror=y>"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn a_fragment_leads_to_the_promises_of_its_house() {
    let policy = policy();
    let id = policy.notice_id("fmk").unwrap();
    let fragment = render::fragment(&policy, id, Lang::En, "/en/promises");
    assert!(fragment.starts_with("<article class=\"notice\" lang=\"en\""));
    assert!(fragment.contains("href=\"/en/promises#F-17\""));
    assert!(!fragment.contains("<style"));
}

#[test]
fn json_has_its_stable_shape() {
    let policy = policy();
    let id = policy.notice_id("fmk").unwrap();
    let json = render::notice(&policy, id, Lang::En, Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "hjemmel/notice/1");
    let keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = "schema id lang version title intro promises valid_from valid_until source controller supervisor sections";
    assert_eq!(keys.join(" "), expected);
    let sections: Vec<_> =
        json["sections"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(sections, ["what", "why", "who", "yourself", "how-long", "rights", "care", "complaint"]);
    let item = &json["sections"][0]["items"][0];
    let keys: Vec<_> = item.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = "anchor kind id title text facts fields laws time condition unstated promises file";
    assert_eq!(keys.join(" "), expected);
    assert_eq!(item["id"], "fmk.order");
    assert_eq!(item["laws"][1]["number"], "General Data Protection Regulation, Article 9(2)(h)");
    assert_eq!(json["sections"][4]["items"][0]["time"]["seed"], "002:294");
}

#[test]
fn grounds_are_numbered_as_lawyers_write_them() {
    let policy = policy();
    for (cited, da, en) in [
        (
            "gdpr:6(1)(e)",
            "databeskyttelsesforordningen, artikel 6, stk. 1, litra e",
            "General Data Protection Regulation, Article 6(1)(e)",
        ),
        ("dpa:7(3)", "databeskyttelsesloven, § 7, stk. 3", "Data Protection Act, § 7(3)"),
        (
            "exposure-order:6(1)(3)",
            "bekendtgørelse om registrering af og adgang til oplysninger om elektronisk registrerede kontakter, § 6, stk. 1, nr. 3",
            "Executive Order on the registration of and access to data on electronically registered contacts, § 6(1)(3)",
        ),
        ("health-act:193b", "sundhedsloven, § 193 b", "Health Act, § 193 b"),
        ("medicines-act:whole", "lægemiddelloven", "Medicines Act"),
        ("nowhere:1", "nowhere:1", "nowhere:1"),
    ] {
        assert_eq!(render::words::citation(&policy, cited, Lang::Da).number, da);
        assert_eq!(render::words::citation(&policy, cited, Lang::En).number, en);
    }
}

#[test]
fn a_refusal_names_the_clause_and_three_lawful_ways_forward() {
    let policy = policy();
    let use_id = policy.use_id("fmk.read-card").unwrap();
    let instead = policy.uses[use_id.index()].instead.clone();
    let refusal = Refusal { use_id, clause: ClauseId::Missing(Fact::Treats), instead };
    let words = render::refusal_words(&policy, &refusal, Lang::En);
    assert_eq!(words.asked, "Open the medicine card");
    assert_eq!(words.clause, "You are not registered as treating the person.");
    let ways: Vec<_> = words.instead.iter().map(|way| way.id.as_str()).collect();
    assert_eq!(
        ways,
        ["fmk.read-with-consent", "nsp.register-treatment-relation", "nsp.take-emergency-access"]
    );
    assert!(render::refusal_words(&policy, &refusal, Lang::Da).told.unwrap().contains("spærret"));
}

#[test]
fn every_clause_has_words_in_both_languages() {
    let facts = Fact::ALL.into_iter().flat_map(|fact| [ClauseId::Missing(fact), ClauseId::Against(fact)]);
    let others = [ClauseId::Role, ClauseId::Verb, ClauseId::NotInForce, ClauseId::StepUp];
    for clause in facts.chain(others) {
        let (da, en) =
            (render::words::clause_words(clause, Lang::Da), render::words::clause_words(clause, Lang::En));
        assert!(da.ends_with('.') && en.ends_with('.') && da != en, "{clause:?}");
    }
}

#[test]
fn a_use_reads_as_one_sentence() {
    let policy = policy();
    let id = policy.use_id("fmk.find-prescriptions").unwrap();
    assert_eq!(
        render::use_sentence(&policy, id, Lang::En),
        "Pharmacy staff may see and search: prescriptions, dispensings and basic data, when you have shown them the prescription."
    );
}

#[test]
fn the_matrix_shows_who_may_do_what() {
    let policy = policy();
    let matrix = render::matrix(&policy, None, Lang::En);
    let uses = |role: &str, register: &str| -> Vec<&str> {
        let column = matrix.columns.iter().position(|it| it.id == register).unwrap();
        let row = matrix.rows.iter().find(|it| it.id == role).unwrap();
        row.cells[column].iter().map(|cell| cell.id.as_str()).collect()
    };
    assert!(uses("doctor", "fmk.order").contains(&"fmk.read-card"));
    assert!(!uses("pharmacist", "fmk.order").contains(&"fmk.read-card"));
    assert_eq!(uses("pharmacist", "nsp.living-will"), Vec::<&str>::new());
    assert_eq!(uses("reviewer", "fmk.order"), Vec::<&str>::new(), "who reviews looks sees no medicine");
    assert!(matrix.rows.iter().all(|row| row.cells.len() == matrix.columns.len()));
    let own = render::matrix(&policy, policy.notice_id("fmk"), Lang::Da);
    assert_eq!(own.columns.len(), 4);
}

fn prints() -> Vec<Print> {
    vec![
        Print::Notice,
        Print::Short,
        Print::Letter(Article::Thirteen),
        Print::Letter(Article::Fourteen),
        Print::Record(Scope::Notice),
        Print::Record(Scope::Controller),
        Print::Processor("medicine-record-operator".to_owned()),
        Print::Retention,
        Print::Matrix,
        Print::Parties,
        Print::Joint,
        Print::Dpia,
    ]
}

#[test]
fn every_print_is_well_formed_and_its_headings_go_in_order() {
    let policy = policy();
    for notice in &notices(&policy) {
        let id = policy.notice_id(notice).unwrap();
        for (print, lang) in prints().iter().flat_map(|print| Lang::ALL.map(|lang| (print, lang))) {
            let document = render::print(&policy, id, print, lang).unwrap();
            let page = document.html();
            check_markup(&page);
            let levels: Vec<u8> = page
                .match_indices("<h")
                .filter_map(|(at, _)| page.as_bytes().get(at + 2).filter(|sign| sign.is_ascii_digit()))
                .map(|sign| sign - b'0')
                .collect();
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{notice} {print:?}");
            assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{notice} {print:?}: {levels:?}");
            for table in document.blocks.iter().filter_map(|block| match block {
                render::Block::Table(table) => Some(table),
                _other => None,
            }) {
                assert!(
                    table.rows.iter().all(|row| row.len() == table.columns.len()),
                    "{notice} {}",
                    table.name
                );
            }
        }
    }
}

#[test]
fn each_letter_has_the_points_of_its_article() {
    let policy = policy();
    let anchors = |article| {
        let letter =
            render::print(&policy, policy.notice_id("fmk").unwrap(), &Print::Letter(article), Lang::Da);
        let blocks = letter.unwrap().blocks.into_iter();
        blocks
            .filter_map(|block| match block {
                render::Block::Heading { anchor, .. } => Some(anchor),
                _other => None,
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let both = "recipients transfers storage rights complaint";
    assert_eq!(anchors(Article::Thirteen), format!("responsible purposes {both} duty automated"));
    assert_eq!(
        anchors(Article::Fourteen),
        format!("responsible purposes categories {both} sources automated")
    );
}

#[test]
fn the_record_ties_data_to_each_category_of_persons() {
    let policy = policy();
    let id = policy.notice_id("fmk").unwrap();
    let record = render::print(&policy, id, &Print::Record(Scope::Notice), Lang::En).unwrap();
    let sheet = &record.sheets[0];
    let persons: usize = policy.registers.iter().filter(|it| it.notice == id).map(|it| it.about.len()).sum();
    assert_eq!(sheet.rows.len(), persons);
    let column = |name: &str| sheet.columns.iter().position(|own| own == name).unwrap();
    let basic = sheet.rows.iter().find(|row| row[column("Register")] == "Basic data").unwrap();
    assert_eq!(basic[column("CPR number")], "yes");
    assert!(basic[column("Ordinary data")].contains("protected address"));
    assert!(basic[column("Recipients")].contains("Pharmacies: basic data (civil registration number, name"));
    assert!(basic[column("Time limit for erasure")].contains("2 years after"));
}

#[test]
fn the_notice_has_all_that_the_transparency_language_demands() {
    let policy = policy();
    for notice in &notices(&policy) {
        let text = notice::export::tilt::json(
            &policy,
            policy.notice_id(notice).unwrap(),
            Lang::Da,
            date(2026, 11, 22),
        );
        let tilt: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (place, keys) in TILT {
            let Some(found) = tilt.pointer(place) else { continue };
            for key in keys.split(' ') {
                assert!(!found[key].is_null(), "{place}/{key} is missing in {notice}");
            }
        }
        assert_eq!(tilt["meta"]["_hash"].as_str().unwrap().len(), 64);
        assert!(["active", "inactive"].contains(&tilt["meta"]["status"].as_str().unwrap()));
        assert!(tilt["meta"]["version"].is_u64());
    }
}

/// What the schema of TILT asks for, place by place; lists are judged by their first member.
const TILT: [(&str, &str); 16] = [
    (
        "",
        "meta controller dataProtectionOfficer dataDisclosed thirdCountryTransfers accessAndDataPortability sources \
         rightToInformation rightToRectificationOrDeletion rightToDataPortability rightToWithdrawConsent \
         rightToComplain automatedDecisionMaking changesOfPurpose",
    ),
    ("/meta", "_id name created modified version language status url _hash"),
    ("/controller", "name address country representative"),
    ("/controller/representative", "name email"),
    ("/dataProtectionOfficer", "name address country email"),
    (
        "/dataDisclosed/0",
        "_id category purposes legalBases legitimateInterests recipients storage nonDisclosure",
    ),
    ("/dataDisclosed/0/purposes/0", "purpose description"),
    ("/dataDisclosed/0/legalBases/0", "reference description"),
    ("/dataDisclosed/0/legitimateInterests/0", "exists reasoning"),
    ("/dataDisclosed/0/recipients/0", "category"),
    ("/dataDisclosed/0/storage/0", "temporal purposeConditional legalBasisConditional aggregationFunction"),
    (
        "/dataDisclosed/0/nonDisclosure",
        "legalRequirement contractualRegulation obligationToProvide consequences",
    ),
    (
        "/thirdCountryTransfers/0",
        "country adequacyDecision appropriateGuarantees presenceOfEnforceableRightsAndEffectiveRemedies \
         standardDataProtectionClause",
    ),
    (
        "/accessAndDataPortability",
        "available description url email identificationEvidences administrativeFee dataFormat",
    ),
    ("/rightToComplain", "available description url email identificationEvidences supervisoryAuthority"),
    ("/automatedDecisionMaking", "inUse logicInvolved scopeAndIntendedEffects"),
];

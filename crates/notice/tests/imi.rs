//! What the notice of the Internal Market Information System promises in its tables and in words, held against the
//! compiled notices: each test names its rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use notice::policy::{Class, Condition, Register, Share, Use};
use notice::{Fact, Lang, Policy, SourceFile, Verb, compile, render};

fn policy() -> Policy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    compile(&files, date(2026, 11, 21)).policy.expect("the corpus compiles")
}

fn register<'a>(policy: &'a Policy, name: &str) -> &'a Register {
    policy.registers.iter().find(|one| one.said.id == format!("imi.{name}")).unwrap()
}

fn used<'a>(policy: &'a Policy, name: &str) -> &'a Use {
    policy.uses.iter().find(|one| one.said.id == format!("imi.{name}")).unwrap()
}

fn share<'a>(policy: &'a Policy, name: &str) -> &'a Share {
    policy.shares.iter().find(|one| one.said.id == format!("imi.{name}")).unwrap()
}

fn says(policy: &Policy, wanted: &[(&str, &str)]) {
    let said = |lang| {
        render::notice(policy, policy.notice_id("imi").unwrap(), lang, render::Format::Markdown)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (da, en) = (said(Lang::Da), said(Lang::En));
    for (danish, english) in wanted {
        assert!(da.contains(danish), "the Danish text lacks `{danish}`");
        assert!(en.contains(english), "the English text lacks `{english}`");
    }
}

/// The registers that lie in IMI itself.
const IN_IMI: [&str; 5] = ["alert", "incoming-alert", "in-imi", "reason", "professional-card"];

/// The registers of the notice with a field of this class, by name.
fn with(policy: &Policy, class: Class) -> Vec<&str> {
    let has = |one: &&Register| one.fields.iter().any(|field| field.class == class);
    let ours = policy.registers.iter().filter(has).filter_map(|one| one.said.id.strip_prefix("imi."));
    ours.collect()
}

#[test]
fn the_authority_answers_for_the_cases_and_the_commission_for_the_servers_on_which_they_lie() {
    // proves rule IMI-02, rule IMI-12
    let policy = policy();
    assert_eq!(policy.notice(policy.notice_id("imi").unwrap()).unwrap().controller, "stps");
    let commission = policy.party("eu-commission").unwrap();
    assert!(commission.kinds.contains(&"controller".to_owned()), "not our processor: {:?}", commission.kinds);
    let servers = share(&policy, "commission-servers");
    assert_eq!(servers.to, "eu-commission");
    let lie_there: Vec<&str> = servers.of.iter().map(|one| policy.register_name(*one)).collect();
    assert_eq!(
        lie_there,
        IN_IMI.map(|name| format!("imi.{name}")),
        "all of IMI, and nothing of our own house"
    );
    says(&policy, &[("ligger på Kommissionens servere", "lies on the Commission's servers")]);
}

#[test]
fn an_alert_holds_who_which_profession_and_what_was_decided_and_not_why() {
    // proves rule IMI-06, rule IMI-07, rule IMI-08
    let policy = policy();
    for name in ["alert", "incoming-alert"] {
        let fields: BTreeSet<&str> =
            register(&policy, name).fields.iter().map(|field| field.name.as_str()).collect();
        for wanted in ["surname", "birth-date", "birth-place", "authorisation-number"] {
            assert!(fields.contains(wanted), "{name} lacks {wanted}, which says who");
        }
        assert!(fields.contains("profession"), "{name}");
        for wanted in ["decision-date", "scope", "from", "until"] {
            assert!(fields.contains(wanted), "{name} lacks {wanted}, which says what was decided");
        }
        let all_ordinary = register(&policy, name).fields.iter().all(|field| field.class == Class::Ordinary);
        assert!(all_ordinary, "{name} would say why");
    }
    // Not everybody has a number of an authorisation.
    says(&policy, &[("Eventuelt autorisationsnummer", "Authorisation number if any")]);
}

#[test]
fn a_civil_registration_number_lies_in_imi_only_where_an_attachment_of_a_card_has_it() {
    // proves rule IMI-09, rule IMI-21
    let policy = policy();
    assert_eq!(with(&policy, Class::Cpr), ["professional-card", "copy-in-case-system"]);
    for name in with(&policy, Class::Cpr) {
        let of = register(&policy, name);
        assert!(of.basis.contains(&"dpa:11(1)".to_owned()), "{name}");
        let number = of.fields.iter().find(|field| field.class == Class::Cpr).unwrap();
        assert_eq!(number.title.en, "Civil registration number in an attachment", "{name}");
    }
    says(
        &policy,
        &[
            ("Dit CPR-nummer er der kun, hvis det står i et bilag", "only if it stands in an attachment"),
            ("kun til sikkert at vide, hvem du er", "only to be certain who you are"),
        ],
    );
}

#[test]
fn only_who_has_the_case_or_whom_it_is_about_reads_what_lies_in_imi() {
    // proves rule IMI-13
    let policy = policy();
    let lies_in_imi = |one: &Use| {
        one.of.iter().any(|scope| {
            IN_IMI.iter().any(|name| policy.register_name(scope.register) == format!("imi.{name}"))
        })
    };
    let reads =
        |one: &&Use| one.may.iter().any(|verb| matches!(verb, Verb::Read | Verb::Search | Verb::Disclose));
    let mut free = Vec::new();
    for one in policy.uses.iter().filter(|one| lies_in_imi(one)).filter(reads) {
        if !asks_for(&one.when, &[Fact::Assigned, Fact::Myself]) {
            free.push(one.said.id.as_str());
        }
    }
    // The system compares by itself; who passes alerts on sees no name; the helpdesk fetches for the person who asked.
    assert_eq!(free, ["imi.route-alert", "imi.compare", "imi.fetch-blocked"]);
    let system = policy.role_id("system").unwrap();
    assert_eq!(used(&policy, "compare").who, [system]);
    assert!(asks_for(&used(&policy, "fetch-blocked").when, &[Fact::Asked]));
    let passes_on = &used(&policy, "route-alert").of[0];
    let alert = policy.registers.iter().find(|one| one.said.id == "imi.incoming-alert").unwrap();
    let seen: Vec<&str> =
        passes_on.fields.iter().map(|field| alert.fields[field.index()].name.as_str()).collect();
    assert_eq!(seen, ["number", "country", "profession", "scope"]);
}

/// Whether a condition cannot hold without one of these facts.
fn asks_for(condition: &Condition, facts: &[Fact]) -> bool {
    match condition {
        Condition::Always | Condition::Not(_) => false,
        Condition::Holds(fact) => facts.contains(fact),
        Condition::All(all) => all.iter().any(|one| asks_for(one, facts)),
        Condition::Any(any) => any.iter().all(|one| asks_for(one, facts)),
    }
}

#[test]
fn what_is_used_in_a_case_is_copied_with_where_it_came_from_and_stays_thirty_years_at_most() {
    // proves rule IMI-16, rule IMI-17
    let policy = policy();
    let copy = register(&policy, "copy-in-case-system");
    for wanted in ["from-case", "authority", "copied"] {
        assert!(copy.fields.iter().any(|field| field.name == wanted), "{wanted}");
    }
    let makes = used(&policy, "copy-to-case");
    assert!(makes.may == [Verb::Create] && asks_for(&makes.when, &[Fact::Assigned]));
    let clock = &policy.clocks[copy.clock];
    assert_eq!(clock.rule.to_string(), "erase by case.closed + P30Y");
    // Whoever works on the case ends it, and so begins the thirty years.
    assert!(used(&policy, "work-on-case").raises.contains(&"case.closed".to_owned()));
}

#[test]
fn the_grounds_are_those_of_the_notice() {
    // proves rule IMI-18, rule IMI-19, rule IMI-20, rule IMI-22
    let policy = policy();
    let laws = &policy.notice(policy.notice_id("imi").unwrap()).unwrap().laws;
    for law in [
        "recognition-act:15",
        "recognition-act:16",
        "recognition-directive:whole",
        "implementing-regulation-2015-983:23-28",
    ] {
        assert!(laws.contains(&law.to_owned()), "{law}");
    }
    let lacks = |name: &str, grounds: &[&str]| {
        let basis = &register(&policy, name).basis;
        grounds.iter().any(|ground| !basis.iter().any(|has| has == ground))
    };
    let ours = policy.registers.iter().filter_map(|one| one.said.id.strip_prefix("imi."));
    assert_eq!(ours.filter(|name| lacks(name, &["gdpr:6(1)(e)"])).collect::<Vec<_>>(), [""; 0]);
    let health = with(&policy, Class::Health);
    assert_eq!(health, ["reason", "copy-in-case-system"]);
    assert!(!health.iter().any(|name| lacks(name, &["gdpr:9(2)(g)", "gdpr:9(2)(i)"])));
    let criminal = with(&policy, Class::Criminal);
    assert_eq!(criminal, ["reason", "copy-in-case-system"]);
    assert!(!criminal.iter().any(|name| lacks(name, &["dpa:8"])));
}

#[test]
fn five_rights_go_by_mail_or_e_boks_and_are_answered_within_thirty_days() {
    // proves rule IMI-23, rule IMI-28, rule IMI-29, rule IMI-30, rule IMI-31, rule IMI-34, rule IMI-35, rule IMI-36
    let policy = policy();
    let imi = policy.notice_id("imi").unwrap();
    for article in ["gdpr:15", "gdpr:16", "gdpr:17", "gdpr:18", "gdpr:21"] {
        let right = policy.rights.iter().find(|right| right.notice == imi && right.article == article);
        let right = right.unwrap_or_else(|| panic!("{article}"));
        let by = |da: &str, en: &str| {
            right.channels.iter().any(|channel| channel.da.contains(da) && channel.en.contains(en))
        };
        assert!(by("E-mail til informationssikkerhed@stps.dk", "E-mail to informationssikkerhed@stps.dk"));
        let sensitive = "where it is sensitive or confidential";
        assert!(by("e-Boks til Styrelsen for Patientsikkerhed, når det er følsomt", sensitive), "{article}");
        assert_eq!(right.promise.map(|promise| promise.to_string()).as_deref(), Some("P30D"), "{article}");
    }
}

#[test]
fn any_authority_of_the_case_takes_the_request_and_an_older_case_goes_to_the_helpdesk() {
    // proves rule IMI-24, rule IMI-25, rule IMI-26, rule IMI-27
    let policy = policy();
    let imi = policy.notice_id("imi").unwrap();
    let access =
        policy.rights.iter().find(|right| right.notice == imi && right.article == "gdpr:15").unwrap();
    let any = "Any competent authority that is involved in your case in IMI";
    assert!(access.channels.iter().any(|channel| channel.en == any));
    let abroad = policy.role_id("authority-abroad").unwrap();
    assert!(used(&policy, "receive-request").who.contains(&abroad));
    // Who has the request prints, and only if the person asked; the helpdesk fetches what is blocked, and only then.
    let prints = &used(&policy, "print-report").when;
    assert!(asks_for(prints, &[Fact::Assigned]) && asks_for(prints, &[Fact::Asked]));
    let fetches = used(&policy, "fetch-blocked");
    let fetched: Vec<&str> = fetches.of.iter().map(|scope| policy.register_name(scope.register)).collect();
    assert_eq!(fetched, ["imi.in-imi", "imi.reason", "imi.professional-card"]);
    let clock = &policy.clocks[register(&policy, "in-imi").clock];
    assert_eq!(clock.rule.to_string(), "block at imi.case.closed + P6M then erase at imi.case.closed + P3Y");
    says(
        &policy,
        &[
            ("Myndigheden skal godkende din anmodning", "The authority must approve your request"),
            ("lukket for mindre end 6 måneder siden", "closed less than 6 months ago"),
            (
                "Derefter er alt slettet, og så svarer vi det",
                "everything is erased, and then that is our answer",
            ),
        ],
    );
}

#[test]
fn a_right_that_has_to_give_way_names_the_law_and_a_refusal_says_why_and_where_to_complain() {
    // proves rule IMI-32, rule IMI-33, rule IMI-37
    let policy = policy();
    let imi = policy.notice_id("imi").unwrap();
    let of_ours = policy.rights.iter().filter(|right| right.notice == imi && right.article != "gdpr:77");
    let unlimited: Vec<&str> =
        of_ours.filter(|right| right.limits.is_empty()).map(|right| right.article.as_str()).collect();
    assert_eq!(unlimited, [""; 0], "other law mostly comes first");
    assert!(policy.rights.iter().flat_map(|right| &right.limits).all(|(_, law)| law.contains(':')));
    let request = register(&policy, "request");
    for wanted in ["identity", "decision", "rules", "reasons", "complaint"] {
        assert!(request.fields.iter().any(|field| field.name == wanted), "{wanted}");
    }
    says(
        &policy,
        &[
            ("Et afslag er skriftligt", "A refusal is in writing"),
            ("hvor du kan klage", "where you can complain"),
            ("hvordan vi fik bekræftet, hvem du er", "how your identity was confirmed"),
        ],
    );
}

#[test]
fn the_page_leads_to_the_general_policy_and_the_commission_and_names_the_officer() {
    // proves rule IMI-38, rule IMI-39
    says(
        &policy(),
        &[
            ("generelle data- og privatlivspolitik", "general data and privacy policy"),
            ("på Kommissionens hjemmeside", "on the Commission's website"),
            ("databeskyttelse@sum.dk", "databeskyttelse@sum.dk"),
        ],
    );
}

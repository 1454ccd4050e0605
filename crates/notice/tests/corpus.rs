//! The corpus that ships: it compiles, states what was promised, and decides as the published notices say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use notice::id::Person;
use notice::policy::ClauseId;
use notice::{
    Actor, Compiled, Decision, Fact, Facts, Id, Policy, Question, Reading, Severity, SourceFile, Target,
    Writing, compile,
};

fn compiled() -> Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    compile(&files, date(2026, 11, 21))
}

fn policy() -> Policy {
    compiled().policy.expect("the corpus compiles")
}

#[test]
fn the_corpus_has_no_error() {
    let errors = compiled().diagnostics.into_iter().filter(|it| it.severity == Severity::Error);
    let errors: Vec<_> =
        errors.map(|it| format!("{} {}: {}", it.code.id, it.place.file, it.sentence.en)).collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// What the compiler must say of these notices, because it is true of the published ones.
#[test]
fn the_corpus_is_warned_of_what_is_true_of_it() {
    let compiled = compiled();
    let says = |code: &str, part: &str| {
        compiled.diagnostics.iter().any(|it| it.code.id == code && it.sentence.en.contains(part))
    };
    assert!(says("N207", "order-1615-2018"), "the order that the notice cites was replaced");
    assert!(says("N605", "gdpr:15"), "no time to answer is stated");
    assert!(says("N701", "`cpr`"), "the same fields go after one and after two years");
    assert!(says("N309", "nsp.mylog"), "special cases are not defined");
    assert!(says("N307", "mc.general"), "as long as needed has no ceiling");
    assert!(says("N308", "sst.gateway"), "fourteen days from what");
}

#[test]
fn every_rule_of_the_medicine_record_and_the_platform_is_stated_by_its_own_notice_or_what_it_leans_on() {
    let stated = policy().stated();
    let rules = (1..=18).flat_map(|number| [format!("F-{number:02}"), format!("N-{number:02}")]);
    let leant_on = (1..=29).map(|number| format!("D-{number:02}"));
    for rule in rules.chain(leant_on) {
        assert!(stated.contains_key(&rule), "{rule} is stated nowhere");
    }
}

/// The 37 rules of the five published notices, word for word.
const RULES: &[(&str, &str)] = &[
    ("nsp.appointment", "erase at earliest(appointment.fulfilled + P2Y, subject.died + P1Y)"),
    ("imi.in-imi", "block at imi.case.closed + P6M then erase at imi.case.closed + P3Y"),
    ("imi.copy-in-case-system", "erase by case.closed + P30Y"),
    (
        "stps.case",
        "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by case.closed + P30Y then erase by earliest(archive.handed-over, case.closed + P30Y)",
    ),
    (
        "stps.authorisation",
        "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by subject.died + P100Y then erase by subject.died + P100Y",
    ),
    ("stps.need-floor", "erase from need.ended"),
    ("stps.whistleblower", "review by report.closed + P45D then erase from need.ended"),
    ("stps.personnel", "erase by case.closed + P30Y"),
    ("sst.nemid-login", "erase at nemid.login + PT24H"),
    ("sst.verification-count", "erase at verification.counted + PT24H"),
    ("sst.ssi-infected", "erase at ssi.not-relevant"),
    ("sst.gateway", "erase at gateway.upload + P14D"),
    ("sst.backend-keys", "erase at gateway.upload + P14D"),
    ("sst.phone", "erase at earliest(consent.withdrawn, app.uninstalled, key.made + P14D)"),
    ("sst.sunset", "erase at app.not-needed"),
    ("sst.archive", "archive to rigsarkivet from need.ended if flag preserve-worthy"),
    ("sds.supplier", "erase at supplier.task.done"),
    ("sds.case", "archive to rigsarkivet from need.ended then erase from archive.handed-over"),
    (
        "sds.recruitment",
        "erase at earliest(recruitment.concluded, application.received + P6M) unless flag applicant-asked-to-keep",
    ),
    ("sds.recruitment.participants", "destroy at recruitment.concluded"),
    ("nsp.home-visit", "erase at earliest(appointment.fulfilled + P2Y, subject.died + P1Y)"),
    ("nsp.basic", "erase at earliest(removed-by-subject, subject.died + P1Y)"),
    ("nsp.plans", "erase at inherit(data-source)"),
    ("nsp.living-will", "erase at subject.died + P1Y"),
    ("nsp.organ-donation", "erase at subject.died + P1Y"),
    ("nsp.mylog", "erase at log.written + P5Y if flag special-case else erase at log.written + P2Y"),
    (
        "fmk.order",
        "erase at latest(order.made + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)",
    ),
    (
        "fmk.prescription",
        "erase at latest(prescription.issued + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)",
    ),
    ("fmk.dispensing", "erase at dispensing.recorded + P2Y"),
    ("fmk.basic", "erase at subject.died + P2Y"),
    ("sds.newsletter", "erase by newsletter.unsubscribed + P2M"),
    ("mc.general", "erase from latest(need.ended, not-current, audit-duty.ended)"),
    ("mc.hired", "move to personnel-file at applicant.hired"),
    ("mc.rejected", "erase by applicant.rejected + P3M"),
    ("mc.unsolicited", "erase at application.unsolicited + P14D"),
    ("mc.address-or-website", "erase at removal.asked"),
    ("mc.image", "erase from earliest(removal.asked, not-current)"),
];

#[test]
fn the_retention_rules_are_those_of_the_published_notices() {
    let policy = policy();
    assert_eq!(RULES.len(), 37);
    for (id, line) in RULES {
        let clock = policy.clock(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(clock.rule.to_string(), *line, "{id}");
        assert!(clock.seed.is_some() && !clock.said.states.is_empty(), "{id} names its lines and its rules");
    }
}

#[test]
fn what_is_ours_alone_is_marked_as_our_own_choice() {
    let policy = policy();
    for clock in &policy.clocks {
        let published = RULES.iter().any(|(id, _)| *id == clock.said.id);
        assert!(
            published || clock.said.unstated.is_some(),
            "{} is neither published nor `unstated`",
            clock.said.id
        );
    }
}

/// One question to the corpus.
struct Asked<'a> {
    policy: &'a Policy,
    use_id: &'a str,
    role: &'a str,
    holds: &'a [Fact],
}

impl Asked<'_> {
    fn question(&self) -> Question {
        let use_id = self.policy.use_id(self.use_id).unwrap_or_else(|| panic!("{} is missing", self.use_id));
        let looked = Fact::ALL
            .into_iter()
            .fold(Facts::default(), |facts, fact| facts.with(fact, self.holds.contains(&fact)));
        Question {
            now: "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap(),
            actor: Actor {
                person: Some(Id::<Person>::from_bits(1)),
                role: self.policy.role_id(self.role).unwrap(),
                organisation: None,
            },
            use_id,
            target: Target::Person(Id::from_bits(2)),
            facts: looked,
        }
    }

    /// Nothing if it is granted, else the clause that stood in the way.
    fn looking(&self) -> Option<ClauseId> {
        match self.policy.decide::<Reading>(&self.question()) {
            Decision::Granted(_) => None,
            Decision::Refused(refusal) => Some(refusal.clause),
        }
    }

    fn changing(&self) -> Option<ClauseId> {
        match self.policy.decide::<Writing>(&self.question()) {
            Decision::Granted(_) => None,
            Decision::Refused(refusal) => Some(refusal.clause),
        }
    }
}

use Fact::{
    Assigned, Authorised, Blocked, BreakGlass, Consented, FreshLogin, Guardian, Myself, Of15, Presented,
    Treats,
};

#[test]
fn looks_are_decided_as_the_notices_say() {
    let policy = policy();
    for (use_id, role, holds, clause) in [
        // rule F-14
        ("fmk.read-card", "doctor", &[Authorised, Treats][..], None),
        ("fmk.read-card", "doctor", &[Authorised], Some(ClauseId::Missing(Treats))),
        ("fmk.read-card", "doctor", &[Authorised, Treats, Blocked], Some(ClauseId::Against(Blocked))),
        ("fmk.read-card", "doctor", &[Treats], Some(ClauseId::Missing(Authorised))),
        ("fmk.read-card", "pharmacist", &[Treats], Some(ClauseId::Role)),
        ("fmk.read-with-consent", "doctor", &[Authorised, Consented, Blocked], None),
        ("fmk.emergency-read-card", "nurse", &[Authorised, BreakGlass, Blocked], None),
        ("fmk.emergency-read-private", "doctor", &[Authorised, BreakGlass], Some(ClauseId::StepUp)),
        ("fmk.emergency-read-private", "doctor", &[Authorised, BreakGlass, FreshLogin], None),
        ("fmk.find-prescriptions", "pharmacist", &[], Some(ClauseId::Missing(Presented))),
        ("fmk.find-prescriptions", "pharmacist", &[Presented], None),
        // rule F-08
        ("fmk.read-own-card", "citizen", &[Myself], None),
        ("fmk.read-own-card", "citizen", &[], Some(ClauseId::Missing(Myself))),
        ("fmk.read-child-card", "citizen", &[Guardian], None),
        ("fmk.read-child-card", "citizen", &[Guardian, Of15], Some(ClauseId::Against(Of15))),
        // rule F-13
        (
            "fmk.disclose-supervision-identified",
            "disclosure-officer",
            &[FreshLogin],
            Some(ClauseId::Missing(Assigned)),
        ),
        // rule N-18
        ("nsp.read-own-log", "citizen", &[Myself], None),
        ("nsp.read-child-log", "citizen", &[Guardian, Of15], Some(ClauseId::Against(Of15))),
        ("nsp.review-looks", "doctor", &[Authorised], Some(ClauseId::Role)),
    ] {
        assert_eq!(
            Asked { policy: &policy, use_id, role, holds }.looking(),
            clause,
            "{use_id} {role} {holds:?}"
        );
    }
}

#[test]
fn changes_are_decided_as_the_notices_say() {
    let policy = policy();
    for (use_id, role, holds, clause) in [
        ("fmk.prescribe", "doctor", &[Authorised, Treats][..], None),
        ("fmk.prescribe", "nurse", &[Authorised, Treats], Some(ClauseId::Role)),
        ("fmk.prescribe", "doctor", &[Authorised, BreakGlass], None),
        ("fmk.dispense", "pharmacist", &[Presented], None),
        ("fmk.dispense", "pharmacy-staff", &[Presented], Some(ClauseId::Role)),
        ("fmk.unmark-private", "citizen", &[Myself], Some(ClauseId::StepUp)),
        ("fmk.unmark-private", "citizen", &[Myself, FreshLogin], None),
        ("fmk.unmark-private", "doctor", &[Authorised, Treats, FreshLogin], Some(ClauseId::Role)),
        // rule N-14
        ("nsp.change-own-contact", "citizen", &[Myself], Some(ClauseId::StepUp)),
        ("nsp.remove-own-basic", "citizen", &[Fact::Represents, FreshLogin], None),
        // A fact is never made by the one who gains from it.
        ("nsp.register-treatment-relation", "doctor", &[Authorised], Some(ClauseId::Role)),
        ("nsp.register-custody", "citizen", &[Guardian], Some(ClauseId::Role)),
        ("nsp.give-consent", "doctor", &[Authorised, Treats, FreshLogin], Some(ClauseId::Role)),
        // Life comes first: nothing is asked for but an authorisation.
        ("nsp.take-emergency-access", "doctor", &[Authorised, Blocked], None),
        ("nsp.take-emergency-access", "doctor", &[], Some(ClauseId::Missing(Authorised))),
        // Consent is withdrawn as easily as it is given.
        ("nsp.withdraw-consent", "citizen", &[Myself], None),
    ] {
        assert_eq!(
            Asked { policy: &policy, use_id, role, holds }.changing(),
            clause,
            "{use_id} {role} {holds:?}"
        );
    }
}

/// Where a child lives, and with whom, must not be found through a card or a log.
#[test]
fn a_custody_holder_sees_no_place_and_no_name_of_a_clinic() {
    let policy = policy();
    let places = [
        "organisation",
        "pharmacy",
        "pharmacist",
        "who",
        "created-by",
        "created-by-organisation",
        "modified-by",
        "issued-by",
        "issued-by-organisation",
        "address",
        "general-practitioner",
        "place",
    ];
    let guardian = policy.uses.iter().filter(|used| used.when.to_string().starts_with("guardian and"));
    let mut seen = 0;
    for used in guardian {
        seen += 1;
        for scope in &used.of {
            let register = policy.register(scope.register).unwrap();
            for name in places {
                let field = policy.field_id(scope.register, name);
                assert!(
                    field.is_none_or(|field| !scope.fields.contains(field)),
                    "{} shows {} {name}",
                    used.said.id,
                    register.said.id
                );
            }
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn only_the_number_of_a_private_order_is_seen_by_those_who_treat() {
    let policy = policy();
    let used = policy.use_(policy.use_id("fmk.read-card").unwrap()).unwrap();
    for scope in &used.of {
        let register = policy.register(scope.register).unwrap();
        let shown: Vec<_> = register
            .fields
            .iter()
            .filter(|field| {
                scope.private_fields.contains(policy.field_id(scope.register, &field.name).unwrap())
            })
            .map(|field| field.name.as_str())
            .collect();
        let expected: &[&str] = if register.said.id == "fmk.order" { &["identifier"] } else { &[] };
        assert_eq!(shown, expected, "{}", register.said.id);
    }
}

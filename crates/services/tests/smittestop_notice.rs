//! What the notice of smitte|stop promises in words or in its tables, held against the compiled notices: each test names its rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use notice::policy::Right;
use notice::{Lang, Policy, Reading, Target, Verb, Writing, render};
use register::testing::{TestRegister, caller, cpr, house_corpus};
use register::{Ask, Denied};
use services::testing::NANCY;

fn policy() -> Arc<Policy> {
    house_corpus().0
}

fn published(lang: Lang) -> String {
    let policy = policy();
    render::notice(&policy, policy.notice_id("sst").unwrap(), lang, render::Format::Markdown)
}

fn says(wanted: &[(&str, &str)]) {
    let (da, en) = (published(Lang::Da), published(Lang::En));
    for (danish, english) in wanted {
        assert!(da.contains(danish), "the Danish text lacks `{danish}`");
        assert!(en.contains(english), "the English text lacks `{english}`");
    }
}

/// The registers of the notice that hold data of people in the app.
fn collected(policy: &Policy) -> Vec<&notice::policy::Register> {
    let own = |id: &str| id.starts_with("sst.") && !matches!(id, "sst.phone" | "sst.log" | "sst.closing");
    policy.registers.iter().filter(|register| own(&register.said.id)).collect()
}

#[test]
fn the_controller_is_named_with_its_address_and_both_telephone_numbers() {
    // proves rule SS-01
    let policy = policy();
    assert_eq!(policy.notice(policy.notice_id("sst").unwrap()).unwrap().controller, "stps");
    says(&[
        ("Islands Brygge 67", "Islands Brygge 67"),
        ("72 66 28 00", "72 66 28 00"),
        ("stps@stps.dk", "stps@stps.dk"),
    ]);
}

#[test]
fn the_purpose_is_to_break_chains_and_every_use_keeps_to_the_four_purposes() {
    // proves rule SS-02, rule SS-25, rule SS-26
    let policy = policy();
    says(&[("forebygge og inddæmme COVID-19", "prevent and contain COVID-19")]);
    says(&[("uden at et menneske skal ind over", "with no person in between")]);
    let purposes = ["sst.tracing", "sst.evaluation", "sst.rights", "sst.archiving"];
    for register in collected(&policy) {
        for purpose in &register.purposes {
            assert!(purposes.contains(&purpose.as_str()), "{} for {purpose}", register.said.id);
        }
    }
    let ours: Vec<_> =
        collected(&policy).iter().map(|one| policy.register_id(&one.said.id).unwrap()).collect();
    for used in &policy.uses {
        if used.of.iter().any(|scope| ours.contains(&scope.register)) {
            assert!(purposes.contains(&used.purpose.as_str()), "{} for {}", used.said.id, used.purpose);
        }
    }
    // Evaluation adds up: whoever evaluates reads nobody's record, but halves that are noise by themselves and their sums.
    for used in policy.uses.iter().filter(|used| used.purpose == "sst.evaluation") {
        let reads = used.may.contains(&Verb::Read) || used.may.contains(&Verb::Disclose);
        let counted = |name: &str| name.starts_with("sst.statistics-");
        let only_counts = used.of.iter().all(|scope| counted(policy.register_name(scope.register)));
        assert!(!reads || only_counts, "{}", used.said.id);
    }
}

#[test]
fn the_app_is_voluntary_and_no_other_service_asks_for_it() {
    // proves rule SS-04, rule SS-06
    says(&[
        (
            "Ingen kan tvinge dig til at hente eller bruge appen",
            "Nobody can force you to download or use the app",
        ),
        ("smitteopsporing uden appen", "tracing without the app"),
    ]);
    let policy = policy();
    let ours: Vec<_> = policy
        .registers
        .iter()
        .filter(|one| one.said.id.starts_with("sst."))
        .map(|one| policy.register_id(&one.said.id).unwrap())
        .collect();
    for used in policy.uses.iter().filter(|used| !used.said.id.starts_with("sst.")) {
        let leans = used.of.iter().any(|scope| ours.contains(&scope.register));
        assert!(!leans, "{} would treat people by the app", used.said.id);
    }
}

#[test]
fn what_the_app_collects_is_used_against_nobody_whatever_the_role() {
    // proves rule SS-05
    let policy = policy();
    let house = TestRegister::new();
    let nancy = house.register.person(&cpr(NANCY));
    let mut asked = 0;
    for role in &policy.roles {
        let name = role.said.id.as_str();
        let call = house.register.call(caller(&policy, name, Some(nancy), None));
        for used in policy.uses.iter().filter(|used| used.said.id.starts_with("sst.")) {
            let id = policy.use_id(&used.said.id).unwrap();
            if policy.uses_of(policy.role_id(name).unwrap()).any(|own| own == id) {
                continue;
            }
            let ask = Ask {
                use_name: Box::leak(used.said.id.clone().into_boxed_str()),
                target: Target::Person(nancy),
                reason: None,
            };
            let refused = if used.may.contains(&Verb::Read) {
                matches!(house.register.ask::<Reading>(&call, ask).map(drop), Err(Denied::Refused(_)))
            } else {
                matches!(house.register.ask::<Writing>(&call, ask).map(drop), Err(Denied::Refused(_)))
            };
            assert!(refused, "{name} under {}", used.said.id);
            asked += 1;
        }
    }
    assert!(asked > 500, "{asked}");
    // No purpose of a decision reaches the list, and the one who answers a person must have been asked.
    let list = policy.register_id("sst.ssi-infected").unwrap();
    let who_reads = |used: &&notice::policy::Use| {
        used.may.contains(&Verb::Read) && used.of.iter().any(|scope| scope.register == list)
    };
    let mut readers: Vec<&str> =
        policy.uses.iter().filter(who_reads).map(|used| used.said.id.as_str()).collect();
    readers.sort_unstable();
    assert_eq!(readers, ["sst.answer-you", "sst.see-own", "sst.verify"]);
}

#[test]
fn the_notice_leads_to_more_reading() {
    // proves rule SS-10
    says(&[("spørgsmål og svar", "questions and answers"), ("Google og Apple", "Google and Apple")]);
    says(&[(
        "den europæiske gateway, og hvem der er fælles dataansvarlige",
        "who are its joint controllers",
    )]);
}

#[test]
fn the_risk_that_remains_is_said_out_loud() {
    // proves rule SS-19
    says(&[(
        "I ganske særlige tilfælde kan en, der får en advarsel, regne ud",
        "In quite special cases one who gets a warning can work out",
    )]);
}

#[test]
fn the_gateway_has_joint_controllers_and_an_arrangement() {
    // proves rule SS-24
    let policy = policy();
    let notice = policy.notice(policy.notice_id("sst").unwrap()).unwrap();
    assert_eq!(notice.joint, ["gateway-countries"]);
    assert!(notice.arrangement.is_some());
    assert!(policy.party("gateway-countries").unwrap().kinds.contains(&"joint-controller".to_owned()));
    says(&[("2020/1023", "2020/1023")]);
}

#[test]
fn everything_rests_on_the_grounds_of_the_order_and_numbers_on_section_11() {
    // proves rule SS-28, rule SS-29
    let policy = policy();
    for register in collected(&policy).iter().filter(|one| one.said.states.contains(&"SS-28".to_owned())) {
        for ground in ["gdpr:6(1)(e)", "gdpr:9(2)(i)", "gdpr:9(2)(g)", "dpa:7(4)"] {
            assert!(register.basis.contains(&ground.to_owned()), "{} lacks {ground}", register.said.id);
        }
    }
    for register in collected(&policy) {
        let holds_numbers = register.fields.iter().any(|field| field.class == notice::policy::Class::Cpr);
        let may = register.basis.contains(&"dpa:11(1)".to_owned());
        assert!(!holds_numbers || may, "{} holds numbers without § 11", register.said.id);
    }
    assert!(
        policy
            .registers
            .iter()
            .any(|one| one.said.id == "sst.nemid-login" && one.basis.contains(&"dpa:11(1)".to_owned()))
    );
}

#[test]
fn two_processors_each_with_its_own_sub_processor_work_for_this_notice_alone() {
    // proves rule SS-48, rule SS-49
    let policy = policy();
    for (processor, sub) in
        [("exposure-keys-operator", "netcompany"), ("exposure-verification-operator", "trifork")]
    {
        let party = policy.party(processor).unwrap();
        assert!(party.kinds.contains(&"processor".to_owned()) && party.works_for == ["sst"], "{processor}");
        let under = policy.party(sub).unwrap();
        assert_eq!(
            (under.under.as_deref(), under.works_for.as_slice()),
            (Some(processor), &["sst".to_owned()][..])
        );
    }
    says(&[("Netcompany", "Netcompany"), ("Trifork", "Trifork")]);
}

fn rights(policy: &Policy) -> Vec<&Right> {
    policy.rights.iter().filter(|right| right.said.id.starts_with("sst.")).collect()
}

#[test]
fn five_rights_go_by_mail_or_e_boks_and_are_answered_within_30_days() {
    // proves rule SS-50, rule SS-54, rule SS-55
    let policy = policy();
    let rights = rights(&policy);
    for article in ["gdpr:15", "gdpr:16", "gdpr:17", "gdpr:18", "gdpr:21"] {
        let right =
            rights.iter().find(|right| right.article == article).unwrap_or_else(|| panic!("{article}"));
        let channel = |word: &str| right.channels.iter().any(|channel| channel.da.contains(word));
        assert!(channel("informationssikkerhed@stps.dk") && channel("e-Boks"), "{article}");
        assert_eq!(right.promise.map(|promise| promise.to_string()).as_deref(), Some("P30D"), "{article}");
    }
}

#[test]
fn the_officer_and_the_way_to_complain_are_named() {
    // proves rule SS-57, rule SS-58
    says(&[("databeskyttelse@sum.dk", "databeskyttelse@sum.dk")]);
    says(&[(
        "så skriv, at det handler om Styrelsen for Patientsikkerhed",
        "so write that it concerns the Danish Patient Safety Authority",
    )]);
    says(&[("Skriv gerne til os først", "Please write to us first")]);
    let policy = policy();
    assert!(rights(&policy).iter().any(|right| right.article == "gdpr:77"));
}

#[test]
fn the_relevant_law_is_cited() {
    // proves rule SS-59
    let policy = policy();
    let laws = &policy.notice(policy.notice_id("sst").unwrap()).unwrap().laws;
    for law in ["exposure-order:", "gateway-decision:", "gdpr:", "dpa:"] {
        assert!(laws.iter().any(|cited| cited.starts_with(law)), "{law}");
    }
    // The published text calls the order by two titles; both stand.
    assert!(laws.iter().any(|cited| cited.starts_with("exposure-order-under-another-title:")));
    says(&[(
        "registrering af og adgang til oplysninger om elektronisk registrerede kontakter",
        "registration of and access to data on electronically registered contacts",
    )]);
}

#[test]
fn only_what_is_worth_preserving_goes_to_the_national_archives_and_only_one_role_hands_it_over() {
    // proves rule SS-47
    says(&[(
        "give dine oplysninger til Rigsarkivet efter arkivloven",
        "National Archives under the Archives Act",
    )]);
    let policy = policy();
    let name = |register: &notice::policy::RegisterId| policy.register_name(*register).to_owned();
    let handed: Vec<String> =
        ["nemid-login", "verification-count", "ssi-infected", "backend-keys", "waiting-keys", "gateway"]
            .map(|register| format!("sst.{register}"))
            .to_vec();
    // One recipient, for one purpose, of these registers: nothing of a phone, no code, no statistics.
    let shares: Vec<_> = policy.shares.iter().filter(|share| share.purpose == "sst.archiving").collect();
    assert_eq!(shares.len(), 1);
    assert_eq!(shares[0].to, "archives");
    assert_eq!(shares[0].of.iter().map(name).collect::<Vec<_>>(), handed);
    let clock = policy.clocks.iter().find(|clock| clock.said.id == "sst.archive").unwrap();
    assert_eq!(clock.of, handed, "what may be archived is what may be handed over");
    // Whoever else may disclose hands nothing over; the records officer does, for this purpose alone.
    let uses: Vec<_> = policy.uses.iter().filter(|used| used.purpose == "sst.archiving").collect();
    assert!(uses.iter().all(|used| used.raises.iter().any(|event| event == "need.ended")));
    let house = TestRegister::new();
    let nancy = house.register.person(&cpr(NANCY));
    for role in &policy.roles {
        let call = house.register.call(caller(&policy, &role.said.id, None, None));
        let ask = Ask { use_name: "sst.hand-over", target: Target::Person(nancy), reason: None };
        let may = house.register.ask::<Writing>(&call, ask).map(drop);
        assert_eq!(may.is_ok(), role.said.id == "records-officer", "{}: {may:?}", role.said.id);
    }
}

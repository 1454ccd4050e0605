//! `hjemmel when`: every rule, every dated scenario of the specification, and what is asked wrongly.

use crate::run::{hjemmel, is_wrong_use};

struct Scenario {
    number: u32,
    rule: &'static str,
    on: &'static str,
    given: &'static [&'static str],
    /// Verb, status, date (empty for none).
    stages: &'static [(&'static str, &'static str, &'static str)],
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        number: 1,
        rule: "imi.in-imi",
        on: "2026-11-21",
        given: &["--event", "imi.case.closed=2026-05-20"],
        stages: &[("block", "due", "2026-11-20"), ("erase", "pending", "2029-05-20")],
    },
    Scenario {
        number: 2,
        rule: "imi.in-imi",
        on: "2029-05-20",
        given: &["--event", "imi.case.closed=2026-05-20"],
        stages: &[("block", "due", "2026-11-20"), ("erase", "due", "2029-05-20")],
    },
    Scenario {
        number: 3,
        rule: "nsp.appointment",
        on: "2026-03-02",
        given: &["--event", "appointment.fulfilled=2025-12-01", "--event", "subject.died=2025-03-01"],
        stages: &[("erase", "due", "2026-03-01")],
    },
    Scenario {
        number: 4,
        rule: "nsp.appointment",
        on: "2026-03-02",
        given: &[],
        stages: &[("erase", "waiting", "")],
    },
    Scenario {
        number: 5,
        rule: "nsp.mylog",
        on: "2026-03-02",
        given: &["--event", "log.written=2024-03-01"],
        stages: &[("erase", "due", "2026-03-01")],
    },
    Scenario {
        number: 6,
        rule: "nsp.mylog",
        on: "2026-03-02",
        given: &["--event", "log.written=2024-03-01", "--flag", "special-case"],
        stages: &[("erase", "pending", "2029-03-01")],
    },
    Scenario {
        number: 7,
        rule: "fmk.prescription",
        on: "2026-11-21",
        given: &["--event", "prescription.issued=2024-11-21"],
        stages: &[("erase", "due", "2026-11-21")],
    },
    Scenario {
        number: 8,
        rule: "fmk.prescription",
        on: "2026-11-21",
        given: &[
            "--event",
            "prescription.issued=2024-01-01",
            "--event",
            "dispensed=2024-02-01",
            "--event",
            "dispensed=2025-06-01",
        ],
        stages: &[("erase", "pending", "2027-06-01")],
    },
    Scenario {
        number: 9,
        rule: "fmk.prescription",
        on: "2027-11-21",
        given: &[
            "--event",
            "prescription.issued=2024-01-01",
            "--event",
            "dispensed=2024-02-01",
            "--fact",
            "active-period=P5Y",
        ],
        stages: &[("erase", "pending", "2029-02-01")],
    },
    Scenario {
        number: 10,
        rule: "fmk.prescription",
        on: "2029-02-01",
        given: &[
            "--event",
            "prescription.issued=2024-01-01",
            "--event",
            "dispensed=2024-02-01",
            "--fact",
            "active-period=P5Y",
        ],
        stages: &[("erase", "due", "2029-02-01")],
    },
    Scenario {
        number: 11,
        rule: "fmk.order",
        on: "2026-11-21",
        given: &["--event", "order.made=2024-01-01", "--event", "dispensed=2025-06-01"],
        stages: &[("erase", "pending", "2027-06-01")],
    },
    Scenario {
        number: 12,
        rule: "sds.recruitment",
        on: "2026-11-21",
        given: &["--event", "application.received=2026-05-21"],
        stages: &[("erase", "due", "2026-11-21")],
    },
    Scenario {
        number: 13,
        rule: "sds.recruitment",
        on: "2026-11-21",
        given: &["--event", "application.received=2026-05-21", "--flag", "applicant-asked-to-keep"],
        stages: &[("erase", "held", "2026-11-21")],
    },
    Scenario {
        number: 14,
        rule: "nsp.plans",
        on: "2026-11-21",
        given: &[],
        stages: &[("erase", "waiting", "")],
    },
    Scenario {
        number: 15,
        rule: "nsp.plans",
        on: "2026-11-21",
        given: &["--event", "data-source=2026-11-20"],
        stages: &[("erase", "due", "2026-11-20")],
    },
    Scenario {
        number: 16,
        rule: "sst.nemid-login",
        on: "2022-03-27T03:00",
        given: &["--event", "nemid.login=2022-03-26T03:00"],
        stages: &[("erase", "due", "2022-03-27T03:00:00Z")],
    },
    Scenario {
        number: 17,
        rule: "stps.case",
        on: "2026-11-21",
        given: &["--event", "case.closed=2000-01-01"],
        stages: &[("erase", "pending", "2030-01-01"), ("erase", "pending", "2030-01-01")],
    },
    Scenario {
        number: 18,
        rule: "stps.case",
        on: "2026-11-21",
        given: &[
            "--event",
            "case.closed=2000-01-01",
            "--event",
            "need.ended=2026-01-01",
            "--flag",
            "preserve-worthy",
        ],
        stages: &[("archive", "due", "2026-01-01"), ("erase", "pending", "2030-01-01")],
    },
    Scenario {
        number: 19,
        rule: "sst.phone",
        on: "2021-01-02",
        given: &["--event", "key.made=2021-01-01", "--event", "consent.withdrawn=2021-01-02"],
        stages: &[("erase", "due", "2021-01-02")],
    },
    Scenario {
        number: 20,
        rule: "mc.rejected",
        on: "2026-11-21",
        given: &["--event", "applicant.rejected=2026-08-31"],
        stages: &[("erase", "pending", "2026-11-30")],
    },
];

const RULES: &[&str] = &[
    "imi.in-imi",
    "imi.copy-in-case-system",
    "stps.case",
    "stps.authorisation",
    "stps.need-floor",
    "stps.whistleblower",
    "stps.personnel",
    "sst.nemid-login",
    "sst.verification-count",
    "sst.ssi-infected",
    "sst.gateway",
    "sst.backend-keys",
    "sst.phone",
    "sst.sunset",
    "sst.archive",
    "sds.supplier",
    "sds.case",
    "sds.recruitment",
    "sds.recruitment.participants",
    "nsp.appointment",
    "nsp.home-visit",
    "nsp.basic",
    "nsp.plans",
    "nsp.living-will",
    "nsp.organ-donation",
    "nsp.mylog",
    "fmk.order",
    "fmk.prescription",
    "fmk.dispensing",
    "fmk.basic",
    "sds.newsletter",
    "mc.general",
    "mc.hired",
    "mc.rejected",
    "mc.unsolicited",
    "mc.address-or-website",
    "mc.image",
];

// rules IMI-14, IMI-15, N-12, N-15, N-18, F-15 to F-17, DR-16, S-38, S-42, SS-40, SS-53, M-33
#[test]
fn every_dated_scenario_comes_out_as_specified() {
    for scenario in SCENARIOS {
        let mut arguments = vec!["when", scenario.rule, "--on", scenario.on, "--json"];
        arguments.extend(scenario.given);
        let said = hjemmel(&arguments);
        assert_eq!(said.code, 0, "scenario {}: {said:?}", scenario.number);
        let answer = said.json();
        assert_eq!(answer["rule"], scenario.rule);
        let stages = answer["stages"].as_array().unwrap();
        let found: Vec<_> = stages
            .iter()
            .map(|stage| {
                (
                    stage["do"].as_str().unwrap(),
                    stage["status"].as_str().unwrap(),
                    stage["date"].as_str().unwrap_or(""),
                )
            })
            .collect();
        assert_eq!(found, scenario.stages, "scenario {}", scenario.number);
        assert!(stages.iter().all(|stage| stage["clause"].as_str().is_some_and(|clause| !clause.is_empty())));
    }
}

#[test]
fn all_37_rules_answer_without_any_event() {
    assert_eq!(RULES.len(), 37);
    for rule in RULES {
        let said = hjemmel(&["when", rule, "--on", "2026-11-21", "--json"]);
        assert_eq!(said.code, 0, "{rule}: {said:?}");
        assert!(!said.json()["stages"].as_array().unwrap().is_empty(), "{rule}");
    }
}

#[test]
fn a_condition_that_is_false_without_else_is_not_applicable() {
    let said =
        hjemmel(&["when", "sst.archive", "--event", "need.ended=2026-01-01", "--on", "2026-11-21", "--json"]);
    assert_eq!(said.json()["stages"][0]["status"], "not applicable");
}

/// Rule SS-47: may, not must. What the National Archives have not asked for is not handed over.
#[test]
fn what_is_worth_preserving_is_archived_when_it_is_no_longer_needed() {
    let need = ["when", "sst.archive", "--event", "need.ended=2026-01-01", "--on", "2026-11-21", "--json"];
    let worthy = [&need[..], &["--flag", "preserve-worthy"]].concat();
    assert_eq!(hjemmel(&worthy).json()["stages"][0]["status"], "due");
}

/// Rules IMI-17, S-39, S-41, M-30, M-31, M-32 and M-34: the day before, and the day itself.
#[test]
fn what_is_kept_for_a_need_or_a_long_period_goes_on_its_day_and_not_before() {
    let (copy, register) = ("case.closed=2026-02-28", "subject.died=1980-05-01");
    let application = "application.unsolicited=2026-11-08";
    let needed = &["need.ended=2026-01-01", "not-current=2026-02-01"][..];
    let audited = &["need.ended=2026-01-01", "not-current=2026-02-01", "audit-duty.ended=2026-03-01"][..];
    for (rule, events, on, verb, status, date) in [
        ("imi.copy-in-case-system", &[copy][..], "2056-02-27", "erase", "pending", "2056-02-28"),
        ("imi.copy-in-case-system", &[copy], "2056-02-28", "erase", "due", "2056-02-28"),
        ("stps.authorisation", &[register], "2080-04-30", "erase", "pending", "2080-05-01"),
        ("stps.authorisation", &[register], "2080-05-01", "erase", "due", "2080-05-01"),
        ("stps.need-floor", &[], "2126-11-21", "erase", "waiting", ""),
        ("stps.need-floor", &["need.ended=2026-11-01"], "2026-11-21", "erase", "due", "2026-11-01"),
        ("mc.general", needed, "2126-11-21", "erase", "waiting", ""),
        ("mc.general", audited, "2026-11-21", "erase", "due", "2026-03-01"),
        ("mc.hired", &["applicant.hired=2026-11-22"], "2026-11-21", "move", "pending", "2026-11-22"),
        ("mc.hired", &["applicant.hired=2026-11-22"], "2026-11-22", "move", "due", "2026-11-22"),
        ("mc.unsolicited", &[application], "2026-11-21", "erase", "pending", "2026-11-22"),
        ("mc.unsolicited", &[application], "2026-11-22", "erase", "due", "2026-11-22"),
    ] {
        let mut arguments = vec!["when", rule, "--on", on, "--json"];
        arguments.extend(events.iter().flat_map(|event| ["--event", event]));
        let answer = hjemmel(&arguments).json();
        let stage = &answer["stages"][0];
        let found = (stage["do"].as_str(), stage["status"].as_str(), stage["date"].as_str().unwrap_or(""));
        assert_eq!(found, (Some(verb), Some(status), date), "{rule} on {on} after {events:?}");
    }
}

#[test]
fn a_stage_that_is_done_says_when() {
    let done = [
        "when",
        "imi.in-imi",
        "--event",
        "imi.case.closed=2026-05-20",
        "--done",
        "1=2026-11-21",
        "--on",
        "2029-06-01",
        "--json",
    ];
    let answer = hjemmel(&done).json();
    assert_eq!(
        (&answer["stages"][0]["status"], &answer["stages"][1]["status"]),
        (&"done".into(), &"due".into())
    );
    assert_eq!(answer["stages"][1]["after"], serde_json::Value::Null);
}

#[test]
fn an_unknown_quantity_holds_the_clock() {
    let given = [
        "when",
        "fmk.prescription",
        "--event",
        "prescription.issued=2024-01-01",
        "--event",
        "dispensed=2024-02-01",
        "--fact",
        "active-period=unknown",
        "--on",
        "2027-01-01",
        "--json",
    ];
    assert_eq!(hjemmel(&given).json()["stages"][0]["status"], "held");
}

#[test]
fn people_read_sentences_in_both_languages() {
    for lang in ["da", "en"] {
        let said = hjemmel(&[
            "when",
            "nsp.appointment",
            "--event",
            "appointment.fulfilled=2025-12-01",
            "--on",
            "2026-03-02",
            "--lang",
            lang,
        ]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains("2027-12-01") && said.out.contains("nsp.toml:"), "{said:?}");
    }
}

#[test]
fn an_event_that_the_rule_does_not_look_at_is_told() {
    let said = hjemmel(&[
        "when",
        "nsp.mylog",
        "--event",
        "log.written=2026-01-01",
        "--event",
        "subject.died=2026-02-01",
        "--on",
        "2026-03-02",
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("subject.died"), "{said:?}");
}

#[test]
fn what_nobody_knows_is_wrong_use_with_near_names() {
    is_wrong_use(&hjemmel(&["when", "nsp.apointment", "--on", "2026-03-02"]), "nsp.appointment");
    is_wrong_use(
        &hjemmel(&[
            "when",
            "nsp.appointment",
            "--event",
            "appointment.fulfiled=2025-12-01",
            "--on",
            "2026-03-02",
        ]),
        "appointment.fulfilled",
    );
    is_wrong_use(
        &hjemmel(&["when", "nsp.mylog", "--flag", "special-cases", "--on", "2026-03-02"]),
        "special-case",
    );
    is_wrong_use(
        &hjemmel(&["when", "fmk.order", "--fact", "active-periode=P1Y", "--on", "2026-03-02"]),
        "active-period",
    );
}

#[test]
fn malformed_values_are_wrong_use() {
    for (given, words) in [
        (["--event", "appointment.fulfilled"], "NAME=DATE"),
        (["--event", "=2026-01-01"], "NAME=DATE"),
        (["--event", "appointment.fulfilled=yesterday"], "yesterday"),
        (["--event", "appointment.fulfilled=2026-02-30"], "2026-02-30"),
        (["--done", "9=2026-01-01"], "9"),
        (["--zone", "Atlantis/Capital"], "Atlantis/Capital"),
        (["--fact", "active-period=5Y"], "active-period"),
    ] {
        let arguments = ["when", "nsp.appointment", "--on", "2026-03-02", given[0], given[1]];
        is_wrong_use(&hjemmel(&arguments), words);
    }
    is_wrong_use(&hjemmel(&["when", "fmk.order", "--fact", "active-period=5Y", "--on", "2026-03-02"]), "P2Y");
    is_wrong_use(&hjemmel(&["when", "nsp.appointment", "--on", "soon"]), "soon");
}

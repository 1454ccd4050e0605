//! `hjemmel show notice` and `hjemmel export cedar`.

use crate::run::{hjemmel, is_wrong_use};

#[test]
fn a_notice_is_shown_in_both_languages_and_every_format() {
    for (lang, title) in [("da", "Fælles Medicinkort"), ("en", "Shared Medication Record")] {
        for format in ["html", "md", "json"] {
            let said = hjemmel(&["show", "notice", "fmk", "--lang", lang, "--format", format]);
            assert_eq!(said.code, 0, "{said:?}");
            assert!(said.out.contains(title), "{lang} {format}");
        }
    }
    assert!(hjemmel(&["show", "notice", "nsp", "--format", "json"]).json().is_object());
}

#[test]
fn an_unknown_notice_is_wrong_use_with_near_names() {
    is_wrong_use(&hjemmel(&["show", "notice", "fmkk"]), "fmk");
}

#[test]
fn an_unknown_language_or_format_is_wrong_use() {
    assert_eq!(hjemmel(&["show", "notice", "fmk", "--lang", "fr"]).code, 2);
    assert_eq!(hjemmel(&["show", "notice", "fmk", "--format", "pdf"]).code, 2);
}

#[test]
fn every_use_is_exported_to_cedar() {
    let said = hjemmel(&["export", "cedar"]);
    assert_eq!(said.code, 0, "{said:?}");
    for one in ["fmk.read-card", "nsp.block", "nsp.take-emergency-access"] {
        assert!(said.out.contains(&format!("Action::\"{one}\"")), "{one}");
    }
    assert_eq!(hjemmel(&["export", "rego"]).code, 2);
}

//! `hjemmel close-app`: whoever looks needs no name, whoever acts is two, and what is wrong is told before anything goes.

use tempfile::TempDir;

use crate::run::hjemmel;
use crate::serve::{configuration, free_port, on};

const REASON: [&str; 3] = ["--reason", "The epidemic is over.", "--erase-everything"];

#[test]
fn looking_at_what_would_go_needs_no_name_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    let first = on(&config, &["close-app"]);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.out.contains("sst.backend-keys") && first.out.contains("nothing was changed"), "{first:?}");
    let named = on(&config, &["close-app", "--first", "Anna", "--second", "Bent"]);
    assert_eq!((named.code, &named.out), (0, &first.out));
}

#[test]
fn one_name_is_no_look_and_the_act_names_what_it_lacks() {
    for (given, lacks) in [
        (&["--first", "Anna"][..], &["--second <NAME>"][..]),
        (&["--second", "Bent"], &["--first <NAME>"]),
        (&["--erase-everything"], &["--first <NAME>", "--second <NAME>", "--reason <TEXT>"]),
        (&["--erase-everything", "--first", "Anna", "--second", "Bent"], &["--reason <TEXT>"]),
        (&["--erase-everything", "--first", "Anna", "--reason", "Over"], &["--second <NAME>"]),
    ] {
        let said = hjemmel(&[&["close-app"], given].concat());
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains("required") && lacks.iter().all(|one| said.err.contains(one)), "{said:?}");
    }
}

#[test]
fn two_different_persons_close_the_app() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    let by = |first, second| {
        on(&config, &[&["close-app", "--first", first, "--second", second], &REASON[..]].concat())
    };
    let alone = by("Anna", " anna ");
    assert_eq!(alone.code, 2, "{alone:?}");
    assert!(alone.err.contains("Two different persons") && alone.err.contains("--second"), "{alone:?}");
    let nameless = by("Anna", "");
    assert_eq!(nameless.code, 2, "{nameless:?}");
    assert!(nameless.err.contains("a name or the reason is missing"), "{nameless:?}");
    assert!(on(&config, &["close-app"]).out.contains("nothing was changed"));
    let done = by("Anna", "Bent");
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("smitte|stop is closed"), "{done:?}");
}

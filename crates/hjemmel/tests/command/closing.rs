//! `hjemmel close-app`: whoever looks needs no name, whoever acts is two, and what is wrong is told before anything goes.

use std::fs;

use tempfile::TempDir;

use crate::run::{hjemmel, root};
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
fn a_refusal_names_a_command_that_explains_it() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    // Notices in which somebody else decides.
    let notices = folder.path().join("notices");
    fs::create_dir(&notices).unwrap();
    for file in fs::read_dir(root().join("notices")).unwrap().flatten().filter(|it| it.path().is_file()) {
        let text = fs::read_to_string(file.path()).unwrap();
        let text = text.replace("who = [\"app-evaluation\"]", "who = [\"records-officer\"]");
        let text = text.replace("roles = [\"app-evaluation\"]", "roles = [\"records-officer\"]");
        fs::write(notices.join(file.file_name()), text).unwrap();
    }
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace(root().join("notices").to_str().unwrap(), "notices")).unwrap();
    let refused = on(&config, &["close-app"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    let advised = refused.err.split('`').find(|part| part.starts_with("hjemmel ")).unwrap();
    let words: Vec<&str> = advised.split(' ').skip(1).collect();
    let explained = hjemmel(&words);
    assert!(explained.code <= 1 && explained.out.contains("app is no longer needed"), "{explained:?}");
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

//! What the program says of itself, as golden files in `tests/command/help/`; `UPDATE=1` writes them anew.

use std::fs;
use std::path::Path;

use crate::run::hjemmel;

const COMMANDS: &[&str] = &[
    "",
    "new",
    "check",
    "show",
    "show notice",
    "show short",
    "show letter",
    "show record",
    "show retention",
    "show matrix",
    "show parties",
    "show joint",
    "show dpia",
    "diff",
    "sign",
    "sign keygen",
    "sign sign",
    "sign verify",
    "when",
    "explain",
    "promises",
    "export",
    "export cedar",
    "exposure",
    "exposure identifiers",
    "exposure show",
    "exposure canonical",
    "exposure verify",
    "schema",
    "lsp",
    "serve",
    "try",
    "sweep",
    "due",
    "confirm-clock",
    "release-brake",
    "close-app",
    "federation",
    "federation status",
    "federation release",
    "federation discard",
    "gateway",
    "gateway onboard",
    "gateway revoke",
    "gateway list",
];

#[cfg(not(feature = "demo"))]
const MORE: &[&str] = &[];
#[cfg(feature = "demo")]
const MORE: &[&str] = &["demo", "town"];

#[test]
fn help_is_as_agreed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command/help");
    let mut other = Vec::new();
    for command in COMMANDS.iter().chain(MORE) {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let said = hjemmel(&arguments);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{command}");
        // The demonstration and the town are lines more in the list of commands.
        let said: String = said
            .out
            .lines()
            .filter(|line| !["demo ", "town "].iter().any(|more| line.trim_start().starts_with(more)))
            .map(|line| format!("{line}\n"))
            .collect();
        let name = if command.is_empty() { "hjemmel".to_owned() } else { command.replace(' ', "-") };
        let file = folder.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &said).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != said {
            other.push(file);
        }
    }
    assert!(other.is_empty(), "differ from what is printed; read them, then run with UPDATE=1: {other:?}");
}

#[test]
fn without_a_command_the_help_is_wrong_use() {
    let said = hjemmel(&[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("Usage"), "{said:?}");
}

#[test]
fn the_version_is_told() {
    let said = hjemmel(&["--version"]);
    assert_eq!((said.code, said.out.trim()), (0, concat!("hjemmel ", env!("CARGO_PKG_VERSION"))));
}

//! The arrows: `notice <- register <- services <- server <- hjemmel`, `exposure <- services, phone`, `statistics <- services, phone` and
//! `notice <- print <- server, hjemmel`, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::files::{self, none_of};

/// Each crate of the product, and what of ours it may lean on.
const ARROWS: &[(&str, &[&str])] = &[
    ("notice", &[]),
    ("print", &["notice"]),
    ("exposure", &[]),
    ("statistics", &[]),
    ("register", &["notice"]),
    ("services", &["notice", "register", "exposure", "statistics"]),
    ("server", &["notice", "print", "register", "services", "exposure", "statistics"]),
    ("phone", &["exposure", "statistics"]),
    ("phone-bindings", &["exposure", "phone"]),
    ("hjemmel", &["notice", "print", "register", "services", "server", "exposure", "phone", "statistics"]),
];

/// Crates beside the product: nothing of the product may lean on them.
const BESIDE: &[&str] = &["xtask", "benches"];

/// What a crate is there to be the only one to use.
const RESERVED: &[(&str, &[&str])] = &[
    ("rusqlite", &["register", "benches"]),
    ("axum", &["server", "hjemmel"]),
    ("tower-http", &["server"]),
    ("askama", &["server"]),
    ("krilla", &["print"]),
    ("rust_xlsxwriter", &["print"]),
    ("openidconnect", &["server"]),
    ("cedar-policy", &["benches"]),
    ("regorus", &["benches"]),
];

/// The pure crates: no clock of their own, no input or output, no tasks.
const PURE: &[&str] = &["notice", "exposure", "statistics"];
const NOT_IN_PURE: &[&str] = &["tokio", "rusqlite", "reqwest", "axum", "rand", "tracing"];

struct Crate {
    name: String,
    leans_on: BTreeSet<String>,
}

fn crates() -> Vec<Crate> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(files::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().iter().map(one).collect()
}

fn one(package: &Value) -> Crate {
    let leans_on = package["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|dependency| dependency["kind"] != "dev")
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect();
    Crate { name: package["name"].as_str().unwrap().to_owned(), leans_on }
}

#[test]
fn crates_import_only_along_the_arrows() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).chain(BESIDE.iter().copied()).collect();
    let mut found = Vec::new();
    for package in crates() {
        if BESIDE.contains(&package.name.as_str()) {
            continue;
        }
        let Some(allowed) = allowed.get(package.name.as_str()) else {
            found.push(format!("`{}` has no arrow", package.name));
            continue;
        };
        for other in package.leans_on.iter().filter(|other| ours.contains(other.as_str())) {
            if !allowed.contains(&other.as_str()) {
                found.push(format!("`{}` imports `{other}`", package.name));
            }
        }
    }
    none_of(
        &found,
        "design: notice <- register <- services <- server <- hjemmel, exposure <- services, phone; move what two need down",
    );
}

#[test]
fn databases_and_web_frameworks_stay_in_the_crates_that_are_there_for_them() {
    let mut found = Vec::new();
    for package in crates() {
        for (reserved, for_whom) in RESERVED {
            if package.leans_on.contains(*reserved) && !for_whom.contains(&package.name.as_str()) {
                found.push(format!("`{}` leans on `{reserved}`", package.name));
            }
        }
    }
    none_of(&found, "SQL is in `register`, HTTP is in `server`; other engines are opponents in `benches`");
}

#[test]
fn the_notice_and_the_exposure_notification_are_pure() {
    let mut found = Vec::new();
    for package in crates().into_iter().filter(|package| PURE.contains(&package.name.as_str())) {
        for name in NOT_IN_PURE.iter().filter(|name| package.leans_on.contains(**name)) {
            found.push(format!("`{}` leans on `{name}`", package.name));
        }
    }
    none_of(&found, "no clock, no input or output and no tasks: what they need is an argument");
}

#[test]
fn sql_stands_in_the_register_only() {
    const SQL: &[&str] =
        &["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "CREATE INDEX", "PRAGMA ", "rusqlite"];
    let found = words(SQL, |path| !path.starts_with("crates/register/"));
    none_of(&found, "put it behind a verb of the engine in crates/register");
}

#[test]
fn services_know_nothing_of_http() {
    const HTTP: &[&str] = &["axum", "StatusCode", "http::", "reqwest", "hyper", "HeaderMap", "Cookie"];
    let found = words(HTTP, |path| path.starts_with("crates/services/"));
    none_of(&found, "a service speaks the words of its notice; the surface translates");
}

/// Services that lean on another all the same. May only shrink: the first on the second.
const ACQUAINTED: &[(&str, &str)] = &[
    // A card and a list of patients bear the name from the basic data.
    ("shared_medication_record", "basic_data"),
    ("treatment_relation", "basic_data"),
    // A feed of professionals is a feed like that of people.
    ("professional", "basic_data"),
    // A prescription bears the authorisation of who issues it.
    ("shared_medication_record", "professional"),
];

#[test]
fn services_do_not_import_each_other() {
    let folders: BTreeSet<String> = files::rust()
        .iter()
        .filter_map(|file| file.path.strip_prefix("crates/services/src/")?.split_once('/'))
        .map(|(folder, _)| folder.to_owned())
        .collect();
    let mut found = Vec::new();
    let mut acquainted: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files::rust().iter().filter(|file| file.is_product() && !file.path.contains("/testing/")) {
        let Some((own, _)) =
            file.path.strip_prefix("crates/services/src/").and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        for (number, line) in file.product_lines() {
            let other =
                folders.iter().find(|other| *other != own && line.contains(&format!("crate::{other}::")));
            let Some(other) = other else { continue };
            if ACQUAINTED.contains(&(own, other.as_str())) {
                acquainted.insert((own.to_owned(), other.clone()));
            } else {
                found.push(format!("{}:{number} imports `{other}`", file.path));
            }
        }
    }
    none_of(&found, "what two services need goes down into the register, or is handed to both");
    assert_eq!(acquainted.len(), ACQUAINTED.len(), "take out of ACQUAINTED what is no longer so");
}

/// Where product code outside comments holds one of these words.
fn words(words: &[&str], applies: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files::rust().iter().filter(|file| file.is_product() && applies(&file.path)) {
        for (number, line) in file.product_lines().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{number} `{}`", file.path, word.trim()));
            }
        }
    }
    found
}

//! Notices made by chance, with as many uses as are wanted, and the notices of the house.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use notice::{Fact, Policy, Severity, SourceFile};
use rand::seq::IndexedRandom as _;
use rand::{Rng, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Registers, roles and groups of roles of a made corpus.
const REGISTERS: usize = 12;
const ROLES: usize = 16;
const WIDER_ROLES: usize = 3;

const BASE: &str = r#"
[party.authority]
title = { da = "Myndighed", en = "Authority" }
kinds = ["controller", "authority"]
country = "DK"
public-authority = true
officer = "officer@authority.example"

[law.gdpr]
title = { da = "Forordningen", en = "The Regulation" }
valid = "2018-05-25.."

[law.gdpr.provision."6(1)(e)"]
title = { da = "en opgave i samfundets interesse", en = "a task in the public interest" }
covers = ["ordinary"]

[law.gdpr.provision."9(2)(h)"]
title = { da = "behandling og pleje", en = "treatment and care" }
covers = ["health"]

[event.made]
title = { da = "posten er oprettet", en = "the record was made" }
by = { da = "systemet", en = "the system" }
roles = ["role-0"]
"#;

const NOTICE: &str = r#"language = 1

[notice]
id = "made"
title = { da = "Tilfældig erklæring", en = "Notice made by chance" }
says = { da = "Til prøver.", en = "For trials." }
controller = "authority"
group = "made"
valid = "2024-01-01.."
laws = ["gdpr:6(1)(e)"]

[purpose.care]
title = { da = "Pleje", en = "Care" }
says = { da = "Pleje.", en = "Care." }
"#;

const LOG: &str = r#"
[register.look]
title = { da = "Log", en = "Log" }
says = { da = "Slettes.", en = "Erased." }
about = ["role-0", "role-1"]
purpose = ["care"]
basis = ["gdpr:6(1)(e)", "gdpr:9(2)(h)"]
keep = "erase at made + P2Y"

[register.look.fields]
who = { class = "ordinary", da = "Hvem", en = "Who" }
"#;

/// A corpus with so many uses. The same seed gives the same corpus.
#[must_use]
pub fn made(seed: u64, uses: usize) -> Vec<SourceFile> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut base = BASE.to_owned();
    for role in 0..ROLES {
        base += &format!("\n[role.role-{role}]\ntitle = {{ da = \"Rolle {role}\", en = \"Role {role}\" }}\n");
        if role >= WIDER_ROLES && chance.random_bool(0.6) {
            let _ = writeln!(base, "is = [\"role-{}\"]", chance.random_range(0..WIDER_ROLES));
        }
    }
    let mut text = format!("{NOTICE}{LOG}");
    for register in 0..REGISTERS {
        text += &register_text(register);
    }
    for number in 0..uses {
        text += &use_text(number, &mut chance);
    }
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text };
    vec![file("base.toml", base), file("made.toml", text)]
}

fn register_text(number: usize) -> String {
    format!(
        r#"
[register.register-{number}]
title = {{ da = "Register {number}", en = "Register {number}" }}
says = {{ da = "Slettes.", en = "Erased." }}
about = ["role-0"]
purpose = ["care"]
basis = ["gdpr:6(1)(e)", "gdpr:9(2)(h)"]
keep = "erase at made + P2Y"

[register.register-{number}.fields]
number = {{ class = "ordinary", da = "Nummer", en = "Number" }}
reason = {{ class = "health", da = "Grund", en = "Reason" }}
"#
    )
}

fn use_text(number: usize, chance: &mut ChaCha8Rng) -> String {
    let who = some(chance, ROLES, 3, "role");
    let of = some(chance, REGISTERS, 3, "register");
    let verbs = match chance.random_range(0..4) {
        0 => "\"read\", \"create\"",
        1 => "\"create\", \"correct\"",
        2 => "\"read\", \"search\"",
        _ => "\"read\"",
    };
    let when = condition(chance, 3);
    format!(
        r#"
[[use]]
id = "use-{number}"
title = {{ da = "Brug {number}", en = "Use {number}" }}
says = {{ da = "Bruges.", en = "Used." }}
who = [{who}]
may = [{verbs}]
of = [{of}]
purpose = "care"
when = "{when}"
log = "look"
"#
    )
}

/// Up to `most` different names with a number below `limit`.
fn some(chance: &mut ChaCha8Rng, limit: usize, most: usize, word: &str) -> String {
    let mut numbers: Vec<usize> =
        (0..chance.random_range(1..=most)).map(|_| chance.random_range(0..limit)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().map(|number| format!("\"{word}-{number}\"")).collect::<Vec<_>>().join(", ")
}

/// A condition of the closed vocabulary, in brackets where there could be doubt.
fn condition(chance: &mut ChaCha8Rng, depth: u32) -> String {
    let kind = if depth == 0 { 0 } else { chance.random_range(0..8) };
    match kind {
        0..=3 => {
            let facts: Vec<Fact> = Fact::in_conditions().collect();
            facts.choose(chance).map_or("self", |fact| fact.word()).to_owned()
        }
        4 => format!("not ({})", condition(chance, depth - 1)),
        5 | 6 => format!("({}) and ({})", condition(chance, depth - 1), condition(chance, depth - 1)),
        _ => format!("({}) or ({})", condition(chance, depth - 1), condition(chance, depth - 1)),
    }
}

/// The notices of the house.
///
/// # Errors
/// When they cannot be read.
pub fn of_the_house() -> Result<Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../notices");
    let mut files = Vec::new();
    for path in below(&root)? {
        let name = path.strip_prefix(&root)?.to_str().context("a path that is not text")?.replace('\\', "/");
        files.push(SourceFile { path: name, text: fs::read_to_string(&path)? });
    }
    Ok(files)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(below(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Compiles a corpus; a finding that stops it is our own mistake.
///
/// # Errors
/// When it does not compile, with what was found.
pub fn compiled(files: &[SourceFile]) -> Result<Policy> {
    let compiled = notice::compile(files, jiff::civil::date(2026, 1, 1));
    let found = compiled.diagnostics;
    compiled.policy.with_context(|| {
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
        errors
            .map(|finding| format!("{}: {}", finding.code.id, finding.sentence.en))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

//! What a draft comes to: everything that the compiler finds in it, and its effect in place of what runs.

use std::collections::BTreeSet;

use jiff::civil::Date;
use notice::check::codes::Code;
use notice::diagnostic::position;
use notice::diff::{Diff, diff};
use notice::{Bilingual, Diagnostic, Policy, Severity, SourceFile};
use register::{Register, Unavailable};

use crate::i18n::ZONE;

/// Most findings that are held and shown.
const FINDINGS_MAX: usize = 200;
/// How many lines stand before and after the one in question.
const AROUND: usize = 1;
/// Longest piece of a line that is shown, in letters.
const LETTERS_MAX: usize = 200;

/// What a draft comes to.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Errors, and warnings that what runs does not have, errors first.
    pub(crate) findings: Vec<Finding>,
    /// How many more there are than are held.
    pub(crate) more: usize,
    /// How many of all are errors.
    pub(crate) errors: usize,
    /// How many warnings of what runs are gone.
    pub(crate) mended: usize,
    /// What changes; nothing where there are errors.
    pub(crate) effect: Option<Diff>,
}

/// Something that the compiler finds.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) code: &'static Code,
    pub(crate) severity: Severity,
    pub(crate) sentence: Bilingual,
    pub(crate) help: Bilingual,
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The line in question and its neighbours.
    pub(crate) near: Vec<Near>,
}

/// A line of a file.
#[derive(Debug)]
pub(crate) struct Near {
    pub(crate) number: usize,
    pub(crate) text: String,
    pub(crate) is_it: bool,
}

/// Compiles the changed files in place of those that run. The policy is for counting only; nothing runs it.
pub(super) fn judge(
    register: &Register,
    changed: &[SourceFile],
    today: Date,
) -> Result<(Judged, Option<Policy>), Unavailable> {
    let running: Vec<SourceFile> =
        register.corpus()?.files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    let files = over(&running, changed);
    let compiled = notice::compile(&files, today);
    let known = warnings(&notice::compile(&running, today).diagnostics);
    let mine = warnings(&compiled.diagnostics);
    let mended = known.difference(&mine).count();
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    let is_new = |one: &&Diagnostic| one.severity == Severity::Warning && !known.contains(&key(one));
    let errors = compiled.diagnostics.iter().filter(is_error).count();
    let all: Vec<&Diagnostic> = compiled
        .diagnostics
        .iter()
        .filter(is_error)
        .chain(compiled.diagnostics.iter().filter(is_new))
        .collect();
    let judged = Judged {
        findings: all.iter().take(FINDINGS_MAX).map(|one| finding(&files, one)).collect(),
        more: all.len().saturating_sub(FINDINGS_MAX),
        errors,
        mended,
        effect: compiled.policy.as_ref().map(|policy| diff(register.policy(), policy, &ZONE)),
    };
    Ok((judged, compiled.policy))
}

/// The files that run, with the changed ones in their place and the new ones beside them.
fn over(running: &[SourceFile], changed: &[SourceFile]) -> Vec<SourceFile> {
    let is_changed = |file: &&SourceFile| changed.iter().any(|one| one.path == file.path);
    running.iter().filter(|file| !is_changed(file)).chain(changed).cloned().collect()
}

type Key = (&'static str, String, String);

/// What a warning says and in which file: its line moves with every line above it.
fn key(one: &Diagnostic) -> Key {
    (one.code.id, one.place.file.to_string(), one.sentence.en.clone())
}

fn warnings(found: &[Diagnostic]) -> BTreeSet<Key> {
    found.iter().filter(|one| one.severity == Severity::Warning).map(key).collect()
}

fn finding(files: &[SourceFile], one: &Diagnostic) -> Finding {
    let (line, _) = position(files, &one.place);
    let text = files.iter().find(|file| *file.path == *one.place.file).map_or("", |file| &file.text);
    let first = line.saturating_sub(AROUND).max(1);
    let near = text
        .lines()
        .enumerate()
        .skip(first - 1)
        .take(line + AROUND + 1 - first)
        .map(|(at, text)| Near { number: at + 1, text: cut(text), is_it: at + 1 == line })
        .collect();
    Finding {
        code: one.code,
        severity: one.severity,
        sentence: one.sentence.clone(),
        help: one.help.clone(),
        file: one.place.file.to_string(),
        line,
        near,
    }
}

fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LETTERS_MAX).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

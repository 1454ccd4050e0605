//! For tests: a clock that stands still until it is moved, randomness from a seed, a register in a temporary folder.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use notice::id::{Organisation, Person};
use notice::{Actor, Id, Policy, SourceFile};

use crate::call::{Call, Caller, Clock, Randomness};
use crate::corpus::Corpus;
use crate::error::OpenError;
use crate::identifier::{Cpr, Identifier};
use crate::personal::Personal;
use crate::register::{Config, Register};

/// A clock that a test moves.
#[derive(Debug)]
pub struct FixedClock(Mutex<(Timestamp, f64)>);

impl FixedClock {
    /// Stands at an instant such as `2026-11-21T09:00:00Z`.
    ///
    /// # Panics
    /// If the text is not an instant.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that names no instant is wrong")]
    pub fn at(instant: &str) -> Self {
        Self::from(instant.parse::<Timestamp>().expect("an instant"))
    }

    /// Time passes: wall and monotonic clock move together.
    pub fn pass(&self, span: Span) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let zoned = state.0.to_zoned(jiff::tz::TimeZone::UTC);
        let later = zoned.checked_add(span).map_or(state.0, |zoned| zoned.timestamp());
        state.1 += later.duration_since(state.0).as_secs_f64();
        state.0 = later;
    }

    /// Time passes until an instant.
    pub fn pass_until(&self, instant: Timestamp) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 += instant.duration_since(state.0).as_secs_f64().max(0.0);
        state.0 = instant;
    }

    /// The wall clock jumps and no time passes.
    pub fn jump_to(&self, instant: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = instant;
    }
}

impl From<Timestamp> for FixedClock {
    fn from(instant: Timestamp) -> Self {
        Self(Mutex::new((instant, 0.0)))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn monotonic_seconds(&self) -> f64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// Bytes that follow from a seed.
#[derive(Debug)]
pub struct SeededRandomness(Mutex<(u64, u64)>);

impl SeededRandomness {
    /// The same seed gives the same bytes.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            state.1 += 1;
            let block = digest(&SHA256, &[state.0.to_be_bytes(), state.1.to_be_bytes()].concat());
            chunk.iter_mut().zip(block.as_ref()).for_each(|(byte, random)| *byte = *random);
        }
    }
}

/// All notices below a folder, compiled, with their files.
///
/// # Panics
/// If they do not compile.
#[must_use]
#[expect(clippy::panic, reason = "a test without notices is wrong")]
pub fn corpus(folder: &Path) -> (Arc<Policy>, Corpus) {
    let mut corpus = Corpus::default();
    collect(folder, folder, &mut corpus);
    corpus.files.sort();
    let files: Vec<SourceFile> = corpus
        .files
        .iter()
        .map(|(path, text)| SourceFile { path: path.clone(), text: text.clone() })
        .collect();
    let compiled = notice::compile(&files, jiff::civil::date(2026, 11, 21));
    match compiled.policy {
        Some(policy) => (Arc::new(policy), corpus),
        None => {
            let all: Vec<String> =
                compiled.diagnostics.iter().map(|found| found.line(&files, notice::Lang::En)).collect();
            panic!("the notices do not compile:\n{}", all.join("\n"))
        }
    }
}

#[expect(clippy::expect_used, reason = "a test without notices is wrong")]
fn collect(root: &Path, folder: &Path, corpus: &mut Corpus) {
    for entry in std::fs::read_dir(folder).expect("a folder of notices").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, corpus);
        } else if SourceFile::belongs(&path) {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            corpus.files.push((name, std::fs::read_to_string(&path).expect("a readable notice")));
        }
    }
}

/// The notices that the house ships with.
#[must_use]
pub fn house_corpus() -> (Arc<Policy>, Corpus) {
    corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices"))
}

/// A register in a temporary folder, with its clock.
#[derive(Debug)]
pub struct TestRegister {
    /// The register.
    pub register: Register,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Where it lives and how it is guarded.
    pub config: Config,
    /// The notices.
    pub policy: Arc<Policy>,
    /// Their files.
    pub corpus: Corpus,
    folder: tempfile::TempDir,
}

impl TestRegister {
    /// On the notices of the house, at 09:00 UTC on 21 November 2026.
    #[must_use]
    pub fn new() -> Self {
        Self::on(house_corpus(), "2026-11-21T09:00:00Z")
    }

    /// On some notices, at an instant.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn on(corpus: (Arc<Policy>, Corpus), instant: &str) -> Self {
        Self::with(corpus, instant, |_| {})
    }

    /// On some notices, at an instant, with another configuration.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without a register is wrong")]
    pub fn with(
        (policy, corpus): (Arc<Policy>, Corpus),
        instant: &str,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let zone = TimeZone::get("Europe/Copenhagen").expect("the zone of the house");
        let mut config = Config::new(folder.path().join("database"), folder.path().join("keys"), zone);
        change(&mut config);
        let clock = Arc::new(FixedClock::at(instant));
        let randomness = Arc::new(SeededRandomness::new(1));
        let register = Register::open(&config, policy.clone(), corpus.clone(), clock.clone(), randomness)
            .expect("a register that opens");
        Self { register, clock, config, policy, corpus, folder }
    }

    /// The temporary folder, which goes with this value.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the register and opens it again, with new randomness.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn reopen(self, seed: u64) -> Result<Self, OpenError> {
        let corpus = (self.policy.clone(), self.corpus.clone());
        self.reopen_with(corpus, seed)
    }

    /// Closes the register and opens it again under other notices.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn reopen_with(self, corpus: (Arc<Policy>, Corpus), seed: u64) -> Result<Self, OpenError> {
        self.reopen_after(Span::new(), corpus, seed)
    }

    /// Closes the register, lets time pass, and opens it again under some notices.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn reopen_after(
        self,
        closed_for: Span,
        (policy, corpus): (Arc<Policy>, Corpus),
        seed: u64,
    ) -> Result<Self, OpenError> {
        let Self { register, clock, config, folder, .. } = self;
        drop(register);
        clock.pass(closed_for);
        let randomness = Arc::new(SeededRandomness::new(seed));
        let register = Register::open(&config, policy.clone(), corpus.clone(), clock.clone(), randomness)?;
        Ok(Self { register, clock, config, policy, corpus, folder })
    }

    /// A call by a person in a role.
    #[must_use]
    pub fn call(
        &self,
        role: &str,
        person: Option<Id<Person>>,
        organisation: Option<Id<Organisation>>,
    ) -> Call {
        self.register.call(caller(&self.policy, role, person, organisation))
    }
}

impl Default for TestRegister {
    fn default() -> Self {
        Self::new()
    }
}

/// A caller in a role, named after it, who has just logged in at no known time.
///
/// # Panics
/// If the notices do not have the role.
#[must_use]
#[expect(clippy::expect_used, reason = "a test that names no role is wrong")]
pub fn caller(
    policy: &Policy,
    role: &str,
    person: Option<Id<Person>>,
    organisation: Option<Id<Organisation>>,
) -> Caller {
    Caller {
        actor: Actor { person, role: policy.role_id(role).expect("a role of the notices"), organisation },
        name: Personal::new(format!("Test {role}")),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    }
}

/// A civil registration number of a test person.
///
/// # Panics
/// If it is none.
#[must_use]
#[expect(clippy::expect_used, reason = "a test that names no number is wrong")]
pub fn cpr(number: &str) -> Identifier {
    Identifier::Cpr(Cpr::parse(number).expect("a number"))
}

/// Whether a text stands in some bytes. Here, because this crate is optimised in tests and those who ask look through many megabytes.
#[must_use]
pub fn stands_in(bytes: &[u8], text: &str) -> bool {
    are_in(bytes, text.as_bytes())
}

/// The same for bytes that are no text.
#[must_use]
pub fn are_in(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        let from_here = rest.get(at..).unwrap_or_default();
        if from_here.starts_with(wanted) {
            return true;
        }
        rest = from_here.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{are_in, stands_in};

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        assert!(stands_in(b"Nancy", "Nancy"));
        assert!(stands_in(b"NNaNancy", "Nancy"));
        assert!(stands_in(b"\xc3NancyN", "Nancy"));
        assert!(!stands_in(b"NancNan", "Nancy"));
        assert!(!stands_in(b"", "Nancy"));
        assert!(are_in(&[0, 255, 254, 0], &[255, 254]) && !are_in(&[255, 0, 254], &[255, 254]));
    }
}

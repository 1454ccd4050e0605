//! Our side: a doctor opens the card of a patient whom the doctor treats, through the register, with everything on.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use notice::id::Person;
use notice::policy::RoleId;
use notice::{Actor, Id, Policy, Reading, SourceFile, Target, Writing};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use register::{
    Ask, Call, Caller, Change, Clock, Config, Corpus, Draft, Holder, Link, Personal, Randomness, Register,
    Strength,
};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use crate::decide::corpus;

/// Bytes of the text on a card.
pub const TEXT_BYTES: usize = 600;

/// How many bytes our rows hold.
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    /// A record with its sealed content.
    pub record: usize,
    /// A line of the log.
    pub line: usize,
}

/// People whose cards are filled in one batch.
const BATCH: u64 = 1_000;

/// The machine's own clock: time passes while we measure.
#[derive(Debug)]
struct Wall(Instant);

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn monotonic_seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Chance from a seed: the cost of the operating system's is not what is measured.
#[derive(Debug)]
struct Chance(Mutex<ChaCha20Rng>);

impl Randomness for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// A register of patients, each with one card, all treated by one doctor.
pub struct Lawful {
    folder: PathBuf,
    register: Register,
    doctor: Caller,
    patients: u64,
}

impl Lawful {
    /// Makes it with as many patients.
    ///
    /// # Errors
    /// When the register cannot be made.
    pub fn make(folder: &Path, patients: u64) -> Result<Self> {
        let files = notices();
        let policy = Arc::new(corpus::compiled(&files)?);
        let kept = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
        let config = Config::new(folder.join("database"), folder.join("keys"), TimeZone::UTC);
        let clock = Arc::new(Wall(Instant::now()));
        let chance = Arc::new(Chance(Mutex::new(ChaCha20Rng::seed_from_u64(1))));
        let register = Register::open(&config, Arc::clone(&policy), kept, clock, chance)?;
        let doctor = caller(role(&policy, "doctor")?, Some(Id::from_bits(1)), "a doctor");
        let lawful = Self { folder: folder.to_owned(), register, doctor, patients };
        lawful.fill(caller(role(&policy, "system")?, None, "a feed"))?;
        Ok(lawful)
    }

    fn fill(&self, feed: Caller) -> Result<()> {
        for start in (0..self.patients).step_by(BATCH as usize) {
            let call = self.register.call(feed.clone());
            let ask = Ask { use_name: "trial.fill", target: Target::Query, reason: None };
            let grant = self.register.ask::<Writing>(&call, ask)?;
            let end = (start + BATCH).min(self.patients);
            let people = (start..end).map(|number| (patient(number), self.changes(number, &call))).collect();
            self.register.import(&call, grant, people)?;
        }
        Ok(())
    }

    fn changes(&self, number: u64, call: &Call) -> Vec<Change> {
        let card = json!({ "number": number.to_string(), "text": "x".repeat(TEXT_BYTES) });
        let relation = json!({ "number": number.to_string() });
        let doctor = self.doctor.actor.person.map(Holder::Person);
        let link = doctor.map(|holder| Link {
            holder,
            from: call.now,
            until: None,
            strength: Strength::Strong,
            role: None,
        });
        vec![
            draft("trial.card", number, card, call, None),
            draft("trial.relation", number, relation, call, link),
        ]
    }

    /// How many bytes a record and a line take, looked up after one read.
    ///
    /// # Errors
    /// When the read or the look fails.
    pub fn bytes(&self) -> Result<Bytes> {
        self.read(0)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = Connection::open_with_flags(self.folder.join("database/register.db"), flags)?;
        let of = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0));
        // Each column as it is stored: blobs by their length, numbers by theirs.
        let record = of("select max(length(id) + length(subject) + length(sealed)) + 4 * 8 + 7 from record")?;
        let line = of(
            "select length(subject) + length(actor) + length(salt) + length(hash) + length(sealed) + 2 * 8 + 4 \
             from line order by number desc limit 1",
        )?;
        Ok(Bytes { record: usize::try_from(record)?, line: usize::try_from(line)? })
    }

    /// Decides, reads, unseals, waits for the line to be durable, and looks at what came.
    ///
    /// # Errors
    /// When it is refused, or what came is not the card.
    pub fn read(&self, number: u64) -> Result<()> {
        let call = self.register.call(self.doctor.clone());
        let target = Target::Person(patient(number % self.patients));
        let ask = Ask { use_name: "trial.open", target, reason: None };
        let grant = self.register.ask::<Reading>(&call, ask)?;
        let records = self.register.read(&call, grant)?;
        let text = records.first().and_then(|record| record.content.reveal().get("text")?.as_str());
        ensure!(text.is_some_and(|text| text.len() == TEXT_BYTES), "the card did not come whole");
        Ok(())
    }
}

fn notices() -> Vec<SourceFile> {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    vec![file("base.toml", include_str!("base.toml")), file("trial.toml", include_str!("notice.toml"))]
}

fn patient(number: u64) -> Id<Person> {
    // Spread over all bits, as real ids are.
    Id::from_bits(u128::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
}

fn role(policy: &Policy, name: &str) -> Result<RoleId> {
    let index = policy.roles.iter().position(|role| role.said.id == name).context("a role is missing")?;
    let role = policy.roles.get(index).context("a role is missing")?;
    role.is.iter().copied().find(|id| id.index() == index).context("a role is not itself")
}

fn caller(role: RoleId, person: Option<Id<Person>>, name: &str) -> Caller {
    Caller {
        actor: Actor { person, role, organisation: None },
        name: Personal::new(name.to_owned()),
        organisation_name: Some("a practice".to_owned()),
        on_behalf_of: None,
        authenticated_at: None,
    }
}

fn draft(
    register: &'static str,
    number: u64,
    content: serde_json::Value,
    call: &Call,
    link: Option<Link>,
) -> Change {
    let content = content.as_object().cloned().unwrap_or_default();
    Change::Create(Box::new(Draft {
        register,
        id: None,
        subjects: vec![("patient".to_owned(), patient(number))],
        content: Personal::new(content),
        events: vec![("made".to_owned(), call.now)],
        quantities: Vec::new(),
        private: false,
        link,
    }))
}

#[cfg(test)]
mod tests {
    use super::notices;
    use crate::decide::corpus::compiled;

    #[test]
    fn the_notice_of_the_measurement_compiles() {
        assert!(compiled(&notices()).is_ok_and(|policy| policy.uses.len() == 2));
    }
}

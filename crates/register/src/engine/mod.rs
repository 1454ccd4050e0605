//! What a database must be able to do, in the words of the register. Engines know rows and pseudonyms, never people.
//!
//! Invariant: every row of personal content carries its subject's pseudonym, so that one citizen's rows may lie together.

use crate::envelope::Micros;
use crate::error::Unavailable;
use crate::pool::Snapshot;
use crate::secrets::Pseudonym;

pub(crate) mod sqlite;

/// The answer of an engine.
pub(crate) type Answer<T> = Result<T, Unavailable>;

/// A record as it lies in the database.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Number of the row; 0 before it is written.
    pub(crate) number: i64,
    pub(crate) id: [u8; 16],
    /// Number of the register's name.
    pub(crate) register: i64,
    /// Pseudonym of the first subject in the group of the register.
    pub(crate) subject: Pseudonym,
    /// Version of the content.
    pub(crate) version: u32,
    /// Counts every sealing.
    pub(crate) revision: u32,
    /// See [`crate::record::Stage`].
    pub(crate) stage: u8,
    pub(crate) private: bool,
    /// Blocked by the brake.
    pub(crate) braked: bool,
    pub(crate) collected_at: Micros,
    pub(crate) changed_at: Micros,
    /// Number of the corpus under which it was collected.
    pub(crate) under: i64,
    /// Date of the next stage.
    pub(crate) due_at: Option<Micros>,
    /// From when ordinary uses see it no longer, swept or not.
    pub(crate) closed_at: Option<Micros>,
    /// When the sweep looks at it. Not sealed: it only says when to look.
    pub(crate) look_at: Option<Micros>,
    pub(crate) sealed: Vec<u8>,
}

impl Row {
    /// The row without what was sealed, once that is open.
    pub(crate) const fn opened(&self) -> Self {
        Self { sealed: Vec::new(), ..*self }
    }
}

/// A subject of a record beside the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SubjectRow {
    pub(crate) pseudonym: Pseudonym,
    /// Number of the role's name.
    pub(crate) role: i64,
}

/// A fact that a record establishes.
#[derive(Clone, Debug)]
pub(crate) struct FactRow {
    pub(crate) number: i64,
    pub(crate) subject: Pseudonym,
    /// See [`notice::Fact`].
    pub(crate) kind: u8,
    /// 0 person, 1 organisation, 2 everyone.
    pub(crate) holder_kind: u8,
    pub(crate) holder: Pseudonym,
    /// Number of the name of an authorised role, or 0.
    pub(crate) role: i64,
    pub(crate) from: Micros,
    pub(crate) until: Option<Micros>,
    /// Whether another party wrote it.
    pub(crate) strong: bool,
    pub(crate) record: [u8; 16],
    pub(crate) mac: [u8; 16],
}

impl FactRow {
    /// Whether it holds at a time.
    pub(crate) fn holds_at(&self, at: Micros) -> bool {
        self.from <= at && self.until.is_none_or(|until| until > at)
    }

    /// What its code is made over.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(96);
        bytes.extend_from_slice(b"fact");
        bytes.extend_from_slice(&self.subject);
        bytes.extend_from_slice(&[
            self.kind,
            self.holder_kind,
            u8::from(self.strong),
            u8::from(self.until.is_some()),
        ]);
        bytes.extend_from_slice(&self.holder);
        for number in [self.role, self.from, self.until.unwrap_or_default()] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&self.record);
        bytes
    }
}

/// A line of the log as it lies in the database.
#[derive(Clone, Debug)]
pub(crate) struct LineRow {
    pub(crate) number: i64,
    pub(crate) at: Micros,
    pub(crate) subject: Option<Pseudonym>,
    pub(crate) actor: Option<Pseudonym>,
    /// Number of the name of the use.
    pub(crate) use_name: i64,
    /// See [`crate::line::Outcome`].
    pub(crate) outcome: u8,
    /// Day of its key, in days since 1970 by UTC.
    pub(crate) key_day: i64,
    pub(crate) salt: [u8; 32],
    pub(crate) hash: [u8; 32],
    pub(crate) due_at: Micros,
    pub(crate) sealed: Vec<u8>,
    pub(crate) times: i64,
    /// A decision to keep it longer.
    pub(crate) kept: Option<KeptRow>,
}

impl LineRow {
    /// When it would have gone had nobody decided otherwise; its hash holds this date.
    pub(crate) fn first_due_at(&self) -> Micros {
        self.kept.as_ref().map_or(self.due_at, |kept| kept.first_due_at)
    }
}

/// What lies beside a line that is kept longer.
#[derive(Clone, Debug)]
pub(crate) struct KeptRow {
    pub(crate) first_due_at: Micros,
    /// Flag, time, role and reason, under the key of the line's day.
    pub(crate) sealed: Vec<u8>,
}

/// Where a page of lines begins: before this time and number, and after what is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// The line before which the page begins.
    pub(crate) before: Option<i64>,
    pub(crate) now: Micros,
    pub(crate) limit: usize,
}

/// An event of a person in one group, or the revocation of one.
#[derive(Clone, Debug)]
pub(crate) struct PersonEventRow {
    pub(crate) number: i64,
    pub(crate) sealed: Vec<u8>,
}

/// A link from an identifier to a person.
#[derive(Clone, Debug)]
pub(crate) struct IdentifierRow {
    pub(crate) sealed: Vec<u8>,
}

/// A hold.
#[derive(Clone, Debug)]
pub(crate) struct HoldRow {
    pub(crate) number: i64,
    /// Pseudonym in the group of identity.
    pub(crate) subject: Pseudonym,
    pub(crate) record: Option<[u8; 16]>,
    pub(crate) kind: u8,
    pub(crate) review: Micros,
    /// The person, sealed.
    pub(crate) sealed: Vec<u8>,
}

/// A receipt of the sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReceiptRow {
    pub(crate) number: i64,
    pub(crate) at: Micros,
    pub(crate) register: i64,
    pub(crate) verb: u8,
    /// Start of the day on which it was due.
    pub(crate) due_at: Micros,
    pub(crate) records: i64,
}

/// A corpus: number, version, first run, files.
pub(crate) type CorpusRow = (i64, [u8; 32], Micros, String);

/// Looking, without changing anything.
pub(crate) trait Look: Snapshot + Send {
    fn identifier(&self, lookup: &[u8; 32]) -> Answer<Option<IdentifierRow>>;
    /// Sealed date of birth.
    fn birth(&self, owner: &Pseudonym) -> Answer<Option<Vec<u8>>>;
    /// Facts about a subject: those that are over and those to come too.
    fn facts_about(&self, subject: &Pseudonym) -> Answer<Vec<FactRow>>;
    fn facts_of_record(&self, record: &[u8; 16]) -> Answer<Vec<FactRow>>;
    /// Ids of records whose fact a holder has at a time; with an instant, those that began then or later or that have an end.
    fn records_held_by(
        &self,
        holder: &Pseudonym,
        kind: u8,
        at: Micros,
        passing: Option<Micros>,
    ) -> Answer<Vec<[u8; 16]>>;
    fn records_about(&self, subject: &Pseudonym, register: i64) -> Answer<Vec<Row>>;
    /// All records of a subject in a group.
    fn records_of(&self, subject: &Pseudonym) -> Answer<Vec<Row>>;
    fn record(&self, id: &[u8; 16]) -> Answer<Option<Row>>;
    fn records_in_role(&self, pseudonym: &Pseudonym, role: i64, register: i64) -> Answer<Vec<Row>>;
    fn records_collected(&self, register: i64, from: Micros, until: Micros) -> Answer<Vec<Row>>;
    /// The next records of a register in the order of collection, behind this place: when, and number.
    fn records_after(&self, register: i64, after: (Micros, i64), limit: usize) -> Answer<Vec<Row>>;
    /// The same one after the other, in the order of collection, none of them kept here.
    fn each_collected(
        &self,
        register: i64,
        from: Micros,
        until: Micros,
        each: &mut dyn FnMut(Row) -> Answer<()>,
    ) -> Answer<()>;
    fn has_records(&self, subject: &Pseudonym) -> Answer<bool>;
    fn versions(&self, number: i64) -> Answer<Vec<Row>>;
    fn person_events(&self, subject: &Pseudonym) -> Answer<Vec<PersonEventRow>>;
    /// Lines about a subject, newest first by time. A line past its day is gone for its reader, swept or not (rule N-18).
    fn lines_about(&self, subject: &Pseudonym, page: Page) -> Answer<Vec<LineRow>>;
    /// Lines of an actor that are not over, newest first by time.
    fn lines_by(&self, actor: &Pseudonym, page: Page) -> Answer<Vec<LineRow>>;
    fn line(&self, number: i64) -> Answer<Option<LineRow>>;
    /// Records to look at, those longest due first.
    fn to_look_at(&self, until: Micros, limit: usize) -> Answer<Vec<Row>>;
    fn next_look(&self) -> Answer<Option<Micros>>;
    /// Whether anything would go now.
    fn anything_ends(&self, now: Micros) -> Answer<bool>;
    /// Records due in a span of time, by register and hour.
    fn due_by_hour(&self, from: Micros, until: Micros) -> Answer<Vec<(i64, i64, u64)>>;
    /// Lines due in a span of time, by the number of their use's name and hour.
    fn lines_due_by_hour(&self, from: Micros, until: Micros) -> Answer<Vec<(i64, i64, u64)>>;
    fn braked(&self) -> Answer<Vec<(i64, u64)>>;
    fn receipts(&self, limit: usize) -> Answer<Vec<ReceiptRow>>;
    /// For each register and verb: when the sweep last did it, and to how many records in all.
    fn last_acts(&self) -> Answer<Vec<(i64, u8, Micros, u64)>>;
    fn holds_on(&self, subject: &Pseudonym) -> Answer<Vec<HoldRow>>;
    fn holds(&self) -> Answer<Vec<HoldRow>>;
    fn meta(&self, name: &str) -> Answer<Option<Vec<u8>>>;
    fn words(&self) -> Answer<Vec<(i64, String, [u8; 16])>>;
    fn corpora(&self) -> Answer<Vec<CorpusRow>>;
    /// Ids of all records, for the comparison with the key store.
    fn record_ids(&self) -> Answer<Vec<[u8; 16]>>;
    /// Days of the log that still have lines.
    fn key_days(&self) -> Answer<Vec<i64>>;
    /// The latest plan made before a time: when it was made, and how many records it expected until another time.
    fn planned(&self, made_before: Micros, due_until: Micros) -> Answer<Option<(Micros, u64)>>;
    /// How many records went since a time, by register.
    fn acted_since(&self, since: Micros) -> Answer<Vec<(i64, u64)>>;
    /// Bytes in use.
    fn bytes(&self) -> Answer<u64>;
}

/// Changing; only the one writer does.
pub(crate) trait Act: Look {
    fn begin(&mut self) -> Answer<()>;
    fn commit(&mut self) -> Answer<()>;
    fn rollback(&mut self);
    fn mark(&mut self) -> Answer<()>;
    fn keep_mark(&mut self) -> Answer<()>;
    fn back_to_mark(&mut self) -> Answer<()>;
    fn put_record(&self, row: &Row) -> Answer<i64>;
    fn update_record(&self, row: &Row) -> Answer<()>;
    fn set_look(&self, number: i64, look_at: Option<Micros>) -> Answer<()>;
    /// The sweep looks again at every record of a register: its rule has changed.
    fn wake_register(&self, register: i64, now: Micros) -> Answer<()>;
    /// The sweep looks again at what is due of a subject.
    fn wake(&self, subject: &Pseudonym, now: Micros) -> Answer<()>;
    /// The sweep looks again at what the brake has taken.
    fn wake_braked(&self, now: Micros) -> Answer<()>;
    /// Removes a record with its versions, subjects and facts.
    fn remove_record(&self, row: &Row) -> Answer<()>;
    /// Keeps the row as it is beside its successor.
    fn keep_version(&self, number: i64) -> Answer<()>;
    fn put_subject(&self, record: i64, subject: &SubjectRow) -> Answer<()>;
    fn put_fact(&self, fact: &FactRow) -> Answer<()>;
    fn end_fact(&self, fact: &FactRow) -> Answer<()>;
    fn put_person_event(&self, subject: &Pseudonym, sealed: &[u8]) -> Answer<()>;
    fn remove_person_event(&self, number: i64) -> Answer<()>;
    fn remove_person_events(&self, subject: &Pseudonym) -> Answer<()>;
    fn put_line(&self, line: &LineRow) -> Answer<i64>;
    /// Files the latest lines under their people once enough of them wait.
    fn gather(&self) -> Answer<()>;
    fn fold_line(&self, number: i64, more: u64) -> Answer<()>;
    /// Keeps a line until another date if it is still due on its first one; says whether it was.
    fn keep_line(&self, number: i64, kept: &KeptRow, due_at: Micros) -> Answer<bool>;
    /// Removes lines that are due; gives back the day of each, when it was due and the number of its use's name.
    fn remove_lines(&self, until: Micros, limit: usize) -> Answer<Vec<(i64, Micros, i64)>>;
    fn put_identifier(&self, lookup: &[u8; 32], owner: &Pseudonym, sealed: &[u8]) -> Answer<()>;
    fn put_birth(&self, owner: &Pseudonym, sealed: &[u8]) -> Answer<()>;
    /// Removes identifiers and birth of a person.
    fn forget(&self, owner: &Pseudonym) -> Answer<()>;
    fn put_hold(&self, hold: &HoldRow) -> Answer<i64>;
    fn remove_hold(&self, number: i64) -> Answer<Option<HoldRow>>;
    fn put_receipt(&self, receipt: &ReceiptRow) -> Answer<()>;
    fn put_plan(&self, made_at: Micros, by_hour: &[(Micros, u64)]) -> Answer<()>;
    /// Removes plans older than the latest that was made before a time.
    fn forget_plans(&self, before: Micros) -> Answer<()>;
    fn set_meta(&self, name: &str, value: &[u8]) -> Answer<()>;
    fn put_word(&self, id: i64, text: &str, mac: &[u8; 16]) -> Answer<()>;
    fn put_corpus(&self, version: &[u8; 32], first_run: Micros, files: &str) -> Answer<i64>;
    /// Frees what was erased from files beside the database.
    fn settle(&self) -> Answer<()>;
}

/// One change of the key store.
#[derive(Debug)]
pub(crate) enum KeyChange {
    /// A new key.
    Put([u8; 16], Vec<u8>),
    /// A key is destroyed.
    Destroy([u8; 16]),
    /// No older version than this will be believed.
    Floor([u8; 16], u32),
}

/// A wrapped key and the lowest revision that is believed.
pub(crate) type WrappedKey = (Vec<u8>, u32);

/// Hears of a key, or that there is none.
pub(crate) type Told<'a> = dyn FnMut(Option<(&[u8], u32)>) -> Answer<()> + 'a;

/// The key store: a second database, apart from the first.
pub(crate) trait Keys: Snapshot + Send {
    fn key(&self, name: &[u8; 16]) -> Answer<Option<WrappedKey>>;
    /// Tells of each of these names, in this order, the wrapped key and the lowest revision that is believed.
    fn each_key(&self, names: &[[u8; 16]], tell: &mut Told<'_>) -> Answer<()>;
    /// All changes, durable when this returns.
    fn apply(&mut self, changes: &[KeyChange]) -> Answer<()>;
    fn names(&self) -> Answer<Vec<[u8; 16]>>;
    fn meta(&self, name: &str) -> Answer<Option<Vec<u8>>>;
    fn set_meta(&self, name: &str, value: &[u8]) -> Answer<()>;
    /// Frees what was destroyed from files beside the store.
    fn settle(&self) -> Answer<()>;
}

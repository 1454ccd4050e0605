//! What leader and helper say to each other about some reports of a drawer.

use crate::report::{HEAD_BYTES, HELPER_SHARE_BYTES, Half, PUBLIC_BYTES, ReportId};
use crate::seal::sealed_bytes;
use crate::wire::{Malformed, Reader, put32};

/// Most reports of one job: what is counted of them is written in one go.
pub const JOB_REPORTS_MAX: usize = 400;
/// Bytes of what the leader finds of a proof.
const MESSAGE_BYTES: usize = 133;
/// No job has more bytes, since no report has.
pub const JOB_BYTES_MAX: usize = 4 + JOB_REPORTS_MAX * ASKED_BYTES;
const ASKED_BYTES: usize =
    HEAD_BYTES + 4 + PUBLIC_BYTES + sealed_bytes(HELPER_SHARE_BYTES) + 4 + MESSAGE_BYTES;

/// What the leader asks about each report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The helper's part of it.
    pub half: Half,
    /// What the leader found of the proof.
    pub message: Vec<u8>,
}

/// A job as it is sent.
#[must_use]
pub fn encode_job(asked: &[Asked]) -> Vec<u8> {
    let mut items = Vec::new();
    for one in asked {
        one.half.put(&mut items);
        put32(&mut items, &one.message);
    }
    let mut to = Vec::new();
    put32(&mut to, &items);
    to
}

/// Reads a job.
///
/// # Errors
/// It is none, or is too large.
pub fn decode_job(bytes: &[u8]) -> Result<Vec<Asked>, Malformed> {
    let mut outer = Reader::new(bytes);
    let mut items = Reader::new(outer.string32()?);
    outer.end()?;
    let mut asked = Vec::new();
    while !items.is_empty() {
        if asked.len() == JOB_REPORTS_MAX {
            return Err(Malformed);
        }
        asked.push(Asked { half: Half::read(&mut items)?, message: items.string32()?.to_vec() });
    }
    Ok(asked)
}

/// Why the helper does not count a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rejected {
    /// Its day has been counted.
    DayCounted,
    /// It has been counted.
    Replayed,
    /// Its half cannot be opened.
    NotOpened,
    /// The proof fails: it is not one answer.
    NoAnswer,
    /// Its day is not over, or nobody may report about it yet.
    TooEarly,
}

impl Rejected {
    // Numbers of DAP, section 4.5.2.1 (PrepareError).
    const fn number(self) -> u8 {
        match self {
            Self::DayCounted => 0,
            Self::Replayed => 1,
            Self::NotOpened => 4,
            Self::NoAnswer => 5,
            Self::TooEarly => 8,
        }
    }

    fn numbered(number: u8) -> Result<Self, Malformed> {
        [Self::DayCounted, Self::Replayed, Self::NotOpened, Self::NoAnswer, Self::TooEarly]
            .into_iter()
            .find(|one| one.number() == number)
            .ok_or(Malformed)
    }
}

/// What the helper answers about each report, in the order in which it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Which.
    pub id: ReportId,
    /// What the helper found of the proof, or why it does not count it.
    pub outcome: Result<Vec<u8>, Rejected>,
}

const CONTINUES: u8 = 0;
const REJECTED: u8 = 2;

/// An answer as it is sent.
#[must_use]
pub fn encode_answer(answered: &[Answered]) -> Vec<u8> {
    let mut items = Vec::new();
    for one in answered {
        items.extend(one.id.bytes());
        match &one.outcome {
            Ok(message) => {
                items.push(CONTINUES);
                put32(&mut items, message);
            }
            Err(rejected) => items.extend([REJECTED, rejected.number()]),
        }
    }
    let mut to = Vec::new();
    put32(&mut to, &items);
    to
}

/// Reads an answer.
///
/// # Errors
/// It is none.
pub fn decode_answer(bytes: &[u8]) -> Result<Vec<Answered>, Malformed> {
    let mut outer = Reader::new(bytes);
    let mut items = Reader::new(outer.string32()?);
    outer.end()?;
    let mut answered = Vec::new();
    while !items.is_empty() {
        let id = ReportId::from_bytes(items.array()?);
        let outcome = match items.u8()? {
            CONTINUES => Ok(items.string32()?.to_vec()),
            REJECTED => Err(Rejected::numbered(items.u8()?)?),
            _ => return Err(Malformed),
        };
        answered.push(Answered { id, outcome });
    }
    Ok(answered)
}

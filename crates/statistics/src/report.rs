//! A report as a phone sends it: a random number, the day it is about, what both bodies may see, and two sealed halves.

use crate::seal::{Sealed, Whose, sealed_bytes};
use crate::task::TaskId;
use crate::wire::{Malformed, Reader, put16, put32};
use crate::{Day, Random};

/// Bytes of the number, the day, and the extensions, of which there are none.
pub(crate) const HEAD_BYTES: usize = 16 + 8 + 2;
/// Bytes of what both bodies may see, and of the share of each, with the answers that we have.
pub(crate) const PUBLIC_BYTES: usize = 64;
const LEADER_SHARE_BYTES: usize = 288;
pub(crate) const HELPER_SHARE_BYTES: usize = 64;
/// Every report has so many bytes: neither more nor fewer can be one.
pub const REPORT_BYTES: usize =
    HEAD_BYTES + 4 + PUBLIC_BYTES + sealed_bytes(LEADER_SHARE_BYTES) + sealed_bytes(HELPER_SHARE_BYTES);

/// The random number of a report, so that it counts once. It says nothing of who sent it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportId([u8; 16]);

impl ReportId {
    pub(crate) fn random(random: &mut Random<'_>) -> Self {
        let mut bytes = [0; 16];
        random(&mut bytes);
        Self(bytes)
    }

    /// From its bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl std::fmt::Debug for ReportId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReportId(..)")
    }
}

/// How many drawers a day has.
pub const DRAWERS: u16 = 256;

/// A drawer of a day. Which it is follows from the number of a report and the secret of the two bodies
/// ([`crate::check::Checker::drawer`]): who sends reports cannot fill one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Drawer(u8);

impl Drawer {
    /// Where what was drawn at random falls.
    pub(crate) const fn of(random: u8) -> Self {
        Self(random)
    }

    /// Every drawer of a day.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(Self)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// What stands on a report in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub id: ReportId,
    /// The day it is about.
    pub day: Day,
}

impl Head {
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        to.extend(self.id.bytes());
        to.extend(self.day.begins_unix_seconds().to_be_bytes());
        // No extension is known to us.
        put16(to, &[]);
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let id = ReportId(from.array()?);
        let day = Day::beginning(from.u64()?).ok_or(Malformed)?;
        if !from.string16()?.is_empty() {
            return Err(Malformed);
        }
        Ok(Self { id, day })
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In clear.
    pub head: Head,
    /// What both bodies may see: without a half it says nothing.
    pub public: Vec<u8>,
    /// The half of the leader.
    pub leader: Sealed,
    /// The half of the helper.
    pub helper: Sealed,
}

impl Report {
    /// As it is sent.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Vec::new();
        self.head.put(&mut to);
        put32(&mut to, &self.public);
        self.leader.put(&mut to);
        self.helper.put(&mut to);
        to
    }

    /// Reads what was sent. Each part has the one length that it can have: nothing else can be put in its place.
    ///
    /// # Errors
    /// It is no report.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut from = Reader::new(bytes);
        let report = Self {
            head: Head::read(&mut from)?,
            public: from.string32()?.to_vec(),
            leader: Sealed::read(&mut from)?,
            helper: Sealed::read(&mut from)?,
        };
        from.end()?;
        let fits = report.public.len() == PUBLIC_BYTES
            && report.leader.holds(LEADER_SHARE_BYTES)
            && report.helper.holds(HELPER_SHARE_BYTES);
        if fits { Ok(report) } else { Err(Malformed) }
    }

    /// What the helper is shown of it.
    #[must_use]
    pub fn for_helper(&self) -> Half {
        Half { head: self.head, public: self.public.clone(), sealed: self.helper.clone() }
    }

    /// What the leader opens of it.
    #[must_use]
    pub fn for_leader(&self) -> Half {
        Half { head: self.head, public: self.public.clone(), sealed: self.leader.clone() }
    }
}

/// One body's part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// In clear.
    pub head: Head,
    /// What both bodies may see.
    pub public: Vec<u8>,
    /// What this one may open.
    pub sealed: Sealed,
}

impl Half {
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        self.head.put(to);
        put32(to, &self.public);
        self.sealed.put(to);
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self { head: Head::read(from)?, public: from.string32()?.to_vec(), sealed: Sealed::read(from)? })
    }

    /// What the seal is bound to: neither half can be moved to another report, day or count.
    pub(crate) fn bound(&self, task: &TaskId) -> Vec<u8> {
        bound(task, &self.head, &self.public)
    }

    /// The share, opened.
    pub(crate) fn open(
        &self,
        task: &TaskId,
        whose: Whose,
        key: &crate::PrivateKey,
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, crate::seal::NotOpened> {
        key.open(whose, &self.sealed, &self.bound(task))
    }
}

pub(crate) fn bound(task: &TaskId, head: &Head, public: &[u8]) -> Vec<u8> {
    let mut to = task.bytes().to_vec();
    head.put(&mut to);
    put32(&mut to, public);
    to
}

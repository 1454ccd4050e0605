//! A citizen, or her doctor for her, sends her prescriptions to a pharmacy.

use jiff::Timestamp;
use notice::id::{self, Organisation, Person};
use notice::{Id, Target};
use register::{Change, Draft, Holder, Link, Strength};

use super::{LASTS_DAYS, PresentationContent, REGISTER};
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.present-prescription";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose prescriptions.
    pub person: Id<Person>,
    /// The pharmacy.
    pub pharmacy: Id<Organisation>,
    /// Its name.
    pub pharmacy_name: String,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub presentation: Id<id::Record>,
    /// Until when the pharmacy may look.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen, or her doctor for her, sends her prescriptions to a pharmacy.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let mut check = Check::default();
    check.text("pharmacy-name", &request.pharmacy_name, 200);
    check.done()?;
    write(at, USE, request.person, request.pharmacy, &request.pharmacy_name, None)
}

/// Writes a presentation to a pharmacy.
pub(super) fn write(
    at: &Call<'_>,
    use_name: &'static str,
    person: Id<Person>,
    pharmacy: Id<Organisation>,
    pharmacy_name: &str,
    pharmacist: Option<Id<Person>>,
) -> Result<Output, Error> {
    let until = at.now() + jiff::SignedDuration::from_hours(24 * LASTS_DAYS);
    let fields = PresentationContent {
        prescription: None,
        pharmacy: pharmacy.to_string(),
        pharmacy_name: pharmacy_name.to_owned(),
        from: at.now(),
        until,
    };
    let id = at.new_id();
    let pharmacist = pharmacist.map(|pharmacist| ("pharmacist".to_owned(), pharmacist));
    let draft = Draft {
        register: REGISTER,
        id: Some(id),
        subjects: std::iter::once(("patient".to_owned(), person)).chain(pharmacist).collect(),
        content: content::write(&fields),
        events: vec![("presentation.ended".to_owned(), until)],
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Organisation(pharmacy),
            from: at.now(),
            until: Some(until),
            strength: Strength::Strong,
            role: None,
        }),
    };
    at.change(use_name, Target::Person(person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Output { presentation: id, until })
}

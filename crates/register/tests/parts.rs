//! Who has a part in one record of a person has none in the others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use notice::id::{Person, Record as RecordKind};
use notice::policy::ClauseId;
use notice::{Grant, Id, Target, Writing};
use register::testing::cpr;
use register::{Call, Change, ChangeError};
use serde_json::json;
use support::*;

/// A town in which a doctor who treats nobody has issued one of two prescriptions.
struct Issued {
    town: Town,
    guest: Call,
    own: Id<RecordKind>,
    other: Id<RecordKind>,
}

fn issued() -> Issued {
    let town = Town::new();
    let guest = town.register().person(&cpr(OTHER_DOCTOR));
    town.authorise(guest);
    let issue = |number: u128, by: Id<Person>| {
        let fields = json!({ "identifier": number.to_string(), "drug-name": "Panodil" });
        let mut prescription = draft("fmk.prescription", "patient", town.nancy, fields);
        prescription.id = Some(Id::from_bits(number));
        prescription.subjects.push(("prescriber".to_owned(), by));
        prescription.events.push(("prescription.issued".to_owned(), town.now()));
        let create = Change::Create(Box::new(prescription));
        town.write(&town.system(), "fmk.import", town.nancy, vec![create]).unwrap();
        Id::from_bits(number)
    };
    let (own, other) = (issue(71, guest), issue(72, town.doctor));
    let guest = town.at.call("doctor", Some(guest), None);
    Issued { town, guest, own, other }
}

impl Issued {
    /// Calls a prescription off under a grant for the whole person; the records that were shown for it.
    fn calls_off(&self, record: Id<RecordKind>) -> Result<Vec<Id<RecordKind>>, ChangeError<()>> {
        let target = Target::Person(self.town.nancy);
        let grant: Grant<Writing> =
            self.town.register().ask(&self.guest, ask("fmk.cancel-prescription", target))?;
        self.town.register().change(&self.guest, grant, |found| {
            let fields = content(json!({ "identifier": "1", "cancelled": "called off" }));
            let correct = Change::Correct { record, version: 1, content: fields, note: None };
            Ok((vec![correct], found.iter().map(|record| record.id).collect()))
        })
    }
}

#[test]
fn the_author_of_one_record_is_shown_and_changes_that_one_alone() {
    let issued = issued();
    assert!(matches!(issued.calls_off(issued.other), Err(ChangeError::Unfit { .. })));
    assert_eq!(issued.calls_off(issued.own).unwrap(), [issued.own]);
    let card = issued.town.card(issued.town.nancy).unwrap();
    let called_off: Vec<_> =
        card.iter().filter(|record| record.content.reveal().contains_key("cancelled")).collect();
    assert_eq!(called_off.len(), 1);
    assert_eq!(called_off[0].id, issued.own);
}

#[test]
fn who_treats_the_person_reaches_every_record_and_who_wrote_none_is_refused() {
    let issued = issued();
    let target = Target::Person(issued.town.nancy);
    let doctor = issued.town.as_doctor();
    let grant: Grant<Writing> =
        issued.town.register().ask(&doctor, ask("fmk.cancel-prescription", target)).unwrap();
    let shown = issued
        .town
        .register()
        .change(&doctor, grant, |found| Ok::<_, ()>((Vec::new(), found.len())))
        .unwrap();
    assert_eq!(shown, 2);
    let target = Target::Person(issued.town.bruno);
    let answer = issued.town.register().ask::<Writing>(&issued.guest, ask("fmk.cancel-prescription", target));
    assert!(matches!(refused(answer).clause, ClauseId::Missing(_)));
}

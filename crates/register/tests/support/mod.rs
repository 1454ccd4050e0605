//! A small town for the tests: a patient, doctors, a feed, and the notices of the house.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use jiff::Timestamp;
use notice::id::{Organisation, Person, Record as RecordKind};
use notice::{Grant, Id, Reading, Target, Writing};
use register::identifier::Sor;
use register::testing::{TestRegister, cpr};
use register::{
    Ask, Call, Change, ChangeError, Content, Denied, Draft, Holder, Link, OrganisationNumber, Personal,
    Record, Register, Strength,
};
use serde_json::json;

pub const NANCY: &str = "2512489996";
pub const BRUNO: &str = "0201609995";
pub const CHILD: &str = "0212159995";
pub const DOCTOR: &str = "0107729995";
pub const OTHER_DOCTOR: &str = "1502779995";

pub fn content(value: serde_json::Value) -> Personal<Content> {
    Personal::new(value.as_object().unwrap().clone())
}

pub fn clinic(register: &Register) -> Id<Organisation> {
    register.organisation(&OrganisationNumber::Sor(Sor::parse("79641000016006").unwrap()))
}

pub fn draft(register: &'static str, role: &str, person: Id<Person>, value: serde_json::Value) -> Draft {
    Draft {
        register,
        id: None,
        subjects: vec![(role.to_owned(), person)],
        content: content(value),
        events: Vec::new(),
        quantities: Vec::new(),
        private: false,
        link: None,
    }
}

pub fn link(holder: Holder, from: Timestamp, until: Option<Timestamp>) -> Link {
    Link { holder, from, until, strength: Strength::Strong, role: None }
}

/// A town with one doctor who treats Nancy.
pub struct Town {
    pub at: TestRegister,
    pub nancy: Id<Person>,
    pub bruno: Id<Person>,
    pub doctor: Id<Person>,
    pub clinic: Id<Organisation>,
}

impl Town {
    pub fn new() -> Self {
        Self::around(TestRegister::new())
    }

    pub fn around(at: TestRegister) -> Self {
        let register = &at.register;
        let (nancy, bruno) = (register.person(&cpr(NANCY)), register.person(&cpr(BRUNO)));
        let (doctor, clinic) = (register.person(&cpr(DOCTOR)), clinic(register));
        let town = Self { at, nancy, bruno, doctor, clinic };
        for (person, number) in [(nancy, NANCY), (bruno, BRUNO), (doctor, DOCTOR)] {
            town.identify(person, number);
        }
        town.authorise(doctor);
        town.treat(nancy, Holder::Organisation(clinic));
        town
    }

    pub fn register(&self) -> &Register {
        &self.at.register
    }

    pub fn now(&self) -> Timestamp {
        register::Clock::now(&*self.at.clock)
    }

    pub fn system(&self) -> Call {
        self.at.call("system", None, None)
    }

    pub fn as_doctor(&self) -> Call {
        self.at.call("doctor", Some(self.doctor), Some(self.clinic))
    }

    pub fn as_citizen(&self, person: Id<Person>) -> Call {
        let mut call = self.at.call("citizen", Some(person), None);
        call.caller.authenticated_at = Some(call.now);
        call
    }

    pub fn identify(&self, person: Id<Person>, number: &str) {
        let change = Change::Identify { person, identifier: cpr(number), from: self.now() };
        let basic = draft("nsp.basic", "patient", person, json!({ "name": format!("Name of {number}") }));
        self.write(
            &self.system(),
            "nsp.import-person",
            person,
            vec![change, Change::Create(Box::new(basic))],
        )
        .unwrap();
    }

    pub fn authorise(&self, person: Id<Person>) {
        let mut professional =
            draft("nsp.professional", "health-professional", person, json!({ "name": "Dr Test" }));
        professional.link =
            Some(Link { role: Some("doctor".into()), ..link(Holder::Person(person), self.now(), None) });
        let create = Change::Create(Box::new(professional));
        self.write(&self.system(), "nsp.import-professional", person, vec![create]).unwrap();
    }

    pub fn treat(&self, patient: Id<Person>, holder: Holder) -> Id<RecordKind> {
        let id = Id::from_bits(patient.bits() ^ 0x7ea7);
        let mut relation = draft("nsp.treatment-relation", "patient", patient, json!({ "kind": "A" }));
        relation.id = Some(id);
        relation.link = Some(link(holder, self.now(), None));
        let create = Change::Create(Box::new(relation));
        self.write(&self.system(), "nsp.register-treatment-relation", patient, vec![create]).unwrap();
        id
    }

    /// A block by the person; the record that holds it.
    pub fn block(&self, person: Id<Person>, holder: Holder) -> Result<Id<RecordKind>, ChangeError<()>> {
        let id = Id::from_bits(person.bits() ^ 0xb10c ^ u128::from(self.now().as_second().unsigned_abs()));
        let mut opt_out = draft("nsp.opt-out", "patient", person, json!({ "what": "all" }));
        opt_out.id = Some(id);
        opt_out.link = Some(link(holder, self.now(), None));
        self.write(&self.as_citizen(person), "nsp.block", person, vec![Change::Create(Box::new(opt_out))])?;
        Ok(id)
    }

    pub fn order(&self, person: Id<Person>, drug: &str) -> Draft {
        let mut order =
            draft("fmk.order", "patient", person, json!({ "identifier": "1", "drug-name": drug }));
        order.subjects.push(("prescriber".to_owned(), self.doctor));
        order.events.push(("order.made".to_owned(), self.now()));
        order
    }

    pub fn prescribe(&self, person: Id<Person>, drug: &str) -> Result<Id<RecordKind>, ChangeError<()>> {
        let mut order = self.order(person, drug);
        let id =
            Id::from_bits(person.bits().rotate_left(7) ^ u128::from(drug.len() as u64) ^ fingerprint(drug));
        order.id = Some(id);
        self.write(&self.as_doctor(), "fmk.prescribe", person, vec![Change::Create(Box::new(order))])?;
        Ok(id)
    }

    pub fn write(
        &self,
        call: &Call,
        use_name: &'static str,
        person: Id<Person>,
        changes: Vec<Change>,
    ) -> Result<(), ChangeError<()>> {
        write(self.register(), call, use_name, Target::Person(person), changes)
    }

    pub fn read(
        &self,
        call: &Call,
        use_name: &'static str,
        person: Id<Person>,
    ) -> Result<Vec<Record>, Denied> {
        let grant: Grant<Reading> = self.register().ask(call, ask(use_name, Target::Person(person)))?;
        self.register().read(call, grant)
    }

    pub fn card(&self, person: Id<Person>) -> Result<Vec<Record>, Denied> {
        self.read(&self.as_doctor(), "fmk.read-card", person)
    }

    pub fn lines(&self, person: Id<Person>) -> Vec<register::Line> {
        let call = self.as_citizen(person);
        let grant = self.register().ask(&call, ask("nsp.read-own-log", Target::Person(person))).unwrap();
        self.register().lines_about(&call, grant, None, 1_000).unwrap()
    }
}

fn fingerprint(text: &str) -> u128 {
    text.bytes().fold(7, |sum, byte| sum * 31 + u128::from(byte))
}

pub fn write(
    register: &Register,
    call: &Call,
    use_name: &'static str,
    target: Target,
    changes: Vec<Change>,
) -> Result<(), ChangeError<()>> {
    let grant: Grant<Writing> = register.ask(call, ask(use_name, target))?;
    register.change(call, grant, |_| Ok((changes.clone(), ())))
}

pub fn ask(use_name: &'static str, target: Target) -> Ask {
    Ask { use_name, target, reason: None }
}

pub fn refused<T: std::fmt::Debug>(answer: Result<T, Denied>) -> notice::Refusal {
    match answer {
        Err(Denied::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}

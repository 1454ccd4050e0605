//! A block and a consent are written alike: who, what, from when, until when.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Draft, Link, Record, Strength};

use crate::check::Check;
use crate::{Call, Error, Explain, Problem, Whom, content};

/// The content of a block or consent: the fields of their registers.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct AgreementContent {
    pub(crate) who: String,
    pub(crate) who_name: Option<String>,
    pub(crate) what: String,
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
}

/// A block or consent to be written.
pub(crate) struct Agreement<'a> {
    pub(crate) register: &'static str,
    pub(crate) person: Id<Person>,
    pub(crate) whom: &'a Whom,
    pub(crate) what: &'static str,
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
    pub(crate) events: Vec<(String, Timestamp)>,
}

impl Agreement<'_> {
    pub(crate) fn check(&self, at: &Call<'_>, check: &mut Check) {
        self.whom.check(check);
        check.that(self.until.is_none_or(|until| self.from < until && at.now() < until), || {
            Problem::new(
                "until",
                "ends-before-it-begins",
                "Slutningen skal ligge efter begyndelsen og efter nu. Vælg en senere dag.",
                "The end must lie after the beginning and after now. Choose a later day.",
            )
        });
    }

    pub(crate) fn draft(self, id: Id<id::Record>) -> Draft {
        let (who, who_name) = self.whom.fields();
        let fields = AgreementContent {
            who,
            who_name,
            what: self.what.to_owned(),
            from: self.from,
            until: self.until,
        };
        Draft {
            register: self.register,
            id: Some(id),
            subjects: self.whom.subjects(self.person),
            content: content::write(&fields),
            events: self.events,
            quantities: Vec::new(),
            private: false,
            link: Some(Link {
                holder: self.whom.holder(),
                from: self.from,
                until: self.until,
                strength: Strength::Strong,
                role: None,
            }),
        }
    }
}

/// Ends what a record gives, now: the field `until`, the fact, and the event that its clock waits for.
pub(crate) fn end<Own: Explain>(
    at: &Call<'_>,
    use_name: &'static str,
    person: Id<Person>,
    record: Id<id::Record>,
    event: &str,
    no_such: impl Fn() -> Error<Own>,
) -> Result<(), Error<Own>> {
    at.change(use_name, Target::Record { person, record }, None, |records| {
        let record = records.iter().find(|found| found.id == record).ok_or_else(&no_such)?;
        let over = record.events.iter().any(|(name, happened)| name == event && *happened <= at.now());
        if over {
            // Ended already: twice is once.
            return Ok((Vec::new(), ()));
        }
        Ok((ending(at, record, event), ()))
    })
}

fn ending(at: &Call<'_>, record: &Record, event: &str) -> Vec<Change> {
    let mut fields = record.content.reveal().clone();
    let earlier = content::time(record, "until").is_none_or(|until| at.now() < until);
    if earlier {
        fields.insert("until".to_owned(), serde_json::Value::String(at.now().to_string()));
    }
    vec![
        Change::Correct {
            record: record.id,
            version: record.version,
            content: register::Personal::new(fields),
            note: None,
        },
        Change::EndLink { record: record.id, at: at.now() },
        Change::Raise { record: record.id, event: event.to_owned(), at: at.now() },
    ]
}

/// No record of that kind for this person, or none that the caller may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchRecord;

impl Explain for NoSuchRecord {
    fn code(&self) -> &'static str {
        "no-such-record"
    }

    fn words(&self, lang: notice::Lang) -> String {
        match lang {
            notice::Lang::Da => "Det findes ikke, eller du må ikke ændre det. Åbn listen igen.".into(),
            notice::Lang::En => {
                "There is no such entry, or you may not change it. Open the list again.".into()
            }
        }
    }
}

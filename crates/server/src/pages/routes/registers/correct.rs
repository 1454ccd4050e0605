//! Somebody corrects an entry, in the form with what stands there now, and a note of what was wrong.

use axum::extract::Path;
use axum::response::Response;
use notice::Id;
use notice::id::{Person, Record};
use register::Personal;
use services::generic_register::{self as generic, Asked, Entry, For, May, asked};

use super::super::super::frame::{Frame, again, page};
use super::super::super::view::registers::{Form, Meanwhile, What};
use super::super::super::view::{Field, Problems};
use super::super::id;
use super::typed::{self, Typed};
use super::{AtEntry, at_desk, go, head, question, rows, wrong_of};
use crate::posted::Posted;
use crate::problem::{Code, Problem};

/// The entry that is corrected.
struct At {
    register: String,
    person: Id<Person>,
    record: Id<Record>,
}

impl At {
    fn read((_, register, person, record): (String, String, String, String)) -> Result<Self, Problem> {
        Ok(Self { register, person: id(&person)?, record: id(&record)? })
    }

    fn path(&self) -> String {
        format!("/people/{}/records/{}", self.person, self.record)
    }

    /// The entry as it is now, the fields that may be corrected, and what else may be done.
    async fn look(&self, frame: &Frame) -> Result<(Entry, Vec<Asked>, May), Problem> {
        let request = generic::history::Request { person: self.person, record: self.record };
        at_desk(frame, &self.register, move |at, form, may| {
            if !may.correct {
                return Err(Code::NotFound.into());
            }
            let now = generic::history::run(at, form, request)?.pop().ok_or(Code::NotFound)?;
            Ok((now, asked(at, form, For::Correcting), may.clone()))
        })
        .await
    }
}

/// The form with what stands there now.
pub(in crate::pages) async fn filled(frame: Frame, Path(at): AtEntry) -> Result<Response, Problem> {
    let at = At::read(at)?;
    let (now, fields, may) = at.look(&frame).await?;
    let typed = question::as_typed(&frame, &fields, now.content.reveal());
    page(&form(&frame, &at, &Asking { now: &now, fields: &fields, may: &may }, &typed, Vec::new())?)
}

/// What is asked about an entry.
struct Asking<'a> {
    now: &'a Entry,
    fields: &'a [Asked],
    may: &'a May,
}

fn form(
    frame: &Frame,
    at: &At,
    asking: &Asking<'_>,
    typed: &Typed,
    wrong: Vec<(String, String)>,
) -> Result<Form, Problem> {
    let head = head(frame, &at.register, asking.may)?;
    let p = frame.shell_at(&format!("registers/{}{}/correct", at.register, at.path()));
    let note = wrong.iter().find(|(name, _)| name == "note").map(|(_, words)| words.clone());
    let note = Field { value: typed.one("note").to_owned(), problem: note };
    let read = typed.one("version").parse().unwrap_or(asking.now.version);
    let meanwhile = if read == asking.now.version { Meanwhile::Unchanged } else { Meanwhile::Changed };
    Ok(Form {
        action: head.to(&p, &format!("{}/correct", at.path())),
        back: head.to(&p, &at.path()),
        what: What::Correcting(note, asking.now.version, meanwhile),
        questions: question::questions(frame, asking.fields, &shown_with(typed, asking, frame), &wrong),
        problems: Problems(wrong),
        head,
        p,
    })
}

/// What only a program can fill in is shown as it stands.
fn shown_with(typed: &Typed, asking: &Asking<'_>, frame: &Frame) -> Typed {
    let fixed = asking.fields.iter().filter(|field| field.kind == generic::Kind::ByProgram);
    let fixed: Vec<Asked> = fixed.cloned().collect();
    let mut all = typed.clone();
    for field in &fixed {
        let name = typed::name(&field.path);
        if all.one(&name).is_empty() {
            let stands = question::as_typed(frame, std::slice::from_ref(field), asking.now.content.reveal());
            all.push(&name, stands.one(&name).to_owned());
        }
    }
    all
}

/// The form is sent.
pub(in crate::pages) async fn correct(
    frame: Frame,
    Path(at): AtEntry,
    Posted(mut typed): Posted<Typed>,
) -> Result<Response, Problem> {
    let at = At::read(at)?;
    let (now, fields, may) = at.look(&frame).await?;
    typed.only(&fields, &["note", "version", "rows"])?;
    if rows::change(&fields, &mut typed)? {
        let asking = Asking { now: &now, fields: &fields, may: &may };
        return page(&form(&frame, &at, &asking, &typed, Vec::new())?);
    }
    let version = typed.one("version").parse().map_err(|_| Code::Malformed)?;
    let (content, unread) = typed::content(&fields, &typed, now.content.reveal());
    let mut wrong =
        wrong_of(&frame, &at.register, &fields, For::Correcting, &typed, (&content, unread)).await?;
    let note = typed.one("note");
    if note.trim().is_empty() {
        wrong.push(("note".to_owned(), frame.t("registers-problem-note")));
    }
    let asking = Asking { now: &now, fields: &fields, may: &may };
    // Somebody else was first: what was typed stands beside what is there now.
    if !wrong.is_empty() || version != now.version {
        return again(&form(&frame, &at, &asking, &typed, wrong)?);
    }
    let request = generic::correct::Request {
        person: at.person,
        record: at.record,
        version,
        content: Personal::new(content),
        note: Personal::new(note.replace("\r\n", "\n")),
    };
    let done =
        at_desk(&frame, &at.register, move |at, form, _| match generic::correct::run(at, form, request) {
            Err(services::Error::Invalid(problems)) => Ok(Some(problems)),
            answer => answer.map(|_| None).map_err(Problem::from),
        });
    match done.await? {
        None => go(&frame, &at.register, &format!("{}?done=corrected", at.path())),
        Some(problems) => {
            let wrong = problems.into_iter().map(|one| (one.field, frame.say(&one.words))).collect();
            again(&form(&frame, &at, &asking, &typed, wrong)?)
        }
    }
}

//! Somebody adds an entry, in a form made from the schema.

use axum::extract::Path;
use axum::response::Response;
use register::{Content, Personal};
use services::generic_register::{self as generic, For, asked};

use super::super::super::frame::{Frame, again, page};
use super::super::super::view::registers::{Form, What};
use super::super::super::view::{Field, Problems};
use super::typed::{self, Typed};
use super::{AtRegister, at_desk, go, head, identifier, question, rows, wrong_of};
use crate::posted::Posted;
use crate::problem::{Code, Problem};

/// The form, empty.
pub(in crate::pages) async fn blank(
    frame: Frame,
    Path((_, register)): AtRegister,
) -> Result<Response, Problem> {
    page(&form(&frame, &register, &Typed::default(), Vec::new()).await?)
}

/// The form with what was typed, and what is wrong: name of the field and words.
async fn form(
    frame: &Frame,
    register: &str,
    typed: &Typed,
    wrong: Vec<(String, String)>,
) -> Result<Form, Problem> {
    let (fields, may) =
        at_desk(frame, register, |at, form, may| Ok((asked(at, form, For::Adding), may.clone()))).await?;
    if !may.add {
        return Err(Code::NotFound.into());
    }
    let head = head(frame, register, &may)?;
    let about = wrong.iter().find(|(name, _)| name == "about").map(|(_, words)| words.clone());
    let p = frame.shell_at(&format!("registers/{register}/add"));
    Ok(Form {
        action: head.to(&p, "/add"),
        back: if head.has_list() { head.to(&p, "") } else { p.to("registers") },
        what: What::Adding(Field { value: typed.one("about").to_owned(), problem: about }),
        questions: question::questions(frame, &fields, typed, &wrong),
        problems: Problems(wrong),
        head,
        p,
    })
}

/// The form is sent.
pub(in crate::pages) async fn add(
    frame: Frame,
    Path((_, register)): AtRegister,
    Posted(mut typed): Posted<Typed>,
) -> Result<Response, Problem> {
    let fields = at_desk(&frame, &register, |at, form, _| Ok(asked(at, form, For::Adding))).await?;
    typed.only(&fields, &["about", "rows"])?;
    if rows::change(&fields, &mut typed)? {
        return page(&form(&frame, &register, &typed, Vec::new()).await?);
    }
    let (content, unread) = typed::content(&fields, &typed, &Content::new());
    let mut wrong = wrong_of(&frame, &register, &fields, For::Adding, &typed, (&content, unread)).await?;
    let about = identifier(&frame, &register, typed.one("about"));
    if about.is_none() {
        wrong.insert(0, ("about".to_owned(), frame.t("registers-problem-about")));
    }
    let (Some(about), true) = (about, wrong.is_empty()) else {
        return again(&form(&frame, &register, &typed, wrong).await?);
    };
    let request = generic::add::Request { about, others: Vec::new(), content: Personal::new(content) };
    let added = at_desk(&frame, &register, move |at, form, _| match generic::add::run(at, form, request) {
        Err(services::Error::Invalid(problems)) => Ok(Err(problems)),
        answer => Ok(Ok(answer?)),
    });
    match added.await? {
        Ok(added) => {
            go(&frame, &register, &format!("/people/{}/records/{}?done=added", added.person, added.record))
        }
        Err(problems) => {
            let wrong = problems.into_iter().map(|one| (one.field, frame.say(&one.words))).collect();
            again(&form(&frame, &register, &typed, wrong).await?)
        }
    }
}

//! The prints of a notice: as pages for the officer, side by side in both languages, and as files.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use notice::Lang;
use notice::policy::NoticeId;
use notice::render::{self, Article, Print, Scope};
use print::{Format, Made, Order};

use super::super::frame::{Frame, page};
use super::super::view::prints::{Laid, PrintLinks, PrintPage};
use crate::problem::{Code, Problem};
use crate::session::Persona;

/// The prints that every notice has: word in the address, key of the title.
const PRINTS: [(&str, &str); 11] = [
    ("notice", "print-notice"),
    ("short", "print-short"),
    ("letter-13", "print-letter-13"),
    ("letter-14", "print-letter-14"),
    ("record", "print-record"),
    ("record-all", "print-record-all"),
    ("retention", "print-retention"),
    ("matrix", "print-matrix"),
    ("parties", "print-parties"),
    ("joint", "print-joint"),
    ("dpia", "print-dpia"),
];
/// Before the id of a processor whose record is printed.
const PROCESSOR: &str = "processor-";

/// Every print of a notice, the records of its processors last.
pub(super) fn all(frame: &Frame, id: NoticeId, notice: &str) -> Vec<PrintLinks> {
    let policy = frame.app.policy();
    let own = PRINTS.iter().map(|(word, _)| (*word).to_owned());
    let works = policy.parties.iter().filter(|party| render::is_processor(policy, id, &party.said.id));
    let processors = works.map(|party| format!("{PROCESSOR}{}", party.said.id));
    own.chain(processors).filter_map(|word| links(frame, id, notice, &word)).collect()
}

/// The record of each controller: all its notices in one, by the first of them.
pub(super) fn records(frame: &Frame) -> Vec<PrintLinks> {
    let policy = frame.app.policy();
    let mut told: Vec<&str> = Vec::new();
    let mut records = Vec::new();
    for notice in &policy.notices {
        if told.contains(&notice.controller.as_str()) {
            continue;
        }
        told.push(&notice.controller);
        let Some(id) = policy.notice_id(&notice.said.id) else { continue };
        let Some(mut record) = links(frame, id, &notice.said.id, "record-all") else { continue };
        if let Some(party) = policy.party(&notice.controller) {
            record.title = frame.say(&party.said.title);
        }
        records.push(record);
    }
    records
}

fn links(frame: &Frame, id: NoticeId, notice: &str, word: &str) -> Option<PrintLinks> {
    let print = print_of(frame, id, word)?;
    let title = match (word.strip_prefix(PROCESSOR), PRINTS.iter().find(|(it, _)| *it == word)) {
        (Some(party), _) => {
            let party = frame.app.policy().party(party).map(|party| frame.say(&party.said.title));
            format!("{}: {}", frame.t("print-processor"), party.unwrap_or_default())
        }
        (None, Some((_, key))) => frame.t(key),
        (None, None) => return None,
    };
    Some(PrintLinks {
        title,
        path: format!("officer/notices/{notice}/prints/{word}"),
        formats: Format::of(&print).iter().map(|format| format.word()).collect(),
    })
}

/// The print of a word in the address.
fn print_of(frame: &Frame, id: NoticeId, word: &str) -> Option<Print> {
    Some(match word {
        "notice" => Print::Notice,
        "short" => Print::Short,
        "letter-13" => Print::Letter(Article::Thirteen),
        "letter-14" => Print::Letter(Article::Fourteen),
        "record" => Print::Record(Scope::Notice),
        "record-all" => Print::Record(Scope::Controller),
        "retention" => Print::Retention,
        "matrix" => Print::Matrix,
        "parties" => Print::Parties,
        "joint" => Print::Joint,
        "dpia" => Print::Dpia,
        other => {
            let party = other.strip_prefix(PROCESSOR)?;
            render::is_processor(frame.app.policy(), id, party).then(|| Print::Processor(party.to_owned()))?
        }
    })
}

pub(in crate::pages) async fn one(
    frame: Frame,
    Path((_, notice, word)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let lang = frame.lang();
    shown(&frame, &notice, &word, &[lang]).await
}

pub(in crate::pages) async fn beside(
    frame: Frame,
    Path((_, notice, word)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    shown(&frame, &notice, &word, &Lang::ALL).await
}

/// A print has many thousand words at times: it is made on a thread that may take its time.
async fn shown(frame: &Frame, notice: &str, word: &str, langs: &[Lang]) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let policy = frame.app.policy().clone();
    let id = policy.notice_id(notice).ok_or(Code::NotFound)?;
    let print = print_of(frame, id, word).ok_or(Code::NotFound)?;
    let links = links(frame, id, notice, word).ok_or(Code::NotFound)?;
    let of = policy.notice(id).map(|notice| frame.say(&notice.said.title)).unwrap_or_default();
    let langs = langs.to_vec();
    let made = tokio::task::spawn_blocking(move || {
        let alone = langs.len() == 1;
        let column = |lang: &Lang| {
            let document = render::print(&policy, id, &print, *lang)?;
            let laid = if alone { Laid::alone(&document) } else { Laid::beside(&document) };
            Some((*lang, laid))
        };
        langs.iter().map(column).collect::<Option<Vec<_>>>()
    });
    let columns = made.await.map_err(|_| Code::Internal)?.ok_or(Code::NotFound)?;
    page(&PrintPage { p: frame.shell(), title: links.title.clone(), print: links, notice: of, columns })
}

/// A print as a file. It is never shown by a browser as a page of ours.
pub(in crate::pages) async fn file(
    frame: Frame,
    Path((_, notice, word, format)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let policy = frame.app.policy().clone();
    let id = policy.notice_id(&notice).ok_or(Code::NotFound)?;
    let print = print_of(&frame, id, &word).ok_or(Code::NotFound)?;
    let format = Format::of(&print).iter().copied().find(|it| it.word() == format).ok_or(Code::NotFound)?;
    let (lang, day) = (frame.lang(), frame.today());
    let made = tokio::task::spawn_blocking(move || {
        print::made(format, &Order { policy: &policy, notice: id, print: &print, lang, day })
    });
    let bytes = match made.await.map_err(|_| Code::Internal)? {
        Ok(Made::Text(text)) => text.into_bytes(),
        Ok(Made::Bytes(bytes)) => bytes,
        // A notice without registers has nothing to draw or to sort.
        Err(print::NotMade::NoPicture | print::NotMade::NoTable | print::NotMade::NoNotice) => {
            return Err(Code::NotFound.into());
        }
        Err(print::NotMade::Pdf(_) | print::NotMade::Xlsx(_)) => return Err(Code::Internal.into()),
    };
    // Ids of notices and parties are letters, digits, dots and hyphens.
    let name = format!("{notice}-{word}.{}.{}", lang.tag(), format.ending());
    let attachment = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (CONTENT_DISPOSITION, attachment.map_err(|_| Code::Internal)?),
    ];
    Ok((headers, bytes).into_response())
}

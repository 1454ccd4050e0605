//! A changed notice tried out before anybody signs it: pasted or sent, compiled over what runs, shown as its effect.

mod shown;

use std::sync::Arc;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use notice::{Lang, SourceFile};

use super::super::frame::{Frame, again, page, see};
use super::super::view::drafts::DraftForm;
use super::super::view::{Choice, Chosen, Field, Problems};
use super::blocks::Nothing;
use super::officer::ask;
use crate::drafts::{Draft, HELD_MINUTES, NotTried};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::{Persona, SecretKey};
use crate::uploaded::Uploaded;

/// Largest file of a notice, in bytes. Threats 4.10.
const FILE_BYTES_MAX: usize = 512 * 1024;
/// Most files in one draft.
const FILES_MAX: usize = 24;
/// Longest name of a new file, in letters.
const NAME_LETTERS_MAX: usize = 64;

/// What was typed.
#[derive(Default)]
struct Typed {
    file: Field,
    text: Field,
    upload: Field,
}

pub(in crate::pages) async fn form(frame: Frame) -> Result<Response, Problem> {
    officer(&frame)?;
    let running = running(&frame).await?;
    page(&filled(&frame, &running, Typed::default()))
}

/// The form with the text of a file that runs, to begin from.
pub(in crate::pages) async fn form_of(
    frame: Frame,
    Path((_, path)): Path<(String, String)>,
) -> Result<Response, Problem> {
    officer(&frame)?;
    let running = running(&frame).await?;
    let file = running.iter().find(|file| file.path == path).ok_or(Code::NotFound)?;
    let typed = Typed { file: Field::holding(path), text: Field::holding(&file.text), ..Typed::default() };
    page(&filled(&frame, &running, typed))
}

/// The form with the text of a draft, to go on with.
pub(in crate::pages) async fn edit(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let draft = held(&frame, &id)?;
    let running = running(&frame).await?;
    let first = draft.files.first().ok_or(Code::NotFound)?;
    let typed =
        Typed { file: Field::holding(&first.path), text: Field::holding(&first.text), ..Typed::default() };
    page(&filled(&frame, &running, typed))
}

pub(in crate::pages) async fn try_out(frame: Frame, sent: Uploaded) -> Result<Response, Problem> {
    let account = officer(&frame)?;
    let sent = sent.only(&["file", "text"], &["files"])?;
    let running = running(&frame).await?;
    let files = match files(&frame, &running, &sent) {
        Ok(files) => files,
        Err(typed) => return again(&filled(&frame, &running, *typed)),
    };
    match frame.app.drafts().try_out(&frame.app, account, files, frame.today()).await {
        Ok(draft) => see(&frame.to(&format!("officer/draft/{}", draft.id))),
        Err(NotTried::Busy) => Err(Problem::new(Code::TooMany).retry_after(5)),
        Err(NotTried::TooLong) => Err(Problem::new(Code::TookTooLong).retry_after(30)),
        Err(NotTried::Unavailable) => Err(Code::Internal.into()),
    }
}

pub(in crate::pages) async fn one(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let draft = held(&frame, &id)?;
    page(&shown::draft(&frame, &draft, &[frame.lang()]))
}

pub(in crate::pages) async fn beside(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let draft = held(&frame, &id)?;
    page(&shown::draft(&frame, &draft, &Lang::ALL))
}

pub(in crate::pages) async fn forget(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let draft = held(&frame, &id)?;
    drop(draft);
    frame.app.drafts().forget(officer(&frame)?);
    frame.go("officer/draft")
}

/// A reload of the address of a form that was sent.
pub(in crate::pages) async fn to_form(frame: Frame) -> Result<Response, Problem> {
    officer(&frame)?;
    Ok(frame.go("officer/draft")?.into_response())
}

fn officer(frame: &Frame) -> Result<SecretKey, Problem> {
    Ok(frame.only(&[Persona::Officer])?.account_key())
}

/// The draft of whoever asks. Another's, an old one and none at all look alike.
fn held(frame: &Frame, id: &str) -> Result<Arc<Draft>, Problem> {
    let account = officer(frame)?;
    Ok(frame.app.drafts().of(account, id, frame.app.clock()).ok_or(Code::NotFound)?)
}

async fn running(frame: &Frame) -> Result<Vec<SourceFile>, Problem> {
    let corpus = ask(frame, register::Register::corpus).await?;
    Ok(corpus.files.into_iter().map(|(path, text)| SourceFile { path, text }).collect())
}

/// The changed files: those that were sent, or else the text that was typed.
fn files(frame: &Frame, running: &[SourceFile], sent: &Uploaded) -> Result<Vec<SourceFile>, Box<Typed>> {
    let file = sent.text("file").unwrap_or_default();
    // A browser sends the lines of a field with both ends; what was shown had one.
    let text = sent.text("text").unwrap_or_default().replace("\r\n", "\n");
    let wrong = |field: &str, key: &str| {
        let words = frame.t(key);
        let mut typed =
            Typed { file: Field::holding(&file), text: Field::holding(&text), upload: Field::default() };
        let place = match field {
            "file" => &mut typed.file,
            "text" => &mut typed.text,
            _ => &mut typed.upload,
        };
        place.problem = Some(words);
        Box::new(typed)
    };
    let uploads: Vec<_> = sent.files("files").collect();
    if uploads.is_empty() {
        let path = known(running, &file).ok_or_else(|| wrong("file", "draft-problem-file"))?;
        return match text.len() {
            0 => Err(wrong("text", "draft-problem-text")),
            length if length > FILE_BYTES_MAX => Err(wrong("text", "draft-problem-large")),
            _ => Ok(vec![SourceFile { path, text }]),
        };
    }
    if uploads.len() > FILES_MAX {
        return Err(wrong("files", "draft-problem-many"));
    }
    let mut files: Vec<SourceFile> = Vec::new();
    for upload in uploads {
        let path = known(running, &upload.name)
            .or_else(|| new_name(&upload.name))
            .ok_or_else(|| wrong("files", "draft-problem-name"))?;
        if upload.bytes.len() > FILE_BYTES_MAX {
            return Err(wrong("files", "draft-problem-large"));
        }
        let text =
            std::str::from_utf8(&upload.bytes).map_err(|_| wrong("files", "draft-problem-utf8"))?.to_owned();
        if files.iter().any(|file| file.path == path) {
            return Err(wrong("files", "draft-problem-twice"));
        }
        files.push(SourceFile { path, text });
    }
    Ok(files)
}

/// The file that runs under this path, or whose path ends in this name.
fn known(running: &[SourceFile], name: &str) -> Option<String> {
    let ends = |path: &str| path.rsplit('/').next() == Some(name);
    let exact = running.iter().find(|file| file.path == name);
    exact.or_else(|| running.iter().find(|file| ends(&file.path))).map(|file| file.path.clone())
}

/// The name of a new file, if it is one that a notice may have.
fn new_name(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".toml")?;
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    (!stem.is_empty() && stem.len() <= NAME_LETTERS_MAX && stem.chars().all(fits)).then(|| name.to_owned())
}

fn filled(frame: &Frame, running: &[SourceFile], typed: Typed) -> DraftForm {
    let policy = frame.app.policy();
    let title = |path: &str| {
        let notice = policy.notices.iter().find(|notice| *notice.said.place.file == *path);
        notice.map_or_else(|| frame.t("draft-shared"), |notice| frame.say(&notice.said.title))
    };
    let choice = |file: &SourceFile| Choice {
        value: file.path.clone(),
        label: format!("{}: {}", file.path, title(&file.path)),
        chosen: if file.path == typed.file.value { Chosen::Yes } else { Chosen::No },
    };
    DraftForm {
        p: frame.shell_at("officer/draft"),
        files: running.iter().map(|file| (file.path.clone(), title(&file.path))).collect(),
        choices: running.iter().map(choice).collect(),
        problems: Problems::of(&[("file", &typed.file), ("text", &typed.text), ("files", &typed.upload)]),
        file: typed.file,
        text: typed.text,
        upload: typed.upload,
        minutes: usize::try_from(HELD_MINUTES).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_sent_takes_the_place_of_the_one_that_runs_or_has_a_plain_new_name() {
        let running = [SourceFile { path: "house/fmk.toml".to_owned(), text: String::new() }];
        assert_eq!(known(&running, "fmk.toml").as_deref(), Some("house/fmk.toml"));
        assert_eq!(known(&running, "house/fmk.toml").as_deref(), Some("house/fmk.toml"));
        assert_eq!(known(&running, "mk.toml"), None);
        assert_eq!(new_name("club-2.toml").as_deref(), Some("club-2.toml"));
        for name in ["../fmk.toml", "a/b.toml", "A.toml", ".toml", "x.txt", "x.toml\0", "æ.toml", ""] {
            assert_eq!(new_name(name), None, "{name}");
        }
        assert_eq!(new_name(&format!("{}.toml", "a".repeat(NAME_LETTERS_MAX + 1))), None);
    }
}

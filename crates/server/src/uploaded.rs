//! A form with files that was posted from our own page: its token fits the session, its fields are named beforehand.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use multer::{Constraints, Multipart, SizeLimit};

use crate::app::App;
use crate::posted::TOKEN_FIELD;
use crate::problem::{Code, Problem};
use crate::visitor::visitor;

/// Most parts of a form.
const PARTS_MAX: usize = 32;
/// Largest form, in bytes: what the guard lets in.
const BYTES_MAX: u64 = 1024 * 1024;

/// A file that was sent. Its name is what a browser says it is.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

/// A form with files, before anybody looks at what it holds.
#[derive(Debug)]
pub(crate) struct Uploaded {
    fields: Vec<(String, Bytes)>,
    files: Vec<(String, File)>,
}

impl Uploaded {
    /// The fields and files of these names; any other is refused.
    ///
    /// # Errors
    /// A field that nobody declared, or one that is there twice.
    pub(crate) fn only(self, fields: &[&str], files: &[&str]) -> Result<Self, Problem> {
        let declared = self.fields.iter().all(|(name, _)| fields.contains(&name.as_str()))
            && self.files.iter().all(|(name, _)| files.contains(&name.as_str()));
        let once = fields.iter().all(|name| self.fields.iter().filter(|(it, _)| it == name).count() < 2);
        match (declared, once) {
            (false, _) => Err(Code::UnknownField.into()),
            (true, false) => Err(Code::Malformed.into()),
            (true, true) => Ok(self),
        }
    }

    /// What was typed into a field; nothing where it is not there or no text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let (_, bytes) = self.fields.iter().find(|(it, _)| it == name)?;
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }

    /// The files of a field. A browser sends one without a name and without content where none was chosen.
    pub(crate) fn files(&self, name: &str) -> impl Iterator<Item = &File> {
        let chosen = |file: &&File| !file.name.is_empty() || !file.bytes.is_empty();
        self.files.iter().filter(move |(it, _)| it == name).map(|(_, file)| file).filter(chosen)
    }
}

impl FromRequest<App> for Uploaded {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let boundary = multer::parse_boundary(kind).map_err(|_| Code::UnsupportedMediaType)?;
        let (parts, body) = request.into_parts();
        let token = visitor(&parts, app).signed_in.map(|signed_in| signed_in.csrf().to_owned());
        let mut form = read(boundary, body).await?;
        let (tokens, fields): (Vec<_>, Vec<_>) =
            form.fields.into_iter().partition(|(name, _)| name == TOKEN_FIELD);
        form.fields = fields;
        // Only for those who are logged in: without a session there is nothing to ride on.
        if let Some(token) = token {
            let [(_, sent)] = tokens.as_slice() else { return Err(Code::CrossSite.into()) };
            verify_slices_are_equal(sent, token.as_bytes()).map_err(|_| Code::CrossSite)?;
        }
        Ok(form)
    }
}

async fn read(boundary: String, body: Body) -> Result<Uploaded, Problem> {
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(BYTES_MAX));
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let mut form = Uploaded { fields: Vec::new(), files: Vec::new() };
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        if form.fields.len() + form.files.len() >= PARTS_MAX {
            return Err(Code::TooLarge.into());
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        match file {
            Some(file) => form.files.push((name, File { name: file, bytes })),
            None => form.fields.push((name, bytes)),
        }
    }
    Ok(form)
}

fn broken(error: &multer::Error) -> Problem {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            Code::TooLarge.into()
        }
        _ => Code::Malformed.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn form(body: &str) -> Result<Uploaded, Code> {
        let body = Body::from(body.replace('\n', "\r\n"));
        read("b".to_owned(), body).await.map_err(|problem| problem.code)
    }

    const TWO: &str = "--b\ncontent-disposition: form-data; name=\"text\"\n\næøå\n\
        --b\ncontent-disposition: form-data; name=\"files\"; filename=\"a.toml\"\n\nx = 1\n--b--\n";

    #[tokio::test]
    async fn fields_and_files_are_told_apart_and_a_file_that_was_not_chosen_is_none() {
        let sent = form(TWO).await.unwrap().only(&["text"], &["files"]).unwrap();
        assert_eq!(sent.text("text").as_deref(), Some("æøå"));
        let files: Vec<_> = sent.files("files").map(|file| (file.name.as_str(), &file.bytes[..])).collect();
        assert_eq!(files, [("a.toml", &b"x = 1"[..])]);
        let none = TWO.replace("a.toml", "").replace("x = 1", "");
        assert_eq!(form(&none).await.unwrap().files("files").count(), 0);
    }

    #[tokio::test]
    async fn what_nobody_declared_or_sent_twice_is_refused() {
        let refused =
            |sent: Uploaded, fields: &[&str], files: &[&str]| sent.only(fields, files).unwrap_err().code;
        assert_eq!(refused(form(TWO).await.unwrap(), &[], &["files"]), Code::UnknownField);
        assert_eq!(refused(form(TWO).await.unwrap(), &["text"], &["text"]), Code::UnknownField);
        let twice =
            TWO.replacen("--b\n", "--b\ncontent-disposition: form-data; name=\"text\"\n\nx\n--b\n", 1);
        assert_eq!(refused(form(&twice).await.unwrap(), &["text"], &["files"]), Code::Malformed);
    }

    #[tokio::test]
    async fn a_form_that_is_cut_off_or_has_too_many_parts_is_refused() {
        assert_eq!(
            form("--b\ncontent-disposition: form-data; name=\"te").await.unwrap_err(),
            Code::Malformed
        );
        let many = "--b\ncontent-disposition: form-data; name=\"x\"\n\n\n".repeat(PARTS_MAX + 1);
        assert_eq!(form(&format!("{many}--b--\n")).await.unwrap_err(), Code::TooLarge);
    }
}

//! Both servers as a phone sees them, played by a test: what they are asked, in which size, and what they answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use exposure::export::{P256Signer, TrustedKey};
use jiff::Timestamp;
use phone::Country;
use phone::network::{Answer, Network, NetworkError, Question, Server};

use crate::house::{Typed, zips};

/// A question as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) server: Server,
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) known_tag: Option<String>,
    pub(crate) is_decoy: bool,
}

/// Answers in line for a path; the last one stays.
#[derive(Default)]
pub(crate) struct Servers {
    answers: BTreeMap<String, VecDeque<Result<Answer, NetworkError>>>,
    pub(crate) asked: RefCell<Vec<Asked>>,
    /// How long each answer takes.
    pub(crate) takes: Duration,
    waited: Duration,
}

/// As long as a phone waits.
const TIMEOUT: Duration = Duration::from_secs(40);

impl Servers {
    pub(crate) fn answers(&mut self, path: &str, answer: Result<Answer, NetworkError>) -> &mut Self {
        self.answers.entry(path.to_owned()).or_default().push_back(answer);
        self
    }

    /// From now on this, and nothing that was set before.
    pub(crate) fn replaces(&mut self, path: &str, answer: Result<Answer, NetworkError>) -> &mut Self {
        self.answers.remove(path);
        self.answers(path, answer)
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked.borrow().iter().map(|one| one.path.clone()).collect()
    }

    /// A file of exports under its name, for the hour before this moment.
    pub(crate) fn publishes(&mut self, name: &str, zip: Vec<u8>) -> &mut Self {
        self.answers(&format!("/exports/dk/{name}"), Ok(answer(200, "application/zip", zip)))
    }

    /// A list as our own server gives it, under the hash of its bytes.
    pub(crate) fn lists(&mut self, names: &[String]) -> &mut Self {
        let text: String = names.iter().map(|name| format!("dk/{name}\n")).collect();
        let tag = hash(&text);
        self.lists_as(&text, &tag)
    }

    pub(crate) fn lists_as(&mut self, text: &str, tag: &str) -> &mut Self {
        let mut list = answer(200, "text/plain; charset=utf-8", text.as_bytes().to_vec());
        list.tag = Some(tag.to_owned());
        self.answers.remove("/exports/dk/index.txt");
        self.answers("/exports/dk/index.txt", Ok(list))
    }

    /// Under what each question for the list was asked.
    pub(crate) fn conditions(&self) -> Vec<Option<String>> {
        let asked = self.asked.borrow();
        let lists = asked.iter().filter(|one| one.path == "/exports/dk/index.txt");
        lists.map(|one| one.known_tag.clone()).collect()
    }
}

impl Network for Servers {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        self.asked.borrow_mut().push(Asked {
            server: question.server,
            path: question.path.to_owned(),
            body: question.body.unwrap_or_default().to_vec(),
            known_tag: question.known_tag.map(str::to_owned),
            is_decoy: question.is_decoy,
        });
        let Some(line) = self.answers.get_mut(question.path) else {
            return Ok(answer(404, "text/plain", Vec::new()));
        };
        let next = if line.len() > 1 { line.pop_front() } else { line.front().cloned() };
        let answer = next.unwrap_or(Err(NetworkError::Unreachable));
        self.waited += if answer == Err(NetworkError::Unreachable) { TIMEOUT } else { self.takes };
        let answer = answer?;
        if question.known_tag.is_some() && question.known_tag == answer.tag.as_deref() {
            return Ok(Answer { status: 304, body: Vec::new(), ..answer });
        }
        if answer.body.len() > question.most_bytes { Err(NetworkError::TooLong) } else { Ok(answer) }
    }

    fn waited(&self) -> Duration {
        self.waited
    }
}

/// The hash of a text, as an `ETag`.
pub(crate) fn hash(text: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    format!("\"{}\"", exposure::key::to_hex(digest.as_ref()))
}

pub(crate) fn answer(status: u16, content_type: &str, body: Vec<u8>) -> Answer {
    Answer { status, content_type: content_type.to_owned(), tag: None, body }
}

pub(crate) fn json(status: u16, body: &str) -> Result<Answer, NetworkError> {
    Ok(answer(status, "application/json", body.as_bytes().to_vec()))
}

/// What a network in between answers to everything.
pub(crate) fn page_in_between() -> Result<Answer, NetworkError> {
    Ok(answer(200, "text/html", b"<html>Log in to the net of this cafe</html>".to_vec()))
}

pub(crate) fn country(trusted: TrustedKey) -> Country {
    Country { root: "dk".to_owned(), region: "DK".to_owned(), trusted: vec![trusted] }
}

/// The name of the file for the hour before this moment.
pub(crate) fn name(until: Timestamp) -> String {
    format!("{}-{}-00001.zip", until.as_second() - 3_600, until.as_second())
}

/// And its bytes.
pub(crate) fn zip(keys: &[Typed], until: Timestamp, region: &str, signer: &P256Signer) -> Vec<u8> {
    zips(keys, &[], until, region, signer).remove(0)
}

//! `[notice]` and the sections that belong to it.

use super::{Measure, Register, Right, Share, Use, full, said, valid};
use crate::check::codes;
use crate::diagnostic::Diagnostic;
use crate::policy::{Said, Valid};
use crate::source::{Section, Word};
use crate::text::Bilingual;

/// One notice with all that it declares.
pub(crate) struct Notice {
    pub(crate) said: Said,
    pub(crate) controller: Option<Word>,
    pub(crate) joint: Vec<Word>,
    pub(crate) arrangement: Option<Bilingual>,
    pub(crate) automated: Option<Bilingual>,
    pub(crate) alone: bool,
    pub(crate) group: String,
    pub(crate) source: Option<String>,
    pub(crate) valid: Valid,
    pub(crate) laws: Vec<Word>,
    pub(crate) purposes: Vec<Purpose>,
    pub(crate) registers: Vec<Register>,
    pub(crate) uses: Vec<Use>,
    pub(crate) shares: Vec<Share>,
    pub(crate) rights: Vec<Right>,
    pub(crate) measures: Vec<Measure>,
}

impl Notice {
    /// Whether it tells of nothing that is kept, done or promised.
    pub(crate) fn is_empty(&self) -> bool {
        self.registers.is_empty()
            && self.uses.is_empty()
            && self.shares.is_empty()
            && self.rights.is_empty()
            && self.measures.is_empty()
    }

    /// What the notice and each of its sections says.
    pub(crate) fn all_said(&self) -> impl Iterator<Item = &Said> {
        let own = std::iter::once(&self.said).chain(self.purposes.iter().map(|it| &it.said));
        let own = own.chain(self.registers.iter().map(|it| &it.said));
        let own = own.chain(self.uses.iter().map(|it| &it.said));
        let own = own.chain(self.shares.iter().map(|it| &it.said));
        own.chain(self.rights.iter().map(|it| &it.said)).chain(self.measures.iter().map(|it| &it.said))
    }
}

/// `[purpose.ID]`
pub(crate) struct Purpose {
    pub(crate) said: Said,
    pub(crate) vocabulary: Option<String>,
}

/// Reads a file's notice, if it has one.
pub(super) fn read(file: &Section<'_>, notices: &mut Vec<Notice>) {
    let head = file.table("notice");
    let id = head.as_ref().and_then(|head| head.required("id"));
    let name = id.as_ref().map_or(String::new(), |id| id.text.clone());
    let name = name.as_str();
    let purposes = file.named("purpose").into_iter().map(|entry| purpose(name, entry)).collect::<Vec<_>>();
    let registers =
        file.named("register").into_iter().map(|entry| Register::read(name, entry)).collect::<Vec<_>>();
    let uses = file.list("use").into_iter().map(|entry| Use::read(name, entry)).collect::<Vec<_>>();
    let shares = file.list("share").into_iter().map(|entry| Share::read(name, entry)).collect::<Vec<_>>();
    let rights = file.list("right").into_iter().map(|entry| Right::read(name, entry)).collect::<Vec<_>>();
    let measures =
        file.list("measure").into_iter().map(|entry| Measure::read(name, entry)).collect::<Vec<_>>();
    let Some(head) = head else {
        let strays = purposes.iter().map(|purpose| &purpose.said);
        let strays = strays.chain(registers.iter().map(|register| &register.said));
        let strays =
            strays.chain(uses.iter().map(|used| &used.said)).chain(shares.iter().map(|share| &share.said));
        let strays =
            strays.chain(rights.iter().map(|right| &right.said)).chain(measures.iter().map(|m| &m.said));
        for stray in strays {
            file.say(Diagnostic::new(codes::stray_section(), stray.place.clone()));
        }
        return;
    };
    if let Some(id) = &id {
        head.id(id);
    }
    let place = id.as_ref().map_or_else(|| head.place(), |id| id.place.clone());
    let title = head.required_bilingual("title");
    notices.push(Notice {
        said: said(&head, name.to_owned(), place, title),
        controller: head.required("controller"),
        joint: head.words("joint"),
        arrangement: head.bilingual("arrangement"),
        automated: head.bilingual("automated"),
        alone: head.flag("alone"),
        group: head.text("group").unwrap_or_else(|| name.to_owned()),
        source: head.text("source"),
        valid: valid(&head),
        laws: head.words("laws"),
        purposes,
        registers,
        uses,
        shares,
        rights,
        measures,
    });
    head.finish();
}

fn purpose(notice: &str, (id, section): (Word, Section<'_>)) -> Purpose {
    section.id(&id);
    let title = section.required_bilingual("title");
    let purpose = Purpose {
        said: said(&section, full(notice, &id.text), id.place, title),
        vocabulary: section.text("vocabulary"),
    };
    section.finish();
    purpose
}

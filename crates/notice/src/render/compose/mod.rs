//! From the compiled policy to the document: every construct of the notice becomes one item.

mod access;
mod holding;
mod standing;

use access::Audience;

use super::view::{Item, ItemKind, NoticeView, Section, SectionId};
use super::words::{list, plain, say, within};
use crate::policy::{Notice, NoticeId, Policy, Register, Said};
use crate::text::Lang;

/// The article of the right to complain, which has a section of its own.
const COMPLAINT: &str = "gdpr:77";
/// The event by which a person makes a record private; only what it can happen to is spoken of as private.
const MADE_PRIVATE: &str = "private.marked";

/// A notice in one language; `None` for an id of another policy.
#[must_use]
pub fn view(policy: &Policy, id: NoticeId, lang: Lang) -> Option<NoticeView> {
    let notice = policy.notice(id)?;
    let composer = Composer { policy, id, notice, lang };
    let said = &notice.said;
    Some(NoticeView {
        schema: "hjemmel/notice/1",
        id: said.id.clone(),
        lang,
        version: policy.version.to_string(),
        title: said.title.get(lang).to_owned(),
        intro: said.says.as_ref().map(|says| says.get(lang).to_owned()),
        promises: said.states.clone(),
        valid_from: notice.valid.from,
        valid_until: notice.valid.until,
        source: notice.source.clone(),
        controller: composer.controller(),
        supervisor: composer.supervisor(),
        sections: composer.sections(),
    })
}

struct Composer<'a> {
    policy: &'a Policy,
    id: NoticeId,
    notice: &'a Notice,
    lang: Lang,
}

impl<'a> Composer<'a> {
    const fn say(&self, da: &'static str, en: &'static str) -> &'static str {
        say(self.lang, da, en)
    }

    /// This notice, and the one that bears the controller's id and holds what all its notices share.
    fn covers(&self, notice: NoticeId) -> bool {
        notice == self.id || self.policy.shared_with(self.id) == Some(notice)
    }

    fn sections(&self) -> Vec<Section> {
        let section =
            |id: SectionId| Section { id, title: id.title(self.lang).to_owned(), items: self.items(id) };
        SectionId::ALL.into_iter().map(section).filter(|section| !section.items.is_empty()).collect()
    }

    fn items(&self, section: SectionId) -> Vec<Item> {
        let mut items = match section {
            SectionId::What => {
                self.registers().into_iter().map(|register| self.register(register)).collect::<Vec<_>>()
            }
            SectionId::Why => self.why(),
            SectionId::Who => self.who(),
            SectionId::Yourself => self.uses(Audience::Citizen),
            SectionId::HowLong => {
                let kept = self.registers().into_iter().filter_map(|register| self.keep(register));
                kept.chain(self.other_clocks()).collect()
            }
            SectionId::Rights => self.rights(|article| article != COMPLAINT),
            SectionId::Care => self.care(),
            SectionId::Complaint => self.rights(|article| article == COMPLAINT),
        };
        items.iter_mut().for_each(|item| item.promises.dedup());
        items
    }

    fn item(&self, kind: ItemKind, said: &Said) -> Item {
        Item {
            anchor: format!("{}-{}", kind.word(), said.id),
            kind,
            id: said.id.clone(),
            title: said.title.get(self.lang).to_owned(),
            text: said.says.as_ref().map(|says| says.get(self.lang).to_owned()),
            facts: Vec::new(),
            fields: Vec::new(),
            laws: Vec::new(),
            time: None,
            condition: None,
            unstated: said.unstated.as_ref().map(|unstated| unstated.get(self.lang).to_owned()),
            promises: said.states.clone(),
            file: said.place.file.to_string(),
        }
    }

    fn fact(&self, da: &'static str, en: &'static str, value: impl Into<String>) -> (String, String) {
        (self.say(da, en).to_owned(), value.into())
    }

    fn registers(&self) -> Vec<&'a Register> {
        let id = self.id;
        in_order(self.policy.registers.iter().filter(move |register| register.notice == id), |register| {
            &register.said
        })
    }

    fn roles_named(&self, names: &[String]) -> String {
        let title = |name: &String| match self.policy.role_id(name).and_then(|id| self.policy.role(id)) {
            Some(role) => within(role.said.title.get(self.lang)),
            None => plain(name),
        };
        list(self.lang, &names.iter().map(title).collect::<Vec<_>>(), ("og", "and"))
    }

    fn purposes(&self, names: &[String]) -> String {
        let title = |name: &String| match self.policy.purpose(name) {
            Some(purpose) => within(purpose.said.title.get(self.lang)),
            None => plain(name),
        };
        names.iter().map(title).collect::<Vec<_>>().join("; ")
    }
}

/// In the order in which they stand in their files.
pub(super) fn in_order<'a, T: 'a>(
    items: impl Iterator<Item = &'a T>,
    said: impl Fn(&T) -> &Said,
) -> Vec<&'a T> {
    let mut items: Vec<_> = items.collect();
    items.sort_by(|a, b| {
        let (a, b) = (said(a), said(b));
        a.place.file.cmp(&b.place.file).then(a.place.span.start.cmp(&b.place.span.start))
    });
    items
}

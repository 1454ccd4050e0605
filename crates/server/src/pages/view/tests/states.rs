//! Sample forms of a change, and every state in which a page cannot be what was hoped for.

use askama::Template;
use notice::Lang;

use super::super::Area;
use super::super::care::{self, Act};
use super::super::states;
use super::samples::{EVIL, head, order_fields, problems, shell};

/// The sample forms of a change and the states, by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    let mut all = Vec::new();
    for act in [Act::Prescribe, Act::Change, Act::Pause, Act::Resume, Act::Stop, Act::UndoStop] {
        let page = care::OrderForm {
            p: p(Area::Professional, "patients"),
            head: head(),
            act,
            action: "/da/patients/1/x".to_owned(),
            name: Some("Enalapril".to_owned()),
            version: "1-2".to_owned(),
            fields: order_fields(),
            problems: problems(&[("morning", "problem-number")]),
            meanwhile: vec!["Dosering".to_owned()],
        };
        all.push((act.word(), page.render().unwrap()));
    }
    for kind in states::Kind::ALL {
        let state = states::State {
            event: Some("00ab".to_owned()),
            retry_after: Some(60),
            then: Some("/da/me?x=1".to_owned()),
            lines: vec![EVIL.to_owned()],
            ..states::State::of(p(Area::Open, "me"), kind)
        };
        all.push((kind.word(), state.render().unwrap()));
    }
    all
}

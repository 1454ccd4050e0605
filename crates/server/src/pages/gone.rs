//! The answer where a record might have stood: what such records are, when they go, and nothing about this one.
//!
//! Invariant: erased, closed to this reader and never there are one answer, made the same way and of the same size.

use notice::render::clock_words;
use notice::{Bilingual, Lang};

use super::frame::Frame;
use crate::problem::{Code, Problem, Stood};

/// Nothing stands here, where records of a register do.
pub(super) async fn gone(frame: &Frame, register: &str) -> Problem {
    let app = frame.app.clone();
    let acts = tokio::task::spawn_blocking(move || app.acted().of(app.register())).await;
    let acts = acts.ok().and_then(Result::ok);
    let policy = frame.app.policy();
    let Some(id) = policy.register_id(register) else { return Code::NotFound.into() };
    let (Some(register), Some(clock)) = (policy.register(id), policy.clock_of(id)) else {
        return Code::NotFound.into();
    };
    let words = |lang| clock_words(policy, &clock.rule, lang);
    let acts = acts.iter().flat_map(|acts| acts.iter()).filter(|act| act.register == id);
    let stood = Stood {
        title: register.said.title.clone(),
        rule: Bilingual { da: words(Lang::Da), en: words(Lang::En) },
        last: acts.map(|act| act.last).max(),
    };
    Problem { stood: Some(Box::new(stood)), ..Problem::new(Code::NotFound) }
}

/// The same in place of a problem that says no more than that nothing was found.
pub(super) async fn or_gone(frame: &Frame, register: &str, problem: Problem) -> Problem {
    if problem.code == Code::NotFound && problem.refusal.is_none() {
        return gone(frame, register).await;
    }
    problem
}

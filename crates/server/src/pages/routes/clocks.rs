//! When each clock last acted, by the receipts of the sweep.

use std::collections::BTreeMap;

use axum::response::Response;
use notice::policy::{NoticeId, RegisterId};
use notice::render::clock_words;
use register::Act;

use super::super::frame::{Frame, page};
use super::super::view::clocks::{ClockGroup, ClockRow, Clocks, Done};
use super::officer::{add, ask, done};
use crate::problem::Problem;
use crate::session::Persona;

pub(in crate::pages) async fn clocks(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let (today, app) = (frame.today(), frame.app.clone());
    let asked = ask(&frame, move |register| {
        Ok((app.acted().of(register)?, register.plan(today, add(today, 365))?, register.late()?))
    });
    let (acts, plan, late) = asked.await?;
    let mut year: BTreeMap<RegisterId, u64> = BTreeMap::new();
    for (register, records) in plan.values().flatten() {
        *year.entry(*register).or_default() += records;
    }
    let policy = frame.app.policy();
    let row = |(id, register): (RegisterId, &notice::policy::Register)| ClockRow {
        register: frame.say(&register.said.title),
        rule: policy
            .clock_of(id)
            .map(|clock| clock_words(policy, &clock.rule, frame.lang()))
            .unwrap_or_default(),
        acts: acts_of(&acts, id),
        year: year.get(&id).copied().unwrap_or_default(),
        late: late.get(&id).copied().unwrap_or_default(),
    };
    let group = |(at, notice): (NoticeId, &notice::policy::Notice)| ClockGroup {
        id: notice.said.id.clone(),
        title: frame.say(&notice.said.title),
        clocks: policy.register_ids().filter(|(_, register)| register.notice == at).map(row).collect(),
    };
    let ids = policy.notices.iter().filter_map(|notice| Some((policy.notice_id(&notice.said.id)?, notice)));
    let groups = ids.map(group).filter(|group| !group.clocks.is_empty());
    page(&Clocks { groups: groups.collect(), p: frame.shell() })
}

/// What was done to a register, the latest first.
fn acts_of(acts: &[Act], register: RegisterId) -> Vec<Done> {
    let mut done: Vec<Done> = acts
        .iter()
        .filter(|act| act.register == register)
        .map(|act| Done { key: done(act.verb), last: act.last, records: act.records })
        .collect();
    done.sort_by_key(|one| std::cmp::Reverse(one.last));
    done
}

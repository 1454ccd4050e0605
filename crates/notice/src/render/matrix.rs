//! Who may do what: roles down, registers across, and in each field the uses that allow it.

use serde::Serialize;

use super::words::{condition_words, verb_words};
use crate::decide::Verb;
use crate::policy::{Condition, NoticeId, Policy, RegisterId, RoleId, Use, UseId};
use crate::text::Lang;

/// The matrix of one notice, or of all.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The registers.
    pub columns: Vec<Column>,
    /// The roles, those without any use left out.
    pub rows: Vec<Row>,
}

/// A register.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Full name.
    pub id: String,
    /// Title.
    pub title: String,
    /// The notice.
    pub notice: String,
}

/// A role.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// One for each column: the uses that cover the register for this role.
    pub cells: Vec<Vec<Cell>>,
}

/// One use that allows a role something with a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Full name of the use.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Verbs, as in the notice.
    pub may: Vec<&'static str>,
    /// Verbs in words.
    pub may_words: Vec<&'static str>,
    /// The condition in words; nothing is asked for if `None`.
    pub when: Option<String>,
    /// How many fields it covers.
    pub fields: usize,
    /// How many the register has.
    pub fields_all: usize,
    /// Whether it takes a fresh login.
    pub step_up: bool,
    /// Whether a role may do this without any condition.
    pub open: bool,
}

/// Who may do what in one notice; in all notices if `None`.
#[must_use]
pub fn matrix(policy: &Policy, notice: Option<NoticeId>, lang: Lang) -> Matrix {
    let registers: Vec<_> = policy
        .register_ids()
        .filter(|(_, register)| notice.is_none_or(|notice| register.notice == notice))
        .collect();
    let column = |(_, register): &(RegisterId, &crate::policy::Register)| Column {
        id: register.said.id.clone(),
        title: register.said.title.get(lang).to_owned(),
        notice: policy.notice(register.notice).map(|notice| notice.said.id.clone()).unwrap_or_default(),
    };
    let row = |(id, role): (RoleId, &crate::policy::Role)| {
        let uses: Vec<_> = policy.uses_of(id).collect();
        let cells: Vec<_> =
            registers.iter().map(|(register, _)| cells(policy, &uses, *register, lang)).collect();
        Row { id: role.said.id.clone(), title: role.said.title.get(lang).to_owned(), cells }
    };
    Matrix {
        columns: registers.iter().map(column).collect(),
        rows: policy
            .role_ids()
            .map(row)
            .filter(|row| row.cells.iter().any(|cells| !cells.is_empty()))
            .collect(),
    }
}

fn cells(policy: &Policy, uses: &[UseId], register: RegisterId, lang: Lang) -> Vec<Cell> {
    uses.iter()
        .filter_map(|id| policy.use_(*id))
        .filter_map(|used| cell(policy, used, register, lang))
        .collect()
}

fn cell(policy: &Policy, used: &Use, register: RegisterId, lang: Lang) -> Option<Cell> {
    let scope = used.of.iter().find(|scope| scope.register == register)?;
    let all = policy.register(register)?.fields.len();
    Some(Cell {
        id: used.said.id.clone(),
        title: used.said.title.get(lang).to_owned(),
        may: used.may.iter().map(|verb: &Verb| verb.word()).collect(),
        may_words: used.may.iter().map(|verb| verb_words(*verb, lang)).collect(),
        when: condition_words(&used.when, lang),
        fields: usize::try_from(scope.fields.0.count_ones()).unwrap_or(all),
        fields_all: all,
        step_up: used.step_up,
        open: used.when == Condition::Always,
    })
}

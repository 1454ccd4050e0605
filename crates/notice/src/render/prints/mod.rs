//! The prints of a notice for those who must answer for it, made as documents from what runs.
//!
//! | print | for whom |
//! |---|---|
//! | notice | everybody |
//! | short | everybody who has a minute (layered notice) |
//! | letter | a person whose data is collected (GDPR art. 13 and 14) |
//! | record | the supervisory authority (art. 30) |
//! | retention | the archive and those who run the systems |
//! | matrix | who gives and reviews access |
//! | parties | whoever signs agreements |
//! | joint | everybody, of joint controllers (art. 26(2)) |
//! | dpia | whoever assesses the impact (art. 35(7)(a)) |

pub(crate) mod desk;
mod dpia;
mod joint;
mod letter;
mod matrix;
mod parties;
mod processor;
mod record;
mod retention;
mod short;
mod whole;

pub use letter::Article;
pub use matrix::picture;
pub use processor::is_processor;

use super::document::Document;
use crate::policy::{NoticeId, Policy};
use crate::text::Lang;
use desk::Desk;

/// Which print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Print {
    /// The whole notice.
    Notice,
    /// The first layer of a layered notice.
    Short,
    /// The letter to a person whose data is collected.
    Letter(Article),
    /// The controller's record of processing, art. 30(1).
    Record(Scope),
    /// The record of one processor, art. 30(2).
    Processor(String),
    /// When everything goes.
    Retention,
    /// Who may do what.
    Matrix,
    /// Processors, recipients, transfers and sources.
    Parties,
    /// The essence of the arrangement between joint controllers.
    Joint,
    /// The factual part of an impact assessment.
    Dpia,
}

/// How much a record of processing takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This notice.
    Notice,
    /// Every notice of its controller.
    Controller,
}

/// A print of a notice; `None` for an id of another policy.
#[must_use]
pub fn print(policy: &Policy, id: NoticeId, print: &Print, lang: Lang) -> Option<Document> {
    let desk = Desk::open(policy, id, lang)?;
    Some(match print {
        Print::Notice => whole::document(desk),
        Print::Short => short::document(desk),
        Print::Letter(article) => letter::document(desk, *article),
        Print::Record(scope) => record::document(desk, *scope),
        Print::Processor(party) => processor::document(desk, party),
        Print::Retention => retention::document(desk),
        Print::Matrix => matrix::document(desk),
        Print::Parties => parties::document(desk),
        Print::Joint => joint::document(desk),
        Print::Dpia => dpia::document(desk),
    })
}

#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod agreement;
pub mod basic_data;
pub mod call;
mod check;
pub mod consent;
mod content;
pub mod emergency_access;
mod error;
mod gateway_records;
pub mod gateway_service;
pub mod generic_register;
pub mod log_line;
pub mod my_log;
pub mod opt_out;
pub mod presentation;
pub mod professional;
mod redacted;
pub mod representation;
pub mod shared_medication_record;
pub mod smittestop;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod treatment_relation;
pub mod what_goes_when;
mod whom;
mod why;
pub mod words;

pub use agreement::NoSuchRecord;
pub use call::Call;
pub use error::{Error, Explain, Nothing, Problem};
pub use whom::Whom;

/// Every use of the notices that an action of this crate asks leave for.
pub const USES: &[&str] = &[
    "fmk.cancel-prescription",
    "fmk.change-order",
    "fmk.change-private-order",
    "fmk.dispense",
    "fmk.emergency-read-card",
    "fmk.emergency-read-private",
    "fmk.find-prescriptions",
    "fmk.import",
    "fmk.import-basic",
    "fmk.mark-private",
    "fmk.pause-order",
    "fmk.prescribe",
    "fmk.read-card",
    "fmk.read-child-card",
    "fmk.read-own-card",
    "fmk.read-own-plan-of-erasure",
    "fmk.read-represented-card",
    "fmk.read-with-consent",
    "fmk.report-death",
    "fmk.review-order",
    "fmk.stop-order",
    "fmk.unmark-private",
    "nsp.block",
    "nsp.change-own-contact",
    "nsp.end-presentation",
    "nsp.end-representation",
    "nsp.end-treatment-relation",
    "nsp.find-patient",
    "nsp.give-consent",
    "nsp.import-person",
    "nsp.import-professional",
    "nsp.import-relation",
    "nsp.keep-log-longer",
    "nsp.my-children",
    "nsp.my-patients-today",
    "nsp.present-prescription",
    "nsp.read-basic",
    "nsp.read-child-log",
    "nsp.read-looks-in-my-name",
    "nsp.read-own-basic",
    "nsp.read-own-blocks",
    "nsp.read-own-consents",
    "nsp.read-own-log",
    "nsp.read-own-plan-of-erasure",
    "nsp.read-own-professional",
    "nsp.read-represented-log",
    "nsp.register-custody",
    "nsp.register-presentation",
    "nsp.register-representation",
    "nsp.register-treatment-relation",
    "nsp.report-death",
    "nsp.review-emergency-access",
    "nsp.review-looks",
    "nsp.take-back-presentation",
    "nsp.take-emergency-access",
    "nsp.unblock",
    "nsp.withdraw-consent",
    "sst.close-the-app",
    "sst.close-the-exchange",
    "sst.close-the-statistics",
    "sst.count",
    "sst.exchange",
    "sst.is-closed",
    "sst.issue-code",
    "sst.publish-figures",
    "sst.receive-infected",
    "sst.run-gateway",
    "sst.see-own",
    "sst.verify",
    "sst.warn-others",
    "sst.fetch-keys",
    "sst.publish-keys",
    "sst.receive-keys",
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_use_that_an_action_asks_leave_for_is_declared() {
        let (policy, _) = register::testing::house_corpus();
        let missing: Vec<_> = super::USES.iter().filter(|name| policy.use_id(name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

//! Basic data, what citizens say of themselves, and where they are logged in.

use askama::Template;

use super::super::{Field, Problems, Shell};

/// Basic data and what one says of oneself.
#[derive(Debug, Template)]
#[template(path = "me_basic.html")]
pub struct Basic {
    /// What stands around.
    pub p: Shell,
    /// Rows from the civil register: key and value.
    pub rows: Vec<(&'static str, String)>,
    /// Whether name and address are protected.
    pub protection: Protection,
    /// The form.
    pub form: ContactForm,
    /// What is wrong.
    pub problems: Problems,
}

/// Whether name and address are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// They are.
    Protected,
    /// They are not.
    None,
}

impl Protection {
    /// Whether they are.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::Protected
    }
}

/// What citizens say of themselves, as a form.
#[derive(Clone, Debug, Default)]
pub struct ContactForm {
    /// Telephone.
    pub phone: Field,
    /// First name of a relative.
    pub relative_first_name: Field,
    /// Last name of a relative.
    pub relative_last_name: Field,
    /// Telephone of a relative.
    pub relative_phone: Field,
    /// Where one stays for a time.
    pub temporary_address: Field,
    /// Until when.
    pub temporary_until: Field,
    /// Languages.
    pub languages: Field,
}

/// What this browser stores.
#[derive(Debug, Template)]
#[template(path = "me_device.html")]
pub struct Device {
    /// What stands around.
    pub p: Shell,
    /// Minutes without use until the session ends.
    pub idle_minutes: u64,
    /// Hours until it ends in any case.
    pub absolute_hours: u64,
    /// Where the person is logged in.
    pub sessions: Vec<SessionRow>,
}

/// One place where the person is logged in.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// To end it by.
    pub handle: String,
    /// Minutes since it began.
    pub minutes: u64,
    /// Minutes since it was used.
    pub idle_minutes: u64,
    /// Whether it is this browser.
    pub current: bool,
}

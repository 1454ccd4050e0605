//! A citizen sees who looked at her data.

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-log";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many at most, up to 500.
    pub limit: usize,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees who looked at her data.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    super::about(at, USE, at.me(), (request.before, request.limit), Shown::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::my_log::{LookKind, see_child_log};
    use crate::testing::Country;

    #[test]
    fn who_looked_and_who_was_refused_is_told_in_plain_words() {
        // proves rule N-18, rule N-05, rule N-11
        let country = Country::new();
        let _ = country.opens(&country.other_doctor(), country.nancy);
        country.opens(&country.doctor(), country.nancy).unwrap();
        let page = Request { before: None, limit: 2 };
        let log = country.act(&country.citizen(country.nancy), |at| run(at, page)).unwrap();
        let lines = &log.days[0].lines;
        assert_eq!((lines[0].kind, lines[1].kind), (LookKind::Treatment, LookKind::Refused));
        let said = lines[0].words(notice::Lang::En);
        let what = &lines[0].what.en;
        let expected = format!("10:00 Test doctor (Doctor), Lægerne Torvet: {what}.");
        assert!(!what.is_empty() && said.starts_with(&expected), "{said}");
        let said = lines[1].words(notice::Lang::Da);
        assert!(said.contains("blev afvist: "), "{said}");
        assert_eq!(lines[0].due_at, Some("2028-11-21T09:00:00Z".parse().unwrap()));
        assert!(log.more_before.is_some());
    }

    #[test]
    fn a_parent_sees_when_and_why_and_neither_who_nor_where() {
        let country = Country::new();
        country.opens(&country.doctor(), country.bo).unwrap();
        let page = see_child_log::Request { child: country.bo, before: None, limit: 10 };
        let log = country.act(&country.citizen(country.max), |at| see_child_log::run(at, page)).unwrap();
        let line = log.days[0].lines.iter().find(|line| line.kind == LookKind::Treatment).unwrap();
        assert_eq!((line.who.as_str(), line.place.as_deref()), ("", None));
        let page = see_child_log::Request { child: country.bo, before: None, limit: 10 };
        let stranger = country.act(&country.citizen(country.einer), |at| see_child_log::run(at, page));
        assert!(matches!(stranger, Err(Error::Refused(_))));
    }
}

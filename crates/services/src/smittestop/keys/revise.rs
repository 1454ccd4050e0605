//! Somebody sends IDs that are known already: theirs by the token, and what the authority knows now instead.

use exposure::revision::Revisable;
use exposure::{DiagnosisKey, ReportType};
use notice::Target;

use super::publish::{Error, Not, Request, USE, fresh};
use super::stored::{Kept, Place, Revision, hour_of, person_of, read};
use crate::Call;

/// What is to be written: new IDs, and the second word on known ones.
pub(super) fn sorted_out(
    at: &Call<'_>,
    request: &Request,
    keys: &[DiagnosisKey],
    covered: &[Revisable],
) -> Result<Vec<Kept>, Error> {
    let mut write = Vec::new();
    for key in keys {
        match known(at, key, Revision::First)? {
            Some(first) => write.extend(second(at, request, key, &first, covered)?),
            // A negative test warns nobody: it only takes back.
            None if request.certificate.report.published_as() == ReportType::Revoked => {
                return Err(Error::Not(Not::ReportTypeTransition));
            }
            None => write.push(fresh(at, key, &request.countries)),
        }
    }
    Ok(write)
}

/// Whether an ID has come before.
pub(super) fn is_known(at: &Call<'_>, key: &DiagnosisKey) -> Result<bool, Error> {
    Ok(known(at, key, Revision::First)?.is_some())
}

fn known(at: &Call<'_>, key: &DiagnosisKey, revision: Revision) -> Result<Option<Kept>, Error> {
    let person = person_of(at.register, &key.key, revision);
    let found = at.read::<Not>(USE, Target::Person(person), None)?;
    Ok(found.first().and_then(read))
}

/// The second word on a known ID; none if it says what the first one said.
fn second(
    at: &Call<'_>,
    request: &Request,
    key: &DiagnosisKey,
    first: &Kept,
    covered: &[Revisable],
) -> Result<Option<Kept>, Error> {
    if covered.is_empty() {
        return Err(Error::Not(Not::MissingRevisionToken));
    }
    let own = |one: &Revisable| {
        one.key == key.key
            && (one.start, one.period) == (first.key.start, first.key.period)
            && (one.start, one.period) == (key.start, key.period)
    };
    // A made-up ID is in nobody's token.
    if first.place.made_up || !covered.iter().any(own) {
        return Err(Error::Not(Not::InvalidRevisionToken));
    }
    let said = first.key.report_type.unwrap_or(ReportType::Unknown);
    if Some(said) == key.report_type {
        return Ok(None);
    }
    if known(at, key, Revision::Second)?.is_some() {
        return Err(Error::Not(Not::AlreadyRevised));
    }
    if !request.certificate.report.may_follow(said) {
        return Err(Error::Not(Not::ReportTypeTransition));
    }
    let from = hour_of(at.now()).as_second().max(first.place.from);
    let place = Place { from, made_up: false, not_home: false, revises: Some(first.place.from) };
    Ok(Some(Kept { key: key.clone(), countries: first.countries.clone(), place }))
}

//! Whether what was sent fits: the fields that the notice declares and the use covers, and the form of an entry.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use notice::Policy;
use notice::policy::FieldMask;
use register::Content;
use serde_json::Value;

use super::Form;
use crate::Problem;

/// Largest content of an entry, as JSON.
const CONTENT_BYTES_MAX: usize = 64 * 1024;
/// Most problems that are told at once.
const PROBLEMS_MAX: usize = 50;
/// Most characters of a note of correction.
pub(super) const NOTE_CHARACTERS_MAX: usize = 1_000;

/// Every problem with some content; empty if it fits. Never holds what was sent.
pub(super) fn problems(policy: &Policy, form: &Form, mask: FieldMask, content: &Content) -> Vec<Problem> {
    let mut found: Vec<Problem> =
        content.keys().filter_map(|field| declared(policy, form, mask, field)).take(PROBLEMS_MAX).collect();
    if !found.is_empty() {
        return found;
    }
    let whole = Value::Object(content.clone());
    let bytes = serde_json::to_vec(&whole).map_or(usize::MAX, |bytes| bytes.len());
    if bytes > CONTENT_BYTES_MAX {
        found.push(Problem::new(
            "content",
            "too-large",
            format!("Indholdet er for stort. Skriv højst {CONTENT_BYTES_MAX} byte."),
            format!("The content is too large. Write at most {CONTENT_BYTES_MAX} bytes."),
        ));
        return found;
    }
    let covers = |name: &str| policy.field_id(form.id(), name).is_some_and(|field| mask.contains(field));
    let errors = form.validator.iter_errors(&whole).filter(|error| match error.kind() {
        // What the use does not cover is there already or is not the caller's to fill in.
        ValidationErrorKind::Required { property } => property.as_str().is_none_or(covers),
        _ => true,
    });
    found.extend(errors.take(PROBLEMS_MAX).map(|error| problem(&error)));
    found
}

fn declared(policy: &Policy, form: &Form, mask: FieldMask, field: &str) -> Option<Problem> {
    match policy.field_id(form.id(), field) {
        None => Some(Problem::new(
            "content",
            "not-declared",
            "Et felt står ikke i privatlivspolitikken. Fjern det, eller skriv det i politikken først.",
            "A field is not declared in the privacy notice. Take it out, or declare it there first.",
        )),
        Some(id) if !mask.contains(id) => Some(Problem::new(
            format!("content.{field}"),
            "not-covered",
            "Feltet er ikke dit at udfylde efter privatlivspolitikken. Fjern det.",
            "The field is not yours to fill in under the privacy notice. Take it out.",
        )),
        Some(_) => None,
    }
}

/// One error of the form, in words; the field as a path through what was sent.
fn problem(error: &ValidationError<'_>) -> Problem {
    let path = error.instance_path().as_str().replace('/', ".");
    let at = format!("content{path}");
    match error.kind() {
        ValidationErrorKind::Required { property } => Problem::new(
            format!("{at}.{}", property.as_str().unwrap_or_default()),
            "empty",
            "Feltet mangler. Udfyld det.",
            "The field is missing. Fill it in.",
        ),
        ValidationErrorKind::Format { format } => {
            let (da, en) = format_words(format);
            Problem::new(at, "format", da, en)
        }
        ValidationErrorKind::MinLength { limit } => Problem::new(
            at,
            "too-short",
            format!("Teksten er for kort. Skriv mindst {limit} tegn."),
            format!("The text is too short. Write at least {limit} characters."),
        ),
        ValidationErrorKind::MaxLength { limit } => Problem::new(
            at,
            "too-long",
            format!("Teksten er for lang. Skriv højst {limit} tegn."),
            format!("The text is too long. Write at most {limit} characters."),
        ),
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => Problem::new(
            at,
            "not-a-choice",
            "Værdien er ikke en af dem, der kan vælges.",
            "The value is none of those that can be chosen.",
        ),
        ValidationErrorKind::Type { .. } => {
            Problem::new(at, "type", "Værdien er af en forkert slags.", "The value is of the wrong kind.")
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            // Declared by the notice, or the check before this one had named it.
            let at = unexpected.first().filter(|_| path.is_empty()).map_or(at, |it| format!("content.{it}"));
            Problem::new(
                at,
                "not-in-the-form",
                "Feltet står ikke i skemaet for dette register. Fjern det.",
                "The field is not in the form of this register. Take it out.",
            )
        }
        other => Problem::new(
            at,
            "form",
            format!("Værdien passer ikke til skemaet ({}).", other.keyword()),
            format!("The value does not fit the form ({}).", other.keyword()),
        ),
    }
}

fn format_words(format: &str) -> (String, String) {
    let known = match format {
        "email" | "idn-email" => Some((
            "Skriv en e-mailadresse, såsom navn@eksempel.dk.",
            "Write an e-mail address, such as name@example.org.",
        )),
        "date" => Some(("Skriv en dato som 2026-11-21.", "Write a date as 2026-11-21.")),
        "date-time" => {
            Some(("Skriv et tidspunkt som 2026-11-21T09:00:00Z.", "Write a time as 2026-11-21T09:00:00Z."))
        }
        "uri" => Some((
            "Skriv en hel adresse, såsom https://eksempel.dk.",
            "Write a whole address, such as https://example.org.",
        )),
        _ => None,
    };
    match known {
        Some((da, en)) => (da.to_owned(), en.to_owned()),
        None => (
            format!("Værdien er ikke skrevet som {format}."),
            format!("The value is not written as {format}."),
        ),
    }
}

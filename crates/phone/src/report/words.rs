//! How a report ended, in words for its owner.

use super::Ending;
use crate::language::Text;

/// How a report ended, in words for its owner.
#[must_use]
pub const fn ending(ending: Ending) -> Text {
    const fn text(da: &'static str, en: &'static str) -> Text {
        Text { da, en }
    }

    match ending {
        Ending::Sent => text("Din advarsel er sendt. Tak.", "Your warning is sent. Thank you."),
        Ending::CodeRefused => text(
            "Koden er forkert, brugt eller for gammel. Intet er sendt. Log ind igen, og få en ny.",
            "The code is wrong, used or too old. Nothing was sent. Log in again and get a new one.",
        ),
        Ending::AnswerLost => text(
            "Koden gælder ikke længere. Den blev måske brugt af et forsøg, hvor svaret gik tabt. Intet er sendt. Log ind igen, og få en ny.",
            "The code no longer holds. It may have been used by a try whose answer was lost. Nothing was sent. Log in again and get a new one.",
        ),
        Ending::NotConfirmed => text(
            "Der er ingen bekræftet positiv test bag koden. Intet er sendt.",
            "There is no confirmed positive test behind the code. Nothing was sent.",
        ),
        Ending::UploadRefused => text(
            "Serveren tog ikke imod. Intet er sendt. Få en ny kode, og prøv igen.",
            "The server did not take it. Nothing was sent. Get a new code and try again.",
        ),
        Ending::Unknown => text(
            "Vi ved ikke, om advarslen nåede frem. Få en ny kode, og prøv igen; det skader ikke.",
            "We do not know whether the warning arrived. Get a new code and try again; it does no harm.",
        ),
        Ending::RestNotSent => text(
            "Din tidligere advarsel nåede frem, men telefonens nyeste nøgler er ikke sendt. Log ind igen, få en ny kode, og prøv igen.",
            "Your earlier warning arrived, but the newest keys of the phone were not sent. Log in again, get a new code and try again.",
        ),
        Ending::GivenUp => text(
            "Serverne kunne ikke nås. Intet er sendt. Få en ny kode, og prøv igen.",
            "The servers could not be reached. Nothing was sent. Get a new code and try again.",
        ),
    }
}

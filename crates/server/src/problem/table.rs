//! The one table of codes: status, what happened, what the caller should do. Codes are never reused.

use super::Entry;

/// A stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// Nobody is logged in.
    NotSignedIn,
    /// The session ended: idle, old, ended elsewhere.
    SessionEnded,
    /// The act asks for a fresh login.
    StepUpNeeded,
    /// The notice does not allow it.
    Refused,
    /// Unknown, or not for this caller or the role the caller is here in: one answer for all.
    NotFound,
    /// The page or route is not there for this method.
    MethodNotAllowed,
    /// The request came from another site, or without the form's token.
    CrossSite,
    /// The request cannot be read.
    Malformed,
    /// A field that nobody declared.
    UnknownField,
    /// A value does not fit.
    Unfit,
    /// What is asked for cannot be done as things stand; the action says why.
    NotInThisState,
    /// Not JSON or not a form.
    UnsupportedMediaType,
    /// The body is too large.
    TooLarge,
    /// The address is too long.
    AddressTooLong,
    /// The header fields are too large.
    HeadersTooLarge,
    /// Somebody else was first.
    Conflict,
    /// The version that the change builds on is no longer the latest.
    VersionChanged,
    /// A write without the version that was read.
    VersionMissing,
    /// A write without an idempotency key.
    IdempotencyKeyMissing,
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// The first request with this idempotency key still runs.
    InProgress,
    /// The cursor is not one of this caller's.
    BadCursor,
    /// Too many requests.
    TooMany,
    /// The login was not completed.
    LoginFailed,
    /// The login was made at a level that is too low.
    LoginLevelTooLow,
    /// The login broker does not answer.
    BrokerUnavailable,
    /// The system's assertion or token was not accepted.
    BadCredentials,
    /// It took too long.
    TookTooLong,
    /// The disk is full.
    StorageFull,
    /// The database failed.
    DatabaseUnavailable,
    /// The key store failed.
    KeysUnavailable,
    /// A record does not fit its seal.
    SealBroken,
    /// The server is closing.
    Closing,
    /// Our mistake.
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 34] = [
        Self::NotSignedIn,
        Self::SessionEnded,
        Self::StepUpNeeded,
        Self::Refused,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::CrossSite,
        Self::Malformed,
        Self::UnknownField,
        Self::Unfit,
        Self::NotInThisState,
        Self::UnsupportedMediaType,
        Self::TooLarge,
        Self::AddressTooLong,
        Self::HeadersTooLarge,
        Self::Conflict,
        Self::VersionChanged,
        Self::VersionMissing,
        Self::IdempotencyKeyMissing,
        Self::IdempotencyKeyReused,
        Self::InProgress,
        Self::BadCursor,
        Self::TooMany,
        Self::LoginFailed,
        Self::LoginLevelTooLow,
        Self::BrokerUnavailable,
        Self::BadCredentials,
        Self::TookTooLong,
        Self::StorageFull,
        Self::DatabaseUnavailable,
        Self::KeysUnavailable,
        Self::SealBroken,
        Self::Closing,
        Self::Internal,
    ];

    /// Its row of the table.
    #[must_use]
    pub const fn entry(self) -> &'static Entry {
        match self {
            Self::NotSignedIn => &Entry {
                slug: "not-signed-in",
                status: 401,
                title: ("Du er ikke logget ind", "You are not logged in"),
                advice: ("Log ind, og prøv igen.", "Log in, then try again."),
            },
            Self::SessionEnded => &Entry {
                slug: "session-ended",
                status: 401,
                title: ("Du er blevet logget ud", "You have been logged out"),
                advice: (
                    "Du har ikke brugt siden i et stykke tid, eller du er logget ud et andet sted. Log ind igen.",
                    "You have not used the page for a while, or you logged out elsewhere. Log in again.",
                ),
            },
            Self::StepUpNeeded => &Entry {
                slug: "step-up-needed",
                status: 403,
                title: ("Bekræft, at det er dig", "Confirm that it is you"),
                advice: (
                    "Dette kræver et login, der højst er fem minutter gammelt. Log ind igen, og prøv igen.",
                    "This asks for a login at most five minutes old. Log in again, then try again.",
                ),
            },
            Self::Refused => &Entry {
                slug: "refused-by-notice",
                status: 403,
                title: ("Det tillader privatlivspolitikken ikke", "The privacy notice does not allow this"),
                advice: (
                    "Svaret nævner, hvad der stod i vejen, og de lovlige veje videre.",
                    "The answer names what stood in the way and the lawful ways forward.",
                ),
            },
            Self::NotFound => &Entry {
                slug: "not-found",
                status: 404,
                title: ("Her er ikke noget", "There is nothing here"),
                advice: (
                    "Enten findes det ikke, eller også er det ikke noget, du må se. Gå ud fra en side, du har adgang til.",
                    "Either it does not exist or it is not for you to see. Start from a page that you may open.",
                ),
            },
            Self::MethodNotAllowed => &Entry {
                slug: "method-not-allowed",
                status: 405,
                title: ("Det kan ikke gøres her", "This cannot be done here"),
                advice: (
                    "Se beskrivelsen af adressen for de metoder, den tager imod.",
                    "See the description of the address for the methods it takes.",
                ),
            },
            Self::CrossSite => &Entry {
                slug: "cross-site",
                status: 403,
                title: (
                    "Anmodningen kom ikke fra vores egen side",
                    "The request did not come from our own page",
                ),
                advice: (
                    "Åbn siden igen, og send formularen derfra. Programmer sender det felt, som beskrivelsen nævner.",
                    "Open the page again and send the form from there. Programs send the header that the description names.",
                ),
            },
            Self::Malformed => &Entry {
                slug: "malformed",
                status: 400,
                title: ("Anmodningen kan ikke læses", "The request cannot be read"),
                advice: ("Ret anmodningen efter beskrivelsen.", "Correct the request as described."),
            },
            Self::UnknownField => &Entry {
                slug: "unknown-field",
                status: 400,
                title: (
                    "Anmodningen har et felt, som ingen kender",
                    "The request has a field that nobody knows",
                ),
                advice: (
                    "Fjern felter, som beskrivelsen ikke nævner.",
                    "Remove fields that the description does not name.",
                ),
            },
            Self::Unfit => &Entry {
                slug: "unfit",
                status: 422,
                title: ("Noget skal rettes", "Something must be corrected"),
                advice: (
                    "Ret de felter, der er nævnt, og send igen.",
                    "Correct the fields named, then send again.",
                ),
            },
            Self::NotInThisState => &Entry {
                slug: "not-in-this-state",
                status: 409,
                title: ("Det kan ikke lade sig gøre, som det står nu", "This cannot be done as things stand"),
                advice: ("Årsagen er nævnt i svaret.", "The reason is named in the answer."),
            },
            Self::UnsupportedMediaType => &Entry {
                slug: "unsupported-media-type",
                status: 415,
                title: (
                    "Den form for indhold tager vi ikke imod her",
                    "This kind of content is not accepted here",
                ),
                advice: (
                    "Send indholdet, som beskrivelsen siger.",
                    "Send the content type that the description names.",
                ),
            },
            Self::TooLarge => &Entry {
                slug: "too-large",
                status: 413,
                title: ("Det er for stort", "This is too large"),
                advice: ("Send mindre ad gangen.", "Send less at a time."),
            },
            Self::AddressTooLong => &Entry {
                slug: "address-too-long",
                status: 414,
                title: ("Adressen er for lang", "The address is too long"),
                advice: (
                    "Brug en adresse, som siden selv har givet.",
                    "Use an address that the page itself gave.",
                ),
            },
            Self::HeadersTooLarge => &Entry {
                slug: "headers-too-large",
                status: 431,
                title: ("Anmodningens hoved er for stort", "The header fields of the request are too large"),
                advice: (
                    "Slet siteets cookies, og prøv igen.",
                    "Delete the cookies of this site, then try again.",
                ),
            },
            Self::Conflict => &Entry {
                slug: "conflict",
                status: 409,
                title: ("Nogen har ændret det imens", "Somebody changed it meanwhile"),
                advice: (
                    "Læs det igen, se hvad der er nyt, og prøv igen.",
                    "Read it again, see what is new, then try again.",
                ),
            },
            Self::VersionChanged => &Entry {
                slug: "version-changed",
                status: 412,
                title: ("Nogen har ændret det, siden du læste det", "Somebody changed it since you read it"),
                advice: (
                    "Læs det igen, se hvad der er nyt, og send ændringen med det nye ETag.",
                    "Read it again, see what is new, then send the change with the new ETag.",
                ),
            },
            Self::VersionMissing => &Entry {
                slug: "version-missing",
                status: 428,
                title: (
                    "Ændringen siger ikke, hvilken udgave den bygger på",
                    "The change does not say which version it builds on",
                ),
                advice: (
                    "Send If-Match med det ETag, du læste.",
                    "Send If-Match with the ETag that you read.",
                ),
            },
            Self::IdempotencyKeyMissing => &Entry {
                slug: "idempotency-key-missing",
                status: 400,
                title: ("Ændringen har ingen nøgle mod gentagelse", "The write has no idempotency key"),
                advice: (
                    "Send Idempotency-Key: en ny tilfældig værdi for hver ændring.",
                    "Send Idempotency-Key: a new random value for each write.",
                ),
            },
            Self::IdempotencyKeyReused => &Entry {
                slug: "idempotency-key-reused",
                status: 422,
                title: (
                    "Nøglen er brugt til en anden anmodning",
                    "The idempotency key was used for another request",
                ),
                advice: ("Brug en ny nøgle til hver ændring.", "Use a new key for each write."),
            },
            Self::InProgress => &Entry {
                slug: "in-progress",
                status: 409,
                title: (
                    "Den første anmodning med denne nøgle kører stadig",
                    "The first request with this key still runs",
                ),
                advice: (
                    "Vent et øjeblik, og send den samme igen.",
                    "Wait a moment, then send the same again.",
                ),
            },
            Self::BadCursor => &Entry {
                slug: "bad-cursor",
                status: 400,
                title: ("Mærket for næste side gælder ikke", "The cursor is not valid"),
                advice: ("Begynd forfra uden mærke.", "Start again without a cursor."),
            },
            Self::TooMany => &Entry {
                slug: "too-many-requests",
                status: 429,
                title: ("Det går for hurtigt", "Too many requests"),
                advice: (
                    "Vent det antal sekunder, der står i Retry-After, og prøv igen.",
                    "Wait the seconds named in Retry-After, then try again.",
                ),
            },
            Self::LoginFailed => &Entry {
                slug: "login-failed",
                status: 400,
                title: ("Login blev ikke gennemført", "The login was not completed"),
                advice: (
                    "Begynd login forfra. Sker det igen, så kontakt os med hændelsesnummeret.",
                    "Start the login again. If it happens again, contact us with the event id.",
                ),
            },
            Self::LoginLevelTooLow => &Entry {
                slug: "login-level-too-low",
                status: 403,
                title: (
                    "Dit login har for lavt sikringsniveau",
                    "Your login has too low a level of assurance",
                ),
                advice: ("Log ind med et højere sikringsniveau.", "Log in at a higher level of assurance."),
            },
            Self::BrokerUnavailable => &Entry {
                slug: "broker-unavailable",
                status: 503,
                title: ("Login virker ikke lige nu", "Login does not work at the moment"),
                advice: (
                    "Login-tjenesten svarer ikke. Der er ingen anden vej ind. Prøv igen om lidt, eller ring til os.",
                    "The login service does not answer. There is no other way in. Try again soon, or call us.",
                ),
            },
            Self::BadCredentials => &Entry {
                slug: "bad-credentials",
                status: 401,
                title: ("Systemets bevis blev ikke godkendt", "The system's credentials were not accepted"),
                advice: (
                    "Hent et nyt token med en ny, signeret erklæring.",
                    "Fetch a new token with a new signed assertion.",
                ),
            },
            Self::TookTooLong => &Entry {
                slug: "took-too-long",
                status: 503,
                title: ("Det tog for lang tid", "It took too long"),
                advice: (
                    "Prøv igen. En ændring kan være sket: læs først.",
                    "Try again. A change may have been made: read first.",
                ),
            },
            Self::StorageFull => &Entry {
                slug: "storage-full",
                status: 503,
                title: ("Der er ikke plads til at skrive i loggen", "There is no room to write the log"),
                advice: (
                    "Uden log vises ingen oplysninger. Driften har fået besked. Prøv igen om lidt.",
                    "Without a log no data is shown. Operations have been told. Try again soon.",
                ),
            },
            Self::DatabaseUnavailable => &Entry {
                slug: "database-unavailable",
                status: 503,
                title: ("Registret svarer ikke", "The register does not answer"),
                advice: ("Prøv igen om lidt.", "Try again soon."),
            },
            Self::KeysUnavailable => &Entry {
                slug: "keys-unavailable",
                status: 503,
                title: ("Nøglelageret svarer ikke", "The key store does not answer"),
                advice: ("Prøv igen om lidt.", "Try again soon."),
            },
            Self::SealBroken => &Entry {
                slug: "seal-broken",
                status: 500,
                title: (
                    "En oplysning passede ikke til sit segl og vises ikke",
                    "A record did not fit its seal and is not shown",
                ),
                advice: (
                    "Der er slået alarm. Kontakt os med hændelsesnummeret.",
                    "An alarm has been raised. Contact us with the event id.",
                ),
            },
            Self::Closing => &Entry {
                slug: "closing",
                status: 503,
                title: ("Serveren er ved at lukke", "The server is closing"),
                advice: ("Prøv igen om et øjeblik.", "Try again in a moment."),
            },
            Self::Internal => &Entry {
                slug: "internal",
                status: 500,
                title: ("Noget gik galt hos os", "Something went wrong on our side"),
                advice: (
                    "Prøv igen. Sker det igen, så kontakt os med hændelsesnummeret.",
                    "Try again. If it happens again, contact us with the event id.",
                ),
            },
        }
    }
}

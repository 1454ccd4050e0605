//! The phone's own page, for its owner and for nobody else on the machine: what stands, warn others, consent, what is
//! stored, withdraw, uninstall. It works without JavaScript.
//!
//! Invariant: nothing changes by looking. A change needs the cookie of whoever opened the address with its one-time
//! key, a request from the page itself, and the token of the form (threats 4.3).

mod form;
mod guard;
mod look;
mod words;

use exposure::{Day, Random};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use guard::Guard;

use crate::consent;
use crate::language::Language;
use crate::phone::{Phone, PhoneError};
use crate::routine::Settings;
use crate::vault::VaultError;

/// The most that a form may weigh.
pub const MAX_FORM_BYTES: usize = 8 * 1024;

/// A request, as far as the page looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Whether it wants to change something.
    pub method: Method,
    /// The path, with its question if it has one.
    pub path: &'a str,
    /// `Host`
    pub host: Option<&'a str>,
    /// `Cookie`
    pub cookie: Option<&'a str>,
    /// `Origin`
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`
    pub fetch_site: Option<&'a str>,
    /// The form that was sent.
    pub body: &'a str,
}

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To see.
    Get,
    /// To do.
    Post,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// Headers beside those that every reply has.
    pub headers: Vec<(&'static str, String)>,
    /// The page.
    pub body: String,
    /// What the program does when the reply is out.
    pub then: Then,
}

/// What the program does after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It goes on.
    GoOn,
    /// It removes itself.
    Uninstall,
}

/// Headers of every reply: it loads nothing, is shown in no frame, and stays in no cache.
pub const HEADERS: [(&str, &str); 6] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

const STYLE: &str = include_str!("phone.css");

/// Answers a request.
///
/// # Errors
/// When what the phone keeps cannot be read or written.
pub fn answer(
    request: &Request<'_>,
    guard: &mut Guard,
    phone: &mut Phone,
    settings: &Settings,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    if !guard.is_ours(request.host) {
        return Ok(refused(421));
    }
    let path = request.path.split(['?', '#']).next().unwrap_or_default();
    if path == "/phone.css" {
        let style = ("Content-Type", "text/css; charset=utf-8".to_owned());
        return Ok(Reply { status: 200, headers: vec![style], body: STYLE.to_owned(), then: Then::GoOn });
    }
    if let Some(key) = path.strip_prefix("/enter/") {
        let cookie = (request.method == Method::Get).then(|| guard.enter(key, random)).flatten();
        return Ok(cookie.map_or_else(
            || refused(403),
            |cookie| {
                let headers = vec![("Set-Cookie", cookie), ("Location", guard.first_page())];
                Reply { status: 303, headers, body: String::new(), then: Then::GoOn }
            },
        ));
    }
    if !guard.knows(request.cookie) {
        return Ok(refused(403));
    }
    let first = guard.first_page();
    let Some((language, place)) = place(if path == "/" { &first } else { path }) else {
        return Ok(refused(404));
    };
    phone.refresh()?;
    let (token, written) = (guard.token(), form::Written::default());
    let mut view = look::View { phone, settings, now, language, token, note: None, written };
    match request.method {
        Method::Get => Ok(view.page(place)),
        Method::Post if !guard.is_from_us(request) => Ok(refused(403)),
        Method::Post => match act(&mut view, place, request.body, random) {
            // Nothing of it was done; what the other program did is shown.
            Err(PhoneError::Vault(VaultError::ChangedElsewhere)) => {
                Ok(view.with(409, form::Note { text: words::CHANGED_ELSEWHERE, field: None }, place))
            }
            done => done,
        },
    }
}

/// The parts of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Status,
    Warn,
    Consent,
    Stored,
    Statistics,
    Withdraw,
    Uninstall,
}

impl Place {
    pub(crate) const ALL: [Self; 7] = [
        Self::Status,
        Self::Warn,
        Self::Stored,
        Self::Consent,
        Self::Statistics,
        Self::Withdraw,
        Self::Uninstall,
    ];

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Status => "",
            Self::Warn => "warn",
            Self::Consent => "consent",
            Self::Stored => "stored",
            Self::Statistics => "statistics",
            Self::Withdraw => "withdraw",
            Self::Uninstall => "uninstall",
        }
    }
}

fn place(path: &str) -> Option<(Language, Place)> {
    let (language, rest) = path.strip_prefix('/')?.split_once('/')?;
    let place = Place::ALL.into_iter().find(|place| place.path() == rest)?;
    Some((Language::of_code(language)?, place))
}

/// Does what a form says, and shows what came of it.
fn act(
    view: &mut look::View<'_>,
    place: Place,
    body: &str,
    random: &mut Random<'_>,
) -> Result<Reply, PhoneError> {
    let form = fields(body);
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    match place {
        Place::Status => match view.phone.reads(random) {
            Ok(()) | Err(PhoneError::NoConsent | PhoneError::AskAnew) => Ok(view.to(Place::Status)),
            Err(error) => Err(error),
        },
        // The version that was read is the one that is agreed to, not the one of a page opened later.
        Place::Consent => match view.phone.consents(field("version"), view.now, random) {
            Ok(()) => Ok(view.to(Place::Status)),
            Err(PhoneError::OtherWords) => Ok(view.page(Place::Consent)),
            Err(error) => Err(error),
        },
        Place::Statistics => {
            let done = match field("take") {
                // Nobody can say yes where nobody would count.
                "part" if view.settings.statistics.is_none() => return Ok(view.page(Place::Statistics)),
                "part" => view.phone.takes_part(field("version"), view.now, random),
                _ => view.phone.takes_no_part(random),
            };
            match done {
                Ok(()) | Err(PhoneError::OtherWords) => Ok(view.to(Place::Statistics)),
                Err(PhoneError::NoConsent | PhoneError::AskAnew) => Ok(view.to(Place::Consent)),
                Err(error) => Err(error),
            }
        }
        Place::Warn => form::warn(view, &field, random),
        Place::Stored => Ok(view.to(Place::Stored)),
        Place::Withdraw => {
            view.phone.withdraws()?;
            Ok(view.to(Place::Consent))
        }
        Place::Uninstall => {
            view.phone.withdraws()?;
            Ok(Reply { then: Then::Uninstall, ..view.gone() })
        }
    }
}

/// A date as browsers send it, as a day counted since 1970.
#[must_use]
pub fn day_number(text: &str) -> Option<u32> {
    let date: Date = text.parse().ok()?;
    let start = date.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?;
    let day = Day::at(start.timestamp());
    (day.number() > 0).then_some(day.number())
}

/// The fields of a form.
fn fields(body: &str) -> Vec<(String, String)> {
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (plain(key), plain(value)))
        .collect()
}

/// Takes back what a form does to its signs.
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                let (high, low) = (digit(rest.next()), digit(rest.next()));
                bytes.extend(high.zip(low).and_then(|(high, low)| u8::try_from(high * 16 + low).ok()));
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A refusal before it is known who asks, or in which language.
#[must_use]
pub fn refused(status: u16) -> Reply {
    let text = ("Content-Type", "text/plain; charset=utf-8".to_owned());
    let body = match status {
        400 => "Formularen kan ikke læses. / The form cannot be read.\n",
        405 => {
            "Siden kan kun ses, og dens formularer sendes. / The page can only be looked at, and its forms be sent.\n"
        }
        404 => "Der er intet her. / There is nothing here.\n",
        408 | 503 => "Prøv igen. / Try again.\n",
        413 => "Formularen er for stor. / The form is too large.\n",
        500 => {
            "Telefonen kan ikke bruge sin mappe lige nu. Prøv igen. / The phone cannot use its folder now. Try again.\n"
        }
        _ => {
            "Åbn siden med den adresse, som programmet skriver. / Open the page with the address that the program prints.\n"
        }
    };
    Reply { status, headers: vec![text], body: body.to_owned(), then: Then::GoOn }
}

/// The version of the words that a form agrees to.
pub(crate) const fn version() -> &'static str {
    consent::VERSION
}

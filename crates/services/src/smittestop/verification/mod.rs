//! Verification: whoever has tested positive gets a code that leads to nobody, and the phone exchanges it for leave to warn.
//!
//! Invariant: nothing behind a code or a token says whose it is, and nothing about a person says which code was hers. That
//! a check and a code have the same moment remains, for the day that a check is kept; neither leads to a rolling ID.

use jiff::civil::Date;
use notice::id::{Organisation, Person};
use notice::{Actor, Id};
use register::identifier::OwnId;
use register::{Caller, Identifier, Personal, Record, Unavailable};
use serde::{Deserialize, Serialize};

use crate::{Call, content};

pub mod certify;
mod issue;
pub mod redeem;
pub mod see_own;
pub mod verify;

/// Checks of one person in the time for which the notice keeps their count.
pub const CHECKS_MAX: usize = 3;

/// The use under which codes are made and redeemed.
pub(crate) const CODES_USE: &str = "sst.issue-code";
/// What those are to a code who cannot be found behind it.
const ROLE: &str = "app-user";
/// The event that ends a code or a token.
const USED: &str = "code.used";
/// The event from which its time counts.
const MADE: &str = "code.made";

/// The verification service, as the one whom a person asks to look on the list. Nobody else bears this id.
pub(crate) const SERVICE: Id<Organisation> = Id::from_bits(0x5357_4954_5445_7c53_544f_5020_7665_7231);

/// In which form somebody wants her code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Eight digits to type on another phone; good for minutes.
    Digits,
    /// Sixteen characters in a link or a picture; good for a day.
    Link,
}

impl Form {
    const fn register(self) -> &'static str {
        match self {
            Self::Digits => "sst.verification-code",
            Self::Link => "sst.verification-link",
        }
    }

    /// The form of what was typed or followed, and its one spelling. `None` for what can be no code.
    #[must_use]
    pub fn parse(text: &str) -> Option<(Self, Personal<String>)> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some((Self::Digits, Personal::new(text)));
        }
        let text: String = text.to_ascii_uppercase().chars().map(read_as).collect();
        let fits = text.len() == CHARACTERS && text.bytes().all(|byte| ALPHABET.contains(&byte));
        fits.then(|| (Self::Link, Personal::new(text)))
    }
}

/// Digits of a short code.
const DIGITS: usize = 8;
/// Characters of a long code: 80 bits.
const CHARACTERS: usize = 16;
/// No letter that is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const fn read_as(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// What stands behind a code and behind a token: the same, and nothing of a person.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Behind {
    positive: bool,
    /// The day from which the keys count: that of the first symptoms, or else that of the test (rule SS-17).
    pub onset: Date,
    /// The day of the test.
    #[serde(rename = "test-day")]
    pub test_day: Date,
}
crate::redacted::redacted!(Behind);

impl Behind {
    /// Behind a positive test.
    #[must_use]
    pub const fn positive(onset: Date, test_day: Date) -> Self {
        Self { positive: true, onset, test_day }
    }

    fn of(record: &Record) -> Result<Self, Unavailable> {
        content::read_whole(record)
    }
}

/// The phantom behind a code or a token: it follows from the secret alone, by the register's keyed hash.
fn phantom(at: &Call<'_>, kind: &'static str, secret: &Personal<String>) -> Result<Id<Person>, Unavailable> {
    let name = format!("{kind}:{}", secret.reveal());
    let own = OwnId::parse("sst", &name).map_err(|_| Unavailable::Engine)?;
    Ok(at.register.person(&Identifier::Own(own)))
}

/// Goes on as the authority's own system, at the same moment. What the notice lets a system do it asks of the notice.
pub(crate) fn as_system(at: &Call<'_>) -> Result<register::Call, Unavailable> {
    let role = at.register.policy().role_id("system");
    let role = role.ok_or_else(|| Unavailable::Undeclared("system".to_owned()))?;
    let caller = Caller {
        actor: Actor { person: None, role, organisation: Some(SERVICE) },
        name: Personal::new("smitte|stop".to_owned()),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    };
    Ok(register::Call { caller, now: at.now() })
}

//! Makes a code. It is handed to the person and to nobody else; here only its keyed hash stays, with the day from which keys count.

use jiff::Timestamp;
use notice::Target;
use register::{Change, Draft, Personal};

use super::{ALPHABET, Behind, CHARACTERS, CODES_USE, DIGITS, Form, MADE, ROLE, phantom};
use crate::{Call, Error, Explain, content};

/// How often another code is drawn when one is taken.
const TRIES: usize = 8;

/// A code and until when it is good.
pub(super) struct Issued {
    pub(super) code: Personal<String>,
    pub(super) until: Option<Timestamp>,
}

/// Makes a code, as the authority's system.
pub(super) fn run<Own: Explain>(at: &Call<'_>, form: Form, behind: &Behind) -> Result<Issued, Error<Own>> {
    for _ in 0..TRIES {
        let code = Personal::new(drawn(at, form));
        let person = phantom(at, form.register(), &code)?;
        let draft = Draft {
            register: form.register(),
            id: None,
            subjects: vec![(ROLE.to_owned(), person)],
            content: content::write(behind),
            events: vec![(MADE.to_owned(), at.now())],
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        let made: bool = at.change::<_, Own>(CODES_USE, Target::Person(person), None, |records| {
            // The same digits as somebody else's that are still good: draw again.
            if records.is_empty() {
                Ok((vec![Change::Create(Box::new(draft.clone()))], true))
            } else {
                Ok((Vec::new(), false))
            }
        })?;
        if made {
            // Until when it is good is the clock's word, not ours.
            let records = at.read::<Own>(CODES_USE, Target::Person(person), None)?;
            return Ok(Issued { code, until: records.first().and_then(|record| record.due_at) });
        }
    }
    Err(Error::Conflict(Personal::new(Vec::new())))
}

fn drawn(at: &Call<'_>, form: Form) -> String {
    let mut bytes = [0; CHARACTERS];
    at.randomness.fill(&mut bytes);
    match form {
        Form::Digits => {
            // Of 128 bits: no code is likelier than another by more than one part in 10^30.
            let number = u128::from_be_bytes(bytes) % 10_u128.pow(DIGITS as u32);
            format!("{number:0DIGITS$}")
        }
        Form::Link => {
            let character = |byte: &u8| char::from(*ALPHABET.get(usize::from(byte % 32)).unwrap_or(&b'0'));
            bytes.iter().map(character).collect()
        }
    }
}

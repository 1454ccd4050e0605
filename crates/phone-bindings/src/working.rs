//! Whether the phone does what it is there for.

use crate::{SmittestopError, SmittestopPhone, moment, spoken};

/// What the phone did last, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Working {
    /// When it last saw all that was published, in seconds since 1970.
    pub looked: Option<i64>,
    /// When it last listened.
    pub listened: Option<i64>,
    /// What is wrong; nothing, if all is well.
    pub troubles: Vec<Trouble>,
}

/// Why the phone cannot do what it is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Trouble {
    /// The clock lies behind what is known to have passed.
    ClockIsBehind,
    /// It has not listened for more than an hour.
    DoesNotListen,
    /// It has not seen all that was published for more than a day.
    DoesNotLook,
}

/// What is wrong, and what the owner can do, in `da` or `en`.
///
/// # Errors
/// When it is another language.
#[uniffi::export]
pub fn trouble_words(trouble: Trouble, language: String) -> Result<Vec<String>, SmittestopError> {
    let language = spoken(&language)?;
    let trouble = match trouble {
        Trouble::ClockIsBehind => phone::Trouble::ClockIsBehind,
        Trouble::DoesNotListen => phone::Trouble::DoesNotListen,
        Trouble::DoesNotLook => phone::Trouble::DoesNotLook,
    };
    Ok([trouble.title(), trouble.what_to_do()].map(|text| text.words(language).to_owned()).to_vec())
}

#[uniffi::export]
impl SmittestopPhone {
    /// What it did last and what is wrong; nothing while there is no consent.
    ///
    /// # Errors
    /// When `now` is no moment.
    pub fn working(&self, now: i64) -> Result<Option<Working>, SmittestopError> {
        let working = self.lock().working(moment(now)?);
        Ok(working.map(|working| Working {
            looked: working.looked.map(|looked| looked.as_second()),
            listened: working.listened.map(|listened| listened.as_second()),
            troubles: working.troubles.into_iter().map(Trouble::from).collect(),
        }))
    }
}

impl From<phone::Trouble> for Trouble {
    fn from(trouble: phone::Trouble) -> Self {
        match trouble {
            phone::Trouble::ClockIsBehind => Self::ClockIsBehind,
            phone::Trouble::DoesNotListen => Self::DoesNotListen,
            phone::Trouble::DoesNotLook => Self::DoesNotLook,
        }
    }
}

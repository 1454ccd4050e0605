//! Numbers and byte strings as the protocol writes them (TLS presentation language, RFC 8446 section 3).

/// What was sent is no message of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message of the statistics")]
pub struct Malformed;

/// Reads from the front; what is left over at the end is malformed.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// At the front of some bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// So many bytes.
    ///
    /// # Errors
    /// There are not so many.
    pub fn take(&mut self, bytes: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    /// Bytes of a known number.
    ///
    /// # Errors
    /// There are not so many.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed)
    }

    /// A number of one byte.
    ///
    /// # Errors
    /// None is left.
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    /// A number of two bytes.
    ///
    /// # Errors
    /// They are not there.
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// A number of eight bytes.
    ///
    /// # Errors
    /// They are not there.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// A string of bytes behind its length in two bytes.
    ///
    /// # Errors
    /// It is longer than what is left.
    pub fn string16(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.u16()?;
        self.take(usize::from(length))
    }

    /// A string of bytes behind its length in four bytes.
    ///
    /// # Errors
    /// It is longer than what is left.
    pub fn string32(&mut self) -> Result<&'a [u8], Malformed> {
        let length = u32::from_be_bytes(self.array()?);
        self.take(usize::try_from(length).map_err(|_| Malformed)?)
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends here.
    ///
    /// # Errors
    /// Something is left.
    pub const fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

/// Appends a string behind its length in two bytes. Ours are short; a longer one is cut to nothing and read nowhere.
pub fn put16(to: &mut Vec<u8>, string: &[u8]) {
    match u16::try_from(string.len()) {
        Ok(length) => {
            to.extend(length.to_be_bytes());
            to.extend(string);
        }
        Err(_) => to.extend(0_u16.to_be_bytes()),
    }
}

/// Appends a string behind its length in four bytes.
pub fn put32(to: &mut Vec<u8>, string: &[u8]) {
    match u32::try_from(string.len()) {
        Ok(length) => {
            to.extend(length.to_be_bytes());
            to.extend(string);
        }
        Err(_) => to.extend(0_u32.to_be_bytes()),
    }
}

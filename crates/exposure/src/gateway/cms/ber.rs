//! Some countries send signatures with lengths left open. Here they are written with lengths, and nothing else changes.

/// Deeper than any signature goes.
const MAX_DEPTH: usize = 32;

const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING: u8 = 0x04;
const OPEN: u8 = 0x80;

/// One value with all lengths stated; `None` if it is no such value, or more follows.
pub(super) fn with_lengths(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut written = Vec::with_capacity(bytes.len());
    let rest = value(bytes, &mut written, MAX_DEPTH)?;
    rest.is_empty().then_some(written)
}

/// Writes one value and gives what follows it.
fn value<'a>(bytes: &'a [u8], written: &mut Vec<u8>, depth: usize) -> Option<&'a [u8]> {
    let (&tag, rest) = bytes.split_first()?;
    // Numbers of a tag beyond 30 stand in no signature.
    if depth == 0 || tag & 0x1f == 0x1f {
        return None;
    }
    let (length, rest) = length(rest)?;
    let mut content = Vec::new();
    let rest = match length {
        Some(length) => {
            let (own, rest) = rest.split_at_checked(length)?;
            if tag & CONSTRUCTED == 0 {
                content.extend_from_slice(own);
            } else {
                let mut own = own;
                while !own.is_empty() {
                    own = value(own, &mut content, depth - 1)?;
                }
            }
            rest
        }
        None if tag & CONSTRUCTED == 0 => return None,
        None => open(rest, &mut content, depth)?,
    };
    if tag == OCTET_STRING | CONSTRUCTED {
        write(OCTET_STRING, &joined(&content)?, written);
    } else {
        write(tag, &content, written);
    }
    Some(rest)
}

/// The values of one whose length is left open, until the two zeros that end it.
fn open<'a>(mut bytes: &'a [u8], content: &mut Vec<u8>, depth: usize) -> Option<&'a [u8]> {
    loop {
        if let Some(rest) = bytes.strip_prefix(&[0, 0]) {
            return Some(rest);
        }
        bytes = value(bytes, content, depth - 1)?;
    }
}

/// A string that came in pieces, each a string itself by now.
fn joined(mut pieces: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    while let Some((&tag, rest)) = pieces.split_first() {
        let (length, rest) = length(rest)?;
        let (piece, rest) = rest.split_at_checked(length?)?;
        if tag != OCTET_STRING {
            return None;
        }
        whole.extend_from_slice(piece);
        pieces = rest;
    }
    Some(whole)
}

/// A length, or none if it is left open.
fn length(bytes: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        OPEN => Some((None, rest)),
        short @ ..OPEN => Some((Some(usize::from(short)), rest)),
        long => {
            let count = usize::from(long & !OPEN);
            let (digits, rest) = rest.split_at_checked(count).filter(|_| count <= 4)?;
            let length = digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
            Some((Some(length), rest))
        }
    }
}

fn write(tag: u8, content: &[u8], written: &mut Vec<u8>) {
    written.push(tag);
    match u8::try_from(content.len()) {
        Ok(short @ ..OPEN) => written.push(short),
        Ok(_) | Err(_) => {
            let digits = content.len().to_be_bytes();
            let digits = digits.iter().copied().skip_while(|digit| *digit == 0);
            let count = u8::try_from(digits.clone().count()).unwrap_or(u8::MAX);
            written.push(OPEN | count);
            written.extend(digits);
        }
    }
    written.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::with_lengths;

    #[test]
    fn lengths_that_were_left_open_are_stated() {
        let open = [0x30, 0x80, 0x24, 0x80, 0x04, 1, 0xaa, 0x04, 1, 0xbb, 0, 0, 0x02, 1, 5, 0, 0];
        assert_eq!(with_lengths(&open).unwrap(), [0x30, 7, 0x04, 2, 0xaa, 0xbb, 0x02, 1, 5]);
    }

    #[test]
    fn what_breaks_off_or_goes_on_is_no_value() {
        for wrong in [&[0x30][..], &[0x30, 0x80], &[0x30, 5, 2], &[2, 1, 5, 0], &[2, 0x80, 0, 0], &[]] {
            assert_eq!(with_lengths(wrong), None, "{wrong:?}");
        }
        assert_eq!(with_lengths(&[0x30, 0x80].repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn stated_lengths_stay_as_they_are_and_rubbish_never_panics(bytes: Vec<u8>) {
            if let Some(once) = with_lengths(&bytes) {
                prop_assert_eq!(with_lengths(&once), Some(once.clone()));
            }
        }
    }
}

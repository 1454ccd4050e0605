//! Messages over standard input and output, each behind its length.
//!
//! Invariant: what comes in decides nothing about memory; a message that is too long is passed over, and rubbish
//! between messages is skipped to the next length.

use std::io::{BufRead, Read, Result, Write};

use serde_json::Value;

/// Longest message in bytes: far more than a corpus may have.
const MESSAGE_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Longest line of a header in bytes.
const HEADER_MAX_BYTES: u64 = 4 * 1024;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is none, and why.
    Malformed(String),
}

/// The next message; nothing at the end of the input.
pub(super) fn read(input: &mut impl BufRead) -> Result<Option<Incoming>> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = input.take(length);
    if length > MESSAGE_MAX_BYTES {
        std::io::copy(&mut body, &mut std::io::sink())?;
        return Ok(Some(Incoming::Malformed(format!("a message of {length} bytes is too long"))));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(problem) => Incoming::Malformed(format!("this is not JSON: {problem}")),
    }))
}

/// The length that stands before a message.
fn length(input: &mut impl BufRead) -> Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(HEADER_MAX_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        } else if line.is_empty() && length.is_some() {
            return Ok(length);
        }
    }
}

/// Writes a message.
pub(super) fn write(output: &mut impl Write, message: &Value) -> Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Incoming> {
        let mut input = bytes;
        std::iter::from_fn(|| read(&mut input).unwrap()).collect()
    }

    #[test]
    fn rubbish_between_messages_is_skipped() {
        let found =
            all(b"hello\r\n\xff\xfe\r\n\r\nContent-Length: 2\r\nOther: x\r\n\r\n{}content-length:2\n\n[]");
        assert!(matches!(found.as_slice(), [Incoming::Message(_), Incoming::Message(_)]), "{found:?}");
    }

    #[test]
    fn what_is_no_json_is_told_and_the_next_message_is_read() {
        let found = all(b"Content-Length: 3\r\n\r\n{{{Content-Length: 2\r\n\r\n{}");
        assert!(matches!(found.as_slice(), [Incoming::Malformed(_), Incoming::Message(_)]), "{found:?}");
    }

    #[test]
    fn an_announced_length_takes_no_memory_and_a_message_that_breaks_off_is_the_end() {
        assert!(all(b"Content-Length: 1000000000000\r\n\r\n{}").len() <= 1);
        assert!(all(b"Content-Length: 20\r\n\r\n{}").is_empty());
        assert!(all(b"Content-Length: nonsense\r\n\r\n{}").is_empty());
    }
}

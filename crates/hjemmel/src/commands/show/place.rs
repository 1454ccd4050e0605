//! Where a print goes: into a file, or to whoever reads the output.

use std::path::Path;

use print::{Format, Made};

use crate::answer::Failure;
use crate::terminal::Terminal;

/// Refuses early what a terminal would garble.
pub(super) fn ready(format: Format, file: Option<&Path>, terminal: &Terminal) -> Result<(), Failure> {
    if format.is_binary() && file.is_none() && terminal.is_read_by_a_person() {
        return Err(Failure::usage(
            "a terminal cannot show this format",
            "write it into a file with `--output FILE`",
        ));
    }
    Ok(())
}

/// Puts a print where it was asked for.
pub(super) fn put(made: &Made, file: Option<&Path>, terminal: &Terminal) -> Result<(), Failure> {
    let bytes = match made {
        Made::Text(text) => text.trim_end_matches('\n').as_bytes(),
        Made::Bytes(bytes) => bytes,
    };
    let Some(file) = file else {
        terminal.bytes(bytes);
        if matches!(made, Made::Text(_)) {
            terminal.bytes(b"\n");
        }
        return Ok(());
    };
    let ended: Vec<u8> = match made {
        Made::Text(_) => [bytes, b"\n"].concat(),
        Made::Bytes(_) => bytes.to_vec(),
    };
    std::fs::write(file, ended).map_err(|problem| {
        let sentence = format!("`{}` cannot be written: {problem}", file.display());
        Failure::cannot(sentence, "name a file in a folder that you may write to")
    })
}

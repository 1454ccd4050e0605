//! `hjemmel exposure identifiers`: what a phone with this key calls out in a day.

use exposure::key::{KeyError, to_hex};
use exposure::{
    IdentifierKey, IntervalNumber, MetadataKey, RollingProximityIdentifier, TemporaryExposureKey,
};
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Print the 144 rolling identifiers that follow from a key
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  hjemmel exposure identifiers --key 75c734c6dd1a782de7a965da5eb93125 --interval 2642976")]
pub(crate) struct Arguments {
    /// The temporary exposure key: 16 bytes as 32 hexadecimal digits
    #[arg(long, value_name = "HEX")]
    key: String,
    /// The interval in which the key begins: steps of ten minutes since 1970
    #[arg(long, value_name = "N")]
    interval: u32,
    /// Print an object with both derived keys and `identifiers`: each `interval`, `at` and `identifier`
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let key = TemporaryExposureKey::from_hex(arguments.key.trim()).map_err(|error| wrong_key(&error))?;
    if arguments.interval > u32::MAX - 144 {
        return Err(Failure::usage(
            format!("no day begins in interval `{}`", arguments.interval),
            "an interval is ten minutes; those of this year are about 3 million",
        ));
    }
    let start = IntervalNumber::new(arguments.interval);
    let derived = IdentifierKey::derive(&key);
    let identifiers = derived.identifiers(start);
    if arguments.json {
        terminal.json(&json!({
            "identifier_key": to_hex(derived.reveal()),
            "metadata_key": to_hex(MetadataKey::derive(&key).reveal()),
            "identifiers": listed(start, &identifiers)
                .map(|(interval, identifier)| json!({
                    "interval": interval.number(),
                    "at": interval.start().to_string(),
                    "identifier": identifier.reveal_hex(),
                }))
                .collect::<Vec<Value>>(),
        }));
    } else {
        for (interval, identifier) in listed(start, &identifiers) {
            terminal.line(&format!("{interval}  {}  {}", interval.start(), identifier.reveal_hex()));
        }
    }
    Ok(Answer::Yes)
}

fn listed(
    start: IntervalNumber,
    identifiers: &[RollingProximityIdentifier; 144],
) -> impl Iterator<Item = (IntervalNumber, &RollingProximityIdentifier)> {
    (0..).zip(identifiers).map(move |(offset, identifier)| (start.plus(offset), identifier))
}

/// The key itself is not repeated: it may be somebody's.
fn wrong_key(error: &KeyError) -> Failure {
    Failure::usage(
        error.to_string(),
        "give 16 bytes as 32 digits, such as `75c734c6dd1a782de7a965da5eb93125`",
    )
}

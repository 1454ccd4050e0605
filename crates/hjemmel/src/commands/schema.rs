//! `hjemmel schema`: the JSON Schema of notice files, for editors that know TOML.

use notice::Lang;
use notice::editor;

use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Print the JSON Schema of notice files
///
/// For editors that complete and check TOML by a schema (Taplo, Even Better TOML), and for programs that write notices. The compiler knows more: it reads all files together.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Language of the descriptions
    #[arg(long, value_parser = ["da", "en"], default_value = "en")]
    lang: String,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    terminal.json(&editor::schema(Lang::from_tag(&arguments.lang).unwrap_or(Lang::En)));
    Ok(Answer::Yes)
}

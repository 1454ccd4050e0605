//! `hjemmel exposure show`: what a published export holds, and whether it was signed by a key.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use exposure::DiagnosisKey;
use exposure::export::{Export, MAX_PACKED_BYTES, Published, TrustedKey};
use serde_json::{Value, json};

use super::{file, no};
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Print what a published export file holds
///
/// With `--verify` the answer is no, exit code 1, when the file is not signed by that key.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The zip as it is published
    #[arg(value_name = "EXPORT.zip")]
    export: PathBuf,
    /// A public key in PEM that the file must be signed with; of several in one file, one of them
    #[arg(long, value_name = "KEY.pem")]
    verify: Option<PathBuf>,
    /// Print an object with the window, the signatures and every key
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let trusted = arguments.verify.as_deref().map(trusted).transpose()?;
    let bytes = file::bytes(&arguments.export, MAX_PACKED_BYTES)?;
    let name = arguments.export.display();
    let published = match Published::read(&bytes) {
        Ok(published) => published,
        Err(error) => {
            let sentence = format!("`{name}` is no export: {error}");
            return no(
                terminal,
                &sentence,
                "give a zip of `export.bin` and `export.sig` as a country publishes it",
            );
        }
    };
    let verdict = trusted.map(|keys| published.is_signed_by(&keys));
    if arguments.json {
        terminal.json(&object(&published, verdict.as_ref().map(Result::is_ok)));
    } else {
        lines(&published).iter().for_each(|line| terminal.line(line));
        if let Some(Ok(())) = verdict {
            terminal.line("signed by the given key: yes");
        }
    }
    match verdict {
        None | Some(Ok(())) => Ok(Answer::Yes),
        Some(Err(error)) => {
            let sentence = format!("`{name}` is not to be believed: {error}");
            no(terminal, &sentence, "fetch it again, or ask the country for its key of that day")
        }
    }
}

fn trusted(path: &Path) -> Result<Vec<TrustedKey>, Failure> {
    TrustedKey::all_from_pem(&file::text(path)?).map_err(|error| {
        Failure::usage(
            format!("`{}` is no key for exports: {error}", path.display()),
            "give a P-256 key that begins with `-----BEGIN PUBLIC KEY-----`",
        )
    })
}

fn lines(published: &Published) -> Vec<String> {
    let export = published.unchecked();
    let mut lines = vec![
        format!("window    {} to {}", export.start, export.end),
        format!("region    {}", shown(&export.region)),
        match export.chunk {
            Some(chunk) => format!("file      {} of {}", chunk.number, chunk.of),
            None => "file      not numbered".to_owned(),
        },
    ];
    for signature in published.signatures() {
        let info = &signature.info;
        let (id, version, way) = (shown(&info.key_id), shown(&info.key_version), shown(&info.algorithm));
        lines.push(format!("signed    as `{id}`, version `{version}`, by {way}"));
    }
    if published.signatures().is_empty() {
        lines.push("signed    by nobody".to_owned());
    }
    lines.extend(counted("keys", &export.keys));
    lines.extend(counted("revised", &export.revised_keys));
    lines
}

/// How many keys, and of which days.
fn counted(name: &str, keys: &[DiagnosisKey]) -> Vec<String> {
    let mut days = BTreeMap::new();
    for key in keys {
        *days.entry(key.day()).or_insert(0_usize) += 1;
    }
    let mut lines = vec![format!("{name:<9} {}", keys.len())];
    lines.extend(days.iter().map(|(day, count)| format!("          {day}  {count}")));
    lines
}

/// Words of a stranger, without what would move the cursor.
fn shown(text: &str) -> String {
    text.chars().flat_map(char::escape_debug).collect()
}

fn object(published: &Published, signed: Option<bool>) -> Value {
    let export: &Export = published.unchecked();
    json!({
        "start": export.start.to_string(),
        "end": export.end.to_string(),
        "region": export.region,
        "file": export.chunk.map(|chunk| json!({ "number": chunk.number, "of": chunk.of })),
        "signatures": published
            .signatures()
            .iter()
            .map(|signature| json!({
                "key_id": signature.info.key_id,
                "key_version": signature.info.key_version,
                "algorithm": signature.info.algorithm,
            }))
            .collect::<Vec<_>>(),
        "signed_by_given_key": signed,
        "keys": export.keys.iter().map(key).collect::<Vec<_>>(),
        "revised_keys": export.revised_keys.iter().map(key).collect::<Vec<_>>(),
    })
}

/// Published keys are for everybody to see.
fn key(key: &DiagnosisKey) -> Value {
    json!({
        "key": key.key.reveal_base64(),
        "rolling_start_interval_number": key.start.number(),
        "rolling_period": key.period.intervals(),
        "report_type": key.report_type.map(exposure::ReportType::name),
        "days_since_onset_of_symptoms": key.days_since_onset,
        "transmission_risk_level": key.transmission_risk.map(exposure::TransmissionRisk::level),
    })
}

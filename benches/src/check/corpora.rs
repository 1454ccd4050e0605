//! What is checked: the notices that ship, and a corpus of a thousand activities.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use notice::SourceFile;

use super::reading;

/// The notices that ship.
pub fn shipped() -> Result<Vec<SourceFile>> {
    let root = reading::folder();
    let folder = root.ancestors().nth(2).context("no root")?.join("notices");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(SourceFile { path: name(&path)?, text: fs::read_to_string(&path)? });
        }
    }
    Ok(files)
}

fn name(path: &Path) -> Result<String> {
    Ok(path.file_name().and_then(|name| name.to_str()).context("a file without a name")?.to_owned())
}

/// The good notice of the fixtures, and further notices with this many activities: a register and a use each.
pub fn made(activities: usize) -> Result<Vec<SourceFile>> {
    const IN_ONE: usize = 100;
    let mut files = reading::base();
    for notice in 0..activities.div_ceil(IN_ONE) {
        let mut text = format!(
            "language = 1\n[notice]\nid = \"n{notice}\"\ntitle = {{ da = \"Erklæring\", en = \"Notice\" }}\ncontroller = \"other\"\nvalid = \"2024-01-01..\"\n[purpose.care]\ntitle = {{ da = \"Behandling\", en = \"Care\" }}\n"
        );
        for number in 0..IN_ONE.min(activities - notice * IN_ONE) {
            // Different periods, so that nothing is equal that could be skipped.
            let years = 1 + number % 40;
            write!(
                text,
                "[register.r{number}]\ntitle = {{ da = \"Noter {number}\", en = \"Notes {number}\" }}\nsays = {{ da = \"Slettes efter {years} år.\", en = \"Erased after {years} years.\" }}\nabout = [\"patient\"]\npurpose = [\"care\"]\nbasis = [\"gdpr:6(1)(e)\", \"gdpr:9(2)(h)\", \"dpa:11\"]\nkeep = \"erase at made + P{years}Y\"\n[register.r{number}.fields]\nnumber-{notice}-{number} = {{ class = \"cpr\", da = \"CPR-nummer\", en = \"Number\" }}\nfinding-{notice}-{number} = {{ class = \"health\", da = \"Fund\", en = \"Finding\" }}\ntime = {{ class = \"ordinary\", da = \"Tid\", en = \"Time\" }}\n[[use]]\nid = \"u{number}\"\ntitle = {{ da = \"Læs\", en = \"Read\" }}\nwho = [\"health-professional\"]\nmay = [\"read\"]\nof = [\"r{number}\"]\npurpose = \"care\"\nwhen = \"treats subject and not blocked\"\nlog = \"house.log\"\n"
            )?;
        }
        files.push(SourceFile { path: format!("n{notice}.toml"), text });
    }
    Ok(files)
}

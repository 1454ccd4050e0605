//! What a benchmark leaves behind under `target/bench`: a table, a plot, and the numbers for a program.

mod machine;
mod plot;
mod statistics;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Serialize;

pub use plot::{Bars, Scale, Series};
pub use statistics::{Latencies, median};

/// The result of one benchmark.
#[derive(Serialize)]
pub struct Report {
    /// File name without its end.
    pub name: String,
    /// What was compared.
    pub title: String,
    /// How, in a few sentences.
    pub method: String,
    /// The bars that it must reach, each with whether it did.
    pub bars: Vec<Bar>,
    /// Heads of the table.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// One thing that was to be reached.
#[derive(Serialize)]
pub struct Bar {
    /// What.
    pub what: String,
    /// What was measured.
    pub measured: String,
    /// Whether that is enough.
    pub reached: bool,
}

impl Report {
    /// Prints the table and writes `NAME.md`, `NAME.json` and `NAME.svg`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, plot: &Bars) -> Result<()> {
        let folder = folder()?;
        let text = self.markdown();
        println!("{text}");
        fs::write(folder.join(format!("{}.md", self.name)), &text)?;
        fs::write(folder.join(format!("{}.json", self.name)), serde_json::to_string_pretty(self)?)?;
        fs::write(folder.join(format!("{}.svg", self.name)), plot.svg())?;
        println!("written to {}", folder.join(format!("{}.{{md,json,svg}}", self.name)).display());
        Ok(())
    }

    /// Whether every bar was reached.
    #[must_use]
    pub fn reached(&self) -> bool {
        self.bars.iter().all(|bar| bar.reached)
    }

    fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n{}\n\n{}\n\n", self.title, self.method, machine::described());
        text += &format!("| {} |\n|{}\n", self.head.join(" | "), " --- |".repeat(self.head.len()));
        for row in &self.rows {
            text += &format!("| {} |\n", row.join(" | "));
        }
        text += "\n| bar | measured | reached |\n| --- | --- | --- |\n";
        for bar in &self.bars {
            let reached = if bar.reached { "yes" } else { "no" };
            text += &format!("| {} | {} | {reached} |\n", bar.what, bar.measured);
        }
        text
    }
}

fn folder() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

//! The machine on which it was measured, in one sentence.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

/// Processor, cores, memory, system, compiler and day.
pub(super) fn described() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let day = jiff::Zoned::now().date();
    format!(
        "Measured on {day}: {}, {cores} cores, {} of memory, {}, {}.",
        processor().unwrap_or_else(|| "a processor that does not say its name".to_owned()),
        memory().unwrap_or_else(|| "an unknown amount".to_owned()),
        system(),
        printed("rustc", &["--version"]).unwrap_or_else(|| "an unknown compiler".to_owned()),
    )
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn memory() -> Option<String> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemTotal"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(format!("{} GiB", kib.div_ceil(1024 * 1024)))
}

fn system() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{} {}", std::env::consts::OS, release.trim())
}

fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

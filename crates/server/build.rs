//! Puts the public design system, htmx and our own style into the binary, so that a server needs no files beside it.
//!
//! Writes `assets.rs` into the build folder: one line a file with its path, media type and bytes.

#![expect(clippy::disallowed_methods, reason = "cargo tells a build script its folders in the environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// Folder or file under `assets/`, where it goes, and the endings that are taken.
const TAKEN: [(&str, &str, &[&str]); 6] = [
    ("node_modules/dkfds/dist/css/dkfds.min.css", "css/dkfds.min.css", &["css"]),
    (
        "node_modules/dkfds/dist/fonts/IBMPlexSans/complete/woff2",
        "fonts/IBMPlexSans/complete/woff2",
        &["woff2"],
    ),
    // The style sheet names this one before its woff2.
    (
        "node_modules/dkfds/dist/fonts/IBMPlexSans/complete/woff/IBMPlexSans-Regular.woff",
        "fonts/IBMPlexSans/complete/woff/IBMPlexSans-Regular.woff",
        &["woff"],
    ),
    ("node_modules/dkfds/dist/img/svg-icons", "img/svg-icons", &["svg"]),
    ("node_modules/htmx.org/dist/htmx.min.js", "js/htmx.min.js", &["js"]),
    ("site", "site", &["css", "js", "svg"]),
];

/// Weights that the style sheet of the design system names.
const WEIGHTS: [&str; 8] =
    ["Regular", "Italic", "Medium", "MediumItalic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic"];

fn main() -> io::Result<()> {
    let assets = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("assets");
    println!("cargo::rerun-if-changed={}", assets.join("package-lock.json").display());
    println!("cargo::rerun-if-changed={}", assets.join("site").display());
    println!("cargo::rerun-if-changed={}", assets.join("node_modules/.package-lock.json").display());
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=locales");
    if !assets.join("node_modules/dkfds").is_dir() && !fetch(&assets) {
        println!(
            "cargo::error=the style of the pages is missing: run `cargo xtask setup` (it fetches the packages of crates/server/assets/package-lock.json with npm), then build again"
        );
        return Ok(());
    }
    let mut files = Vec::new();
    for (from, to, endings) in TAKEN {
        take(&assets.join(from), to, endings, &mut files)?;
    }
    files.sort();
    let mut list = String::from("&[\n");
    for (to, from) in &files {
        let _ = writeln!(
            list,
            "    Asset {{ path: {to:?}, media_type: {:?}, bytes: include_bytes!({from:?}) }},",
            media_type(to)
        );
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("assets.rs"), list)
}

/// Fetches the locked packages; true if that worked.
fn fetch(assets: &Path) -> bool {
    Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(assets)
        .output()
        .is_ok_and(|done| done.status.success())
}

fn take(from: &Path, to: &str, endings: &[&str], files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if from.is_file() {
        files.push((to.to_owned(), from.to_owned()));
        return Ok(());
    }
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let ending = name.rsplit('.').next().unwrap_or_default();
        if endings.contains(&ending) && (ending != "woff2" || wanted_weight(name)) {
            files.push((format!("{to}/{name}"), path));
        }
    }
    Ok(())
}

fn wanted_weight(name: &str) -> bool {
    WEIGHTS.iter().any(|weight| name == format!("IBMPlexSans-{weight}.woff2"))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff") => "font/woff",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

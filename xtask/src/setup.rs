//! Finds what is missing on this machine and installs it, saying so. Quick when nothing is.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::places;
use crate::run::{command, exists, succeeds};

/// What a command of ours leans on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// A C compiler and `make`, for SQLite, the cryptography and what hands out memory.
    Compiler,
    /// The look of the pages: packages of the Danish public design system.
    Look,
    /// A browser and what drives it.
    Browser,
    /// `openssl`, to hold our signatures and our speed against.
    OpenSsl,
    /// Programs that we did not write, to hold our wire formats against: packages of Python, and `openssl`.
    Peers,
    /// A bus of messages, to hold the phone's radio against, and the headers with which it is built.
    Radio,
}

/// A program that we call, and the Debian package that brings it.
struct Program {
    names: &'static [&'static str],
    package: &'static str,
}

const COMPILER: &[Program] = &[
    Program { names: &["cc", "gcc", "clang"], package: "gcc" },
    Program { names: &["make"], package: "make" },
];
const NODE: &[Program] =
    &[Program { names: &["node"], package: "nodejs" }, Program { names: &["npm"], package: "npm" }];
const BROWSER: &[Program] = &[Program { names: &["chromium"], package: "chromium" }];
const OPENSSL: &[Program] = &[Program { names: &["openssl"], package: "openssl" }];
const RADIO: &[Program] = &[
    Program { names: &["dbus-daemon"], package: "dbus" },
    Program { names: &["pkg-config", "pkgconf"], package: "pkg-config" },
];
const PYTHON: &[Program] = &[Program { names: &["python3"], package: "python3" }];

impl Need {
    fn programs(self) -> Vec<&'static Program> {
        match self {
            Self::Compiler => COMPILER.iter().collect(),
            Self::Look => NODE.iter().collect(),
            Self::Browser => NODE.iter().chain(BROWSER).collect(),
            Self::OpenSsl => OPENSSL.iter().collect(),
            Self::Peers => PYTHON.iter().chain(OPENSSL).collect(),
            Self::Radio => RADIO.iter().collect(),
        }
    }
}

/// Installs all that any command may need.
pub(crate) fn everything() -> Result<ExitCode> {
    setup(&[Need::Compiler, Need::Look, Need::Browser, Need::Peers, Need::Radio])?;
    println!("setup: nothing is missing");
    Ok(ExitCode::SUCCESS)
}

/// Installs what is missing of these.
pub(crate) fn setup(needs: &[Need]) -> Result<()> {
    let mut missing: Vec<&str> = needs
        .iter()
        .flat_map(|need| need.programs())
        .filter(|program| !program.names.iter().any(|name| exists(name)))
        .map(|program| program.package)
        .collect();
    missing.sort_unstable();
    missing.dedup();
    if !missing.is_empty() {
        install(&missing)?;
    }
    if needs.contains(&Need::Look) {
        packages(&places::assets())?;
    }
    if needs.contains(&Need::Browser) {
        packages(&places::journeys())?;
    }
    if needs.contains(&Need::Peers) {
        peers()?;
    }
    // Headers are no program: who builds with them is asked whether they are there.
    if needs.contains(&Need::Radio) && !succeeds(&mut command("pkg-config", &["--exists", "dbus-1"]))? {
        install(&["libdbus-1-dev"])?;
    }
    Ok(())
}

/// Makes a Python of its own under `target/` and installs the listed packages there, unless just these are there.
fn peers() -> Result<()> {
    let wanted = fs::read(places::peers_list()).context("cannot read the list of packages of Python")?;
    let folder = places::peers();
    let mark = folder.join(".installed-requirements.txt");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("setup: installing packages of Python into {}", folder.display());
    let make = || succeeds(command("python3", &["-m", "venv"]).arg("--clear").arg(&folder));
    if !make()? {
        // Debian keeps what fills such a folder in a package of its own.
        install(&["python3-venv"])?;
        if !make()? {
            bail!("`python3 -m venv` failed; on Debian: apt-get install python3-venv");
        }
    }
    let python = places::peers_python();
    let python = python.to_str().context("the path of the target folder is no text")?;
    let mut pip = command(python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    if !succeeds(pip.arg(places::peers_list()))? {
        bail!("the packages of Python could not be installed; check the network, then run this again");
    }
    fs::write(&mark, wanted).with_context(|| format!("cannot write {}", mark.display()))
}

/// Installs Debian packages, if we may.
fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let advice = format!("install {list} and run this again; on Debian: apt-get install {list}");
    if !exists("apt-get") {
        bail!("missing on this machine: {list}; {advice}");
    }
    let Some(mut update) = as_root("apt-get") else {
        bail!("missing on this machine: {list}, and only root may install them; {advice}");
    };
    println!("setup: installing {list}, which are missing on this machine");
    update.args(["update", "--quiet"]);
    if !succeeds(&mut update)? {
        println!("setup: the list of Debian packages could not be refreshed; trying with the old one");
    }
    let Some(mut install) = as_root("apt-get") else { bail!("{advice}") };
    install.args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages);
    if !succeeds(&mut install)? {
        bail!("the packages could not be installed; {advice}");
    }
    Ok(())
}

/// A command as root: we are root, or `sudo` asks nothing.
fn as_root(program: &str) -> Option<Command> {
    let mut command = if is_root() {
        command(program, &[])
    } else if exists("sudo") && succeeds(&mut command("sudo", &["-n", "true"])).unwrap_or(false) {
        command("sudo", &["-n", program])
    } else {
        return None;
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

fn is_root() -> bool {
    let Ok(status) = fs::read_to_string("/proc/self/status") else { return false };
    let mut ids = status.lines().filter_map(|line| line.strip_prefix("Uid:"));
    ids.next().and_then(|line| line.split_whitespace().nth(1)) == Some("0")
}

/// Installs the packages of a lock file, unless just these are there already.
fn packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    if !lock.exists() {
        return Ok(());
    }
    let wanted = fs::read(&lock)?;
    let mark = folder.join("node_modules/.installed-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let shown = folder.strip_prefix(places::root()).unwrap_or(folder).display();
    println!("setup: installing the packages of {shown}/package-lock.json");
    let mut npm = command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    if !succeeds(npm.current_dir(folder))? {
        bail!("the packages of {shown} could not be installed; check the network, then run this again");
    }
    fs::write(&mark, wanted).with_context(|| format!("cannot write {}", mark.display()))
}

//! The two servers of smitte|stop in the demonstration, with keys of their own, and two phones that are set up for them.
//!
//! In life they are two servers with two registers, so that nobody has both who is ill and what she sent; here one process
//! shows both.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use register::Randomness;
use server::Config;
use server::rehearsal::{AUTHORITY, BadRehearsal, Papers};

/// The phones: the name of its folder and settings, where it stands, and how far from the page's port its own lies.
const PHONES: [(&str, &str, u16); 2] = [("one", "0.0", 2), ("two", "1.0", 3)];
/// The file by which phones follow the clock of the demonstration.
const AHEAD: &str = "ahead";
/// How loud a phone calls.
const TRANSMIT_POWER_DBM: i8 = -20;

/// Both servers, and where phones reach the key server.
#[derive(Debug)]
pub struct Smittestop {
    papers: Papers,
    address: SocketAddr,
}

impl Smittestop {
    /// The papers of a folder, and the port beside that of the page; a free one if somebody else has it.
    ///
    /// # Errors
    /// A key cannot be made, read or written, or there is no free port.
    pub fn open(folder: &Path, page: u16, randomness: &dyn Randomness) -> Result<Self, BadRehearsal> {
        let papers = Papers::of(folder, randomness)?;
        let at = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let free = at(beside(page, 1)).or_else(|_| at(0))?;
        Ok(Self { papers, address: free.local_addr()? })
    }

    /// Switches both on.
    pub fn switch_on(&self, config: &mut Config) {
        config.verification = Some(self.papers.verification());
        config.key_server = Some(self.papers.key_server(self.address));
    }

    /// Where phones reach the key server.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets up two phones a metre apart, in a folder of their own; what they keep stays. Returns their settings.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn set_up_phones(
        &self,
        folder: &Path,
        origin: &str,
        [leader, helper]: &[String; 2],
        page: u16,
    ) -> std::io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(folder)?;
        std::fs::copy(self.papers.export_pem(), folder.join("export.pem"))?;
        let port = |of: u16| beside(page, of);
        let each = PHONES.iter().map(|(name, metres, of)| {
            let others = PHONES.iter().filter(|(other, ..)| other != name);
            let reaches: Vec<String> = others.map(|(_, _, of)| port(*of).to_string()).collect();
            let mut text = String::new();
            let [key_id, version] = Papers::export_key_id();
            let _ = write!(
                text,
                r#"# A phone of the demonstration. Written at each start of it; the phone itself lies in the folder.
folder = "{name}"
simulated_clock = "{AHEAD}"

[servers]
keys = "{keys}"
verification = "{origin}"
authority = "{AUTHORITY}"

[exports]
root = "all"
region = "DK"
trusted = [{{ key_id = "{key_id}", version = "{version}", pem = "export.pem" }}]

[radio]
kind = "loopback"
port = {own}
reaches = [{reaches}]
x_metres = {metres}
y_metres = 0.0
transmit_power_dbm = {TRANSMIT_POWER_DBM}

[statistics]
leader = "{leader}"
helper = "{helper}"

[page]
port = {own}
"#,
                keys = self.address(),
                own = port(*of),
                reaches = reaches.join(", "),
            );
            let file = folder.join(format!("{name}.toml"));
            std::fs::write(&file, text)?;
            Ok(file)
        });
        each.collect()
    }
}

/// Tells the phones of a folder by how many seconds the demonstration is ahead of the machine.
///
/// # Errors
/// The file cannot be written.
pub fn tell_phones(folder: &Path, ahead: SignedDuration) -> std::io::Result<()> {
    let fresh = folder.join("ahead.new");
    std::fs::write(&fresh, ahead.as_secs().to_string())?;
    std::fs::rename(&fresh, folder.join(AHEAD))
}

/// A port near another.
const fn beside(port: u16, by: u16) -> u16 {
    match port.checked_add(by) {
        Some(above) => above,
        None => port - by,
    }
}

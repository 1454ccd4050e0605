//! A radio in a process of its own: what it is told, a line, and what came of it, a line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use exposure::{EncryptedMetadata, RollingProximityIdentifier};
use jiff::Timestamp;
use phone::keys::Beacon;
use phone::radio::bluez::BluezRadio;
use phone::radio::{Address, Radio as _, RadioError};

use crate::stand_in::Bus;

/// What this program is called with to be driven.
pub(crate) const DRIVEN: &str = "--driven";

/// A process that has a radio.
pub(crate) struct Radio {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Radio {
    pub(crate) fn at(bus: &Bus) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg(DRIVEN)
            .env("DBUS_SYSTEM_BUS_ADDRESS", bus.address())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (orders, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, orders, answers }
    }

    pub(crate) fn told(&mut self, order: &str) -> String {
        writeln!(self.orders, "{order}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer.trim_end().to_owned()
    }
}

impl Drop for Radio {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The driven side.
pub(crate) fn obey() {
    let mut radio = None;
    for order in std::io::stdin().lines() {
        let order = order.unwrap();
        println!("{}", done(&mut radio, &order).unwrap_or_else(|problem| problem.to_string()));
    }
}

fn done(radio: &mut Option<BluezRadio>, order: &str) -> Result<String, RadioError> {
    let now = Timestamp::from_second(1_795_219_200).unwrap();
    let mut random = |bytes: &mut [u8]| bytes.fill(5);
    let (what, number) = order.split_once(' ').unwrap_or((order, "0"));
    if what == "open" {
        *radio = Some(BluezRadio::open()?);
        return Ok("ok".to_owned());
    }
    let radio = radio.as_mut().expect("it was opened");
    match what {
        "call" => {
            let number: u8 = number.parse().unwrap();
            let beacon = Beacon {
                identifier: RollingProximityIdentifier::new([number; 16]),
                metadata: EncryptedMetadata::new([0x10 + number; 4]),
                until: now,
            };
            radio.call_out(&beacon, Address::random(&mut random), now)?;
        }
        "silent" => radio.be_silent()?,
        "listen" => {
            let heard = radio.listen(now, &mut random)?;
            let told = heard.iter().map(|report| {
                let bytes = [&report.identifier.reveal()[..], report.metadata.reveal()].concat();
                format!("{} {}", exposure::key::to_hex(&bytes), report.rssi_dbm)
            });
            return Ok(std::iter::once("ok".to_owned()).chain(told).collect::<Vec<_>>().join(";"));
        }
        other => panic!("{other}"),
    }
    Ok("ok".to_owned())
}

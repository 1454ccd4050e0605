//! A radio for simulations of real programs: calls travel as datagrams on this machine only, each with the place it
//! came from, and whoever hears one works out how loud it was.
//!
//! Invariant: it listens on loopback and hears only loopback.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket};

use exposure::{EncryptedMetadata, Random, RollingProximityIdentifier};
use jiff::Timestamp;

use super::signal::{Path, Surroundings};
use super::{Address, Radio, RadioError, Report, SCAN};
use crate::keys::Beacon;

const MAGIC: &[u8; 4] = b"SST1";
/// Sign, when, where (x, y, room), how loud, address, identifier, metadata.
const DATAGRAM_BYTES: usize = 4 + 8 + 8 + 8 + 4 + 1 + 6 + 16 + 4;
/// No more datagrams than this are looked at in one scan, whoever sends them.
const MOST_DATAGRAMS: usize = 20_000;

/// Where a simulated phone is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Metres to the east.
    pub x_metres: f64,
    /// Metres to the north.
    pub y_metres: f64,
    /// Which room; a light wall lies between two.
    pub room: u32,
}

/// A radio whose air is this machine's loopback.
#[derive(Debug)]
pub struct LoopbackRadio {
    socket: UdpSocket,
    /// Ports of the other phones.
    others: Vec<u16>,
    place: Place,
    surroundings: Surroundings,
    transmit_power_dbm: i8,
    called: Option<(Beacon, Address)>,
    /// What came in of late: a socket left alone keeps the oldest and drops the newest.
    waiting: VecDeque<Call>,
}

impl LoopbackRadio {
    /// A radio on a port of this machine; 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn bind(
        port: u16,
        place: Place,
        surroundings: Surroundings,
        transmit_power_dbm: i8,
    ) -> Result<Self, RadioError> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, port))?;
        socket.set_nonblocking(true)?;
        Ok(Self {
            socket,
            others: Vec::new(),
            place,
            surroundings,
            transmit_power_dbm,
            called: None,
            waiting: VecDeque::new(),
        })
    }

    /// Its port.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn port(&self) -> Result<u16, RadioError> {
        Ok(self.socket.local_addr()?.port())
    }

    /// From now on these are within reach of the air; how near they are, their calls say.
    pub fn reaches(&mut self, ports: Vec<u16>) {
        self.others = ports;
    }

    /// The phone is carried elsewhere.
    pub const fn moves(&mut self, place: Place) {
        self.place = place;
    }

    /// Takes in what has come, and forgets what is older than a scan.
    fn take_in(&mut self, now: Timestamp) -> Result<(), RadioError> {
        let mut datagram = [0; DATAGRAM_BYTES + 1];
        for _ in 0..MOST_DATAGRAMS {
            match self.socket.recv_from(&mut datagram) {
                Ok((length, SocketAddr::V4(from))) if from.ip().is_loopback() => {
                    self.waiting.extend(Call::read(datagram.get(..length).unwrap_or_default()));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // Some systems tell here that another phone is off.
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.waiting.retain(|call| now.duration_since(call.sent).abs() <= SCAN);
        self.waiting.truncate(MOST_DATAGRAMS);
        Ok(())
    }

    fn report(&self, call: &Call, random: &mut Random<'_>) -> Option<Report> {
        let (x, y) = (call.place.x_metres - self.place.x_metres, call.place.y_metres - self.place.y_metres);
        let path = Path {
            metres: x.hypot(y),
            light_walls: u32::from(call.place.room != self.place.room),
            heavy_walls: 0,
            bodies: 0,
        };
        let rssi_dbm = self.surroundings.heard(call.transmit_power_dbm, &path, random)?;
        Some(Report { identifier: call.identifier, metadata: call.metadata, rssi_dbm })
    }
}

impl Radio for LoopbackRadio {
    fn call_out(&mut self, beacon: &Beacon, address: Address, now: Timestamp) -> Result<(), RadioError> {
        self.called = Some((*beacon, address));
        self.repeat(now)
    }

    fn be_silent(&mut self) -> Result<(), RadioError> {
        self.called = None;
        Ok(())
    }

    fn repeat(&mut self, now: Timestamp) -> Result<(), RadioError> {
        self.take_in(now)?;
        let Some((beacon, address)) = &self.called else { return Ok(()) };
        let call = Call {
            sent: now,
            place: self.place,
            transmit_power_dbm: self.transmit_power_dbm,
            identifier: beacon.identifier,
            metadata: beacon.metadata,
        };
        let datagram = call.write(*address);
        for port in &self.others {
            // A phone that is off hears nothing, and that is no error of ours.
            let _ = self.socket.send_to(&datagram, SocketAddrV4::new(Ipv4Addr::LOCALHOST, *port));
        }
        Ok(())
    }

    fn listen(&mut self, now: Timestamp, random: &mut Random<'_>) -> Result<Vec<Report>, RadioError> {
        self.take_in(now)?;
        let calls = std::mem::take(&mut self.waiting);
        Ok(calls.iter().filter_map(|call| self.report(call, random)).collect())
    }
}

/// One call as it travels.
#[derive(Debug)]
struct Call {
    sent: Timestamp,
    place: Place,
    transmit_power_dbm: i8,
    identifier: RollingProximityIdentifier,
    metadata: EncryptedMetadata,
}

impl Call {
    fn write(&self, address: Address) -> Vec<u8> {
        [
            &MAGIC[..],
            &self.sent.as_millisecond().to_be_bytes(),
            &self.place.x_metres.to_be_bytes(),
            &self.place.y_metres.to_be_bytes(),
            &self.place.room.to_be_bytes(),
            &self.transmit_power_dbm.to_be_bytes(),
            address.reveal(),
            self.identifier.reveal(),
            self.metadata.reveal(),
        ]
        .concat()
    }

    fn read(datagram: &[u8]) -> Option<Self> {
        let rest = datagram.strip_prefix(MAGIC)?;
        let (sent, rest) = rest.split_first_chunk()?;
        let (x, rest) = rest.split_first_chunk()?;
        let (y, rest) = rest.split_first_chunk()?;
        let (room, rest) = rest.split_first_chunk()?;
        let (power, rest) = rest.split_first_chunk()?;
        let (_address, rest) = rest.split_first_chunk::<6>()?;
        let (identifier, rest) = rest.split_first_chunk()?;
        let (metadata, []) = rest.split_first_chunk()? else { return None };
        let place = Place {
            x_metres: f64::from_be_bytes(*x),
            y_metres: f64::from_be_bytes(*y),
            room: u32::from_be_bytes(*room),
        };
        let is_somewhere = place.x_metres.is_finite() && place.y_metres.is_finite();
        is_somewhere.then_some(Self {
            sent: Timestamp::from_millisecond(i64::from_be_bytes(*sent)).ok()?,
            place,
            transmit_power_dbm: i8::from_be_bytes(*power),
            identifier: RollingProximityIdentifier::new(*identifier),
            metadata: EncryptedMetadata::new(*metadata),
        })
    }
}

//! The Bluetooth radio of a Linux machine, through BlueZ.
//!
//! BlueZ has no way to hand in an address: the kernel draws a fresh random one for each advertisement that takes no
//! connections. So the old advertisement is taken away before the new one is put up, and address and identifier change
//! in the same step all the same.

use std::collections::BTreeMap;
use std::time::Duration;

use bluer::adv::{Advertisement, AdvertisementHandle, Type};
use bluer::{Adapter, AdapterEvent, DiscoveryFilter, DiscoveryTransport, Session};
use exposure::{EncryptedMetadata, Random, RollingProximityIdentifier};
use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use super::{Address, Radio, RadioError, Report, SCAN, SERVICE};
use crate::keys::Beacon;

/// Where the sixteen bits of a Bluetooth service stand in a UUID.
const BASE: u128 = 0x0000_0000_0000_1000_8000_0080_5f9b_34fb;

/// A radio of this machine.
#[derive(Debug)]
pub struct BluezRadio {
    runtime: Runtime,
    adapter: Adapter,
    _session: Session,
    called: Option<AdvertisementHandle>,
}

impl BluezRadio {
    /// The machine's first Bluetooth adapter, switched on.
    ///
    /// # Errors
    /// When there is none, or BlueZ does not let us use it.
    pub fn open() -> Result<Self, RadioError> {
        // BlueZ talks back at any time: one thread of its own listens to it.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let (session, adapter) = runtime.block_on(async {
            let session = Session::new().await.map_err(unusable)?;
            let adapter = session.default_adapter().await.map_err(unusable)?;
            adapter.set_powered(true).await.map_err(unusable)?;
            Ok::<_, RadioError>((session, adapter))
        })?;
        Ok(Self { runtime, adapter, _session: session, called: None })
    }
}

impl Radio for BluezRadio {
    fn call_out(&mut self, beacon: &Beacon, _: Address, _: Timestamp) -> Result<(), RadioError> {
        self.be_silent()?;
        let data = [&beacon.identifier.reveal()[..], beacon.metadata.reveal()].concat();
        let advertisement = Advertisement {
            // Takes no connections: this is what makes the address a random one of its own.
            advertisement_type: Type::Broadcast,
            service_uuids: [service()].into(),
            service_data: BTreeMap::from([(service(), data)]),
            min_interval: Some(Duration::from_millis(200)),
            max_interval: Some(Duration::from_millis(270)),
            ..Advertisement::default()
        };
        let handle = self.runtime.block_on(self.adapter.advertise(advertisement)).map_err(unusable)?;
        self.called = Some(handle);
        Ok(())
    }

    fn be_silent(&mut self) -> Result<(), RadioError> {
        // Dropping the handle takes the advertisement down.
        let _entered = self.runtime.enter();
        self.called = None;
        Ok(())
    }

    fn listen(&mut self, _: Timestamp, _: &mut Random<'_>) -> Result<Vec<Report>, RadioError> {
        self.runtime.block_on(heard(&self.adapter)).map_err(unusable)
    }
}

async fn heard(adapter: &Adapter) -> bluer::Result<Vec<Report>> {
    use std::pin::pin;

    let filter = DiscoveryFilter {
        uuids: [service()].into(),
        transport: DiscoveryTransport::Le,
        duplicate_data: true,
        ..DiscoveryFilter::default()
    };
    adapter.set_discovery_filter(filter).await?;
    let mut events = pin!(adapter.discover_devices_with_changes().await?);
    let mut reports = Vec::new();
    let until = tokio::time::sleep(Duration::from_millis(SCAN.as_millis().try_into().unwrap_or(4_000)));
    let mut until = pin!(until);
    loop {
        let event = tokio::select! {
            () = &mut until => return Ok(reports),
            event = next(&mut events) => event,
        };
        match event {
            Some(AdapterEvent::DeviceAdded(address)) => reports.extend(report(adapter, address).await),
            Some(AdapterEvent::DeviceRemoved(_) | AdapterEvent::PropertyChanged(_)) => {}
            None => return Ok(reports),
        }
    }
}

async fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| std::pin::Pin::new(&mut *stream).poll_next(context)).await
}

/// What one device calls out; `None` if it is gone already, or none of ours.
async fn report(adapter: &Adapter, address: bluer::Address) -> Option<Report> {
    let device = adapter.device(address).ok()?;
    let rssi = device.rssi().await.ok()??;
    let data = device.service_data().await.ok()??;
    let (identifier, metadata) = data.get(&service())?.split_first_chunk::<16>()?;
    Some(Report {
        identifier: RollingProximityIdentifier::new(*identifier),
        metadata: EncryptedMetadata::new(metadata.try_into().ok()?),
        rssi_dbm: i8::try_from(rssi).ok()?,
    })
}

fn service() -> Uuid {
    Uuid::from_u128(u128::from(SERVICE) << 96 | BASE)
}

fn unusable(error: bluer::Error) -> RadioError {
    RadioError::Unusable(error.to_string())
}

//! The Bluetooth radio of a Linux machine, through BlueZ.
//!
//! BlueZ has no way to hand in an address: the kernel draws a fresh random one for each advertisement that takes no
//! connections. So the old advertisement is taken away before the new one is put up, and address and identifier change
//! in the same step all the same. Where the adapter is in the mode of BlueZ's setting `Privacy`, the kernel changes the
//! address at a time of its own: that setting has to stay off, as it is by default.
//!
//! How often it calls is a wish: BlueZ hears it only where it was started with its experimental interfaces.

use std::collections::BTreeMap;
use std::time::Duration;

use bluer::adv::{Advertisement, AdvertisementHandle, Type};
use bluer::{Adapter, AdapterEvent, DiscoveryFilter, DiscoveryTransport, ErrorKind, Session};
use exposure::{EncryptedMetadata, Random, RollingProximityIdentifier};
use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use super::{Address, Radio, RadioError, Report, SCAN, SERVICE};
use crate::keys::Beacon;

/// Where the sixteen bits of a Bluetooth service stand in a UUID.
const BASE: u128 = 0x0000_0000_0000_1000_8000_0080_5f9b_34fb;
/// BlueZ takes an advertisement away when it gets to it. It is asked so often whether it has, and for so long.
const ASK_EVERY: Duration = Duration::from_millis(20);
const ASK_TIMES: u32 = 100;

/// A radio of this machine.
#[derive(Debug)]
pub struct BluezRadio {
    runtime: Runtime,
    adapter: Adapter,
    _session: Session,
    called: Option<Called>,
}

/// What is called out, and how many advertisements the machine had before.
#[derive(Debug)]
struct Called {
    handle: AdvertisementHandle,
    others: u8,
}

impl BluezRadio {
    /// The machine's first Bluetooth adapter. One that its owner has switched off stays off.
    ///
    /// # Errors
    /// When there is none, it is off, or BlueZ does not let us use it.
    pub fn open() -> Result<Self, RadioError> {
        // BlueZ talks back at any time: one thread of its own listens to it.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let (session, adapter) = runtime.block_on(async {
            let session = Session::new().await.map_err(unusable)?;
            let adapter = session.default_adapter().await.map_err(unusable)?;
            is_on(&adapter).await?;
            Ok::<_, RadioError>((session, adapter))
        })?;
        Ok(Self { runtime, adapter, _session: session, called: None })
    }
}

impl Radio for BluezRadio {
    fn call_out(&mut self, beacon: &Beacon, _: Address, _: Timestamp) -> Result<(), RadioError> {
        self.be_silent()?;
        let others = self.runtime.block_on(async {
            is_on(&self.adapter).await?;
            self.adapter.active_advertising_instances().await.map_err(unusable)
        })?;
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
        self.called = Some(Called { handle, others });
        Ok(())
    }

    fn be_silent(&mut self) -> Result<(), RadioError> {
        let Some(Called { handle, others }) = self.called.take() else { return Ok(()) };
        self.runtime.block_on(async {
            // Dropping the handle asks for the advertisement to be taken down, and does not wait for it. A new one
            // beside it would tie both to each other, and many adapters have room for one only.
            drop(handle);
            for _ in 0..ASK_TIMES {
                match self.adapter.active_advertising_instances().await {
                    Ok(active) if active > others => tokio::time::sleep(ASK_EVERY).await,
                    // Without an adapter nothing is called out.
                    Ok(_) | Err(_) => return Ok(()),
                }
            }
            Err(RadioError::Unusable("what was called out before could not be taken down".to_owned()))
        })
    }

    fn listen(&mut self, _: Timestamp, _: &mut Random<'_>) -> Result<Vec<Report>, RadioError> {
        self.runtime.block_on(async {
            is_on(&self.adapter).await?;
            heard(&self.adapter).await.map_err(unusable)
        })
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

/// Its owner may switch it off at any time.
async fn is_on(adapter: &Adapter) -> Result<(), RadioError> {
    if adapter.is_powered().await.map_err(unusable)? {
        return Ok(());
    }
    Err(RadioError::Unusable("Bluetooth is switched off on this machine; switch it on".to_owned()))
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn unusable(error: bluer::Error) -> RadioError {
    let help = match error.kind {
        ErrorKind::NotFound => "this machine has no Bluetooth adapter",
        ErrorKind::NotReady => "Bluetooth is switched off on this machine; switch it on",
        ErrorKind::NotAuthorized => "this user may not use Bluetooth; see the group `bluetooth`",
        ErrorKind::NotPermitted => {
            "the adapter has no room for another advertisement; end other programs that call out"
        }
        ErrorKind::NotSupported => "the adapter cannot call out without a connection; another one is needed",
        ErrorKind::Internal(_) if says(&error, &["AccessDenied"]) => {
            "this user may not use Bluetooth; see the group `bluetooth`"
        }
        ErrorKind::Internal(_) if says(&error, &NOBODY) => {
            "BlueZ does not answer; start it (`systemctl start bluetooth`)"
        }
        _ => return RadioError::Unusable(error.to_string()),
    };
    RadioError::Unusable(help.to_owned())
}

/// Nobody stands behind the name on the bus, or there is no bus.
const NOBODY: [&str; 5] =
    ["ServiceUnknown", "NameHasNoOwner", "NoServer", "FileNotFound", "connect to socket"];

fn says(error: &bluer::Error, signs: &[&str]) -> bool {
    let said = error.to_string();
    signs.iter().any(|sign| said.contains(sign) || error.message.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_is_the_one_of_all_phones() {
        assert_eq!(service().to_string(), "0000fd6f-0000-1000-8000-00805f9b34fb");
    }

    #[test]
    fn whoever_has_no_radio_hears_what_to_do() {
        let said = |kind| unusable(bluer::Error { kind, message: String::new() }).to_string();
        assert!(said(ErrorKind::NotFound).contains("no Bluetooth adapter"));
        assert!(said(ErrorKind::NotReady).contains("switch it on"));
        assert!(said(ErrorKind::NotPermitted).contains("no room"));
        let opened = BluezRadio::open();
        if let Err(problem) = opened {
            // On a machine without Bluetooth, as where tests run.
            let said = problem.to_string();
            assert!(
                ["no Bluetooth", "does not answer", "switch it on"].iter().any(|one| said.contains(one)),
                "{said}"
            );
        }
    }
}

//! A private bus, and who stands in for BlueZ on it: one adapter, its advertisements, devices nearby.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use dbus::arg::{PropMap, RefArg, Variant};
use dbus::channel::Channel;
use dbus::{Message, MessageType, Path};

const ADAPTER: &str = "/org/bluez/hci0";
const ADAPTER_INTERFACE: &str = "org.bluez.Adapter1";
const ADVERTISING: &str = "org.bluez.LEAdvertisingManager1";
const DEVICE: &str = "org.bluez.Device1";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const OBJECTS: &str = "org.freedesktop.DBus.ObjectManager";
/// So long after the scan began a device changes.
const LATER: Duration = Duration::from_millis(400);

/// What BlueZ saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An advertisement, with each property as text; those that are empty are left out.
    Up { properties: BTreeMap<String, String> },
    /// It was taken down.
    Down,
    /// A scan began.
    Listens { services: String, transport: String },
    /// It ended.
    Deaf,
}

struct Device {
    path: String,
    rssi: i16,
    data: Option<Vec<u8>>,
}

/// What the stand-in is and knows.
pub(crate) struct State {
    pub(crate) has_adapter: bool,
    pub(crate) is_on: bool,
    pub(crate) room: usize,
    pub(crate) takes_down: Duration,
    pub(crate) events: Vec<Event>,
    /// Since when each advertisement is being taken down.
    standing: Vec<(String, Option<Instant>)>,
    devices: Vec<Device>,
    later: Vec<Device>,
    filter: (String, String),
    listens_since: Option<Instant>,
}

impl State {
    fn new() -> Self {
        Self {
            has_adapter: true,
            is_on: true,
            room: 4,
            takes_down: Duration::ZERO,
            events: Vec::new(),
            standing: Vec::new(),
            devices: Vec::new(),
            later: Vec::new(),
            filter: Default::default(),
            listens_since: None,
        }
    }

    /// A device that is nearby once a scan begins.
    pub(crate) fn device(&mut self, address: &str, rssi: i16, data: Option<&[u8]>) {
        let path = format!("{ADAPTER}/dev_{address}");
        self.devices.push(Device { path, rssi, data: data.map(<[u8]>::to_vec) });
    }

    /// What a device calls out a little later.
    pub(crate) fn later(&mut self, address: &str, rssi: i16, data: &[u8]) {
        self.later.push(Device { path: format!("{ADAPTER}/dev_{address}"), rssi, data: Some(data.to_vec()) });
    }

    fn active(&mut self) -> u8 {
        let long = self.takes_down;
        self.standing.retain(|(_, since)| since.is_none_or(|since| since.elapsed() < long));
        self.standing.len().try_into().unwrap()
    }

    fn properties(&mut self, path: &str, interface: &str) -> Option<PropMap> {
        let mut all = PropMap::new();
        let mut put = |name: &str, value: Box<dyn RefArg>| all.insert(name.to_owned(), Variant(value));
        match interface {
            ADAPTER_INTERFACE if path == ADAPTER && self.has_adapter => {
                put("Address", Box::new("00:00:00:00:00:01".to_owned()));
                put("Powered", Box::new(self.is_on));
                put("Discovering", Box::new(self.listens_since.is_some()));
            }
            ADVERTISING if path == ADAPTER && self.has_adapter => {
                put("ActiveInstances", Box::new(self.active()));
                put("SupportedInstances", Box::new(4_u8));
            }
            DEVICE => {
                let device = self.devices.iter().find(|device| device.path == path)?;
                let address = path.rsplit("dev_").next()?.replace('_', ":");
                put("Address", Box::new(address));
                put("RSSI", Box::new(device.rssi));
                if let Some(data) = &device.data {
                    let mut of_service = PropMap::new();
                    of_service.insert(crate::SERVICE.to_owned(), Variant(Box::new(data.clone())));
                    put("ServiceData", Box::new(of_service));
                }
            }
            _ => return None,
        }
        Some(all)
    }

    fn objects(&mut self) -> HashMap<Path<'static>, HashMap<String, PropMap>> {
        let mut paths = vec![(ADAPTER.to_owned(), ADAPTER_INTERFACE), (ADAPTER.to_owned(), ADVERTISING)];
        if self.listens_since.is_some() {
            paths.extend(self.devices.iter().map(|device| (device.path.clone(), DEVICE)));
        }
        let mut objects: HashMap<Path<'static>, HashMap<String, PropMap>> = HashMap::new();
        for (path, interface) in paths {
            if let Some(properties) = self.properties(&path, interface) {
                objects.entry(Path::from(path)).or_default().insert(interface.to_owned(), properties);
            }
        }
        objects
    }
}

/// The bus with BlueZ on it, or without.
pub(crate) struct Bus {
    daemon: Child,
    address: String,
    state: Arc<Mutex<State>>,
    stop: Arc<AtomicBool>,
    stands_in: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Bus {
    pub(crate) fn start() -> Self {
        let mut bus = Self::without_bluez();
        let mut channel = Channel::open_private(&bus.address).unwrap();
        channel.register().unwrap();
        let name = Message::call_with_args(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "RequestName",
            ("org.bluez", 4_u32),
        );
        channel.send_with_reply_and_block(name, Duration::from_secs(5)).unwrap();
        let (state, stop) = (bus.state.clone(), bus.stop.clone());
        bus.stands_in = Some(thread::spawn(move || StandIn::new(channel, state).run(&stop)));
        bus
    }

    pub(crate) fn without_bluez() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>\
             <listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context=\"default\">\
             <allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().join("bus").display()
        );
        std::fs::write(&config, text).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--print-address=1", "--nofork"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("`dbus-daemon` is there; on Debian: apt-get install dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self {
            daemon,
            address: address.trim().to_owned(),
            state: Arc::new(Mutex::new(State::new())),
            stop: Arc::default(),
            stands_in: None,
            _folder: folder,
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.state.lock().unwrap().events.clone()
    }

    pub(crate) fn standing(&self) -> u8 {
        self.state.lock().unwrap().active()
    }

    pub(crate) fn until(&self, holds: impl Fn(&State) -> bool) {
        let end = Instant::now() + Duration::from_secs(5);
        while !holds(&self.state.lock().unwrap()) {
            assert!(Instant::now() < end, "{:?}", self.events());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(stands_in) = self.stands_in.take() {
            let _ = stands_in.join();
        }
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

struct StandIn {
    channel: Channel,
    state: Arc<Mutex<State>>,
    /// Whose advertisement was asked for what it says, by the number of the question.
    asked: HashMap<u32, Message>,
}

impl StandIn {
    fn new(channel: Channel, state: Arc<Mutex<State>>) -> Self {
        Self { channel, state, asked: HashMap::new() }
    }

    fn run(mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::SeqCst) {
            if self.channel.read_write(Some(Duration::from_millis(10))).is_err() {
                return;
            }
            while let Some(message) = self.channel.pop_message() {
                match message.msg_type() {
                    MessageType::MethodCall => self.called(message),
                    MessageType::MethodReturn => self.told(&message),
                    MessageType::Error | MessageType::Signal => {}
                }
            }
            self.change_devices();
        }
    }

    fn send(&self, message: Message) -> u32 {
        self.channel.send(message).unwrap()
    }

    fn called(&mut self, call: Message) {
        let text = |part: Option<String>| part.unwrap_or_default();
        let path = text(call.path().map(|path| path.to_string()));
        let interface = text(call.interface().map(|interface| interface.to_string()));
        let member = text(call.member().map(|member| member.to_string()));
        let shared = self.state.clone();
        let mut state = shared.lock().unwrap();
        let reply = match (interface.as_str(), member.as_str()) {
            (OBJECTS, "GetManagedObjects") => call.method_return().append1(state.objects()),
            (PROPERTIES, "Get") => {
                let (of, name): (String, String) = call.read2().unwrap();
                let value = state.properties(&path, &of).and_then(|mut all| all.remove(&name));
                match value {
                    Some(value) => call.method_return().append1(value),
                    None => error(&call, "org.freedesktop.DBus.Error.InvalidArgs"),
                }
            }
            (PROPERTIES, "GetAll") => {
                let of: String = call.read1().unwrap();
                call.method_return().append1(state.properties(&path, &of).unwrap_or_default())
            }
            (ADVERTISING, "RegisterAdvertisement") => {
                let object: Path<'static> = call.read2::<Path<'_>, PropMap>().unwrap().0.into_static();
                if usize::from(state.active()) >= state.room {
                    error(&call, "org.bluez.Error.NotPermitted")
                } else {
                    // BlueZ reads what the other side has put up before it answers.
                    let ask = Message::new_method_call(call.sender().unwrap(), object, PROPERTIES, "GetAll")
                        .unwrap()
                        .append1("org.bluez.LEAdvertisement1");
                    let number = self.send(ask);
                    self.asked.insert(number, call);
                    return;
                }
            }
            (ADVERTISING, "UnregisterAdvertisement") => {
                let object: Path<'_> = call.read1().unwrap();
                let standing = state.standing.iter_mut().find(|(path, _)| *path == *object);
                if let Some((_, since)) = standing {
                    *since = Some(Instant::now());
                }
                state.events.push(Event::Down);
                call.method_return()
            }
            (ADAPTER_INTERFACE, "SetDiscoveryFilter") => {
                let filter: PropMap = call.read1().unwrap();
                let said = |name: &str| filter.get(name).map(|value| in_words(&value.0)).unwrap_or_default();
                state.filter = (said("UUIDs"), said("Transport"));
                call.method_return()
            }
            (ADAPTER_INTERFACE, "StartDiscovery") => {
                let (services, transport) = state.filter.clone();
                state.events.push(Event::Listens { services, transport });
                state.listens_since = Some(Instant::now());
                self.send(call.method_return());
                for device in 0..state.devices.len() {
                    let path = state.devices[device].path.clone();
                    let properties = state.properties(&path, DEVICE).unwrap();
                    let interfaces = HashMap::from([(DEVICE, properties)]);
                    let signal = Message::new_signal("/", OBJECTS, "InterfacesAdded").unwrap();
                    self.send(signal.append2(Path::from(path), interfaces));
                }
                return;
            }
            (ADAPTER_INTERFACE, "StopDiscovery") => {
                state.events.push(Event::Deaf);
                state.listens_since = None;
                call.method_return()
            }
            _ => error(&call, "org.freedesktop.DBus.Error.UnknownMethod"),
        };
        self.send(reply);
    }

    /// An advertisement says what it is.
    fn told(&mut self, message: &Message) {
        let Some(call) = message.get_reply_serial().and_then(|number| self.asked.remove(&number)) else {
            return;
        };
        let said: PropMap = message.read1().unwrap();
        let words = said.iter().map(|(name, value)| (name.clone(), in_words(&value.0)));
        let properties = words.filter(|(_, words)| !words.is_empty()).collect();
        let object: Path<'_> = call.read2::<Path<'_>, PropMap>().unwrap().0;
        let mut state = self.state.lock().unwrap();
        state.standing.push((object.to_string(), None));
        state.events.push(Event::Up { properties });
        self.send(call.method_return());
    }

    fn change_devices(&self) {
        let mut state = self.state.lock().unwrap();
        if state.listens_since.is_none_or(|since| since.elapsed() < LATER) {
            return;
        }
        for changed in std::mem::take(&mut state.later) {
            let path = changed.path.clone();
            state.devices.retain(|device| device.path != path);
            state.devices.push(changed);
            let mut properties = state.properties(&path, DEVICE).unwrap();
            properties.remove("Address");
            let signal = Message::new_signal(path, PROPERTIES, "PropertiesChanged").unwrap();
            self.send(signal.append3(DEVICE, properties, Vec::<String>::new()));
        }
    }
}

fn error(call: &Message, name: &str) -> Message {
    call.error(&dbus::strings::ErrorName::from(name.to_owned()), c"not as things are")
}

/// A value as text: bytes in hexadecimal digits, lists by comma, dictionaries as `key=value`.
fn in_words(value: &dyn RefArg) -> String {
    if &*value.signature() == "ay" {
        let bytes = value.as_iter().into_iter().flatten().filter_map(|byte| byte.as_u64()?.try_into().ok());
        return exposure::key::to_hex(&bytes.collect::<Vec<u8>>());
    }
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    if let Some(number) = value.as_i64() {
        return number.to_string();
    }
    let is_dictionary = value.signature().starts_with("a{");
    let parts: Vec<String> = value.as_iter().into_iter().flatten().map(in_words).collect();
    if is_dictionary { parts.chunks(2).map(|two| two.join("=")).collect::<Vec<_>>() } else { parts }.join(",")
}

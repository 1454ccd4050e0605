//! The radio of a Linux machine at a bus of its own: a private `dbus-daemon`, and behind the name of BlueZ a stand-in
//! that takes advertisements and tells of devices as BlueZ does.
//!
//! Which bus is asked stands in the environment of the program, so the radio is driven in a process of its own: this
//! program again, told what to do line by line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]
#![allow(clippy::disallowed_methods, reason = "a test starts programs and waits for them")]

mod driver;
mod stand_in;

use std::time::Duration;

use driver::Radio;
use stand_in::{Bus, Event};

const CASES: [(&str, fn()); 4] = [
    ("what_is_called_out_is_the_service_with_twenty_bytes_and_no_name", what_is_called_out),
    ("the_old_call_is_taken_down_before_the_new_one_goes_up", the_old_call_is_taken_down),
    ("others_are_heard_when_they_come_and_again_when_they_change", others_are_heard),
    ("without_an_adapter_that_is_on_it_says_what_to_do", without_an_adapter),
];

/// The service of all phones, as BlueZ writes it.
const SERVICE: &str = "0000fd6f-0000-1000-8000-00805f9b34fb";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|one| one == driver::DRIVEN) {
        return driver::obey();
    }
    // What a runner of tests asks of a program of tests.
    let is_asked_for = |name: &str| {
        let named: Vec<_> = arguments.iter().filter(|one| !one.starts_with('-')).collect();
        named.iter().all(|one| ["terse", "never"].contains(&one.as_str()))
            || named.iter().any(|one| name.contains(one.as_str()))
    };
    let lists = arguments.iter().any(|one| one == "--list");
    if lists && arguments.iter().any(|one| one == "--ignored") {
        return;
    }
    for (name, case) in CASES.into_iter().filter(|(name, _)| is_asked_for(name)) {
        if lists {
            println!("{name}: test");
        } else {
            case();
            println!("{name}: ok");
        }
    }
}

/// Notice sst, rules SS-08 and SS-09.
fn what_is_called_out() {
    let bus = Bus::start();
    let mut radio = Radio::at(&bus);
    assert_eq!(radio.told("open"), "ok");
    assert_eq!(radio.told("call 7"), "ok");
    let [Event::Up { properties }] = &bus.events()[..] else { panic!("{:?}", bus.events()) };
    let said = |name: &str| properties.get(name).cloned().unwrap_or_default();
    assert_eq!(said("Type"), "broadcast", "nobody can connect");
    assert_eq!(said("ServiceUUIDs"), SERVICE);
    let twenty = [[7_u8; 16].as_slice(), &[0x17; 4]].concat();
    assert_eq!(said("ServiceData"), format!("{SERVICE}={}", exposure::key::to_hex(&twenty)));
    for name in ["LocalName", "ManufacturerData", "Includes", "Data", "Appearance"] {
        assert_eq!(said(name), "", "{name} would tell whose it is");
    }
    assert_eq!(radio.told("silent"), "ok");
    assert_eq!(bus.events().pop(), Some(Event::Down));
    assert_eq!(bus.standing(), 0);
}

/// One without the other would tie the old identifier to the new.
fn the_old_call_is_taken_down() {
    // An adapter with room for one advertisement that takes its time to take it down.
    let bus = Bus::start();
    bus.change(|state| (state.room, state.takes_down) = (1, Duration::from_millis(150)));
    let mut radio = Radio::at(&bus);
    assert_eq!(radio.told("open"), "ok");
    for number in [1, 2, 3] {
        assert_eq!(radio.told(&format!("call {number}")), "ok");
    }
    let said: Vec<String> = bus
        .events()
        .iter()
        .map(|event| match event {
            Event::Up { properties } => properties["ServiceData"][SERVICE.len() + 1..][..2].to_owned(),
            Event::Down => "down".to_owned(),
            Event::Listens { .. } | Event::Deaf => panic!("{event:?}"),
        })
        .collect();
    assert_eq!(said, ["01", "down", "02", "down", "03"]);
    // Another program takes the last room.
    assert_eq!(radio.told("silent"), "ok");
    bus.change(|state| state.room = 0);
    let refused = radio.told("call 4");
    assert!(refused.contains("no room for another advertisement"), "{refused}");
}

fn others_are_heard() {
    let bus = Bus::start();
    bus.change(|state| {
        state.device("AA_00_00_00_00_01", -60, Some(&[[1; 16].as_slice(), &[9; 4]].concat()));
        // A headset, and somebody who calls out what is no identifier.
        state.device("AA_00_00_00_00_02", -50, None);
        state.device("AA_00_00_00_00_03", -50, Some(&[3; 7]));
        // The phone of the first, under its next identifier, a little nearer.
        state.later("AA_00_00_00_00_01", -55, &[[2; 16].as_slice(), &[8; 4]].concat());
    });
    let mut radio = Radio::at(&bus);
    assert_eq!(radio.told("open"), "ok");
    let one = |byte: u8, metadata: u8, rssi: i8| {
        let bytes = [[byte; 16].as_slice(), &[metadata; 4]].concat();
        format!("{} {rssi}", exposure::key::to_hex(&bytes))
    };
    let heard = radio.told("listen");
    // Loudness and bytes change together and are told of one by one; a scan makes one sighting of both.
    let mut reports: Vec<&str> = heard.split(';').collect();
    reports.dedup();
    assert_eq!(reports, ["ok", &one(1, 9, -60), &one(2, 8, -55)]);
    let listens = Event::Listens { services: SERVICE.to_owned(), transport: "le".to_owned() };
    assert_eq!(bus.events().first(), Some(&listens));
    // It is deaf again between two scans.
    bus.until(|state| state.events.last() == Some(&Event::Deaf));
}

fn without_an_adapter() {
    let bus = Bus::start();
    let mut radio = Radio::at(&bus);
    assert_eq!(radio.told("open"), "ok");
    bus.change(|state| state.is_on = false);
    for order in ["call 1", "listen"] {
        let said = radio.told(order);
        assert!(said.contains("Bluetooth is switched off on this machine; switch it on"), "{order}: {said}");
    }
    let opened = Radio::at(&bus).told("open");
    assert!(opened.contains("switched off"), "{opened}");
    bus.change(|state| state.has_adapter = false);
    let opened = Radio::at(&bus).told("open");
    assert!(opened.contains("this machine has no Bluetooth adapter"), "{opened}");
    assert_eq!(bus.events(), [], "nothing was called out");
    let opened = Radio::at(&Bus::without_bluez()).told("open");
    assert!(opened.contains("BlueZ does not answer"), "{opened}");
}

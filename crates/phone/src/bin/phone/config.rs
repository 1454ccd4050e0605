//! The settings of one phone: a file that names the servers, whose exports are believed, and the radio.

use std::fs;
use std::path::{Path, PathBuf};

use exposure::export::TrustedKey;
use jiff::tz::TimeZone;
use phone::network::HttpNetwork;
use phone::radio::Radio;
use phone::radio::loopback::{LoopbackRadio, Place};
use phone::radio::signal::Surroundings;
use phone::statistics::TaskId;
use phone::{Country, FolderVault, Language, Phone, Settings, Vault as _};
use serde::Deserialize;

use crate::Failure;
use crate::machine::follow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    folder: PathBuf,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    zone: Option<String>,
    /// A file with the seconds by which a simulation is ahead of the machine's clock.
    #[serde(default)]
    simulated_clock: Option<PathBuf>,
    servers: Servers,
    exports: Exports,
    radio: RadioKind,
    #[serde(default)]
    statistics: Option<Count>,
    #[serde(default)]
    page: PageAt,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Servers {
    keys: String,
    verification: String,
    authority: String,
    /// Files with certificates in PEM that are believed in place of those of the web.
    #[serde(default)]
    roots: Vec<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exports {
    root: String,
    region: String,
    trusted: Vec<Trusted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trusted {
    key_id: String,
    version: String,
    pem: PathBuf,
}

/// The two bodies of the statistics, and what they call the count.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    leader: String,
    helper: String,
    #[serde(default = "smittestop")]
    task: String,
}

fn smittestop() -> String {
    "smittestop".to_owned()
}

/// Which radio.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum RadioKind {
    /// A simulated one on this machine.
    Loopback {
        port: u16,
        reaches: Vec<u16>,
        x_metres: f64,
        y_metres: f64,
        #[serde(default)]
        room: u32,
        transmit_power_dbm: i8,
    },
    /// Bluetooth, where the program was built with it.
    Bluez { transmit_power_dbm: i8 },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageAt {
    /// A free port is taken if none is named.
    #[serde(default)]
    port: u16,
}

/// What the commands work with.
pub(crate) struct Config {
    path: PathBuf,
    folder: PathBuf,
    radio: RadioKind,
    simulated_clock: Option<PathBuf>,
    pub(crate) network: HttpNetwork,
    pub(crate) settings: Settings,
    pub(crate) language: Language,
    pub(crate) page_port: u16,
}

/// Reads the settings; paths in them are beside the file.
pub(crate) fn read(path: &Path) -> Result<Config, Failure> {
    let beside = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    let file: File = toml::from_str(&text).map_err(|error| failed(path, &error))?;
    let pem = |name: &PathBuf| {
        let path = beside.join(name);
        fs::read_to_string(&path).map_err(|error| failed(&path, &error))
    };
    let roots: Vec<String> = file.servers.roots.iter().map(&pem).collect::<Result<_, _>>()?;
    let trusted = file.exports.trusted.iter().map(|one| -> Result<TrustedKey, Failure> {
        let mut key = TrustedKey::from_pem(&pem(&one.pem)?).map_err(|error| failed(&one.pem, &error))?;
        key.named = Some((one.key_id.clone(), one.version.clone()));
        Ok(key)
    });
    let trusted: Vec<TrustedKey> = trusted.collect::<Result<_, Failure>>()?;
    if trusted.is_empty() {
        return Err(Failure::new(
            "`exports.trusted` er tom: ingen fil med nøgler ville nogensinde blive troet",
            "`exports.trusted` is empty: no export would ever be believed",
        ));
    }
    if file.simulated_clock.is_some() && matches!(file.radio, RadioKind::Bluez { .. }) {
        return Err(Failure::new(
            "`simulated_clock` er til en simuleret radio: rigtige møder følger maskinens ur",
            "`simulated_clock` is for a simulated radio: who is met in earnest is met by the clock of the machine",
        ));
    }
    let code = file.language.as_deref().unwrap_or("da");
    let language = Language::of_code(code).ok_or_else(|| {
        Failure::new(
            format!("`{code}` er hverken `da` eller `en`"),
            format!("`{code}` is neither `da` nor `en`"),
        )
    })?;
    let transmit_power_dbm = match &file.radio {
        RadioKind::Loopback { transmit_power_dbm, .. } | RadioKind::Bluez { transmit_power_dbm } => {
            *transmit_power_dbm
        }
    };
    let wrong = |error| failed(path, &error);
    let mut network =
        HttpNetwork::new(&file.servers.keys, &file.servers.verification, &roots).map_err(wrong)?;
    if let Some(count) = &file.statistics {
        network = network.counting_at(&count.leader, &count.helper).map_err(wrong)?;
    }
    let config = Config {
        path: path.to_path_buf(),
        simulated_clock: file.simulated_clock.as_ref().map(|file| beside.join(file)),
        folder: beside.join(&file.folder),
        radio: file.radio,
        network,
        settings: Settings {
            country: Country { root: file.exports.root, region: file.exports.region, trusted },
            authority: file.servers.authority,
            zone: TimeZone::get(file.zone.as_deref().unwrap_or("Europe/Copenhagen"))
                .map_err(|error| failed(path, &error))?,
            transmit_power_dbm,
            statistics: file.statistics.as_ref().map(|count| TaskId::named(&count.task)),
        },
        language,
        page_port: file.page.port,
    };
    config.look_at_the_clock();
    Ok(config)
}

/// The language that settings name, also where something else in them cannot be used. Whoever names none reads Danish.
pub(crate) fn language_of(path: &Path) -> Option<Language> {
    let settings: toml::Table = fs::read_to_string(path).ok()?.parse().ok()?;
    settings.get("language").map_or(Some(Language::default()), |named| Language::of_code(named.as_str()?))
}

impl Config {
    /// Follows the clock of a simulation, if this is one.
    pub(crate) fn look_at_the_clock(&self) {
        self.simulated_clock.iter().for_each(|file| follow(file));
    }

    /// The phone in its folder.
    pub(crate) fn phone(&self) -> Result<Phone, Failure> {
        Ok(Phone::open(FolderVault::in_folder(&self.folder)?)?)
    }

    /// The radio that the settings name.
    pub(crate) fn radio(&self) -> Result<Box<dyn Radio>, Failure> {
        match &self.radio {
            RadioKind::Loopback { port, reaches, x_metres, y_metres, room, transmit_power_dbm } => {
                let place = Place { x_metres: *x_metres, y_metres: *y_metres, room: *room };
                let mut radio =
                    LoopbackRadio::bind(*port, place, Surroundings::INDOORS, *transmit_power_dbm)?;
                radio.reaches(reaches.clone());
                Ok(Box::new(radio))
            }
            RadioKind::Bluez { .. } => bluez(),
        }
    }

    /// Erases what the phone keeps, whether it can be opened or not.
    pub(crate) fn withdraw(&self) -> Result<(), Failure> {
        Ok(FolderVault::in_folder(&self.folder)?.erase()?)
    }

    /// Removes all that the program has made, and its settings.
    pub(crate) fn remove_all(&self) -> Result<(), Failure> {
        FolderVault::in_folder(&self.folder)?.remove()?;
        Ok(fs::remove_file(&self.path)?)
    }
}

#[cfg(feature = "bluez")]
fn bluez() -> Result<Box<dyn Radio>, Failure> {
    Ok(Box::new(phone::radio::bluez::BluezRadio::open()?))
}

#[cfg(not(feature = "bluez"))]
fn bluez() -> Result<Box<dyn Radio>, Failure> {
    Err(Failure::new(
        "programmet er bygget uden Bluetooth; byg det med `--features bluez`",
        "this program was built without Bluetooth; build it with `--features bluez`",
    ))
}

fn failed(path: &Path, error: &dyn std::error::Error) -> Failure {
    let path = path.display();
    Failure::new(format!("`{path}` kan ikke bruges: {error}"), format!("`{path}` cannot be used: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = include_str!("../../../../../docs/book/integrator/phone.md");

    /// The settings as the book shows them.
    fn shown() -> toml::Table {
        let (_, rest) = BOOK.split_once("```toml\n").unwrap();
        rest.split_once("```").unwrap().0.parse().unwrap()
    }

    /// The keys of a section that the program knows: it names them where it is given another.
    fn known(of: &str) -> Vec<String> {
        let mut settings = shown();
        let section = match of {
            "" => &mut settings,
            "trusted" => {
                let trusted = settings["exports"]["trusted"].as_array_mut().unwrap();
                trusted[0].as_table_mut().unwrap()
            }
            of => settings[of].as_table_mut().unwrap(),
        };
        section.insert("surprise".to_owned(), true.into());
        let refusal = settings.try_into::<File>().map(|_| ()).unwrap_err().to_string();
        let (_, expected) = refusal.split_once("expected").unwrap_or_else(|| panic!("{of}: {refusal}"));
        expected.lines().next().unwrap_or_default().split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_setting_that_is_taken_stands_in_the_book() {
        shown().try_into::<File>().map(|_| ()).unwrap();
        let settings = shown();
        for of in ["", "servers", "exports", "trusted", "radio", "statistics", "page"] {
            let section = match of {
                "" => &settings,
                "trusted" => settings["exports"]["trusted"][0].as_table().unwrap(),
                of => settings[of].as_table().unwrap(),
            };
            let known = known(of);
            assert!(!known.is_empty(), "{of}");
            for key in known {
                assert!(
                    section.contains_key(&key),
                    "`{key}` of `[{of}]` is taken, and does not stand in the book"
                );
            }
        }
    }
}

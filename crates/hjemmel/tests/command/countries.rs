//! `hjemmel federation` and `hjemmel gateway`: what they refuse, and a gateway that is killed in the middle of uploads.

use tempfile::TempDir;

use crate::run::hjemmel;
use crate::serve::{configuration, free_port, on};

const WHICH: [&str; 6] = ["--country", "SE", "--day", "2026-11-21", "--tag", "20261121-1"];

#[test]
fn nothing_is_decided_where_nothing_waits_or_by_one_person() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    let status = on(&config, &["federation", "status"]);
    assert_eq!(status.code, 0, "{status:?}");
    assert!(status.out.contains("last upload: none in two weeks"), "{status:?}");
    for decision in ["release", "discard"] {
        let by = |second| {
            let words = [&["federation", decision][..], &WHICH, &["--first", "Anna", "--second", second]];
            on(&config, &words.concat())
        };
        let nothing = by("Bo");
        assert_eq!(nothing.code, 3, "{nothing:?}");
        assert!(nothing.err.contains("is waiting") && nothing.err.contains("help:"), "{nothing:?}");
        let alone = by(" ANNA ");
        assert_eq!(alone.code, 2, "{alone:?}");
        assert!(alone.err.contains("Two different persons") && alone.err.contains("--second"), "{alone:?}");
    }
}

#[test]
fn a_server_without_a_gateway_says_so() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    for act in [&["gateway", "list"][..], &["gateway", "revoke", "00"]] {
        let said = on(&config, act);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains("runs no gateway") && said.err.contains("[gateway]"), "{said:?}");
    }
}

#[test]
fn rubbish_is_wrong_use() {
    let long = "9".repeat(100_000);
    let cases: &[&[&str]] = &[
        &["federation"],
        &["federation", "status", "now"],
        &["federation", "release"],
        &["federation", "release", "--country", "SE"],
        &["federation", "discard", "--country", "SE", "--day", "yesterday", "--tag", "1"],
        &["federation", "discard", "--country", "SE", "--day", &long, "--tag", "1"],
        &["gateway"],
        &["gateway", "onboard", "--country", "SE"],
        &["gateway", "onboard", "--usage", "everything"],
        &["gateway", "revoke"],
        &["gateway", "list", "--all"],
    ];
    for arguments in cases {
        let said = hjemmel(arguments);
        assert_eq!(said.code, 2, "{:?}: {} {}", arguments.get(..2), said.code, said.err);
        assert!(!said.err.contains("panicked") && !said.err.is_empty());
    }
}

/// A gateway that cannot listen must not look as if it ran.
#[test]
fn a_gateway_whose_certificate_is_none_starts_nothing() {
    let folder = TempDir::new().unwrap();
    let port = free_port();
    let config = configuration(folder.path(), port);
    let text = std::fs::read_to_string(&config).unwrap();
    let rubbish = folder.path().join("rubbish.pem");
    std::fs::write(&rubbish, "rubbish").unwrap();
    std::fs::set_permissions(&rubbish, std::os::unix::fs::PermissionsExt::from_mode(0o400)).unwrap();
    let gateway = {
        let listen = free_port();
        format!(
            "{text}\n[gateway]\nlisten = \"127.0.0.1:{listen}\"\noperator_certificate = \"rubbish.pem\"\n\
             operator_key = \"rubbish.pem\"\nproxies = [\"127.0.0.1\"]\n"
        )
    };
    std::fs::write(&config, gateway).unwrap();
    let said = on(&config, &["serve"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("rubbish.pem") && said.err.contains("help:"), "{said:?}");
}

#[cfg(feature = "demo")]
mod with_papers {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use exposure::gateway::{FederatedKey, UNKNOWN_RISK};
    use exposure::{IntervalNumber, ReportType};
    use hjemmel::demo::clock::DemoClock;
    use hjemmel::machine::{SystemClock, SystemRandomness};
    use jiff::SignedDuration;
    use register::{Clock, Corpus, Register};
    use server::federation::client::Client;
    use server::federation::rehearsal::{Papers, Rehearsal};
    use server::federation::{Door, gateway};
    use services::gateway_service::{authenticate, download, make_batches};

    use super::*;
    use crate::serve::{ready, start};

    fn open(folder: &Path, clock: Arc<dyn Clock>) -> Register {
        let files = hjemmel::corpus::built_in();
        let policy = Arc::new(hjemmel::corpus::compile(&files).unwrap());
        let corpus = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
        let zone = services::call::zone();
        let config = register::Config::new(folder.join("database"), folder.join("keys"), zone);
        Register::open(&config, policy, corpus, clock, Arc::new(SystemRandomness::new())).unwrap()
    }

    fn door(register: &Register, clock: Arc<dyn Clock>) -> Door {
        Door::new(register.clone(), clock, Arc::new(SystemRandomness::new()))
    }

    /// A configured gateway that nobody runs yet, and the certificates of two countries.
    struct House {
        folder: TempDir,
        config: String,
        port: u16,
        gateway_port: u16,
        rehearsal: Rehearsal,
        papers: [Papers; 2],
    }

    async fn house() -> House {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(SystemClock::start());
        // The rehearsal only makes the certificates; the gateway that is tried is a process of its own.
        let beside = open(&folder.path().join("beside"), clock.clone());
        let rehearsal = Rehearsal::start(door(&beside, clock), &folder.path().join("papers")).await.unwrap();
        let papers = [rehearsal.admit("DK").unwrap(), rehearsal.admit("SE").unwrap()];
        let (port, gateway_port) = (free_port(), free_port());
        let config = configuration(folder.path(), port);
        let tls = rehearsal.settings.tls.clone().unwrap();
        let mut text = std::fs::read_to_string(&config).unwrap();
        text.push_str(&format!(
            "[gateway]\nlisten = \"127.0.0.1:{gateway_port}\"\noperator_certificate = {:?}\n\
             operator_key = {:?}\n[gateway.tls]\ncertificate = {:?}\nkey = {:?}\nclient_ca = {:?}\n",
            rehearsal.settings.operator_certificate,
            rehearsal.settings.operator_key,
            tls.certificate,
            tls.key,
            tls.client_ca,
        ));
        std::fs::write(&config, text).unwrap();
        House { folder, config, port, gateway_port, rehearsal, papers }
    }

    impl House {
        fn onboard(&self, country: &str, usage: &str, certificate: &Path, second: &str) -> crate::run::Said {
            let certificate = certificate.to_str().unwrap();
            let what = ["gateway", "onboard", "--country", country, "--usage", usage];
            let who = ["--certificate", certificate, "--first", "Anna", "--second", second];
            on(&self.config, &[&what[..], &who].concat())
        }

        fn admit_all(&self) {
            for one in &self.papers {
                for (usage, file) in [("authentication", &one.connecting), ("signing", &one.signing)] {
                    let said = self.onboard(&one.country, usage, &file[0], "Bo");
                    assert_eq!(said.code, 0, "{said:?}");
                }
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_certificate_is_admitted_by_two_persons_listed_and_revoked() {
        let house = house().await;
        let [dk, _] = &house.papers;
        let alone = house.onboard("DK", "signing", &dk.signing[0], "anna");
        assert_eq!(alone.code, 2, "{alone:?}");
        let another = house.onboard("SE", "signing", &dk.signing[0], "Bo");
        assert_eq!(another.code, 3, "{another:?}");
        assert!(another.err.contains("another country"), "{another:?}");
        let missing = house.onboard("DK", "signing", &PathBuf::from("/no/such.pem"), "Bo");
        assert_eq!(missing.code, 3, "{missing:?}");
        assert!(missing.err.contains("/no/such.pem"), "{missing:?}");
        let rubbish = house.folder.path().join("rubbish.pem");
        std::fs::write(&rubbish, "rubbish").unwrap();
        assert_eq!(house.onboard("DK", "signing", &rubbish, "Bo").code, 3);
        assert_eq!(on(&house.config, &["gateway", "list"]).out, "");
        house.admit_all();
        let again = house.onboard("DK", "signing", &dk.signing[0], "Bo");
        assert_eq!(again.code, 3, "{again:?}");
        let listed = on(&house.config, &["gateway", "list"]);
        assert_eq!(listed.out.lines().count(), 4, "{listed:?}");
        let line = listed.out.lines().find(|line| line.starts_with("DK signing")).unwrap();
        let thumbprint = line.split_whitespace().nth(2).unwrap();
        let revoked = on(&house.config, &["gateway", "revoke", &thumbprint.to_uppercase()]);
        assert_eq!(revoked.code, 0, "{revoked:?}");
        let listed = on(&house.config, &["gateway", "list"]);
        assert_eq!(listed.out.matches("revoked").count(), 1, "{listed:?}");
        let unknown = on(&house.config, &["gateway", "revoke", "00ff"]);
        assert_eq!(unknown.code, 3, "{unknown:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_gateway_that_cannot_listen_does_not_start_the_server() {
        let house = house().await;
        let taken = std::net::TcpListener::bind(("127.0.0.1", house.gateway_port)).unwrap();
        let said = on(&house.config, &["serve"]);
        assert_eq!(said.code, 3, "{said:?}");
        let address = taken.local_addr().unwrap().to_string();
        assert!(said.err.contains("gateway.listen") && said.err.contains(&address), "{said:?}");
        assert!(
            std::net::TcpStream::connect(("127.0.0.1", house.port)).is_err(),
            "the pages do not run either"
        );
    }

    fn key(number: u32) -> FederatedKey {
        let mut key_data = vec![7; 16];
        key_data[..4].copy_from_slice(&number.to_be_bytes());
        FederatedKey {
            key_data,
            rolling_start_interval_number: IntervalNumber::at(SystemClock::start().now())
                .day_start()
                .number()
                - 288,
            rolling_period: 144,
            transmission_risk_level: UNKNOWN_RISK,
            visited_countries: Vec::new(),
            origin: "DK".to_owned(),
            report_type: ReportType::ConfirmedTest.number(),
            days_since_onset_of_symptoms: 1,
        }
    }

    /// Killed five times in the middle of uploads: every key that was acknowledged is there, and none twice.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_gateway_that_is_killed_loses_no_acknowledged_key_and_keeps_none_twice() {
        let house = house().await;
        house.admit_all();
        let [dk, se] = &house.papers;
        let clock = Arc::new(SystemClock::start());
        let own = open(&house.folder.path().join("dk"), clock.clone());
        let mut settings = house.rehearsal.settings_of(dk, &[dk, se]);
        settings.gateway = format!("https://127.0.0.1:{}", house.gateway_port);
        let many = Arc::new(AtomicU32::new(0));
        let upto = many.clone();
        let source = move |_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
            Ok::<_, register::Unavailable>((0..upto.load(Ordering::SeqCst)).map(key).collect())
        };
        let client = Client::of(door(&own, clock.clone()), &settings, Arc::new(source)).unwrap();
        let acknowledged = Arc::new(Mutex::new(0));
        for round in 0..5_u64 {
            let mut server = start(&house.config);
            ready(&mut server, house.gateway_port);
            let (sending, told, count) = (client.clone(), many.clone(), acknowledged.clone());
            let uploads = tokio::spawn(async move {
                loop {
                    told.fetch_add(7, Ordering::SeqCst);
                    match sending.upload().await {
                        Ok(stored) => *count.lock().unwrap() += stored,
                        Err(_) => return,
                    }
                }
            });
            // Some uploads are through; the next is somewhere between the first byte and the answer.
            let before = *acknowledged.lock().unwrap();
            for _ in 0..3_000 {
                if *acknowledged.lock().unwrap() >= before + 14 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            tokio::time::sleep(Duration::from_millis(7 * round)).await;
            server.kill().unwrap();
            server.wait().unwrap();
            uploads.await.unwrap();
        }
        // What the country has written down as stored; the last answer of a round may be lost on its way.
        let state = door(&own, clock.clone()).act_here(services::smittestop::gateway::state::run).unwrap();
        assert!(state.uploaded >= 70, "{state:?}");
        assert!(state.uploaded >= *acknowledged.lock().unwrap());
        assert_eq!(state.refused, 0, "{state:?}");
        let kept = in_the_gateway(&house, se);
        let acknowledged: BTreeSet<Vec<u8>> = written_down(&own, clock).into_iter().collect();
        assert!(kept.values().all(|times| *times == 1), "twice");
        assert!(acknowledged.iter().all(|key| kept.contains_key(key)), "lost");
    }

    /// The keys that the country has written down as taken.
    fn written_down(own: &Register, clock: Arc<dyn Clock>) -> Vec<Vec<u8>> {
        let terms = services::smittestop::gateway::Terms::of("DK", Vec::new());
        let all: Vec<FederatedKey> = (0..20_000).map(key).collect();
        let request = services::smittestop::gateway::to_upload::Request { keys: all.clone() };
        let door = door(own, clock);
        let missing =
            door.act_here(|at| services::smittestop::gateway::to_upload::run(at, &terms, &request)).unwrap();
        let missing: BTreeSet<Vec<u8>> = missing.into_iter().flatten().map(|key| key.key_data).collect();
        all.into_iter().map(|key| key.key_data).filter(|data| !missing.contains(data)).collect()
    }

    /// The keys that another country would be given, and how often.
    fn in_the_gateway(house: &House, who: &Papers) -> BTreeMap<Vec<u8>, usize> {
        let later = SystemClock::start().now().checked_add(SignedDuration::from_mins(10)).unwrap();
        let clock = Arc::new(DemoClock::at(later));
        let register = open(house.folder.path(), clock.clone());
        let rules = gateway::rules(&house.rehearsal.settings).unwrap();
        let certificate = std::fs::read_to_string(&who.connecting[0]).unwrap();
        let certificate = exposure::gateway::cms::Certificate::from_pem(&certificate).unwrap();
        let shown =
            authenticate::Request { thumbprint: certificate.thumbprint(), country: certificate.country() };
        let mut kept: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        let found = door(&register, clock.clone()).act_here(|at| {
            make_batches::run(at, &services::gateway_service::Known::default())?;
            let who = authenticate::run(at, &rules, &shown)?;
            let today = later.to_zoned(jiff::tz::TimeZone::UTC).date();
            let first = today.yesterday().unwrap();
            let mut request = download::Request { day: first, tag: None };
            let mut batches = Vec::new();
            loop {
                let found = download::run(at, &rules, &who, &request)?;
                batches.push(found.batch);
                match found.next {
                    Some(next) => request.tag = Some(next),
                    None => return Ok::<_, download::Error>(batches),
                }
            }
        });
        for key in found.unwrap().into_iter().flat_map(|batch| batch.keys) {
            *kept.entry(key.key_data).or_default() += 1;
        }
        kept
    }
}

//! Twenty bad configurations and more: none starts.

use super::*;

fn folder() -> tempfile::TempDir {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    for (name, mode, text) in [
        ("broker.key", 0o400, "-----BEGIN PRIVATE KEY-----"),
        ("open.key", 0o644, "-----BEGIN PRIVATE KEY-----"),
        ("system.pem", 0o644, "-----BEGIN PUBLIC KEY-----"),
    ] {
        let path = folder.path().join(name);
        std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    for (name, mode) in [("keys", 0o700), ("open-keys", 0o755)] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    }
    folder
}

const GOOD: &str = r#"
[site]
origin = "https://medicin.example.dk"
controller = "sds"
[listen]
address = "0.0.0.0:8080"
operations = "127.0.0.1:9090"
tls = "proxy"
proxies = ["10.0.0.5"]
[register]
notices = "notices"
database = "data"
keys = "keys"
zone = "Europe/Copenhagen"
[limits]
requests_per_minute = 600
requests_per_minute_actor = 600
shared_factor = 20
shared_addresses = ["192.0.2.0/24"]
[[broker]]
id = "mitid"
title = { da = "MitID", en = "MitID" }
issuer = "https://broker.example.dk"
client_id = "hjemmel"
key = "broker.key"
key_id = "1"
people = "citizens"
algorithms = ["ES256"]
levels = { "https://data.gov.dk/concept/core/nsis/loa/Substantial" = "substantial" }
[[system]]
client_id = "feed"
title = "CPR"
role = "cpr"
key = "system.pem"
"#;

fn load(folder: &tempfile::TempDir, text: &str) -> Result<Config, super::super::ConfigError> {
    let path = folder.path().join("hjemmel.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(&path)
}

#[test]
fn a_good_configuration_is_accepted() {
    let folder = folder();
    if let Err(error) = load(&folder, GOOD) {
        panic!("{error}");
    }
}

#[test]
fn bad_configurations_do_not_start() {
    let folder = folder();
    let bad: &[(&str, &str, &str)] = &[
        ("https://medicin.example.dk", "http://medicin.example.dk", "site.origin"),
        ("https://medicin.example.dk", "https://medicin.example.dk/", "site.origin"),
        ("https://medicin.example.dk", "https://*", "site.origin"),
        (
            "client_id = \"hjemmel\"",
            "client_id = \"hjemmel\"\nredirect_origins = [\"http://a.dk\"]",
            "broker.mitid.redirect_origins",
        ),
        (
            "client_id = \"hjemmel\"",
            "client_id = \"hjemmel\"\nredirect_origins = [\"https://a.dk; script-src *\"]",
            "broker.mitid.redirect_origins",
        ),
        (
            "client_id = \"hjemmel\"",
            "client_id = \"hjemmel\"\nredirect_origins = [\"https://*.a.dk\"]",
            "broker.mitid.redirect_origins",
        ),
        (
            "client_id = \"hjemmel\"",
            "client_id = \"hjemmel\"\nredirect_origins = [\"https://\"]",
            "broker.mitid.redirect_origins",
        ),
        ("controller = \"sds\"", "controller = \"\"", "site.controller"),
        ("tls = \"proxy\"\nproxies = [\"10.0.0.5\"]", "tls = \"loopback\"", "listen.address"),
        ("proxies = [\"10.0.0.5\"]", "proxies = []", "listen.proxies"),
        ("proxies = [\"10.0.0.5\"]", "proxies = [\"0.0.0.0\"]", "listen.proxies"),
        ("operations = \"127.0.0.1:9090\"", "operations = \"0.0.0.0:9090\"", "listen.operations"),
        ("operations = \"127.0.0.1:9090\"", "operations = \"93.184.216.34:9090\"", "listen.operations"),
        ("address = \"0.0.0.0:8080\"", "address = \"127.0.0.1:9090\"", "listen.operations"),
        ("keys = \"keys\"", "keys = \"data/keys\"", "register.keys"),
        ("keys = \"keys\"", "keys = \"open-keys\"", "register.keys"),
        ("notices = \"notices\"", "notices = \"data/notices\"", "register.notices"),
        ("zone = \"Europe/Copenhagen\"", "zone = \"Europe/Atlantis\"", "register.zone"),
        ("requests_per_minute = 600", "requests_per_minute = 0", "limits.requests_per_minute"),
        (
            "requests_per_minute_actor = 600",
            "requests_per_minute_actor = 1000000",
            "limits.requests_per_minute_actor",
        ),
        ("shared_factor = 20", "shared_factor = 1000", "limits.shared_factor"),
        ("192.0.2.0/24", "0.0.0.0/0", "limits.shared_addresses"),
        ("https://broker.example.dk", "http://broker.example.dk", "broker.mitid.issuer"),
        ("id = \"mitid\"", "id = \"trial\"", "broker.id"),
        ("people = \"citizens\"", "people = \"citizens\"\neverybody = \"member\"", "broker.mitid.people"),
        ("people = \"citizens\"", "people = \"citizens\"\nclaims.own = \"email\"", "broker.mitid.people"),
        ("people = \"citizens\"", "people = \"notice\"", "broker.mitid.everybody"),
        (
            "people = \"citizens\"",
            "people = \"notice\"\neverybody = \"member\"\nclaims.own_verified = \"email_verified\"",
            "broker.mitid.claims.own_verified",
        ),
        (
            "people = \"citizens\"",
            "people = \"notice\"\nclaims.roles = \"groups\"\nroles = [{ value = \"a\", role = \"b\", persona = \"citizen\" }]",
            "broker.mitid.roles",
        ),
        ("https://broker.example.dk", "https://a@broker.example.dk", "broker.mitid.issuer"),
        ("key = \"broker.key\"", "key = \"missing.key\"", "broker.mitid.key"),
        ("key = \"broker.key\"", "key = \"open.key\"", "broker.mitid.key"),
        ("id = \"mitid\"", "id = \"Mit ID\"", "broker.id"),
        ("= \"substantial\"", "= \"low\"", "broker.mitid.levels"),
        ("algorithms = [\"ES256\"]", "algorithms = []", "broker.mitid.algorithms"),
        (
            "people = \"citizens\"",
            "people = \"citizens\"\nclaims = { roles = \"groups\" }",
            "broker.mitid.roles",
        ),
        ("key = \"system.pem\"", "key = \"broker.key\"", "system.key"),
        ("role = \"cpr\"", "role = \"\"", "system.role"),
    ];
    for (from, to, setting) in bad {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(&text, GOOD, "{from}");
        match load(&folder, &text) {
            Err(super::super::ConfigError::Unsafe { problems, .. }) => {
                assert!(problems.iter().any(|one| one.setting == *setting), "{to}: {problems:?}");
            }
            other => panic!("{to}: {other:?}"),
        }
    }
}

/// An app is called back where the configuration says, and at nothing that a browser would run or send on.
#[test]
fn the_danish_app_is_called_back_at_an_address_of_its_own_and_signs_with_a_key_of_its_own() {
    let folder = folder();
    let with = |redirect: &str, key_id: &str, key: &str| {
        let text = format!(
            "{GOOD}[verification]\nissuer = \"a\"\naudience = \"b\"\nkey = \"broker.key\"\nkey_id = \"1\"\n\
             [verification.danish]\nclient_id = \"app\"\nredirect_uris = [{redirect}]\nkey = \"{key}\"\nkey_id = \"{key_id}\"\n"
        );
        load(&folder, &text).map(|_| ())
    };
    let good = "\"dk.sst.smittestop:/oauth2redirect\", \"https://app.example/back\"";
    with(good, "2", "broker.key").unwrap();
    for redirect in [
        "",
        "\"http://app.example/\"",
        "\"javascript:alert(1)\"",
        "\"https://app.example/?a=b\"",
        "\"https://app.example/#a\"",
        "\"app.example\"",
    ] {
        assert!(with(redirect, "2", "broker.key").is_err(), "{redirect}");
    }
    assert!(with(good, "1", "broker.key").is_err(), "two keys of one name");
    assert!(with(good, "2", "open.key").is_err(), "others may read it");
    assert!(with(good, "2", "missing.key").is_err());
}

#[test]
fn what_nobody_described_is_an_error() {
    let folder = folder();
    for (from, to) in [
        ("[site]", "colour = \"red\"\n[site]"),
        ("[site]", "[demo]\nlogin = true\n[site]"),
        ("controller = \"sds\"", "controller = \"sds\"\nnow = \"2030-01-01\""),
        ("\"ES256\"", "\"HS256\""),
        ("\"ES256\"", "\"none\""),
        ("= \"substantial\"", "= \"whatever\""),
        ("key = \"broker.key\"", "key = \"broker.key\"\nclient_secret = \"s\""),
        ("tls = \"proxy\"", "tls = \"off\""),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert!(matches!(load(&folder, &text), Err(super::super::ConfigError::Malformed { .. })), "{to}");
    }
}

#[test]
fn the_example_is_as_described_also_with_every_section_switched_on() {
    let example = include_str!("../../../../../hjemmel.example.toml");
    // What is switched off begins with `# ` before a section, a setting, or a remark on one.
    let on = |line: &str| {
        let rest = line.strip_prefix("# ")?;
        let name = rest.split(" = ").next().filter(|name| *name != rest);
        let is_setting = name.is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        (is_setting || rest.starts_with(['[', '#'])).then(|| rest.to_owned())
    };
    let all: Vec<String> = example.lines().map(|line| on(line).unwrap_or_else(|| line.to_owned())).collect();
    for text in [example, &all.join("\n")] {
        let config = Config::parse(text).unwrap_or_else(|problem| panic!("{problem}"));
        // Sections that stand in the file together are never switched on together in one process.
        let doors: Vec<_> =
            config.check().into_iter().filter(|it| it.why.contains("listens there")).collect();
        assert_eq!(doors, []);
        let switched_on = text != example;
        assert_eq!(config.key_server.is_some(), switched_on);
        assert_eq!(config.verification.is_some(), switched_on);
        assert_eq!(config.statistics.is_some(), switched_on);
        assert_eq!(config.federation.is_some(), switched_on);
        assert_eq!(config.gateway.is_some(), switched_on);
    }
}

/// The sections that have a door of their own, with files that need not be there to be checked.
const KEY_SERVER: &str = "[key_server]\naddress = \"127.0.0.1:8090\"\nexports = \"exports\"\naudience = \"keys\"\n\
     revision_keys = [\"revision.key\"]\n[[key_server.authority]]\nid = \"a\"\nissuer = \"b\"\nkey = []\n\
     [[key_server.signing]]\nkey = \"export.key\"\nkey_id = \"238\"\nkey_version = \"v1\"\nfrom = \"2026-01-01T00:00:00Z\"\n";
const STATISTICS: &str =
    "[statistics]\nrole = \"helper\"\naddress = \"127.0.0.1:8091\"\nkey = \"a\"\nsecret = \"b\"\n";
const GATEWAY: &str = "[gateway]\nlisten = \"127.0.0.1:8443\"\nproxies = [\"10.0.0.5\"]\noperator_certificate = \"a\"\n\
     operator_key = \"b\"\n";
const VERIFICATION: &str =
    "[verification]\nissuer = \"a\"\naudience = \"b\"\nkey = \"broker.key\"\nkey_id = \"1\"\n";

/// The settings that are unsafe.
fn unsafe_settings(folder: &tempfile::TempDir, text: &str) -> Vec<String> {
    match load(folder, text) {
        Ok(_) => Vec::new(),
        Err(super::super::ConfigError::Unsafe { problems, .. }) => {
            problems.into_iter().map(|problem| problem.setting).collect()
        }
        Err(error) => panic!("{error}"),
    }
}

/// Threat T17: who knows the person never sees the keys.
#[test]
fn verification_and_the_key_server_do_not_start_in_one_process() {
    let folder = folder();
    let of = |sections: &[&str]| unsafe_settings(&folder, &format!("{GOOD}{}", sections.concat()));
    assert_eq!(of(&[VERIFICATION]), [""; 0]);
    assert_eq!(of(&[KEY_SERVER]), [""; 0]);
    assert_eq!(of(&[VERIFICATION, KEY_SERVER]), ["verification"]);
}

#[test]
fn no_two_sections_share_a_door() {
    let folder = folder();
    let all = format!("{GOOD}{KEY_SERVER}{STATISTICS}{GATEWAY}");
    assert_eq!(unsafe_settings(&folder, &all), [""; 0]);
    for (from, to, setting) in [
        ("127.0.0.1:9090", "127.0.0.1:8080", "listen.operations"),
        ("127.0.0.1:8091", "127.0.0.1:9090", "statistics.address"),
        ("127.0.0.1:8090", "127.0.0.1:8080", "key_server.address"),
        ("127.0.0.1:8090", "127.0.0.1:8091", "key_server.address"),
        ("127.0.0.1:8090", "0.0.0.0:8091", "key_server.address"),
        ("127.0.0.1:8443", "127.0.0.1:8090", "gateway.listen"),
        ("127.0.0.1:8443", "10.0.0.7:8080", "gateway.listen"),
    ] {
        assert_eq!(unsafe_settings(&folder, &all.replacen(from, to, 1)), [setting], "{from} -> {to}");
    }
    // Another machine's address is another door, and port 0 is whichever is free.
    for (from, to) in [("127.0.0.1:8443", "10.0.0.7:8090"), ("127.0.0.1:8090", "127.0.0.1:0")] {
        assert_eq!(unsafe_settings(&folder, &all.replacen(from, to, 1)), [""; 0], "{from} -> {to}");
    }
}

#[test]
fn a_secret_that_its_owner_alone_may_read_and_write_is_taken_wherever_it_stands() {
    let folder = folder();
    let all = format!("{GOOD}{KEY_SERVER}{STATISTICS}{GATEWAY}");
    let secrets = [
        ("broker.key", "broker.mitid.key"),
        ("revision.key", "key_server.revision_keys"),
        ("export.key", "key_server.signing"),
        ("a", "statistics.key"),
        ("b", "statistics.secret"),
    ];
    for (file, setting) in secrets {
        let path = folder.path().join(file);
        let of_mode = |mode: u32| {
            let _ = std::fs::remove_file(&path);
            std::fs::write(&path, "-----BEGIN PRIVATE KEY-----").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            unsafe_settings(&folder, &all)
        };
        for safe in [0o400, 0o600] {
            assert_eq!(of_mode(safe), [""; 0], "{file} {safe:o}");
        }
        for open in [0o440, 0o604, 0o620] {
            assert!(of_mode(open).contains(&setting.to_owned()), "{file} {open:o}");
        }
        let _ = of_mode(0o400);
    }
}

/// Threat T1: notices that nobody signed run on one's own machine only, and two persons have two names.
#[test]
fn threat_t1_signatures_cannot_be_left_out_behind_a_proxy() {
    let folder = folder();
    let unsigned = GOOD.replacen("keys = \"keys\"\n", "keys = \"keys\"\nsignatures = \"none\"\n", 1);
    assert!(matches!(load(&folder, &unsigned), Err(super::super::ConfigError::Unsafe { .. })));
    let twice = format!(
        "{GOOD}[[signer]]\nname = \"anna\"\nkey = \"system.pem\"\n[[signer]]\nname = \"anna\"\nkey = \"system.pem\"\n"
    );
    assert!(matches!(load(&folder, &twice), Err(super::super::ConfigError::Unsafe { .. })));
}

#[test]
fn the_broker_of_a_notice_of_ones_own_is_configured_as_the_book_says() {
    let folder = folder();
    let page = include_str!("../../../../../docs/book/integrator/login.md");
    let block = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let before = GOOD.split("[[broker]]").next().unwrap();
    let config = load(&folder, &format!("{before}{block}")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.brokers[0].claims.own_is_verified_by(), Some("email_verified"));
    let unsaid = block.replace("own_verified = \"email_verified\"\n", "");
    let config = load(&folder, &format!("{before}{unsaid}")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.brokers[0].claims.own_is_verified_by(), Some("email_verified"));
}

#[test]
fn the_brake_lets_as_much_go_as_the_operator_says_and_a_hundred_unless_she_does() {
    let folder = folder();
    let floor = |text: &str| {
        let config = load(&folder, text).unwrap();
        config.register.config(jiff::tz::TimeZone::UTC).guard.brake_floor
    };
    assert_eq!(floor(GOOD), 100);
    assert_eq!(floor(&GOOD.replace("keys = \"keys\"", "keys = \"keys\"\nbrake_floor = 5000")), 5_000);
}

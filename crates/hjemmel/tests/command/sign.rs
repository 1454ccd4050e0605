//! `hjemmel sign` and a server that runs only what two persons have signed. Threats T1 and T3.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::run::{Said, hjemmel, program, root, said};

fn in_folder(folder: &Path, arguments: &[&str]) -> Said {
    said(program().current_dir(folder).args(arguments).output().unwrap())
}

/// A house whose configuration names two persons, and whose notices nobody has signed.
fn house() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("notices")).unwrap();
    for entry in fs::read_dir(root().join("notices")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join("notices").join(path.file_name().unwrap())).unwrap();
    }
    for name in ["anna", "bent", "carl"] {
        let made = in_folder(folder.path(), &["sign", "keygen", name]);
        assert_eq!(made.code, 0, "{made:?}");
    }
    fs::write(
        folder.path().join("hjemmel.toml"),
        "[site]\norigin = \"http://localhost:8080\"\ncontroller = \"sds\"\n\
         [listen]\naddress = \"127.0.0.1:8080\"\noperations = \"127.0.0.1:9090\"\ntls = \"loopback\"\n\
         [register]\nnotices = \"notices\"\ndatabase = \"database\"\nkeys = \"keys\"\n\
         [[signer]]\nname = \"anna\"\nkey = \"anna.pub\"\n[[signer]]\nname = \"bent\"\nkey = \"bent.pub\"\n",
    )
    .unwrap();
    folder
}

fn sign(folder: &Path, name: &str) -> Said {
    in_folder(folder, &["sign", "sign", "notices", "--signer", name, "--key", &format!("{name}.key")])
}

/// Opening the register is what every command of a server begins with; this one ends by itself.
fn start(folder: &Path) -> Said {
    in_folder(folder, &["sweep"])
}

#[track_caller]
fn refused(said: &Said, words: &str) {
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains(words) && said.err.contains("help:"), "{said:?}");
}

/// Threat T1: an unsigned corpus, one that one person signed, and one that a stranger signed do not start.
#[test]
fn threat_t1_a_server_runs_only_what_two_named_persons_have_signed() {
    let house = house();
    let folder = house.path();
    refused(&start(folder), "not signed");
    refused(&in_folder(folder, &["serve"]), "not signed");
    assert_eq!(sign(folder, "anna").code, 0);
    refused(&start(folder), "only 1");
    assert_eq!(sign(folder, "anna").code, 0, "the same person again");
    refused(&start(folder), "only 1");
    assert_eq!(in_folder(folder, &["sign", "verify"]).code, 1);
    assert_eq!(sign(folder, "carl").code, 0);
    refused(&start(folder), "`carl` may not sign");
    fs::remove_file(folder.join("notices/corpus.signatures")).unwrap();
    for name in ["anna", "bent"] {
        assert_eq!(sign(folder, name).code, 0);
    }
    assert_eq!(in_folder(folder, &["sign", "verify"]).code, 0);
    let started = start(folder);
    assert_eq!(started.code, 0, "{started:?}");
    let nsp = folder.join("notices/nsp.toml");
    let text = fs::read_to_string(&nsp).unwrap();
    fs::write(&nsp, format!("{text}\n# one byte\n")).unwrap();
    refused(&start(folder), "changed since they were signed");
    fs::write(&nsp, text).unwrap();
    assert_eq!(start(folder).code, 0);
}

/// Threat T1: whoever signs looks on a machine of their own, where no other key of the server lies.
#[test]
fn threat_t1_signatures_are_looked_at_where_the_server_could_not_start() {
    let house = house();
    let folder = house.path();
    let config = folder.join("hjemmel.toml");
    let broker = "[[broker]]\nid = \"work\"\ntitle = { da = \"Arbejde\", en = \"Work\" }\n\
        issuer = \"https://idp.example\"\nclient_id = \"hjemmel\"\nkey = \"away.key\"\nkey_id = \"1\"\n\
        key_algorithm = \"ES256\"\nalgorithms = [\"ES256\"]\npeople = \"staff\"\nlevels = { high = \"high\" }\n\
        [broker.claims]\ncpr = \"cpr\"\nname = \"name\"\n";
    fs::write(&config, format!("{}{broker}", fs::read_to_string(&config).unwrap())).unwrap();
    for name in ["anna", "bent"] {
        assert_eq!(sign(folder, name).code, 0);
    }
    let looked = in_folder(folder, &["sign", "verify"]);
    assert!(looked.code == 0 && looked.out.contains("signed by anna, bent"), "{looked:?}");
    refused(&start(folder), "does not start");
}

/// Threat T2: a shortened period does not take effect before its day; until then the former notices run.
#[test]
fn threat_t2_the_former_notices_run_until_a_shortened_clock_may_take_effect() {
    let house = house();
    let folder = house.path();
    for name in ["anna", "bent"] {
        assert_eq!(sign(folder, name).code, 0);
    }
    assert_eq!(start(folder).code, 0);
    let running = fs::read_to_string(folder.join("database/notices-in-force.json")).unwrap();
    let file = fs::read_dir(folder.join("notices")).unwrap().map(|it| it.unwrap().path()).find(|path| {
        fs::read_to_string(path).unwrap().lines().any(|line| line.starts_with("keep") && line.contains("P2Y"))
    });
    let file = file.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("keep") && line.contains("P2Y")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::write(&file, text.replacen(line, &line.replacen("P2Y", "P1M", 1), 1)).unwrap();
    for name in ["anna", "bent"] {
        assert_eq!(sign(folder, name).code, 0);
    }
    assert_eq!(start(folder).code, 0, "the former run");
    let now = fs::read_to_string(folder.join("database/notices-in-force.json")).unwrap();
    let files = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["files"].clone();
    assert_eq!(files(&running), files(&now));
    fs::remove_file(folder.join("database/notices-in-force.json")).unwrap();
    refused(&start(folder), "take effect on");
}

/// Threat T3: what `says` promises and `keep` does not do, look-alike letters, direction marks and markup are each found
/// before anybody signs.
#[test]
fn threat_t3_a_text_that_deceives_its_reader_is_found_before_it_is_signed() {
    let house = house();
    let folder = house.path();
    let nsp = folder.join("notices/nsp.toml");
    let text = fs::read_to_string(&nsp).unwrap();
    let found = |changed: &str| -> Vec<String> {
        fs::write(&nsp, changed).unwrap();
        let found = hjemmel(&["check", folder.join("notices").to_str().unwrap(), "--json"]).json();
        let all = found["diagnostics"].as_array().unwrap().iter();
        all.filter(|one| one["place"]["file"] == "nsp.toml")
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let count = |codes: &[String], code: &str| codes.iter().filter(|it| *it == code).count();
    let before = found(&text);
    let title = text.lines().find(|line| line.starts_with("title = ")).unwrap();
    let (head, tail) = title.split_once("da = \"").unwrap();
    let line = |put: &str| text.replacen(title, &format!("{head}da = \"{put}{tail}"), 1);
    // Two years are said, twenty are kept.
    let says = "says.da = \"";
    let kept = text.lines().find(|line| line.starts_with("keep = ") && line.contains("P2Y")).unwrap();
    let kept = text.replacen(kept, &kept.replace("P2Y", "P20Y"), 1);
    for (changed, code) in [
        (line("\u{202e}"), "N006"),
        (line("p\u{0430}tient "), "N008"),
        (text.replacen(says, &format!("{says}<script>alert(1)</script> "), 1), "N019"),
        (kept, "N314"),
    ] {
        assert!(changed != text, "{code}: the notice reads otherwise now");
        let codes = found(&changed);
        assert!(count(&codes, code) > count(&before, code), "{code}: {codes:?}, before {before:?}");
    }
}

#[test]
fn a_key_is_never_written_over_and_names_are_plain() {
    let house = house();
    let again = in_folder(house.path(), &["sign", "keygen", "anna"]);
    assert_eq!(again.code, 3, "{again:?}");
    for name in ["", "../anna", "anna jensen", ".anna"] {
        assert_eq!(in_folder(house.path(), &["sign", "keygen", name]).code, 2, "{name}");
    }
}

//! A reader that protoc generated reads what we publish, and we read what it writes; openssl checks the signature.

use std::io::{Cursor, Read as _};
use std::path::Path;

use exposure::export::{
    Content, ExportSigner as _, P256Signer, Published, SignatureInfo, Split, TrustedKey, Window, verify,
    write,
};
use exposure::key::to_hex;
use exposure::{
    DiagnosisKey, IntervalNumber, ReportType, RollingPeriod, TemporaryExposureKey, TransmissionRisk,
};
use serde_json::{Value, json};

use crate::program::{openssl, python, succeeded};

/// A key and its public half, both made by openssl.
fn signer(folder: &Path) -> P256Signer {
    let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    succeeded(openssl(folder, &[&["genpkey"], &curve[..], &["-out", "key.pem"]].concat()));
    let form = ["-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER", "-out", "key.der"];
    succeeded(openssl(folder, &[&["pkcs8"], &form[..]].concat()));
    succeeded(openssl(folder, &["pkey", "-in", "key.pem", "-pubout", "-out", "ours.pem"]));
    let der = std::fs::read(folder.join("key.der")).unwrap();
    P256Signer::from_pkcs8(&der, SignatureInfo::new("238", "v1")).unwrap()
}

/// Keys with every field set, unset and at its edges.
fn keys() -> Vec<DiagnosisKey> {
    (0..300_u32)
        .map(|index| {
            let byte = u8::try_from(index % 251).unwrap();
            DiagnosisKey {
                key: TemporaryExposureKey::new(std::array::from_fn(|at| {
                    byte.wrapping_mul(11).wrapping_add((index as u8) ^ (at as u8 * 17))
                })),
                start: IntervalNumber::new(2_993_184 - 7 * index),
                period: RollingPeriod::new(i64::from(index % 144) + 1).unwrap(),
                report_type: ReportType::from_number(i32::try_from(index).unwrap() % 7),
                days_since_onset: (index % 3 != 0).then(|| i32::try_from(index % 29).unwrap() - 14),
                transmission_risk: (index % 2 == 0)
                    .then(|| TransmissionRisk::new(i32::try_from(index % 9).unwrap()).unwrap()),
            }
        })
        .collect()
}

fn shown(key: &DiagnosisKey) -> Value {
    json!({
        "key": to_hex(key.key.reveal()),
        "risk": key.transmission_risk.map(TransmissionRisk::level),
        "start": key.start.number(),
        "period": key.period.intervals(),
        "report_type": key.report_type.map(ReportType::number),
        "onset": key.days_since_onset,
    })
}

#[test]
fn a_generated_reader_reads_every_field_of_every_file_and_believes_the_signature() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer(folder.path());
    let (keys, revised_keys) = (keys(), keys()[..40].to_vec());
    let window = Window::between("2026-11-21T08:00Z".parse().unwrap(), "2026-11-21T12:00Z".parse().unwrap());
    let content = Content { window: window.unwrap(), region: "DK".to_owned(), keys, revised_keys };
    let zips = write(content, Split::Together { keys_at_most: 100 }, &signer).unwrap();
    assert_eq!(zips.len(), 4);
    for (number, zip) in zips.iter().enumerate() {
        let path = folder.path().join("export.zip");
        std::fs::write(&path, zip).unwrap();
        let public = folder.path().join("ours.pem");
        let theirs =
            python(folder.path(), &["read-export", path.to_str().unwrap(), public.to_str().unwrap()]);
        let published = Published::read(zip).unwrap();
        let ours = published.unchecked();
        assert_eq!(theirs["names"], json!(["export.bin", "export.sig"]));
        assert_eq!(theirs["window"], json!([ours.start.as_second(), ours.end.as_second()]));
        assert_eq!((&theirs["region"], &theirs["signatures"]), (&json!("DK"), &json!(1)));
        assert_eq!(theirs["chunk"], json!([number + 1, 4]));
        assert_eq!(theirs["keys"], json!(ours.keys.iter().map(shown).collect::<Vec<_>>()));
        assert_eq!(theirs["revised_keys"], json!(ours.revised_keys.iter().map(shown).collect::<Vec<_>>()));
        by_openssl(folder.path(), zip, &published);
    }
}

/// `openssl dgst` believes the signature over the whole of `export.bin`, and over nothing else.
fn by_openssl(folder: &Path, zip: &[u8], published: &Published) {
    let mut bin = Vec::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    archive.by_name("export.bin").unwrap().read_to_end(&mut bin).unwrap();
    std::fs::write(folder.join("signature.der"), &published.signatures()[0].bytes).unwrap();
    std::fs::write(folder.join("export.bin"), &bin).unwrap();
    std::fs::write(folder.join("headless.bin"), &bin[16..]).unwrap();
    let check = |file| {
        let arguments = ["dgst", "-sha256", "-verify", "ours.pem", "-signature", "signature.der", file];
        openssl(folder, &arguments).status.success()
    };
    assert!(check("export.bin") && !check("headless.bin"));
}

#[test]
fn we_read_and_believe_an_export_that_none_of_our_code_has_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    python(folder.path(), &["write-export", &path("export.zip"), &path("public.pem")]);
    let published = Published::read(&std::fs::read(path("export.zip")).unwrap()).unwrap();
    let trusted = TrustedKey::from_pem(&std::fs::read_to_string(path("public.pem")).unwrap()).unwrap();
    let exports =
        verify(vec![published.clone()], &[trusted.clone().named("242", "v7")]).unwrap().into_exports();
    let keys = &exports[0].keys;
    assert_eq!(exports[0].region, "NO");
    assert_eq!(
        keys.iter().map(|key| key.days_since_onset).collect::<Vec<_>>(),
        [Some(-14), Some(-13), Some(-12)]
    );
    assert!(keys.iter().all(|key| key.period == RollingPeriod::FULL && key.transmission_risk.is_none()));
    assert_eq!(exports[0].revised_keys[0].report_type, Some(ReportType::Revoked));
    assert_eq!(exports[0].revised_keys[0].days_since_onset, None);
    let ours = signer(folder.path());
    assert!(verify(vec![published], &[ours.trusted()]).is_err());
    assert!(ours.info().algorithm.ends_with("4.3.2"));
}

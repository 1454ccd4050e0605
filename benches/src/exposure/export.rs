//! The export of half a million keys, and a batch of five thousand between countries.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use exposure::export::{
    Content, P256Signer, Padding, Published, SignatureInfo, Split, Window, padding, verify, write,
};
use exposure::gateway::cms::{self, Certificate, KeyPairSigner};
use exposure::gateway::{Batch, FederatedKey, Onset, SigningCertificate, canonical, check_batch};
use jiff::Timestamp;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::phone;
use crate::report::{Bar, Bars, Report, Scale, Series, median};

const KEYS: usize = 500_000;
const BATCH: usize = 5_000;
const EXPORT_SECONDS: f64 = 2.0;
const BATCH_MS: f64 = 50.0;

/// Two ways of signing a batch.
const WAYS: [(&str, &[&str]); 2] = [
    ("RSA-3072", &["-newkey", "rsa:3072"]),
    ("ECDSA P-256", &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]),
];

#[derive(Default)]
struct Times {
    export_ms: Vec<f64>,
    read_ms: Vec<f64>,
    megabytes: f64,
    /// Of each way: canonicalise, sign, check.
    batch_ms: [[Vec<f64>; 3]; 2],
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When what was written is not read back, or `openssl` is missing.
pub fn run(runs: usize) -> Result<bool> {
    let keys = phone::keys(KEYS, 21);
    let batch = batch();
    let folder = tempfile::tempdir()?;
    let signers = [signer(folder.path(), 0).context("RSA")?, signer(folder.path(), 1).context("ECDSA")?];
    let mut times = Times::default();
    for run in 1..=runs {
        println!("export, run {run} of {runs}");
        export(&keys, &mut times)?;
        for (signer, times) in signers.iter().zip(&mut times.batch_ms) {
            exchange(&batch, signer, times)?;
        }
    }
    let report = report(&times, runs);
    report.write(&plot(&times))?;
    Ok(report.reached())
}

fn export(keys: &[exposure::DiagnosisKey], times: &mut Times) -> Result<()> {
    let (signer, _) = P256Signer::generate(SignatureInfo::new("238", "v1"))?;
    let window =
        Window::between("2026-11-21T08:00Z".parse()?, "2026-11-21T09:00Z".parse()?).context("window")?;
    let mut random = ChaCha8Rng::seed_from_u64(22);
    let mut keys = keys.to_vec();
    let begun = Instant::now();
    keys.extend(padding(
        &keys,
        Padding::DEFAULT,
        &mut |bytes| random.fill_bytes(bytes),
        exposure::DiagnosisKey::like_this,
    ));
    let content = Content { window, region: "DK".to_owned(), keys, revised_keys: Vec::new() };
    let zips = write(content, Split::Alone { keys_at_most: KEYS }, &signer)?;
    times.export_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
    times.megabytes = zips.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let begun = Instant::now();
    let files = zips.iter().map(|zip| Published::read(zip)).collect::<Result<_, _>>()?;
    let verified = verify(files, &[signer.trusted()])?;
    times.read_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
    ensure!(verified.exports().iter().map(|one| one.keys.len()).sum::<usize>() == KEYS, "keys were lost");
    Ok(())
}

fn exchange(batch: &Batch, signer: &KeyPairSigner, times: &mut [Vec<f64>; 3]) -> Result<()> {
    use cms::BatchSigner as _;
    let now = Timestamp::now();
    let listed =
        [SigningCertificate { thumbprint: signer.certificate().thumbprint(), country: "DK".to_owned() }];
    let [canonicalise, sign, check] = times;
    let begun = Instant::now();
    let content = black_box(canonical(batch));
    canonicalise.push(begun.elapsed().as_secs_f64() * 1_000.0);
    let begun = Instant::now();
    let signature = cms::sign(&content, signer, now)?;
    sign.push(begun.elapsed().as_secs_f64() * 1_000.0);
    let begun = Instant::now();
    check_batch(batch, &signature, &listed, now)?;
    check.push(begun.elapsed().as_secs_f64() * 1_000.0);
    Ok(())
}

/// Keys of the last two weeks, whenever this runs.
fn batch() -> Batch {
    let today = exposure::IntervalNumber::at(Timestamp::now()).day_start();
    let visited = ["SE", "NO", "DE"].map(str::to_owned);
    let keys = phone::keys(BATCH, 23);
    let sent = (0_u32..).zip(&keys).map(|(index, key)| FederatedKey {
        rolling_start_interval_number: today.minus(144 * (index % 14)).number(),
        ..FederatedKey::of(key, "DK", &visited, Onset::Exact { days: 3 })
    });
    Batch { keys: sent.collect() }
}

/// A key and its certificate, made by another program.
fn signer(folder: &Path, way: usize) -> Result<KeyPairSigner> {
    let (key, certificate, der) =
        (folder.join("key.pem"), folder.join("certificate.pem"), folder.join("key.der"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-nodes", "-subj", "/C=DK/CN=batch", "-days", "30"]).args(WAYS[way].1);
    let made = openssl.arg("-keyout").arg(&key).arg("-out").arg(&certificate).output()?;
    ensure!(made.status.success(), "`openssl req` failed: {}", String::from_utf8_lossy(&made.stderr));
    let mut openssl = Command::new("openssl");
    openssl.args(["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in"]).arg(&key).arg("-out").arg(&der);
    ensure!(openssl.output()?.status.success(), "`openssl pkcs8` failed");
    let certificate = Certificate::from_pem(&std::fs::read_to_string(certificate)?)?;
    Ok(KeyPairSigner::from_pkcs8(&std::fs::read(der)?, certificate)?)
}

/// All three steps of a way, run by run.
fn whole(times: &[Vec<f64>; 3]) -> f64 {
    let [canonicalise, sign, check] = times;
    let sums: Vec<f64> =
        canonicalise.iter().zip(sign).zip(check).map(|((one, two), three)| one + two + three).collect();
    median(&sums)
}

fn report(times: &Times, runs: usize) -> Report {
    let export_ms = median(&times.export_ms);
    let slowest = times.batch_ms.iter().map(whole).fold(0.0, f64::max);
    let mut rows = vec![
        vec![
            format!("export of {KEYS} keys: pad, sort, sign, zip ({:.1} MB)", times.megabytes),
            format!("{export_ms:.0}"),
        ],
        vec!["the same read and verified by a phone".to_owned(), format!("{:.0}", median(&times.read_ms))],
    ];
    for ((name, _), of_way) in WAYS.iter().zip(&times.batch_ms) {
        for (step, times) in ["canonicalise", "sign", "check"].iter().zip(of_way) {
            rows.push(vec![
                format!("batch of {BATCH} keys, {name}: {step}"),
                format!("{:.2}", median(times)),
            ]);
        }
    }
    Report {
        name: "export".to_owned(),
        title: "An export of half a million keys, and a batch between countries".to_owned(),
        method: format!(
            "One export file with ECDSA P-256, deflated. The batch: canonical bytes, a detached CMS signature, then all \
             that a country checks before it believes (each key, the canonical bytes again, the signature, the list of \
             certificates, whose keys). Medians of {runs} runs, on one thread."
        ),
        bars: vec![
            Bar {
                what: format!("export under {EXPORT_SECONDS} s"),
                measured: format!("{:.2} s", export_ms / 1_000.0),
                reached: export_ms < EXPORT_SECONDS * 1_000.0,
            },
            Bar {
                what: format!("batch under {BATCH_MS} ms"),
                measured: format!("{slowest:.1} ms"),
                reached: slowest < BATCH_MS,
            },
        ],
        head: ["step", "ms"].map(str::to_owned).to_vec(),
        rows,
    }
}

fn plot(times: &Times) -> Bars {
    let series = |name: &str, step: usize| Series {
        name: name.to_owned(),
        values: times.batch_ms.iter().map(|of_way| Some(median(&of_way[step]))).collect(),
    };
    Bars {
        title: format!("A batch of {BATCH} keys between countries"),
        unit: "ms".to_owned(),
        groups: WAYS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: vec![series("canonicalise", 0), series("sign", 1), series("check", 2)],
        scale: Scale::Linear,
    }
}

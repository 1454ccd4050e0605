//! Export files: Google's samples are read and verified, ours are read back, tampered ones are refused.

use std::io::{Cursor, Write as _};

use exposure::export::{
    BinError, Chunk, Content, Export, ExportSigner, MAX_SIGNATURES, P256Signer, Padding, Published,
    ReadError, SignatureInfo, Split, TrustedKey, Verified, VerifyError, Window, file_name, index, padding,
    verify, write,
};
use exposure::{DiagnosisKey, ReportType};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::files;
use crate::keys::{keys, seeded};

const SAMPLE: &str = "google_server_testExport-2-records.zip";

fn sample_key() -> TrustedKey {
    TrustedKey::from_pem(&files::text("google_server_testExport_public.pem")).unwrap()
}

fn signer() -> P256Signer {
    P256Signer::generate(SignatureInfo::new("238", "v1")).unwrap().0
}

fn window() -> Window {
    Window::between("2026-11-21T08:00Z".parse().unwrap(), "2026-11-21T12:00Z".parse().unwrap()).unwrap()
}

fn content(keys: Vec<DiagnosisKey>) -> Content {
    Content { window: window(), region: "DK".to_owned(), keys, revised_keys: Vec::new() }
}

fn read(zips: &[Vec<u8>]) -> Vec<Published> {
    zips.iter().map(|zip| Published::read(zip).unwrap()).collect()
}

const WHOLE: Split = Split::Together { keys_at_most: 500_000 };

#[test]
fn the_sample_of_the_reference_server_verifies_over_the_whole_file() {
    let published = Published::read(&files::bytes(SAMPLE)).unwrap();
    let verified = verify(vec![published], &[sample_key().named("some_id", "1")]).unwrap();
    let [export] = verified.exports() else { panic!() };
    assert_eq!(export.region, "US");
    assert_eq!(export.chunk, Some(Chunk::ALONE));
    assert_eq!(export.signature_infos, [SignatureInfo::new("some_id", "1")]);
    let stated = files::json("google_server_testExport_keys.json");
    let stated = stated["temporaryExposureKeys"].as_array().unwrap();
    assert_eq!((export.keys.len(), stated.len()), (2, 2));
    for one in stated {
        let key = export.keys.iter().find(|key| key.key.reveal_base64() == one["key"].as_str().unwrap());
        let key = key.unwrap();
        assert_eq!(u64::from(key.start.number()), one["rollingStartNumber"].as_u64().unwrap());
        assert_eq!(u64::from(key.period.intervals()), one["rollingPeriod"].as_u64().unwrap());
        let risk = key.transmission_risk.unwrap();
        assert_eq!(u64::from(risk.level()), one["transmissionRisk"].as_u64().unwrap());
    }
}

#[test]
fn the_sample_of_the_reference_phone_holds_two_hundred_keys() {
    let bytes = files::bytes("google_internals_cpp_testdata_export.bin");
    let export = Export::from_bin(&bytes).unwrap();
    assert_eq!(export.keys.len(), 200);
    assert_eq!(Export::from_bin(&export.to_bin()).unwrap(), export);
}

#[test]
fn what_we_write_is_read_back_sorted_whole_and_verified() {
    let signer = signer();
    let mut wanted = keys(1_234, 1);
    let zips = write(content(wanted.clone()), WHOLE, &signer).unwrap();
    let verified = verify(read(&zips), &[signer.trusted()]).unwrap();
    wanted.sort();
    let [export] = verified.exports() else { panic!() };
    assert_eq!(export.keys, wanted);
    assert!(export.keys.is_sorted_by_key(|key| *key.key.reveal()));
    assert_eq!((export.start, export.end), (window().start(), window().end()));
}

#[test]
fn revised_keys_travel_beside_the_new_ones() {
    let signer = signer();
    let mut revised_keys = keys(5, 2);
    revised_keys.iter_mut().for_each(|key| key.report_type = Some(ReportType::Revoked));
    let content = Content { revised_keys: revised_keys.clone(), ..content(keys(7, 3)) };
    let zips = write(content, Split::Together { keys_at_most: 4 }, &signer).unwrap();
    assert_eq!(zips.len(), 3);
    let exports = verify(read(&zips), &[signer.trusted()]).unwrap().into_exports();
    let counts: Vec<_> = exports.iter().map(|one| (one.keys.len(), one.revised_keys.len())).collect();
    assert_eq!(counts, [(4, 0), (3, 1), (0, 4)]);
    let mut read: Vec<_> = exports.into_iter().flat_map(|one| one.revised_keys).collect();
    read.sort();
    revised_keys.sort();
    assert_eq!(read, revised_keys);
}

#[test]
fn a_batch_of_several_files_is_believed_only_whole() {
    let signer = signer();
    let zips = write(content(keys(10, 4)), Split::Together { keys_at_most: 3 }, &signer).unwrap();
    let files = read(&zips);
    assert_eq!(files[3].unchecked().chunk, Some(Chunk { number: 4, of: 4 }));
    assert_eq!(verify(files.clone(), &[signer.trusted()]).unwrap().exports().len(), 4);
    let without = files.into_iter().skip(1).collect();
    assert_eq!(verify(without, &[signer.trusted()]), Err(VerifyError::Missing { of: 4, there: 3 }));
    // The same file twice does not stand in for the missing one.
    let twice = read(&[zips[0].clone(), zips[0].clone(), zips[1].clone(), zips[2].clone()]);
    assert_eq!(verify(twice, &[signer.trusted()]), Err(VerifyError::Missing { of: 4, there: 3 }));
}

#[test]
fn files_that_stand_alone_are_told_apart_by_their_ends() {
    let signer = signer();
    let zips = write(content(keys(10, 5)), Split::Alone { keys_at_most: 4 }, &signer).unwrap();
    let exports = verify(read(&zips), &[signer.trusted()]).unwrap().into_exports();
    let ends: Vec<i64> = exports.iter().map(|one| one.end.as_second()).collect();
    let last = window().end().as_second();
    assert_eq!(ends, [last - 2, last - 1, last]);
    assert!(exports.iter().all(|one| one.chunk == Some(Chunk::ALONE)));
}

#[test]
fn a_window_without_keys_is_a_file_without_keys() {
    let signer = signer();
    let zips = write(content(Vec::new()), WHOLE, &signer).unwrap();
    let exports = verify(read(&zips), &[signer.trusted()]).unwrap().into_exports();
    assert_eq!(exports.iter().map(|one| one.keys.len()).collect::<Vec<_>>(), [0]);
    assert!(write(content(keys(1, 6)), Split::Alone { keys_at_most: 0 }, &signer).is_err());
}

/// Threat T17.
#[test]
fn a_small_export_is_padded_with_keys_that_nobody_can_tell_apart() {
    let real = keys(28, 7);
    let invented = padding(&real, Padding::DEFAULT, &mut seeded(70), DiagnosisKey::like_this);
    let total = real.len() + invented.len();
    assert!((1_000..=1_100).contains(&total), "{total}");
    for key in &invented {
        assert!(real.iter().any(|one| {
            (one.start, one.period, one.report_type, one.days_since_onset, one.transmission_risk)
                == (key.start, key.period, key.report_type, key.days_since_onset, key.transmission_risk)
        }));
        assert!(real.iter().all(|one| one.key != key.key));
    }
    // An empty window stays empty, a large one stays as it is.
    assert!(
        padding::<DiagnosisKey>(&[], Padding::DEFAULT, &mut seeded(8), DiagnosisKey::like_this).is_empty()
    );
    assert!(padding(&keys(1_101, 9), Padding::DEFAULT, &mut seeded(9), DiagnosisKey::like_this).is_empty());
}

/// Threat T17: made again from the same rows, an export holds the same keys in the same order.
#[test]
fn an_export_that_is_made_again_holds_the_same_keys() {
    let signer = signer();
    let mut rows = keys(28, 10);
    rows.extend(padding(&rows, Padding::DEFAULT, &mut seeded(100), DiagnosisKey::like_this));
    let once = write(content(rows.clone()), WHOLE, &signer).unwrap();
    rows.reverse();
    let again = write(content(rows), WHOLE, &signer).unwrap();
    assert_eq!(read(&once)[0].unchecked(), read(&again)[0].unchecked());
}

/// Threat T17: sorted, the keys of one person lie no nearer to each other than chance has it.
#[test]
fn the_keys_of_one_person_do_not_lie_together() {
    let signer = signer();
    let mut rows = keys(14, 11);
    let person = rows.clone();
    rows.extend(padding(&person, Padding::DEFAULT, &mut seeded(110), DiagnosisKey::like_this));
    let zips = write(content(rows), WHOLE, &signer).unwrap();
    let exported = read(&zips)[0].unchecked().keys.clone();
    let places: Vec<usize> =
        exported.iter().enumerate().filter(|(_, key)| person.contains(key)).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 14);
    let neighbours = places.windows(2).filter(|pair| pair[1] - pair[0] == 1).count();
    assert!(neighbours <= 3, "{places:?}");
}

#[test]
fn one_changed_bit_anywhere_in_the_keys_is_refused() {
    let signer = signer();
    let zips = write(content(keys(20, 12)), WHOLE, &signer).unwrap();
    let (bin, sig) = unpacked(&zips[0]);
    for at in (0..bin.len()).step_by(7) {
        let mut changed = bin.clone();
        changed[at] ^= 1;
        let Ok(file) = Published::from_files(changed, &sig) else { continue };
        assert!(verify(vec![file], &[signer.trusted()]).is_err(), "byte {at}");
    }
}

#[test]
fn another_key_another_name_or_no_signature_is_refused() {
    let (ours, theirs) = (signer(), signer());
    let zips = write(content(keys(3, 13)), WHOLE, &ours).unwrap();
    let file = || read(&zips);
    assert_eq!(verify(file(), &[theirs.trusted()]), Err(VerifyError::Untrusted(1)));
    assert_eq!(verify(file(), &[]), Err(VerifyError::Untrusted(1)));
    let renamed = ours.trusted().named("238", "v2");
    assert_eq!(verify(file(), &[renamed]), Err(VerifyError::Untrusted(1)));
    assert!(verify(file(), &[theirs.trusted(), ours.trusted()]).is_ok());
    let (bin, _) = unpacked(&zips[0]);
    let unsigned = Published::from_files(bin.clone(), &[]).unwrap();
    assert_eq!(verify(vec![unsigned], &[ours.trusted()]), Err(VerifyError::Unsigned(1)));
    assert_eq!(verify(Vec::new(), &[ours.trusted()]), Err(VerifyError::Nothing));
    // The signature of another file of the same key.
    let (_, other) = unpacked(&write(content(keys(3, 14)), WHOLE, &ours).unwrap()[0]);
    let swapped = Published::from_files(bin, &other).unwrap();
    assert_eq!(verify(vec![swapped], &[ours.trusted()]), Err(VerifyError::Untrusted(1)));
}

#[test]
fn a_key_is_rotated_with_an_overlap() {
    struct Renamed(P256Signer, SignatureInfo);
    impl ExportSigner for Renamed {
        fn info(&self) -> &SignatureInfo {
            &self.1
        }
        fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, exposure::export::SigningError> {
            self.0.sign(bytes)
        }
    }
    let (old, new) = (signer(), Renamed(signer(), SignatureInfo::new("238", "v2")));
    let trusted = [old.trusted(), new.0.trusted().named("238", "v2")];
    let of_old = write(content(keys(3, 15)), WHOLE, &old).unwrap();
    let of_new = write(content(keys(3, 16)), WHOLE, &new).unwrap();
    let both: Verified = verify(read(&[of_old[0].clone(), of_new[0].clone()]), &trusted).unwrap();
    assert_eq!(both.exports().len(), 2);
}

#[test]
fn names_of_files_and_the_index_are_those_that_phones_read() {
    assert_eq!(file_name(window(), 1), "1795248000-1795262400-00001.zip");
    assert_eq!(index(["dk/a.zip", "dk/b.zip"]), "dk/a.zip\ndk/b.zip\n");
}

/// Threats 4.10: exactly two files, a bound that is counted, no nesting.
#[test]
fn a_zip_of_anything_else_is_refused() {
    let bin = files::bytes("google_internals_cpp_testdata_export.bin");
    let two: &[(&str, &[u8])] = &[("export.bin", &bin), ("export.sig", &[])];
    assert!(Published::read(&zipped(two)).is_ok());
    for wrong in [
        &two[..1],
        &two[1..],
        &[two[0], two[1], ("third", &[])],
        &[("EXPORT.BIN", &bin), two[1]],
        &[("a/export.bin", &bin), two[1]],
        &[("../export.bin", &bin), two[1]],
        &[],
    ] {
        assert!(matches!(Published::read(&zipped(wrong)), Err(ReadError::Files)), "{:?}", wrong.len());
    }
    assert!(matches!(Published::read(b"<html>sorry</html>"), Err(ReadError::Zip)));
    assert!(matches!(Published::read(&[]), Err(ReadError::Zip)));
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![0; 64 * 1024 * 1024];
    let bomb = zipped(&[("export.bin", &zeros), ("export.sig", &[])]);
    assert!(bomb.len() < 200_000);
    assert!(matches!(Published::read(&bomb), Err(ReadError::TooHeavyUnpacked("export.bin"))));
    let bomb = zipped(&[("export.bin", &[]), ("export.sig", &zeros)]);
    assert!(matches!(Published::read(&bomb), Err(ReadError::TooHeavyUnpacked("export.sig"))));
    assert!(matches!(Published::read(&vec![0; 25 * 1024 * 1024]), Err(ReadError::TooHeavy)));
}

/// A name of a signature takes two bytes of a file, nothing of a zip, and some seventy bytes of memory.
#[test]
fn names_of_signatures_without_end_are_refused_while_they_are_read() {
    let bin = |count: usize| [b"EK Export v1    ".to_vec(), [0x32, 0].repeat(count)].concat();
    let sig = |count: usize| [0x0a, 0].repeat(count);
    let most = Published::from_files(bin(MAX_SIGNATURES), &sig(MAX_SIGNATURES)).unwrap();
    assert_eq!(most.unchecked().signature_infos.len(), most.signatures().len());
    let small = zipped(&[("export.bin", &bin(15 << 20)), ("export.sig", &[])]);
    assert!(small.len() < 1 << 20, "{}", small.len());
    for many in [Published::read(&small), Published::from_files(bin(MAX_SIGNATURES + 1), &[])] {
        assert!(matches!(many, Err(ReadError::Bin(BinError::TooManySignatures))));
    }
    let many = Published::from_files(bin(0), &sig(MAX_SIGNATURES + 1));
    assert!(matches!(many, Err(ReadError::TooManySignatures)));
    assert!(matches!(Published::from_files(bin(0), &[0x0a, 5, 1]), Err(ReadError::Sig(_))));
}

#[test]
fn a_key_that_cannot_be_refuses_the_file_and_is_not_repeated() {
    let mut one = keys(1, 17);
    one[0].days_since_onset = None;
    let export = Export { keys: one, ..Export::from_bin(&read_sample()).unwrap() };
    let bytes = export.to_bin();
    // The period is the fourth field of the key: 0x20, then 144 in two bytes.
    let at = bytes.windows(3).rposition(|three| three == [0x20, 0x90, 0x01]).unwrap();
    let mut changed = bytes.clone();
    changed[at + 1] = 0x91;
    let error = Export::from_bin(&changed).unwrap_err().to_string();
    assert_eq!(error, "key 1: a rolling period is 1 to 144 intervals, this is 145");
    assert!(Export::from_bin(&bytes[..bytes.len() - 1]).is_err());
    assert!(Export::from_bin(&bytes[1..]).is_err());
}

fn read_sample() -> Vec<u8> {
    unpacked(&files::bytes(SAMPLE)).0
}

fn unpacked(zip: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut file = |name: &str| {
        let mut bytes = Vec::new();
        std::io::copy(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    (file("export.bin"), file("export.sig"))
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

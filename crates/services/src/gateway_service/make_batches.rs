//! Every five minutes what was taken in is laid into batches, which never change afterwards.

use std::collections::HashSet;

use exposure::gateway::MAX_KEYS;
use jiff::{SignedDuration, Timestamp};
use notice::{Target, Writing};

use super::{BATCH_SECONDS, In, Known, Line, Reason, USE, all_lines, batches, known, uploads};
use crate::Call;
use crate::gateway_records as records;

/// Why not.
pub type Error = crate::Error<Reason>;

/// Makes the batches that are due. Returns how many. An upload is never split, and lies in one batch.
///
/// # Errors
/// Refused, or the register cannot take them; what was made stays.
pub fn run(at: &Call<'_>, seen: &Known) -> Result<usize, Error> {
    let mut lock = seen.lock();
    known::forget_old(&mut lock, at.now());
    let lines = all_lines::<Reason>(at)?;
    let made = batches(&lines);
    let wait = SignedDuration::from_secs(BATCH_SECONDS);
    let last = made.last().and_then(|batch| batch.at.checked_add(wait).ok());
    if last.is_some_and(|due| at.now() < due) {
        return Ok(0);
    }
    let laid: HashSet<&str> = made.iter().flat_map(|batch| &batch.uploads).map(String::as_str).collect();
    let loose: Vec<&In> = uploads(&lines).filter(|upload| !laid.contains(upload.tag.as_str())).collect();
    let day = records::day_of(at.now());
    let number = |tag: &str| tag.rsplit_once('-').and_then(|(_, number)| number.parse::<u64>().ok());
    let of_today = made.iter().filter(|batch| batch.day == day);
    let mut next = of_today.filter_map(|batch| number(&batch.tag)).max().unwrap_or(0);
    let groups = grouped(&loose);
    for group in &groups {
        next += 1;
        let tag = format!("{}-{next}", day.strftime("%Y%m%d"));
        let since = group.iter().map(|upload| upload.uploaded).min();
        write(at, &tag, group.iter().map(|upload| upload.tag.clone()).collect(), since)?;
    }
    Ok(groups.len())
}

/// Writes a batch down: the tags of its uploads, and when the first of them was taken in.
fn write(at: &Call<'_>, tag: &str, uploads: Vec<String>, since: Option<Timestamp>) -> Result<(), Error> {
    let person = records::nobody(at, &["laid", tag]);
    let line = Line::Batch { tag: tag.to_owned(), day: records::day_of(at.now()), uploads, since };
    let change = records::delivery(person, records::id_of(&["laid", tag]), &line, at.now());
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))
}

/// Whole uploads, as many as a batch holds.
fn grouped<'a>(loose: &[&'a In]) -> Vec<Vec<&'a In>> {
    let mut groups: Vec<Vec<&In>> = Vec::new();
    let mut keys = 0;
    for upload in loose {
        let room = keys + upload.keys <= MAX_KEYS;
        match groups.last_mut().filter(|_| room) {
            Some(group) => {
                keys += upload.keys;
                group.push(upload);
            }
            None => {
                keys = upload.keys;
                groups.push(vec![upload]);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_holds_whole_uploads_and_at_most_five_thousand_keys() {
        let upload = |tag: &str, keys| In {
            tag: tag.to_owned(),
            country: "DK".to_owned(),
            keys,
            uploaded: Timestamp::UNIX_EPOCH,
            uploader: String::new(),
            signer: String::new(),
            signature: String::new(),
        };
        let all =
            [upload("a", 3_000), upload("b", 2_000), upload("c", 1), upload("d", 5_000), upload("e", 0)];
        let loose: Vec<&In> = all.iter().collect();
        let tags = |group: &Vec<&In>| group.iter().map(|upload| upload.tag.as_str()).collect();
        let groups: Vec<String> = grouped(&loose).iter().map(tags).collect();
        assert_eq!(groups, ["ab", "c", "de"]);
    }
}

//! Names near to one that nobody knows.

use std::path::Path;

/// A line of help with the names nearest to what was written, or all of them if they are few.
pub(crate) fn help(written: &str, known: &[&str]) -> String {
    let near = nearest(written, known);
    if !near.is_empty() {
        return format!("did you mean {}?", list(&near));
    }
    if known.is_empty() {
        return "there is none here".to_owned();
    }
    if known.len() <= 12 {
        return format!("there is {}", list(known));
    }
    let some: Vec<&str> = known.iter().take(5).copied().collect();
    format!("there are {}, for example {}", known.len(), list(&some))
}

/// The same, where the notices of the program were looked through though a folder of notices lies here.
pub(crate) fn help_beside(written: &str, known: &[&str], given: Option<&Path>) -> String {
    let help = help(written, known);
    if given.is_none() && Path::new("notices").is_dir() {
        return format!("{help}; for those of the folder here add `--notices notices`");
    }
    help
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// At most three names that are a few letters away, or that hold what was written.
fn nearest<'a>(written: &str, known: &[&'a str]) -> Vec<&'a str> {
    let written = written.to_lowercase();
    let most = (written.chars().count() / 3).max(2);
    let distance = |name: &str| {
        let holds = written.len() >= 3 && name.contains(&written);
        if holds { 1 } else { distance(&written, &name.to_lowercase()) }
    };
    let mut near: Vec<(usize, &str)> =
        known.iter().map(|name| (distance(name), *name)).filter(|(far, _)| *far <= most).collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name).take(3).collect()
}

/// Letters to add, drop or change between two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above, letter) in a.chars().enumerate() {
        let mut next = vec![above + 1];
        for (place, other) in b.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&row, place) + usize::from(letter != *other);
            next.push(changed.min(at(&row, place + 1) + 1).min(at(&next, place) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_guessed() {
        assert_eq!(
            help("nsp.apointment", &["nsp.appointment", "imi.in-imi"]),
            "did you mean `nsp.appointment`?"
        );
    }

    #[test]
    fn a_part_of_a_name_is_guessed() {
        assert_eq!(nearest("prescription", &["fmk.prescription", "fmk.order"]), ["fmk.prescription"]);
    }

    #[test]
    fn few_names_are_all_told() {
        assert_eq!(help("quite-something-else", &["a", "b"]), "there is `a`, `b`");
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}

//! The name that was probably meant.

/// The candidate with the fewest changed letters, if that is few enough to be a slip.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(changes, _)| *changes <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, delete or replace.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (position, from) in left.chars().enumerate() {
        let mut diagonal = position;
        let mut before = position + 1;
        let mut next = vec![before];
        for (above, to) in row.iter().skip(1).zip(right.chars()) {
            before = (diagonal + usize::from(from != to)).min(above + 1).min(before + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_changed_letters() {
        for (left, right, changes) in [
            ("keep", "keep", 0),
            ("kep", "keep", 1),
            ("basis", "bases", 1),
            ("a", "", 1),
            ("purpos", "propose", 3),
        ] {
            assert_eq!(distance(left, right), changes, "{left} {right}");
        }
    }

    #[test]
    fn a_wholly_different_word_is_not_suggested() {
        assert_eq!(nearest("colour", ["keep", "basis"]), None);
        assert_eq!(nearest("bassis", ["keep", "basis"]), Some("basis"));
    }
}

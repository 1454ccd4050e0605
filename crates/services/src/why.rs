//! Why a record is kept until its day: the clause of its clock in words.

use notice::clock::{StageStatus, Status, Verb};
use notice::{Bilingual, Policy};
use register::{Clocked, HoldKind};

use crate::call::civil_day;
use crate::words::{both, date_in_both};

/// What keeps the record till then: a hold, the brake, or the clause from which the date follows.
pub(crate) fn of(policy: &Policy, clocked: &Clocked, next: Option<&StageStatus>) -> Bilingual {
    if let Some((kind, review)) = clocked.holds.first() {
        let day = date_in_both(civil_day(*review));
        let reason = hold(*kind);
        return both(
            format!("holdes tilbage, fordi {}; nogen ser på det igen {}", reason.da, day.da),
            format!("held back because {}; somebody looks at it again on {}", reason.en, day.en),
        );
    }
    if clocked.late {
        return both(
            "skulle være slettet; det holdes tilbage, til to personer har set efter, og ingen kan læse det",
            "should have been erased; it is held back until two persons have checked, and nobody can read it",
        );
    }
    match next {
        Some(stage) => status(policy, stage),
        None => both("der sker ikke mere", "nothing more happens"),
    }
}

fn status(policy: &Policy, stage: &StageStatus) -> Bilingual {
    match &stage.status {
        Status::Pending(_) | Status::Due(_) => clause(policy, stage.verb, &stage.clause),
        Status::Waiting { events, .. } => waiting(policy, stage.verb, events),
        Status::Held { review, .. } => {
            let day = date_in_both(civil_day(*review));
            both(
                format!("vi ved ikke, hvor længe medicinen bruges; nogen ser på det {}", day.da),
                format!("we do not know how long the medicine is in use; somebody looks at it on {}", day.en),
            )
        }
        Status::Done(_) | Status::NotApplicable => both("der sker ikke mere", "nothing more happens"),
    }
}

fn hold(kind: HoldKind) -> Bilingual {
    match kind {
        HoldKind::OpenRequest => both("du har en åben anmodning", "you have an open request"),
        HoldKind::Restriction => both("behandlingen er begrænset", "its use is restricted"),
        HoldKind::LegalHold => both("det skal bruges i en retssag", "it is needed for a legal claim"),
        HoldKind::ArchiveHandover => both("arkivet ikke har bekræftet", "the archive has not confirmed"),
    }
}

/// `last dispensed + P2Y`: erased 2 years after the medicine was dispensed.
fn clause(policy: &Policy, verb: Verb, clause: &str) -> Bilingual {
    let (start, plus) = clause.split_once(" + ").unwrap_or((clause, ""));
    let event = start.strip_prefix("last ").or_else(|| start.strip_prefix("first ")).unwrap_or(start);
    let title = title(policy, event);
    let verb = act(verb);
    match period(plus) {
        Some(period) => both(
            format!("{} {} efter, at {}", verb.da, period.da, title.da),
            format!("{} {} after {}", verb.en, period.en, title.en),
        ),
        None if plus == "active-period" => both(
            format!("{}, når medicinen ikke længere bruges efter, at {}", verb.da, title.da),
            format!("{} when the medicine is no longer in use after {}", verb.en, title.en),
        ),
        None => both(format!("{}, når {}", verb.da, title.da), format!("{} when {}", verb.en, title.en)),
    }
}

fn waiting(policy: &Policy, verb: Verb, events: &[String]) -> Bilingual {
    let titles: Vec<_> = events.iter().map(|event| title(policy, event)).collect();
    let join = |or: &str, of: fn(&Bilingual) -> &str| titles.iter().map(of).collect::<Vec<_>>().join(or);
    let verb = act(verb);
    both(
        format!("{} en tid efter, at {}; det er ikke sket", verb.da, join(", eller at ", |title| &title.da)),
        format!("{} some time after {}; that has not happened", verb.en, join(", or ", |title| &title.en)),
    )
}

fn title(policy: &Policy, event: &str) -> Bilingual {
    policy.event(event).map_or_else(|| crate::words::same(event), |event| event.said.title.clone())
}

fn act(verb: Verb) -> Bilingual {
    match verb {
        Verb::Erase => both("slettes", "erased"),
        Verb::Block => both("blokeres", "blocked"),
        Verb::Archive => both("afleveres til arkivet", "handed over to the archive"),
        Verb::Anonymise => both("gøres anonymt", "made anonymous"),
        Verb::Move => both("flyttes", "moved"),
        Verb::Review => both("gennemgås", "reviewed"),
        Verb::Destroy => both("destrueres", "destroyed"),
    }
}

/// `P2Y` as 2 years; nothing for what is no period.
fn period(text: &str) -> Option<Bilingual> {
    let time = text.starts_with("PT");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().ok()?;
    let one = number == 1;
    let (da, en) = match (text.chars().last()?, time, one) {
        ('Y', _, true) => ("år", "year"),
        ('Y', _, false) => ("år", "years"),
        ('M', false, true) => ("måned", "month"),
        ('M', false, false) => ("måneder", "months"),
        ('W', _, true) => ("uge", "week"),
        ('W', _, false) => ("uger", "weeks"),
        ('D', _, true) => ("dag", "day"),
        ('D', _, false) => ("dage", "days"),
        ('H', _, true) => ("time", "hour"),
        ('H', _, false) => ("timer", "hours"),
        _ => return None,
    };
    Some(both(format!("{number} {da}"), format!("{number} {en}")))
}

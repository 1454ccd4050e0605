//! A whole list takes the place of the one before, in one go or not at all, whatever else happens meanwhile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target, Writing};
use register::testing::TestRegister;
use register::{Ask, Change, ChangeError, Content, Draft, Personal, Replacing, Whole};

const USE: &str = "sst.receive-infected";
const LIST: &str = "sst.ssi-infected";

fn person(number: u128) -> Id<Person> {
    Id::from_bits(number << 32 | 2)
}

fn draft(person: Id<Person>, tested: &str) -> Draft {
    let mut content = Content::new();
    content.insert("positive".to_owned(), true.into());
    content.insert("test-time".to_owned(), tested.into());
    Draft {
        register: LIST,
        id: None,
        subjects: vec![("confirmed-infected".to_owned(), person)],
        content: Personal::new(content),
        events: Vec::new(),
        quantities: Vec::new(),
        private: false,
        link: None,
    }
}

fn whole(numbers: impl Iterator<Item = u128>) -> Whole {
    let entries: BTreeMap<_, _> =
        numbers.map(person).map(|person| (person, draft(person, "2026-11-20T08:00:00Z"))).collect();
    Whole {
        register: LIST,
        gone: "ssi.not-relevant",
        as_of: "2026-11-20T09:00:00Z".parse().unwrap(),
        entries,
    }
}

fn replaces(
    house: &TestRegister,
    whole: &Whole,
    agree: impl Fn(&Replacing) -> Result<(), &'static str>,
) -> Result<Replacing, ChangeError<&'static str>> {
    let call = house.call("ssi", None, None);
    let ask = Ask { use_name: USE, target: Target::Query, reason: None };
    let grant = house.register.ask::<Writing>(&call, ask).unwrap();
    house.register.replace(&call, grant, whole, |replacing, _| agree(replacing))
}

fn standing(house: &TestRegister) -> u64 {
    let call = house.call("ssi", None, None);
    house.register.standing(&call, USE).unwrap().into_values().sum()
}

#[test]
fn a_list_of_thousands_comes_whole_and_outlives_a_restart() {
    let house = TestRegister::new();
    let first = replaces(&house, &whole(0..3_000), |_| Ok(())).unwrap();
    assert_eq!((first.new, first.before), (3_000, 0));
    let second = replaces(&house, &whole(1_000..3_500), |_| Ok(())).unwrap();
    let expected = Replacing { before: 3_000, new: 500, corrected: 0, unchanged: 2_000, gone: 1_000 };
    assert_eq!(second, expected);
    let house = house.reopen(5).unwrap();
    assert_eq!(standing(&house), 2_500);
}

#[test]
fn a_list_that_is_called_off_or_does_not_fit_changes_nothing() {
    let house = TestRegister::new();
    replaces(&house, &whole(0..1_200), |_| Ok(())).unwrap();
    let off = replaces(&house, &whole(0..1), |replacing| {
        assert_eq!((replacing.gone, replacing.unchanged), (1_199, 1));
        Err("not meant")
    });
    assert!(matches!(off, Err(ChangeError::Service("not meant"))));
    // The last entry of a long list has a field that nobody declared: the first thousand do not come either.
    let mut torn = whole(5_000..7_000);
    let last = torn.entries.values_mut().last().unwrap();
    let mut content = last.content.reveal().clone();
    content.insert("address".to_owned(), "Testvej 1".into());
    last.content = Personal::new(content);
    assert!(matches!(replaces(&house, &torn, |_| Ok(())), Err(ChangeError::Unfit { .. })));
    assert_eq!(standing(&house), 1_200);
}

#[test]
fn a_list_comes_through_while_its_people_are_changed_by_others() {
    let house = TestRegister::new();
    replaces(&house, &whole(0..2_000), |_| Ok(())).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !over.load(Ordering::Relaxed) {
                number = (number + 7) % 2_000;
                // People on the list log in to warn others: that is about them, and not about the list.
                let mut call = house.call("citizen", Some(person(number)), None);
                call.caller.authenticated_at = Some(call.now);
                let target = Target::Person(person(number));
                let ask = Ask { use_name: "sst.warn-others", target, reason: None };
                let grant = house.register.ask::<Writing>(&call, ask).unwrap();
                let login = || Draft {
                    register: "sst.nemid-login",
                    subjects: vec![("app-user".to_owned(), person(number))],
                    content: Personal::new(Content::new()),
                    events: vec![("nemid.login".to_owned(), call.now)],
                    ..draft(person(number), "")
                };
                let changed = house.register.change(&call, grant, |_| {
                    Ok::<_, Infallible>((vec![Change::Create(Box::new(login()))], ()))
                });
                assert!(changed.is_ok(), "{changed:?}");
            }
        });
        for round in 0..4_u128 {
            let replaced = replaces(&house, &whole(round * 100..round * 100 + 2_000), |_| Ok(()));
            assert!(replaced.is_ok(), "{replaced:?}");
        }
        over.store(true, Ordering::Relaxed);
    });
    let last = replaces(&house, &whole(300..2_300), |_| Ok(())).unwrap();
    assert_eq!((last.before, last.new, last.gone), (2_000, 0, 0));
}

#[test]
fn a_list_is_for_its_register_and_for_nobody_in_particular() {
    let house = TestRegister::new();
    let call = house.call("ssi", None, None);
    let ask = Ask { use_name: USE, target: Target::Person(person(1)), reason: None };
    let grant = house.register.ask::<Writing>(&call, ask).unwrap();
    let one = house.register.replace(&call, grant, &whole(0..3), |_, _| Ok::<_, Infallible>(()));
    assert!(matches!(one, Err(ChangeError::Unfit { .. })));
    let other = Whole { register: "sst.nemid-login", ..whole(0..3) };
    assert!(matches!(replaces(&house, &other, |_| Ok(())), Err(ChangeError::Unfit { .. })));
}

#[test]
fn as_of_when_a_list_is_goes_with_it_and_a_later_word_of_its_source_outdates_it() {
    let house = TestRegister::new();
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let stands = |house: &TestRegister, this: Timestamp| {
        let heard = Cell::new(None);
        let call = house.call("ssi", None, None);
        let ask = Ask { use_name: USE, target: Target::Query, reason: None };
        let grant = house.register.ask::<Writing>(&call, ask).unwrap();
        let agree = |_: &Replacing, stands: Option<Timestamp>| {
            heard.set(stands);
            if stands.is_none_or(|stands| stands < this) { Ok(()) } else { Err("older") }
        };
        let whole = Whole { as_of: this, ..whole(0..3) };
        let taken = house.register.replace(&call, grant, &whole, agree).is_ok();
        (heard.get(), taken)
    };
    let [early, noon, late] = ["08:00", "12:00", "16:00"].map(|hour| at(&format!("2026-11-21T{hour}:00Z")));
    assert_eq!(stands(&house, noon), (None, true));
    assert_eq!(stands(&house, early), (Some(noon), false), "what is not agreed to changes nothing");
    house.register.outdate_lists(LIST, late).unwrap();
    house.register.outdate_lists(LIST, early).unwrap();
    let house = house.reopen(5).unwrap();
    assert_eq!(stands(&house, noon), (Some(late), false), "also after a restart");
}

//! A hundred phones that take part, and two bodies that count them without reading one of them.

use jiff::Span;
use phone::network::HttpNetwork;
use phone::statistics::{Counted, VERSION};
use phone::{MemoryVault, Phone, consent};
use register::Clock as _;

use super::house::{dice, ground};
use crate::rehearsal::Counting;

#[tokio::test(flavor = "multi_thread")]
async fn phones_that_take_part_are_counted_by_both_bodies_and_by_neither_alone() {
    // proves rule SS-25
    let (ground, clock, _folder) = ground("2026-11-19T12:00:00Z");
    let counting = Counting::start(&ground, 100).await.unwrap();
    let (leader, helper) = (counting.leader_address(), counting.helper_address());
    let network = HttpNetwork::new(&leader, &leader, &[]).unwrap().counting_at(&leader, &helper).unwrap();
    let install = |seed: u64, now| {
        let mut phone = Phone::open(MemoryVault).unwrap();
        phone.consents(consent::VERSION, now, &mut dice(seed)).unwrap();
        phone.takes_part(VERSION, now, &mut dice(seed)).unwrap();
        phone
    };
    let mut phones: Vec<Phone> = (0..60).map(|seed| install(seed, clock.now())).collect();
    clock.pass(Span::new().days(1));
    phones.extend((60..105).map(|seed| install(seed, clock.now())));
    clock.pass(Span::new().days(1));
    let now = clock.now();
    for (seed, phone) in (1_000..).zip(&mut phones) {
        let mut network = network.clone();
        let told = tokio::task::block_in_place(|| {
            phone.tells(&mut network, &Counting::task(), now, &mut dice(seed)).unwrap()
        });
        assert_eq!(told, Counted::Taken);
    }
    let page = async || {
        let answer = reqwest::get(format!("{}/en/statistics", counting.leader.origin())).await.unwrap();
        answer.text().await.unwrap()
    };
    assert!(page().await.contains("There are no figures yet"));
    clock.pass(Span::new().days(2));
    counting.run_due().await.unwrap();
    let said = page().await;
    assert!(said.contains("phones with the app") && said.contains("<svg"), "{said}");
}

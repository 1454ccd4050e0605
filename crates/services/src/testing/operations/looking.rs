//! Looking: cards, logs and plans, held against the model record by record.

use super::*;

impl World {
    pub(super) fn opens(&mut self) -> Step {
        let patient = self.patient();
        let now = self.now();
        let (caller, asker, doctor) = self.doctor_or_nurse();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let (use_name, allowed, whole, (end, card)) = match self.dice.below(5) {
            0 => {
                let allowed = self.model.consented(patient, asker, now);
                let request = smr::open_card_with_consent::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card_with_consent::run(at, request))?;
                (smr::open_card_with_consent::USE, allowed, true, answer)
            }
            1 => {
                let allowed = self.model.emergency(patient, asker, now);
                let request = smr::open_card_in_emergency::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card_in_emergency::run(at, request))?;
                (smr::open_card_in_emergency::USE, allowed, false, answer)
            }
            2 => {
                let allowed = doctor && self.model.emergency(patient, asker, now);
                let request = smr::open_private_in_emergency::Request { patient, reason };
                let answer = self.act(&caller, |at| smr::open_private_in_emergency::run(at, request))?;
                (smr::open_private_in_emergency::USE, allowed, true, answer)
            }
            _ => {
                let allowed = self.model.may_treat(patient, asker, now);
                let request = smr::open_card::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card::run(at, request))?;
                (smr::open_card::USE, allowed, false, answer)
            }
        };
        self.noted(patient, use_name, !allowed);
        same(use_name, end, if allowed { End::Done } else { End::Refused })?;
        card.map_or(Ok(()), |card| self.compare(patient, &card, whole))
    }

    pub(super) fn sees_own(&mut self) -> Step {
        if self.dice.once_in(3) {
            let child = self.country.bo;
            let parent = *self.dice.one_of(&[self.country.max, self.country.einer]).unwrap();
            let allowed = parent == self.country.max && self.now() < BO_IS_15.parse::<Timestamp>().unwrap();
            let citizen = self.country.citizen(parent);
            let request = smr::see_child_card::Request { child };
            let (end, card) = self.act(&citizen, |at| smr::see_child_card::run(at, request))?;
            self.noted(child, smr::see_child_card::USE, !allowed);
            same("a child's card", end, if allowed { End::Done } else { End::Refused })?;
            return card.map_or(Ok(()), |card| self.compare(child, &card, false));
        }
        let person = self.patient();
        let card = self.own_card(person)?;
        self.compare(person, &card, true)
    }

    /// The card against the model, record by record.
    pub(super) fn compare(&self, person: Id<Person>, card: &MedicineCard, whole: bool) -> Step {
        let (now, today) = (self.now(), self.today());
        let shown = |private: bool| whole || !private;
        let orders: BTreeMap<_, _> = self
            .model
            .orders_of(person, now)
            .filter(|order| shown(order.private))
            .map(|order| (order.id, order))
            .collect();
        same("orders on the card", card.orders.len(), orders.len())?;
        for order in &card.orders {
            let wanted = orders.get(&order.id).ok_or("an order that the model does not have")?;
            let stopped = order.ended.is_some();
            let dose = match (&order.dosage, wanted.dose) {
                (Some(Dosage::FreeText { .. }), Dose::Words) => true,
                (Some(dosage), Dose::Hundredths(hundredths)) => {
                    dosage.daily_max() == Some(rust_decimal::Decimal::new(hundredths, 2))
                }
                (None | Some(_), _) => false,
            };
            let same_order = (order.version, order.paused.is_some(), stopped, order.private)
                == (wanted.version, wanted.paused, wanted.stopped, wanted.private);
            // A parent does not see who went through the order.
            let same_review = order.reviewed.is_some() == wanted.reviewed || order.modified_by.is_none();
            if !dose || !same_order || !same_review || order.drug.name != wanted.drug {
                return Err(format!(
                    "an order differs: version {} against {}",
                    order.version, wanted.version
                ));
            }
        }
        self.compare_prescriptions(person, card, whole, today)?;
        let dispensings: BTreeSet<_> = self
            .model
            .dispensings_of(person, now)
            .filter(|found| shown(found.private))
            .map(|found| found.id)
            .collect();
        same(
            "dispensings on the card",
            card.dispensings.iter().map(|found| found.id).collect(),
            dispensings,
        )?;
        let hidden = if whole {
            0
        } else {
            self.model.orders_of(person, now).filter(|found| found.private).count()
                + self.model.prescriptions_of(person, now).filter(|found| found.private).count()
                + self.model.dispensings_of(person, now).filter(|found| found.private).count()
        };
        // Where the notice covers no field of a private record, the record itself may be left out.
        if card.hidden_private <= hidden && (hidden == 0 || card.hidden_private > 0) {
            Ok(())
        } else {
            Err(format!("{} private records hidden, the model {hidden}", card.hidden_private))
        }
    }

    pub(super) fn compare_prescriptions(
        &self,
        person: Id<Person>,
        card: &MedicineCard,
        whole: bool,
        today: Date,
    ) -> Step {
        let now = self.now();
        let prescriptions: BTreeMap<_, _> = self
            .model
            .prescriptions_of(person, now)
            .filter(|found| whole || !found.private)
            .map(|found| (found.id, found))
            .collect();
        same("prescriptions on the card", card.prescriptions.len(), prescriptions.len())?;
        for found in &card.prescriptions {
            let wanted = prescriptions.get(&found.id).ok_or("a prescription that the model does not have")?;
            let status = match () {
                () if wanted.cancelled != Cancelled::No => PrescriptionStatus::Cancelled,
                () if wanted.handed_over >= wanted.iterations => PrescriptionStatus::Closed,
                () if today > wanted.valid_until => PrescriptionStatus::Expired,
                () => PrescriptionStatus::Open,
            };
            same("status of a prescription", found.status, status)?;
            same("version of a prescription", found.version, wanted.version)?;
            // Dispensings go two years after they were recorded; what is counted is what still stands.
            let stands =
                wanted.dispensed.iter().filter(|at| now < super::super::model::years_later(**at, 2)).count();
            let counted = found.dispensed_packages.map(|packages| packages as usize);
            if counted.is_some_and(|packages| packages > wanted.iterations as usize || packages != stands) {
                return Err(format!("handed over {counted:?}, the model {stands}"));
            }
        }
        Ok(())
    }

    pub(super) fn pharmacy_finds(&mut self) -> Step {
        let patient = self.patient();
        let asker = Asker { person: self.country.pharmacist, organisation: Some(self.country.pharmacy) };
        let (now, today) = (self.now(), self.today());
        let request = smr::find_prescriptions::Request { patient };
        let pharmacist = self.country.pharmacist();
        let (end, output) = self.act(&pharmacist, |at| smr::find_prescriptions::run(at, request))?;
        let allowed = self.model.presented(patient, asker, now);
        self.noted(patient, smr::find_prescriptions::USE, !allowed);
        same("the pharmacy's list", end, if allowed { End::Done } else { End::Refused })?;
        let Some(output) = output else { return Ok(()) };
        let open: BTreeSet<_> = self
            .model
            .prescriptions_of(patient, now)
            .filter(|found| found.is_open(today))
            .map(|found| found.id)
            .collect();
        same("open prescriptions", output.prescriptions.iter().map(|found| found.id).collect(), open)
    }

    pub(super) fn plan(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let (_, plan) =
            self.act(&citizen, |at| what_goes_when::see_own::run(at, what_goes_when::see_own::Request {}))?;
        for use_name in
            [what_goes_when::see_own::USE, "fmk.read-own-plan-of-erasure", what_goes_when::see_own::USE]
        {
            self.noted(person, use_name, false);
        }
        let plan = plan.ok_or("no plan of erasure")?;
        let orders =
            plan.groups.iter().find(|group| group.register == "fmk.order").ok_or("no group of orders")?;
        let seen = orders.items.iter().filter_map(|item| item.record).collect();
        same(
            "orders in the plan",
            seen,
            self.model.orders_of(person, now).map(|order| order.id).collect::<BTreeSet<_>>(),
        )
    }

    /// Every look has its line and every line its look.
    pub(super) fn log(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let mut seen = Vec::new();
        let mut refused = BTreeSet::new();
        let mut before = None;
        let mut pages = 0;
        loop {
            let request = my_log::see_own_log::Request { before, limit: 500 };
            let (_, log) = self.act(&citizen, |at| my_log::see_own_log::run(at, request))?;
            let log = log.ok_or("no log")?;
            pages += 1;
            for line in log.days.iter().flat_map(|day| &day.lines) {
                match line.kind {
                    my_log::LookKind::Refused => refused.insert(line.use_name.clone()),
                    _ => {
                        seen.push((line.at, line.use_name.clone()));
                        false
                    }
                };
            }
            before = log.more_before;
            if before.is_none() {
                break;
            }
        }
        let kept = |line: &&super::super::model::Line| now < super::super::model::years_later(line.at, 2);
        let lines = self.model.lines.get(&person).into_iter().flatten().filter(kept);
        let mut wanted: Vec<_> = lines.map(|line| (line.at, line.use_name.to_owned())).collect();
        // The pages after the first show the lines of those before; they are of this instant.
        seen.retain(|(at, use_name)| *at != now || use_name != my_log::see_own_log::USE);
        wanted.retain(|(at, use_name)| *at != now || use_name != my_log::see_own_log::USE);
        // People come in with a feed before the first look; its lines are not the model's.
        seen.retain(|(at, _)| *at > begins());
        wanted.retain(|(at, _)| *at > begins());
        seen.sort();
        wanted.sort();
        for _ in 0..pages {
            self.noted(person, my_log::see_own_log::USE, false);
        }
        let refusals = self.model.refused.get(&person).into_iter().flatten().filter(kept);
        let wanted_refused: BTreeSet<_> = refusals.map(|line| line.use_name.to_owned()).collect();
        same("uses refused in the log", refused, wanted_refused)?;
        if seen == wanted {
            return Ok(());
        }
        let missing: Vec<_> = wanted.iter().filter(|line| !seen.contains(line)).take(3).collect();
        let surplus: Vec<_> = seen.iter().filter(|line| !wanted.contains(line)).take(3).collect();
        Err(format!(
            "the log has {} lines, the model {}; missing {missing:?}, too many {surplus:?}",
            seen.len(),
            wanted.len()
        ))
    }

    /// One whom nobody knows is refused like one whom somebody does.
    pub(super) fn unknown(&mut self) -> Step {
        let unknown = Id::from_bits(u128::from(self.dice.below(u64::MAX)) | 1 << 100);
        let known = self.patient();
        let (caller, asker) = self.doctor();
        // Who treats somebody knows that she exists, and may learn that she has blocked.
        if self.model.treats(known, asker, self.now()) {
            return Ok(());
        }
        let answers = [known, unknown].map(|patient| self.country.opens(&caller, patient));
        self.noted(known, smr::open_card::USE, true);
        let [Err(Error::Refused(known)), Err(Error::Refused(unknown))] = answers else {
            return Err("a card was opened that nobody may open".to_owned());
        };
        if known == unknown { Ok(()) } else { Err("an unknown person is told from a refused one".to_owned()) }
    }

    pub(super) fn basic(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let (_, basic) = self.act(&citizen, |at| see_own::run(at, see_own::Request {}))?;
        self.noted(person, see_own::USE, false);
        let gone = self
            .model
            .died
            .get(&person)
            .is_some_and(|died| super::super::model::years_later(*died, 1) <= now);
        // rule N-14: basic data goes one year after death.
        same("basic data held", basic.is_some_and(|basic| basic.name.is_some()), !gone)
    }
}

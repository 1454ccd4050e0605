//! Writing on the card, and handing over.

use super::*;

impl World {
    pub(super) fn prescribe(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let (now, today) = (self.now(), self.today());
        let existing = if self.dice.once_in(3) { self.order_of(patient) } else { None };
        let with_prescription = existing.is_some() || !self.dice.once_in(4);
        let size = (!self.dice.once_in(6)).then_some(100_u32);
        let iterations = u32::try_from(1 + self.dice.below(4)).unwrap();
        let prescription = with_prescription.then(|| NewPrescription {
            package_number: "123456".into(),
            package_size: size,
            packages: 1,
            iterations,
            valid_from: None,
            valid_until: None,
        });
        let mut planned = self.planned(patient, asker.person);
        let treatment = match &existing {
            Some(order) => smr::prescribe::Treatment::Existing(order.id),
            None => smr::prescribe::Treatment::New(Box::new(written(&planned))),
        };
        let request = smr::prescribe::Request { patient, version, treatment, prescription };
        let (end, output) = self.act(&caller, |at| smr::prescribe::run(at, request))?;
        let refused = !self.model.may_write(patient, asker, now);
        self.noted(patient, smr::prescribe::USE, refused);
        let wanted = match &existing {
            _ if refused => End::Refused,
            _ if stale => End::Conflict,
            Some(order) if order.private => End::Not("no-such-order"),
            Some(order) if order.stopped || order.until.is_some_and(|until| until < today) => {
                End::Not("already-ended")
            }
            Some(_) | None => End::Done,
        };
        same("prescribing", end, wanted)?;
        let Some(output) = output else { return Ok(()) };
        let tablets = with_prescription.then_some(size).flatten().map(i64::from);
        match existing {
            Some(order) => {
                let active = order.lasts(tablets, today);
                self.with_order(order.id, |order| order.active = active);
                planned = order;
            }
            None => {
                planned.id = output.order.id;
                planned.active = planned.lasts(tablets, today);
                self.model.orders.push(planned.clone());
            }
        }
        if let Some(prescription) = output.prescription {
            self.model.prescriptions.push(Prescription {
                id: prescription.id,
                patient,
                order: planned.id,
                issuer: asker.person,
                issued: now,
                valid_until: today.checked_add(Span::new().years(2)).unwrap(),
                iterations,
                tablets,
                handed_over: 0,
                dispensed: Vec::new(),
                active: planned.lasts(tablets, today),
                cancelled: Cancelled::No,
                private: false,
                version: 1,
            });
        }
        Ok(())
    }

    /// A new order as the model sees it.
    pub(super) fn planned(&mut self, patient: Id<Person>, author: Id<Person>) -> Order {
        self.drugs += 1;
        let dose = *self
            .dice
            .one_of(&[Dose::Hundredths(5), Dose::Hundredths(50), Dose::Hundredths(100), Dose::Words])
            .unwrap();
        let days = *self.dice.one_of(&[None, None, Some(30), Some(900), Some(1500)]).unwrap();
        Order {
            id: Id::from_bits(0),
            patient,
            author,
            drug: format!("Canarypin {}", self.drugs),
            dose,
            until: days.map(|days| self.today().checked_add(Span::new().days(days)).unwrap()),
            made: self.now(),
            dispensed: Vec::new(),
            active: Active::Unknown,
            paused: false,
            stopped: false,
            private: false,
            reviewed: false,
            version: 1,
        }
    }

    /// The end of a change of an order under an ordinary use, and under the one for private orders if it comes to that.
    pub(super) fn wanted(
        &mut self,
        order: &Order,
        (asker, doctor, stale): (Asker, bool, bool),
        use_name: &'static str,
        otherwise: End,
    ) -> End {
        let now = self.now();
        let refused = !self.model.may_write(order.patient, asker, now);
        self.noted(order.patient, use_name, refused);
        if refused {
            return End::Refused;
        }
        if stale {
            return End::Conflict;
        }
        if order.private {
            let author = order.author == asker.person && self.model.may_treat(order.patient, asker, now);
            let allowed = doctor && (author || self.model.consented(order.patient, asker, now));
            self.noted(order.patient, "fmk.change-private-order", !allowed);
            if !allowed {
                return End::Refused;
            }
        }
        otherwise
    }

    pub(super) fn change(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let dose = *self.dice.one_of(&[Dose::Hundredths(25), Dose::Hundredths(200), Dose::Words]).unwrap();
        let to = written(&Order { dose, ..order.clone() });
        let request =
            smr::change_order::Request { patient, version, order: order.id, to, paused: None, note: None };
        if self.dice.once_in(3) {
            // Shown first: nothing changes, the look is logged.
            let asked = request.clone();
            let (shown, _) = self.act(&caller, |at| smr::change_order::preview(at, &asked))?;
            let wanted = self.wanted(&order, (asker, true, stale), smr::change_order::USE, End::Done);
            same("a preview", shown, wanted)?;
        }
        let (end, _) = self.act(&caller, |at| smr::change_order::run(at, request))?;
        let otherwise = if order.stopped { End::Not("already-ended") } else { End::Done };
        let wanted = self.wanted(&order, (asker, true, stale), smr::change_order::USE, otherwise);
        if end == End::Done {
            self.with_order(order.id, |order| {
                order.dose = dose;
                order.paused = false;
                order.reviewed = false;
            });
        }
        same("a change", end, wanted)
    }

    pub(super) fn pause_or_resume(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker, doctor) = self.doctor_or_nurse();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let pauses = self.dice.once_in(2);
        let today = self.today();
        let (end, _) = if pauses {
            let pause = smr::pause::PauseFor { from: today, until: None, reason: None };
            let request = smr::pause::Request { patient, version, order: order.id, pause };
            self.act(&caller, |at| smr::pause::run(at, request))?
        } else {
            self.act(&caller, |at| {
                smr::resume::run(at, smr::resume::Request { patient, version, order: order.id })
            })?
        };
        let otherwise = match (order.stopped, pauses, order.paused) {
            (true, ..) => End::Not("already-ended"),
            (false, true, true) => End::Not("already-paused"),
            (false, false, false) => End::Not("not-paused"),
            (false, true, false) | (false, false, true) => End::Done,
        };
        let wanted = self.wanted(&order, (asker, doctor, stale), smr::pause::USE, otherwise);
        if end == End::Done {
            self.with_order(order.id, |order| order.paused = pauses);
        }
        same("a pause", end, wanted)
    }

    pub(super) fn stop_or_undo(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let stops = if self.dice.once_in(8) { order.stopped } else { !order.stopped };
        let (end, _) = if stops {
            let request =
                smr::stop::Request { patient, version, order: order.id, reason: "bivirkninger".into() };
            self.act(&caller, |at| smr::stop::run(at, request))?
        } else {
            self.act(&caller, |at| {
                smr::undo_stop::run(at, smr::undo_stop::Request { patient, version, order: order.id })
            })?
        };
        let otherwise = match (stops, order.stopped) {
            (true, true) => End::Not("already-ended"),
            (false, false) => End::Not("not-stopped"),
            (true, false) | (false, true) => End::Done,
        };
        let wanted = self.wanted(&order, (asker, true, stale), smr::stop::USE, otherwise);
        if end == End::Done && order.private {
            // The prescriptions of a private order follow under a grant of their own.
            self.noted(patient, smr::stop::USE, false);
        }
        if end == End::Done && stops {
            self.stopped(&order);
        } else if end == End::Done {
            self.stop_undone(&order);
        }
        same("a stop", end, wanted)
    }

    pub(super) fn reached(&mut self, order: &Order) -> Vec<&mut Prescription> {
        let now = self.now();
        let of_order = move |found: &&mut Prescription| found.order == order.id && found.stands(now);
        self.model.prescriptions.iter_mut().filter(of_order).collect()
    }

    pub(super) fn stopped(&mut self, order: &Order) {
        let today = self.today();
        // Of a private prescription the one who stops sees what is written, not until when it holds.
        let open =
            |found: &&mut Prescription| found.is_open(today) || found.private && found.is_open_on_paper();
        for prescription in self.reached(order).into_iter().filter(open) {
            prescription.cancelled = Cancelled::WithTheOrder;
            prescription.active = Active::Days(0);
            prescription.version += 1;
        }
        self.with_order(order.id, |order| {
            order.stopped = true;
            order.active = Active::Days(0);
        });
    }

    pub(super) fn stop_undone(&mut self, order: &Order) {
        let today = self.today();
        let sizes = self.sizes();
        let mut tablets = None;
        for prescription in self.reached(order) {
            if prescription.cancelled == Cancelled::WithTheOrder {
                // How many tablets a private prescription gives is closed to the one who takes the stop back.
                let size = sizes.get(&prescription.id).copied().flatten().filter(|_| !prescription.private);
                prescription.cancelled = Cancelled::No;
                prescription.active = order.lasts(size, today);
                prescription.version += 1;
                tablets = tablets.max(size);
            }
        }
        let active = order.lasts(tablets, today);
        self.with_order(order.id, |order| {
            order.stopped = false;
            order.active = active;
        });
    }

    /// Tablets in a package of each prescription, as the cards say.
    pub(super) fn sizes(&self) -> BTreeMap<Id<id::Record>, Option<i64>> {
        self.model.prescriptions.iter().map(|found| (found.id, found.tablets)).collect()
    }

    pub(super) fn cancel(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let Some(prescription) = self.prescription_of(patient) else { return Ok(()) };
        let (now, today) = (self.now(), self.today());
        let allowed = self.model.may_treat(patient, asker, now)
            || self.model.consented(patient, asker, now)
            || prescription.issuer == asker.person;
        let request = smr::cancel_prescription::Request {
            patient,
            prescription: prescription.id,
            version: prescription.version,
            reason: "forkert pakning".into(),
        };
        let (end, _) = self.act(&caller, |at| smr::cancel_prescription::run(at, request))?;
        self.noted(patient, smr::cancel_prescription::USE, !allowed);
        let wanted = match () {
            () if !allowed => End::Refused,
            () if prescription.private => End::Not("no-such-prescription"),
            () if !prescription.is_open(today) => End::Not("not-open"),
            () => End::Done,
        };
        if end == End::Done {
            self.with_prescription(prescription.id, |found| found.cancelled = Cancelled::ByItself);
        }
        same("calling off", end, wanted)
    }

    pub(super) fn with_prescription(&mut self, id: Id<id::Record>, change: impl FnOnce(&mut Prescription)) {
        if let Some(found) = self.model.prescriptions.iter_mut().find(|found| found.id == id) {
            change(found);
            found.version += 1;
        }
    }

    pub(super) fn dispense(&mut self) -> Step {
        let patient = self.living();
        let Some(prescription) = self.prescription_of(patient) else { return Ok(()) };
        let asker = Asker { person: self.country.pharmacist, organisation: Some(self.country.pharmacy) };
        let (caller, now, today) = (self.country.pharmacist(), self.now(), self.today());
        let stale = self.dice.once_in(12);
        let request = smr::dispense::Request {
            patient,
            prescription: prescription.id,
            version: prescription.version + u32::from(stale),
            packages: 1,
            label_text: None,
            comment: None,
        };
        let (end, output) = self.act(&caller, |at| smr::dispense::run(at, request))?;
        let refused = !self.model.presented(patient, asker, now);
        self.noted(patient, smr::dispense::USE, refused);
        let order = self.model.orders_of(patient, now).find(|order| order.id == prescription.order).cloned();
        let wanted = match () {
            () if refused => End::Refused,
            () if stale => End::Conflict,
            () if !prescription.is_open(today) => End::Not("not-open"),
            () if order.as_ref().is_some_and(|order| order.stopped) => End::Not("not-open"),
            () => End::Done,
        };
        same("dispensing", end, wanted)?;
        let Some(output) = output else { return Ok(()) };
        self.with_prescription(prescription.id, |found| {
            found.handed_over += 1;
            found.dispensed.push(now);
        });
        if let Some(order) = order {
            let found = self.model.orders.iter_mut().find(|found| found.id == order.id);
            found.unwrap().dispensed.push(now);
        }
        self.model.dispensings.push(Dispensing {
            id: output.dispensing.id,
            patient,
            prescription: prescription.id,
            at: now,
            private: prescription.private,
        });
        Ok(())
    }

    pub(super) fn review(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker, _) = self.doctor_or_nurse();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let now = self.now();
        let request = smr::review::Request { patient, version, orders: vec![order.id] };
        let (end, _) = self.act(&caller, |at| smr::review::run(at, request))?;
        let refused =
            !self.model.may_treat(patient, asker, now) && !self.model.consented(patient, asker, now);
        self.noted(patient, smr::review::USE, refused);
        let wanted = match () {
            () if refused => End::Refused,
            () if stale => End::Conflict,
            () if order.private => End::Not("no-such-order"),
            () => End::Done,
        };
        if end == End::Done {
            self.with_order(order.id, |order| order.reviewed = true);
        }
        same("a review", end, wanted)
    }

    pub(super) fn mark(&mut self) -> Step {
        let person = self.living();
        let Some(order) = self.order_of(person) else { return Ok(()) };
        let (citizen, now) = (self.country.citizen(person), self.now());
        let private = !self.dice.once_in(2);
        let (end, marked) = if private {
            let request = smr::mark_private::Request { person, order: order.id };
            self.act(&citizen, |at| smr::mark_private::run(at, request))?
        } else {
            let request = smr::unmark_private::Request { person, order: order.id };
            self.act(&citizen, |at| smr::unmark_private::run(at, request))?
        };
        self.noted(person, if private { smr::mark_private::USE } else { smr::unmark_private::USE }, false);
        same("a private mark", end, End::Done)?;
        let mut changed = 0;
        let mut set = |mark: &mut bool| {
            changed += usize::from(*mark != private);
            *mark = private;
        };
        let mut of_order = BTreeSet::new();
        for found in self.model.orders.iter_mut().filter(|found| found.id == order.id) {
            set(&mut found.private);
        }
        for found in self.model.prescriptions.iter_mut().filter(|found| found.order == order.id) {
            of_order.insert(found.id);
            if found.stands(now) {
                set(&mut found.private);
            }
        }
        for found in self.model.dispensings.iter_mut().filter(|found| of_order.contains(&found.prescription))
        {
            set(&mut found.private);
        }
        if marked == Some(changed) { Ok(()) } else { Err(format!("marked {marked:?}, the model {changed}")) }
    }
}

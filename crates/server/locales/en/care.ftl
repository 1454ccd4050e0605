### Pages of those who treat and those who hand out.
name-unknown = Name not known
born = born
cpr-label = Civil registration number (CPR)
cpr-hint = 10 digits, with or without hyphen
cpr-problem-shape = Write 10 digits, for example 010203-1234
cpr-problem-date = The first six digits are not a date
cpr-problem-unfit = The number cannot be used. Check it.
find = Find
find-title = Find another patient
find-written = You get access only if you treat the patient. The look is written down, and the patient can see it.

patients-title = Patients I treat today
patients-none = You have no patients today
patients-none-text = Patients come on the list when they are referred, admitted or have an appointment with you.
patients-caption = { $n ->
    [one] 1 patient
   *[other] { $n } patients
}
patients-name = Name
patients-born = Born
patients-for = What for
patients-known-from = Known from
patients-since = since
relation-explicit = Admitted or booked
relation-visit = Visit
relation-own-practice = Own practice
source-referral = Referral
source-patient-register = National Patient Register
source-gp-services = Services in general practice
source-gp-list = Practice list
source-asserted = Own statement

card-title = Medicine card
card-through-consent = The patient has given you consent.
card-through-emergency = You see the card by emergency access. It lasts until
card-news = { $n ->
    [one] One thing is new since you last looked
   *[other] { $n } things are new since you last looked
}
card-hidden = { $n ->
    [one] One record is private. You do not see what it is.
   *[other] { $n } records are private. You do not see what they are.
}
card-hidden-consent = Ask the patient for consent
card-hidden-emergency = Use emergency access if life or health requires it
card-none = The card is empty
card-none-text = There is no current medicine that you may see.
card-written = Your look is written down. The patient can see who looked, where and why.
news-new = New
news-changed = Changed
order-not-yet = Begins later
order-current = Taken now
order-paused = Paused
order-stopped = Stopped
order-expired = Ended
order-private = Private
order-what = Medicine
order-drug = Name of the medicine
order-drug-hint = Trade name or substance
order-strength = Strength
order-form = Form
order-atc = ATC code
order-indication = Against
order-indication-hint = What the medicine is for, in words the patient understands
order-route = Route
order-dosage = Dosage
order-period = Period
order-from = From
order-until = Until
order-until-hint = Leave empty if there is no end
order-open-end = no end
order-by = Ordered by
order-changed = Changed last
order-prescription = Prescription
order-handed-over = Handed over last
order-note = Correction
order-due = Erased
prescription-open = Open
prescription-pending = Valid later
prescription-closed = Used up
prescription-cancelled = Cancelled
prescription-expired = Expired
prescription-left = Packages left
prescription-until = Valid until
prescription-number = Prescription number
prescription-kind = Issue a prescription?
prescription-with = Yes, for the pharmacy
prescription-without = No
prescription-package = Package number
prescription-package-hint = 6 digits
prescription-size = Units in a package
prescription-size-hint = For example 100
prescription-packages = Packages each time
prescription-packages-hint = 1 to 99
prescription-iterations = Times in all
prescription-iterations-hint = 1 if only once
dosage-kind = How is it to be taken?
dosage-daily = At fixed times
dosage-as-needed = As needed
dosage-own-words = In your own words
dosage-unit = Unit, singular
dosage-unit-hint = For example tablet
dosage-units = Unit, plural
dosage-units-hint = For example tablets
dosage-fixed = At fixed times
dosage-morning = Morning
dosage-noon = Noon
dosage-evening = Evening
dosage-night = Before sleep
dosage-every = Repeats after so many days
dosage-every-hint = 1 is daily, 7 is weekly
dosage-needed = As needed
dosage-needed-dose = Each time
dosage-needed-times = At most times a day
dosage-text = Own words
dosage-text-label = Dosage in your own words
dosage-text-hint = Use this only when it cannot be said above

act-change = Change
act-pause = Pause
act-resume = Resume
act-stop = Stop
act-undo-stop = Undo the stop
act-reason = Why?
act-reason-hint = The patient can read it
act-prescribe-title = Order new medicine
act-prescribe-lead = You see what will stand there before anything is written.
act-prescribe-do = Order
act-change-title = Change the order
act-change-lead = What you write replaces the whole order.
act-change-do = Save the change
act-pause-title = Pause
act-pause-lead = The order stays on the card, but the medicine is not taken.
act-pause-do = Pause
act-resume-title = Resume
act-resume-lead = The medicine is taken again from today.
act-resume-do = Resume
act-stop-title = Stop
act-stop-lead = The medicine is taken no more. You can undo it.
act-stop-do = Stop the medicine
act-undo-stop-title = Undo the stop
act-undo-stop-lead = The medicine is taken again as before it was stopped.
act-undo-stop-do = Undo the stop
pause-from = First day without
pause-until = Last day without
to-preview = See before and after
preview-nothing-yet = Nothing is written yet.
preview-title = Before and after
preview-warnings = Think of this first
preview-nothing = Nothing changes
preview-nothing-text = What you wrote stands there already.
preview-table = What changes
preview-field = What
preview-before = Before
preview-after = After
preview-none = nothing
preview-edit = Edit first
conflict-title = Somebody else changed the card meanwhile
conflict-text = Yours is not saved. What you wrote still stands here. See what is new, then try again:
problem-needed = Fill in the field
problem-number = Write a number, for example 1 or 0.5
problem-day = Write a date, for example 31-12-2027
problem-dose = Write at least one dose
problem-package = Write the package number in 6 digits
problem-too-long = It is too long. Write less.
problem-taken = It cannot be saved like this. Check the field.
problem-order = The end lies before the first day
problem-choose = Choose one of the answers

refused-title = You do not get access
refused-clause = Rule:
refused-ways = What you can do instead
refused-written = The attempt is written in the patient's log with your name.
refused-written-own = The attempt is written in the log.
refused-plain = The privacy notice does not allow this.
way-relation = Ask for a referral, or book the patient
way-relation-text = Access opens when somebody other than yourself has written down that you treat the patient.
way-consent = Ask the patient
way-consent-text = The patient can consent now, here or on her own page.
way-emergency = Use emergency access
way-emergency-text = Only when life or health requires it now and the patient cannot be asked.
way-other = Another way
clause-role = your role
clause-verb = that kind of act
clause-not-in-force = not in force on this day
clause-step-up = needs a fresh login
clause-missing = missing: { $fact }
clause-against = barred by: { $fact }
fact-self = you are the person concerned
fact-guardian = custody of a child under 15
fact-represents = power of attorney or guardianship
fact-treats = treatment relation
fact-assigned = the case is yours
fact-involved = party to the case
fact-consented = consent of the patient
fact-asked = request of the person
fact-blocked = the patient's block
fact-break-glass = emergency access
fact-author = you wrote it
fact-authorised = valid authorisation
fact-presented = prescription presented at the pharmacy
fact-of-15 = the person is 15 or older

emergency-title = Emergency access
emergency-lead = You are about to open data that you may not otherwise see. You may do so only when life or health requires it now.
emergency-then = If you go on, this happens
emergency-then-1 = { $n ->
    [one] You get access to this one patient for { $n } minute.
   *[other] You get access to this one patient for { $n } minutes.
}
emergency-then-2 = The patient is told at once and can read your reason.
emergency-then-3 = Somebody else checks within two working days whether it was right.
emergency-then-4 = { $n ->
    [one] From the { $n }st time in a day your supervisor is told at once.
   *[other] From the { $n }th time in a day your supervisor is told at once.
}
emergency-then-5 = Private medicine needs one more step.
emergency-reason = Why is it necessary?
emergency-reason-hint = { $n ->
    [one] At least { $n } letter. The patient reads it.
   *[other] At least { $n } letters. The patient reads it.
}
emergency-problem-reason = Write a reason of at least 20 letters
emergency-take = Open by emergency access
emergency-never-stopped = The system never stops or delays this access. Life comes first.
consent-now-title = The patient consents now
consent-now-lead = Go on only when the patient has said yes to your seeing what is private.
consent-now-1 = The patient can see in the log that you looked with consent.
consent-now-2 = If the patient has not given consent on her own page, you are refused.
consent-now-do = The patient has said yes
looks-title = Looks in my name
looks-lead = Every time you or an assistant of yours saw or changed data, it stands here.
looks-none = There are no looks
looks-none-text = When you open a card, it stands here.

pharmacy-title = The counter
pharmacy-lead = Find prescriptions for the person at the counter.
pharmacy-cpr-hint = From the health card. 10 digits, with or without hyphen
pharmacy-find = Find prescriptions
pharmacy-written = The look is written down, and the customer can see it.
presented-title = Prescriptions
presented-none = There are no prescriptions to hand over
presented-none-text = Ask the customer to contact the doctor.
dispense-open = Hand over
dispense-title = Hand over
dispense-packages = Number of packages
dispense-packages-hint = At most what is left
dispense-label = Text of the label
dispense-label-hint = The customer reads it
dispense-comment = Comment
dispense-do = Hand over now
dispense-problem-packages = Write a whole number between 1 and what is left

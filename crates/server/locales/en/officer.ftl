### Pages of the data protection officer, the reviewer and the operator.
officer-title = Is what we say true?
officer-lead = Here you see whether the system does what the notices promise.
officer-promises = See the promises
officer-of-all = of { $all } rules
officer-next-week = records fall due within a week
officer-unreviewed = emergency accesses not looked at
officer-unstated = places where the notice is silent and we chose
officer-late = Late clocks
officer-late-none = None. All that was due is done.
officer-register = Register
officer-records = Records
officer-since = Since
officer-why = Why
officer-receipts = Receipts
officer-receipts-text = A receipt is what remains when something is erased. It tells nothing about whom it concerned.
officer-receipts-none = There are no receipts yet
officer-receipts-none-text = They come when something reaches its day.
officer-number = Number
officer-when = When
officer-done = Done
officer-due-at = Fell due
done-blocked = Closed
done-erased = Erased
done-archived = To the archive
due-title = What falls due
due-lead = The coming year, week by week. It is done by itself on the day.
due-none = Nothing falls due in the coming year
due-none-text = What there is waits for an event or has a later date.
due-picture = Due by week
due-picture-text = { $n ->
    [one] 1 record in all. The numbers are in the table below the picture.
   *[other] { $n } records in all. The numbers are in the table below the picture.
}
due-series = Records
due-registers = By register
due-rule = Rule
due-week = A week
due-month = 30 days
due-year = A year
matrix-title = Who may do what
matrix-lead = Every row is something that the notice allows. Every column is a role.
matrix-yes = May always
matrix-if = May under a condition
matrix-none = The notice allows nothing.
matrix-what = What
matrix-read = Read the notice
condition-and = and
condition-or = or
condition-not = not
emergencies-title = Emergency accesses to look at
emergencies-lead = You check whether the access was necessary. The patient reads your assessment.
emergencies-none = There are none waiting
emergencies-none-text = All emergency accesses have been looked at.
emergencies-late = Late
emergencies-number = { $n ->
    [one] No. { $n } that day
   *[other] No. { $n } that day
}
emergencies-when = Time
emergencies-reason = Reason
emergencies-by = To be looked at by
emergencies-note = Your assessment
emergencies-note-hint = { $n ->
    [one] Write what you looked at, in at least { $n } letter. The patient can read it.
   *[other] Write what you looked at, in at least { $n } letters. The patient can read it.
}
emergencies-justified = It was right
emergencies-not-justified = It was not right
operator-title = Is it well?
operator-lead = What matters most, in words.
operator-checks = What was looked at
operator-what = What
operator-how = State
operator-words = In words
operator-settings = Settings as read
check-register = The register answers
check-register-well = A probe was answered.
check-register-wrong = The register did not answer. See the technical log.
check-sweep = The sweep
check-sweep-well = Nothing waits past its day.
check-sweep-last = Last act: { $when }
check-sweep-late = { $n } records wait past their day.
check-notices = The notices
check-notices-words = { $notices } notices, { $uses } uses.
check-sessions = Logged in now
check-clock = The clock
health-well = Well
health-watch = Watch
health-wrong = Wrong
officer-late-table = Late clocks, table
officer-receipts-table = Receipts, table
officer-waits-brake = Over the plan or held back. See the operator's page.
emergencies-open = Look at it
emergencies-found = What was found
emergencies-reviewed = Looked at in the last year
emergencies-reviewed-table = Looked at in the last year, table
emergencies-who = Who
emergencies-verdict = Verdict
judged-right = It was right
judged-wrong = It was not right
emergency-review-title = Emergency access by { $who }
emergency-review-back = All emergency accesses
emergency-review-looks = What was looked at
emergency-review-looks-text = Every look that this access opened, and its taking. You do not see the medicine.
emergency-review-judge = Was it right?
emergency-keep = Keep the looks for five years
emergency-keep-text = Looks go after two years. If this one is under inquiry, it can be kept for five. You must have logged in within the last five minutes.
emergency-keep-reason = Why is it under inquiry?
emergency-keep-reason-hint = { $n ->
    [one] Write at least { $n } letter. The patient can read it.
   *[other] Write at least { $n } letters. The patient can read it.
}
emergency-keep-button = Keep for five years
emergency-kept = The looks are kept for five years. The patient can read why.
flash-kept = The looks are now kept for five years.

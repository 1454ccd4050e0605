### Pages of a citizen.
me-title = Your data today
me-lead = This is what we hold about you, and what has happened.
me-emergency = Somebody used emergency access to see your data
me-emergency-looked = looked
me-emergency-text = That is lawful only when your life or health requires it. Somebody else checks whether it was right.
me-emergency-reason = The reason was:
me-emergency-link = See it in the log
me-what = What we hold about you
me-first-goes = The first goes
me-nothing = There is nothing here.
me-no-date = No date yet
me-looks = Who looked lately
me-looks-none = Nobody has looked
me-looks-none-text = As soon as somebody sees your data or is refused, it stands here.
me-looks-all = See everyone who has looked
me-soon = What goes soon
me-soon-none = Nothing goes at the moment
me-soon-none-text = What we hold has a later date or waits for something.
me-soon-all = See everything that goes and when
me-can = What you can do
me-can-block = Block a person, a place or everyone
me-can-private = Mark medicine private
me-can-contact = Tell us whom to call
me-can-device = See what your browser stores

look-treatment = Treatment
look-pharmacy = Pharmacy
look-emergency = Emergency
look-administration = Administration
look-own = You
look-refused = Refused
look-all = All
look-on-behalf = On behalf of
look-ground = Ground:
look-reason = Reason:
look-why-refused = Why it was refused:

medicine-title = Your medicine
medicine-child-title = Medicine of { $name }
medicine-lead = This is the medicine that doctors and pharmacies can see in the Shared Medication Record.
medicine-hidden = { $n ->
    [one] One record is private and not shown here.
   *[other] { $n } records are private and not shown here.
}
medicine-current = Current medicine
medicine-none = There is no medicine here
medicine-none-text = When a doctor orders something, it stands here.
medicine-former = Former medicine
medicine-former-none = There is no former medicine.
medicine-wrong = Is something wrong? Tell the doctor who wrote it. The doctor can correct it, and the correction stays beside it.
private-on = Mark private
private-on-hint = Others see that there is something, but not what. You can consent for whom you like.
private-off = Make visible again
private-off-hint = The medicine is private. Most cannot see it.

log-title = Who has looked
log-child-title = Who has looked at the data of { $name }
log-lead = Every time somebody sees your data, is refused or changes something, it stands here.
log-child-lead = You see who has looked. Where the child was treated is not shown.
log-picture = Looks by day in 30 days
log-picture-text = { $n ->
    [one] 1 look in all. The numbers are in the table below the picture.
   *[other] { $n } looks in all. The numbers are in the table below the picture.
}
log-days = Day by day
log-kinds = Show one kind only
log-none = There is nothing here
log-none-text = Nobody has looked in this way.
log-older = Show older
log-odd = Does something look odd? Ask the place that looked, or write to the data protection officer named below.

when-title = What goes when
when-lead = Every record has a date. Here you see what happens, when, and why we keep it till then.
when-picture = Your data on a line of time
when-picture-text = { $n ->
    [one] One date on the line. It stands in the tables below.
   *[other] { $n } dates on the line. They stand in the tables below.
}
when-picture-below = The larger the mark, the more records. All of it stands in the tables below.
when-today = Today
when-none = We hold nothing about you
when-none-text = So there is nothing to erase.
when-what = What
when-day = Date
when-happens = What happens
when-why = Why till then
when-waits = Waits
happens-blocked = Will be closed
happens-erased = Will be erased
happens-archived = To the archive

whom-everyone = Everyone
held-from = In force from
held-until = until
held-open = In force until you end it.
blocks-title = Blocks
blocks-lead = You can keep a person, a place or everyone from seeing your health data.
blocks-new = Make a block
blocks-active = In force now
blocks-none = You have no blocks
blocks-none-text = Those who treat you can see what they need.
blocks-end = End the block
blocks-ended = Over
blocks-know = Good to know
blocks-know-1 = The block works at once.
blocks-know-2 = In an emergency a doctor can still see what is needed. Then you are told, and somebody else checks whether it was right.
blocks-know-3 = You must be 15 or older.
block-ask-title = Make a block
block-ask-cancel = Blocks
block-ask-whom = Whom do you want to block?
block-ask-whom-hint = You can always end the block again.
block-ask-whom-short = Blocked
block-ask-which = Who is it?
block-ask-which-hint = These have seen your data or treat you.
block-ask-until = For how long?
block-ask-until-hint = Without an end it holds until you end it yourself.
block-ask-review = Is this right?
block-ask-then-1 = Whoever you block is refused from now on.
block-ask-then-2 = If somebody tries, it stands in your log.
block-ask-done = Block now
consents-title = Consents
consents-lead = A consent lets a person or a place see what you have marked private, for a time.
consents-new = Give a consent
consents-active = In force now
consents-none = You have given no consent
consents-none-text = What you have marked private is seen only by whoever wrote it.
consents-end = Withdraw the consent
consents-ended = Over
consent-ask-title = Give a consent
consent-ask-cancel = Consents
consent-ask-whom = Who shall be able to see it?
consent-ask-whom-hint = You can always withdraw the consent.
consent-ask-whom-short = May see
consent-ask-which = Who is it?
consent-ask-which-hint = These have seen your data or treat you.
consent-ask-until = For how long?
consent-ask-until-hint = A consent always has an end.
consent-ask-review = Is this right?
consent-ask-then-1 = Whoever you chose can see what you have marked private.
consent-ask-then-2 = Every time that happens, it stands in your log.
consent-ask-done = Give consent
ask-choose = Choose one
ask-next = Next
ask-then = What happens
ask-until-short = Until
ask-day = Another date
ask-day-hint = For example 31-12-2027
ask-which-none = Nobody has looked at your data yet, so there is nobody to choose. You can block everyone.
ask-person = A person
ask-organisation = A place, such as a department
ask-everyone = Everyone
ask-open = Until I end it myself
ask-month = A month
ask-year = A year
ask-own-day = Until a date that I write
ask-problem-choose = Choose one of the answers
ask-problem-day = Write a date that is still to come, for example 31-12-2027

children-title = Your children
children-lead = You can see the data of the children in your custody until they turn 15.
children-none = There are no children to show
children-none-text = We show children under 15 who are in your custody according to the civil register.
children-until = You can look until
children-medicine = Medicine
children-log = Who has looked

basic-title = About you
basic-from-cpr = From the civil register
basic-from-cpr-text = If something is wrong, it must be corrected in the civil register at your municipality.
basic-protected = Your name and address are protected. They are shown only to those who need them.
basic-name = Name
basic-cpr = Civil registration number
basic-born = Born
basic-practice = Your own practice
basic-insurance = Insurance group
basic-yours = What you tell us yourself
basic-yours-text = Those who treat you can see it. You can change and remove it whenever you like.
basic-phone = Your phone number
basic-phone-hint = So that we can reach you
basic-relative = A relative whom we may call
basic-first-name = First name
basic-last-name = Last name
basic-relative-phone = Phone number
basic-temporary = Are you staying somewhere else for a time?
basic-address = Address
basic-until = Until
basic-languages = Languages you speak
basic-languages-hint = Write them with commas between, for example da, en
basic-problem-phone = Write the phone number in digits, for example 12 34 56 78
basic-problem-first-name = Write the relative's first name
basic-problem-until = Write a date, for example 31-12-2027
basic-problem-languages = Write languages in two letters with commas between
basic-problem-taken = It cannot be saved like this

device-title = What your browser stores
device-lead = We put as little as possible in your browser, and none of it tells anything about you.
device-table = All that we put there
device-name = Name
device-what = What it is
device-how-long = How long
device-session = A random number that shows that you are logged in.
device-session-long = Until you log out; { $minutes } minutes without use, { $hours } hours at most
device-login = A random number while you are at MitID.
device-login-long = At most 10 minutes
device-files = Style, type and icons
device-files-what = Files that are the same for everyone.
device-files-long = As long as the browser likes
device-nothing-else = We store no pages, no history and no statistics in your browser, and nobody else puts anything there.
ask-number-person = Or write the authorisation id
ask-number-person-hint = 5 characters. It stands in the authorisation register and in your log.
ask-number-organisation = SOR number of the place
ask-number-organisation-hint = SOR, CVR or GLN number; it stands on letters and receipts. Call us if you cannot find it.
ask-problem-number-person = Choose a person, or write an authorisation id of 5 characters
ask-problem-number-organisation = Write the SOR number of the place
ask-problem-everyone = A consent is given to a person or a place
ask-authorisation = Authorisation id
sessions-title = Where you are logged in
sessions-this = This browser
sessions-other = Another browser
sessions-since = logged in for { $minutes } minutes, last used { $idle } minutes ago
sessions-end = Log it out
log-own = { $n ->
    [one] Show one look of one's own
   *[other] Show { $n } looks of one's own
}
look-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
}
me-empty-groups = We hold nothing in these groups:
when-more = { $n ->
    [one] Show 1 more
   *[other] Show { $n } more
}
log-emergencies = Emergency access to your data
log-emergencies-text = Somebody opened your data without having you in treatment, by writing why. Somebody else checks each one.
log-emergency-wrong = The place that looked has been told. You can complain to the Danish Data Protection Agency, or ask the data protection officer named below.
log-represented-lead = Here is who has looked at the data of the person you act for.
represented-title = People you act for, and who acts for you
represented-for-whom = You act for
represented-none = Nobody has given you a power of attorney, and you are nobody's guardian.
represented-given = They act for you
represented-given-none = You have given nobody a power of attorney.
represented-end = Take back
represented-give = Give a power of attorney
represented-give-text = Who has your power of attorney sees your medicine and who has looked at your data, and can block and consent for you. You must have logged in within the last five minutes.
represented-cpr-hint = The CPR number of the one who is to act for you.
represented-name = Name of the one who is to act for you
represented-until = Last day
represented-until-hint = Leave empty if it is to hold until you take it back.
represented-give-button = Give the power of attorney
representation-power-of-attorney = Power of attorney
representation-guardianship = Guardianship
representation-problem-name = Write the name
flash-power-given = The power of attorney is given.
flash-power-ended = The power of attorney is taken back.
pharmacies-title = Pharmacies that may see your prescriptions
pharmacies-lead = A pharmacy sees your prescriptions when you send them there or stand at its counter, and for a week at most.
pharmacies-active = These may now
pharmacies-none = None
pharmacies-none-text = No pharmacy may see your prescriptions now.
pharmacies-end = Take back
pharmacies-send = Send to a pharmacy
pharmacies-number-hint = The number stands on your receipt from the pharmacy: SOR, CVR or GLN.
pharmacies-name = Name of the pharmacy
pharmacies-problem-name = Write the name of the pharmacy
pharmacies-send-button = Send my prescriptions
flash-sent = The pharmacy can now see your prescriptions.
flash-taken-back = The pharmacy can no longer see your prescriptions.

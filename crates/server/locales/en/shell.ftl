### What stands around every page, and the pages for anyone.
site-name = Hjemmel
skip = Go to the content
menu = Main menu
other-language = Dansk
signed-in-as = Logged in as
log-out = Log out
cancel = Cancel
save = Save
yes = Yes
no = No
back-home = To the first page
breadcrumbs = You are here
on-this-page = On this page
step-of = Step { $n } of { $all }
form-error = Error:
form-problems = { $n ->
    [one] There is one thing to correct
   *[other] There are { $n } things to correct
}
count-looks = { $n ->
    [one] 1 look
   *[other] { $n } looks
}
count-records = { $n ->
    [one] 1 record
   *[other] { $n } records
}
picture-as-table = Show the numbers as a table
picture-when = Time

nav-notices = Privacy notices
nav-promises = Do we keep our promises?
nav-login = Log in
nav-me = Your data today
nav-medicine = Medicine
nav-log = Who has looked
nav-when = What goes when
nav-blocks = Blocks
nav-consents = Consents
nav-children = Children
nav-basic = About you
nav-patients = Patients today
nav-looks = Looks in my name
nav-pharmacy = The counter
nav-officer = Is it true?
nav-due = What falls due
nav-matrix = Our notices
nav-emergencies = Emergency access
nav-operator = Operation

footer-controller = Data controller
footer-officer = Data protection officer
footer-about = About this site
footer-promises = How we keep our promises
footer-accessibility = Accessibility statement
footer-complain = Do you want to complain?
footer-complain-text = Write to us first, and we will put right what we can. You may always complain to the Danish Data Protection Agency.
footer-complain-link = Complain to the Data Protection Agency

front-title = Your health data, and who uses them
front-lead = Here you see what we hold about you, who has looked, and when it will be erased. What we write in our privacy notices is also what the system does.
front-login = Log in and see your data
front-go-on = Go on to your page
front-what = How it works
front-1-title = Nobody looks without a reason
front-1-text = Only those who treat you get access. Everyone else is refused, and both are in your log.
front-2-title = You have a say
front-2-text = You can block a person, a place or everyone, and you can mark medicine private.
front-3-title = Nothing is kept for ever
front-3-text = Every record has a date. When it comes, the record is erased and a receipt remains.
front-notices = Read what we do
front-promises = See how we keep each promise
front-without-mitid = If you do not have MitID, call or write to us. We will help you without a computer.

notices-title = Privacy notices
notices-lead = Each notice tells what we hold, why, who sees it, how long we keep it, and what rights you have.
notices-none = There are no notices yet
notices-none-text = The system uses no data before a notice stands here.
notices-controller = Data controller:
notices-version = Version that runs:
notice-controller = Data controller
notice-from = In force from
notice-what = What we hold
notice-why = Why
notice-who = Who sees it
notice-shared = Who receives it outside the house
notice-how-long = How long
notice-rights = Your rights
notice-measures = How we protect it
notice-silent = The notice says nothing about this.
notice-unstated = Our own choice:
notice-kept = How we keep this promise
notice-clock = Clock
notice-acted = Last acted
notice-condition = Condition
notice-ground = Ground
notice-rules = Rules
notice-source = Stands in
notice-class = Kind
notice-answer-within = We answer within

promises-title = Do we keep our promises?
promises-lead = We have read the published notices and written down every rule. Here you see how many the system follows, and how many a test watches over.
promises-all = rules in the notices
promises-stated = are stated in the system
promises-tested = are held by a test
promises-language = The rules are in English, as the developers wrote them down.
promises-of = { $tested } of { $all } held by a test
promises-number = Number
promises-rule = Rule
promises-standing = How far
standing-missing = missing
standing-stated = stated
standing-tested = tested

accessibility-title = Accessibility statement
accessibility-lead = Everyone must be able to use this site. We follow WCAG 2.1 at level AA.
accessibility-how = How the site is made
accessibility-how-1 = Everything works with a keyboard alone and with a screen reader.
accessibility-how-2 = Everything works without JavaScript and at 200 % zoom.
accessibility-how-3 = Every picture has a text and a table beside it, and colour never stands alone.
accessibility-how-4 = The site follows your choice of dark colours and less motion.
accessibility-known = What we know is missing
accessibility-known-text = The text of the rules on the page of promises exists in English only. We know of nothing else.
accessibility-tell = Does something not work?
accessibility-tell-text = Write to us, and we will put it right or send you the content in another way.
accessibility-authority = You may also complain to the Agency for Digital Government.
accessibility-law = Act on the Accessibility of Public Sector Websites

login-title = Log in
login-lead = You log in with MitID. We receive your name and your civil registration number and nothing else.
login-mitid = Log in with MitID
login-what = What happens
login-what-1 = You are sent to MitID and back here.
login-what-2 = We note in your own log that you were here.
login-what-3 = You are logged out when you have not used the site for a while.
login-persons = This is a demonstration. You log in by choosing a person.
login-choose = Choose a person
login-none = It is not possible to log in at the moment. Call or write to us.
login-needed = Log in to see the page.
login-ended = You were logged out because the page was not used. Log in again and go on where you were.
login-fresh = What you want to do needs a fresh login. Log in again and go on.
login-failed = You did not get in. Try again, or call MitID support.
login-role-title = Who are you here as?
login-role-lead = Your login gives you several roles. Choose the one that you need now. To change, log out and in again.
login-role-log = The role stands in the citizen’s log at every look.
login-with = Log in with { $broker }
table-of = Table:
nav-represented = You act for
nav-pharmacies = Pharmacies

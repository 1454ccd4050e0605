### The officer's prints and clocks, and a changed notice tried out.
nav-clocks = Clocks
nav-draft = Try a change
clocks-title = When each clock last acted
clocks-lead = Every register has a clock. Here is its rule, what it has done, and what comes.
clocks-text = A clock that has never acted may wait for something that has not happened yet, or for a day that has not come.
clocks-of = { $acted } of { $all } have acted
clocks-acted = Last acted
clocks-never = Never yet
clocks-in-all = { $n } in all
clocks-late = Past its day
promises-proof = What it stands on
promises-tests = { $n ->
    [one] 1 test
   *[other] { $n } tests
}
notice-tests = Tests
prints-title = Prints
prints-text = Everything here is printed from what runs.
print-what = Print
print-notice = The notice
print-short = Short notice
print-letter-13 = Letter to those who give us the data themselves (Article 13)
print-letter-14 = Letter to those whose data comes from others (Article 14)
print-record = Record of processing (Article 30)
print-record-all = Record of processing for all notices (Article 30)
print-retention = When everything goes
print-matrix = Who may do what
print-parties = Processors, recipients and transfers
print-joint = What joint controllers have agreed
print-dpia = Facts for an impact assessment
print-processor = Record of a processor (Article 30(2))
print-beside = Read in Danish and English side by side
print-beside-short = Side by side
print-both = Danish and English
print-alone = Read in English only
print-files = Take along as:
print-files-short = Take along
records-text = One record for each controller, of all its notices.
matrix-picture = Roles down, registers across. Dark: always. Light: under a condition. Broken border: some of the data only.
matrix-as-picture = as a picture
draft-title = Try a change before it is published
draft-lead = Send a changed notice, and see what it comes to: who may do more, which dates move, whom to tell.
draft-nothing-stored = Nothing is stored and nothing takes effect. What you send lies in the memory of this server for { $n } minutes, for you alone.
draft-begin = Begin with a file that runs
draft-shared = Shared by all notices
draft-typed = Paste the text
draft-file = Which file is it?
draft-file-hint = The text takes the place of this file while we try it.
draft-text = The changed text
draft-text-hint = The whole file, at most 512 KiB.
draft-sent = Or send files
draft-files = Files
draft-files-hint = Files that end in .toml, at most 512 KiB each and 1 MiB in all. A file takes the place of the one with the same name, or is new. If you choose files, the text above is not used.
draft-try = See the effect
draft-problem-file = Choose which file it is
draft-problem-text = Paste the text, or send a file
draft-problem-large = The file is larger than 512 KiB
draft-problem-many = Send at most 24 files at a time
draft-problem-name = A new file has a name of small letters, digits and hyphens, and ends in .toml
draft-problem-utf8 = The file is no UTF-8 text. Save it as UTF-8
draft-problem-twice = The same file is there twice
draft-effect-title = What the change comes to
draft-back = Try another change
draft-edit = Change the text
draft-forget = Throw the draft away
draft-errors = { $n ->
    [one] It does not compile: 1 error
   *[other] It does not compile: { $n } errors
}
draft-errors-text = Such a notice cannot run. Mend what stands below, then the effect can be shown.
draft-compiles = It compiles.
draft-findings = What the compiler says
draft-findings-text = Errors, and warnings that the notices of today do not have.
draft-error = Error
draft-warning = New warning
draft-line = line
draft-why = Why it matters:
draft-more = { $n ->
    [one] And 1 more.
   *[other] And { $n } more.
}
draft-mended = { $n ->
    [one] 1 warning of today is gone.
   *[other] { $n } warnings of today are gone.
}
draft-effect = The effect
draft-no-effect = The change has no effect: nobody may do more or less, and no date moves.
draft-wider = Widening: more is done with the data, or people can count on less
draft-other = Other changes
draft-narrower = Narrowing: less is done with the data, or people can count on more
draft-clocks = Periods that move
draft-before = Before
draft-after = After
draft-example = For example
draft-sooner = sooner
draft-both = sooner for some, later for others
draft-unclear = changed; look for yourself
draft-later = later
draft-never = not by itself
draft-inform = To be told before the change takes effect
draft-inform-text = These people can no longer count on what they were told.
draft-lost = Promises that are stated no longer
draft-lost-text = Their tests hold nothing any more.
draft-gained = Promises that are stated now
draft-gained-text = A promise without a test is a promise only.
draft-tests = tests
draft-next = Then
draft-waits = A period becomes shorter. When two persons have signed, the change takes effect seven days after the second signature at the earliest.
draft-signs = Nothing takes effect until two persons have signed.
draft-on-file = Records on file
draft-on-file-none = No date on file moves.
draft-on-file-failed = The register did not answer, so the records are not counted. Try again in a moment.
draft-on-file-sooner = come sooner
draft-on-file-later = come later, or lose their date
draft-on-file-same = stay
draft-counting = We are counting. You need not do anything.
draft-counted = { $done } of { $all }
draft-look-again = Look again
draft-picture = When they come under the changed notice
draft-picture-text = { $n ->
    [one] 1 record moves. The numbers stand in the table below the picture.
   *[other] { $n } records move. The numbers stand in the table below the picture.
}
draft-month = New month
draft-at-once = at once
draft-undated = no date yet

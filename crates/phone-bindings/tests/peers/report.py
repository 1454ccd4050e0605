"""Warns others through the generated bindings at real servers, as an app in Python would."""

import json
import os
import sys

folder = sys.argv[1]
sys.path.insert(0, folder)

from phone_bindings import (  # noqa: E402
    Counted,
    Country,
    Ending,
    SmittestopDecoys,
    SmittestopError,
    SmittestopPhone,
    SmittestopServers,
    Trouble,
    TrustedKey,
    ending_words,
    trouble_words,
)

with open(os.path.join(folder, "servers.json")) as file:
    given = json.load(file)
now, authority, day = given["now"], given["authority"], 24 * 3600
servers = SmittestopServers(given["keys"], given["verification"], [], None)
trusted = [TrustedKey(pem=given["pem"], key_id="238", version="v1")]
country = Country(root="dk", region="DK", trusted=trusted)
phone = SmittestopPhone(os.path.join(folder, "phone"))
decoys = SmittestopDecoys("Europe/Copenhagen", now)


def refused(kind, action):
    try:
        action()
    except kind:
        return
    raise AssertionError(f"{kind} was expected")


def until_ended(now):
    while progress := phone.progress():
        assert 1 <= progress.step <= 3
        now = max(now, progress.next + 1)
        phone.reports_on(servers, decoys, authority, now)
    return now, phone.outcome().ending


# Only over HTTPS, unless on this machine; nothing without a consent.
refused(SmittestopError.Form, lambda: SmittestopServers("http://keys.example", "https://x.example", [], None))
refused(SmittestopError.NoConsent, lambda: phone.reports("12345678", None, [], now))
assert phone.working(now) is None
phone.consents(phone.words_version(), now - 2 * day)
for ago in (2, 1, 0):
    phone.call_out(-20, now - ago * day)

# What is wrong is told, until it is put right.
assert phone.working(now).troubles == [Trouble.DOES_NOT_LISTEN, Trouble.DOES_NOT_LOOK]
assert trouble_words(Trouble.DOES_NOT_LOOK, "da") != trouble_words(Trouble.DOES_NOT_LOOK, "en")
phone.scanned([], now)
fetched = phone.fetch(servers, country, now)
assert fetched.refused == 0 and not fetched.is_more and fetched.warning is None
assert phone.working(now).troubles == [] and phone.working(now).looked == now
phone.fetch_guidance(servers, country)
assert given["guidance"] in phone.advice("da")
assert phone.messages(now) == [] and phone.shows("Europe/Copenhagen", now) == 0
phone.reads()

# A report: forms first, a code that is none, then the one from the authority.
refused(SmittestopError.Form, lambda: phone.reports("1234", None, [], now))
refused(SmittestopError.Form, lambda: phone.reports("12345678", "yesterday", [], now))
refused(SmittestopError.Form, lambda: phone.reports("12345678", None, ["XX"], now))
phone.reports("12345678", None, [], now)
refused(SmittestopError.OnItsWay, lambda: phone.reports(given["code"], None, [], now))
now, ending = until_ended(now)
assert ending == Ending.CODE_REFUSED
assert decoys.due() <= now + 5, "what a refusal leaves unasked is asked within seconds"
phone.reports(given["code"], given["symptoms"], ["SE"], now)
now, ending = until_ended(now)
assert ending == Ending.SENT, ending
assert ending_words(ending, "da") == "Din advarsel er sendt. Tak."
refused(SmittestopError.Form, lambda: ending_words(ending, "fr"))

# Decoys are asked in the same three steps.
decoys = SmittestopDecoys("Europe/Copenhagen", now)
first = decoys.due()
for _ in range(3):
    decoys.go_on(servers, authority, decoys.due())
assert decoys.due() > first

# The statistics are asked for by themselves.
assert len(phone.statistics_words("da")) == len(phone.statistics_words("en"))
refused(SmittestopError.NoConsent, lambda: phone.takes_part("of yesterday", now))
phone.takes_part(phone.statistics_version(), now)
assert phone.takes_part_since() == now
assert phone.tells(servers, "smittestop", now) == Counted.NOTHING, "there was no day before"
assert phone.tells(servers, "smittestop", now + day) == Counted.LATER, "nobody counts here"
phone.takes_no_part()
assert phone.takes_part_since() is None
print("sent")

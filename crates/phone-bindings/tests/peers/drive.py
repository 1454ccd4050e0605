"""Drives a phone through its generated bindings, as an app in Python would."""

import base64
import json
import os
import sys

folder = sys.argv[1]
sys.path.insert(0, folder)

from phone_bindings import Report, SmittestopError, SmittestopPhone, Standing, TrustedKey, Warning  # noqa: E402

with open(os.path.join(folder, "meeting.json")) as file:
    meeting = json.load(file)
now = meeting["now"]
kept = os.path.join(folder, "phone")
phone = SmittestopPhone(kept)


def refused(kind, action):
    try:
        action()
    except kind:
        return
    raise AssertionError(f"{kind} was expected")


# Nothing before the consent, and none to other words.
assert phone.standing() == Standing.NO_CONSENT and phone.stored() is None
refused(SmittestopError.NoConsent, lambda: phone.call_out(-20, now))
refused(SmittestopError.NoConsent, lambda: phone.consents("of yesterday", now))
assert len(phone.words("da")) == len(phone.words("en")) > 3
phone.consents(phone.words_version(), meeting["calls"][0]["at"])
assert phone.standing() == Standing.AGREED

# Calling out and hearing.
beacon = phone.call_out(-20, meeting["calls"][0]["at"])
assert len(beacon.identifier) == 16 and len(beacon.metadata) == 4
assert 600 <= beacon.until - meeting["calls"][0]["at"] <= 1200
for call in meeting["calls"]:
    report = Report(
        identifier=base64.b64decode(call["identifier"]),
        metadata=base64.b64decode(call["metadata"]),
        rssi_dbm=-75,
    )
    assert phone.scanned([report, report], call["at"])
refused(SmittestopError.Form, lambda: phone.scanned([Report(identifier=b"short", metadata=b"1234", rssi_dbm=-75)], now))

# Another program sees the same, in the same folder.
assert SmittestopPhone(kept).stored().sightings == len(meeting["calls"])

# Checking an export: not a stranger's, not a changed one.
export = base64.b64decode(meeting["export"])
ours = TrustedKey(pem=meeting["pem"], key_id="238", version="v1")
refused(SmittestopError.NotBelieved, lambda: phone.check([export], [], now))
refused(SmittestopError.NotBelieved, lambda: phone.check([export[:-30]], [ours], now))
other = TrustedKey(pem=meeting["pem"], key_id="240", version="v1")
refused(SmittestopError.NotBelieved, lambda: phone.check([export], [other], now))
assert phone.check([export], [ours], now) == Warning(days=1, new_days=1)
assert phone.check([export], [ours], now) is None
assert len(phone.advice("en")) >= 3

# Withdrawing leaves nothing.
phone.withdraws()
assert phone.standing() == Standing.NO_CONSENT and phone.stored() is None
assert os.listdir(kept) == []
print("warned and gone")

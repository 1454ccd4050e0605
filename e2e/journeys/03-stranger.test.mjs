// A doctor who does not treat Nancy is refused, with the clause and the ways forward; emergency access is one of them.

import assert from "node:assert/strict";

import { NANCY, be, journey } from "../house/journey.mjs";

journey(
  "a doctor is refused and takes emergency access",
  async ({ arrive }) => {
    const doctor = await arrive();
    await be(doctor, "stranger");
    await doctor.go("/patients");
    await doctor.look("no patients");
    assert.equal(await doctor.send("/patients/find", { cpr: NANCY }), 403);
    await doctor.look("refused");
    await doctor.picture("refused");
    assert.ok((await doctor.page.locator("ol.ways li").count()) >= 2, "the lawful ways forward are shown");

    await doctor.follow(doctor.page.locator('ol.ways a[href$="/emergency"]').first());
    await doctor.look("emergency");
    await doctor.picture("emergency");
    assert.equal(await doctor.send("/emergency", { reason: "haster" }), 422, "a reason of a word is not enough");
    await doctor.look("emergency with a problem");
    await doctor.send("/emergency", { reason: "Bevidstløs patient, allergi skal afklares nu" });
    await doctor.look("card in an emergency");
    await doctor.picture("card-emergency");

    // rule N-02: the citizen sees the look, its reason and its kind.
    const nancy = await arrive();
    await be(nancy, "citizen");
    await nancy.go("/me");
    await nancy.look("me after an emergency");
    await nancy.says(/Hanne|emergency/);
    await nancy.go("/me/log?kind=emergency");
    await nancy.look("log of emergencies");
    await nancy.go("/me/log");
    await nancy.says(/Bevidstløs patient/);

    const reviewer = await arrive();
    await be(reviewer, "reviewer");
    await reviewer.go("/officer/emergencies");
    await reviewer.look("emergencies to review");
    await reviewer.picture("emergencies");
  },
  { languages: ["en"] },
);

journey("a number that nobody has looks like one that may not be seen", async ({ arrive }) => {
  const doctor = await arrive();
  await be(doctor, "stranger");
  const answers = [];
  for (const cpr of [NANCY, "010101-9999"]) {
    await doctor.go("/patients");
    const status = await doctor.send("/patients/find", { cpr });
    const text = (await doctor.text()).replaceAll(/[0-9a-f]{32}/g, "(id)");
    answers.push({ status, text });
  }
  assert.deepEqual(answers[0], answers[1]);
});

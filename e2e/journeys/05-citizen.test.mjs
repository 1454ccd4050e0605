// Nancy sees her data, who looked and what goes when; she marks a medicine private and blocks her doctor.

import assert from "node:assert/strict";

import { NANCY, be, journey } from "../house/journey.mjs";

journey(
  "a citizen looks at everything",
  async ({ arrive }) => {
    const nancy = await arrive();
    await be(nancy, "citizen");
    for (const [address, name] of [
      ["/me", "me"],
      ["/me/medicine", "me-medicine"],
      ["/me/log", "me-log"],
      ["/me/when", "me-when"],
      ["/me/blocks", "me-blocks"],
      ["/me/consents", "me-consents"],
      ["/me/basic", "me-basic"],
      ["/me/device", "me-device"],
      ["/me/children", "me-children"],
    ]) {
      await nancy.go(address);
      await nancy.look(name);
      await nancy.picture(name);
    }
  },
  { languages: ["da", "en"] },
);

journey("a citizen marks a medicine private and blocks the doctor", async ({ arrive }) => {
  const doctor = await arrive();
  await be(doctor, "doctor");
  await doctor.go("/patients");
  await doctor.send("/patients/find", { cpr: NANCY });
  const card = new URL(doctor.page.url()).pathname.replace(/^\/(da|en)/, "");
  const medicine = (await doctor.page.locator("li.order h3").first().innerText()).trim();

  // rule F-08: the person decides that a medicine is private.
  const nancy = await arrive();
  await be(nancy, "citizen");
  await nancy.go("/me/medicine");
  const order = nancy.page.locator("li.order", { hasText: medicine }).first();
  await nancy.follow(order.locator('form[action$="/private"] button'));
  await nancy.look("medicine marked private");

  await doctor.go(card);
  await doctor.look("card with a private medicine");
  assert.equal(await doctor.page.locator("li.order", { hasText: medicine }).count(), 0, "only that it exists is seen");

  await nancy.go("/me/blocks");
  await nancy.follow(nancy.page.locator('form:has(input[name="step"][value="begin"]) button'));
  await nancy.look("block: whom");
  await nancy.send("/me/blocks", { whom: "everyone" });
  await nancy.look("block: next");
  for (let step = 0; step < 3; step += 1) {
    const until = nancy.page.locator('input[name="until"][type="radio"]');
    const done = await nancy.page.locator('input[name="step"][value="done"]').count();
    await nancy.send("/me/blocks", (await until.count()) ? { until: null } : {});
    await nancy.look(`block: step ${step}`);
    if (done) break;
  }

  // rule N-05: after the confirmation no read is answered.
  await doctor.go(card, { expect: 403 });
  await doctor.look("refused by a block");
});

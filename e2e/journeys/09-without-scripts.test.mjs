// Everything works without JavaScript.

import assert from "node:assert/strict";

import { NANCY, be, journey } from "../house/journey.mjs";

journey("the house works without scripts", async ({ arrive }) => {
  const nancy = await arrive({ scripts: false });
  await be(nancy, "citizen");
  for (const address of ["/me", "/me/medicine", "/me/log", "/me/when", "/me/blocks"]) {
    await nancy.go(address);
    await nancy.look(address);
  }
  const doctor = await arrive({ scripts: false });
  await be(doctor, "stranger");
  await doctor.go("/patients");
  await doctor.send("/patients/find", { cpr: NANCY });
  await doctor.look("refused without scripts");
  const officer = await arrive({ scripts: false });
  await be(officer, "officer");
  await officer.go("/officer/due");
  await officer.look("due without scripts");
  assert.ok((await officer.page.locator("figure svg[role=img]").count()) > 0, "the picture is there without scripts");
});

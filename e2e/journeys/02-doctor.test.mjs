// A doctor who treats Nancy opens her card, prescribes, changes and stops: each act is shown before it happens.

import assert from "node:assert/strict";

import { NANCY, be, journey } from "../house/journey.mjs";

journey(
  "a doctor prescribes, changes and stops",
  async ({ arrive }) => {
    const doctor = await arrive();
    await be(doctor, "doctor");
    await doctor.go("/patients");
    await doctor.look("patients today");
    await doctor.picture("patients");
    await doctor.send("/patients/find", { cpr: NANCY });
    await doctor.look("card");
    await doctor.picture("card");
    const card = doctor.page.url();

    await doctor.follow(doctor.page.locator('a[href$="/prescribe"]').first());
    await doctor.look("prescribe");
    assert.equal(await doctor.send("/prescribe/preview"), 422, "an empty form names what is missing");
    await doctor.look("prescribe with problems");
    await doctor.picture("prescribe-problems");
    await doctor.send("/prescribe/preview", {
      drug: "Amoxicillin",
      strength: "500 mg",
      form: "tablet",
      atc: "J01CA04",
      indication: "mod betændelse",
      dosage_kind: "daily",
      unit: "tablet",
      units: "tabletter",
      morning: "1",
      evening: "1",
      prescription_kind: "without",
    });
    await doctor.look("preview of a prescription");
    await doctor.picture("preview");
    await doctor.says(/Amoxicillin/);
    await doctor.send("/prescribe");
    await doctor.look("card after prescribing");
    await doctor.says(/Amoxicillin/);

    const order = doctor.page.locator("li.order", { hasText: "Amoxicillin" }).first();
    await doctor.follow(order.locator('a[href$="/change"]'));
    await doctor.look("change");
    await doctor.send("/change/preview", { dosage_kind: "daily", unit: "tablet", units: "tabletter", morning: "1", evening: "2" });
    await doctor.look("preview of a change");
    assert.ok((await doctor.page.locator("del").count()) > 0, "what stood before is shown");
    await doctor.send("/change");
    await doctor.look("card after a change");

    const changed = doctor.page.locator("li.order", { hasText: "Amoxicillin" }).first();
    await doctor.follow(changed.locator('a[href$="/stop"]'));
    await doctor.look("stop");
    await doctor.send("/stop/preview", { reason: "bivirkninger" });
    await doctor.look("preview of a stop");
    await doctor.send("/stop");
    await doctor.go(new URL(card).pathname.replace(/^\/(da|en)/, ""));
    await doctor.look("card after a stop");
    await doctor.says(/Amoxicillin/);

    await doctor.go("/looks");
    await doctor.look("looks in my name");
  },
  { languages: ["da", "en"] },
);

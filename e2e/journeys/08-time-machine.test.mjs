// Ten years pass: the sweep says what it did, and what was erased is nowhere to be seen.

import assert from "node:assert/strict";

import { be, journey } from "../house/journey.mjs";

journey("the time machine moves ten years and shows the sweep", async ({ arrive }) => {
  const nancy = await arrive();
  await be(nancy, "citizen");
  await nancy.go("/me/medicine");
  const before = await nancy.page.locator("main li.order").count();
  assert.ok(before > 0, "Nancy takes medicine");
  await nancy.go("/demo/time");
  await nancy.look("time machine");
  await nancy.picture("time-machine");
  const free = nancy.page.locator('form[action$="/demo/time"]:has(input[type="text"][name="day"])');
  await free.locator('[name="day"]').fill("2036-11-02");
  await nancy.follow(free.locator("button"));
  // The page tells how far the journey is, and by itself when it is over; the journey bounds the wait.
  await nancy.page.locator("#journey progress").waitFor({ state: "detached", timeout: 0 });
  await nancy.page.locator("#report").waitFor();
  await nancy.look("after ten years");
  await nancy.picture("after-ten-years");

  // rule F-16: orders and prescriptions are erased when their clocks say so.
  await be(nancy, "citizen");
  await nancy.go("/me/medicine");
  await nancy.look("card after ten years");
  const after = await nancy.page.locator("main li.order").count();
  assert.ok(after < before, `${before} medicines before, ${after} after`);

  const officer = await arrive();
  await be(officer, "officer");
  await officer.go("/officer");
  await officer.look("officer after ten years");
  await officer.picture("officer-after-ten-years");
});

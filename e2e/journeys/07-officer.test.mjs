// The data protection officer asks whether what is said is true; the operator, whether all is well.

import assert from "node:assert/strict";

import { be, journey } from "../house/journey.mjs";

journey(
  "an officer sees what is due and what is promised",
  async ({ arrive }) => {
    const officer = await arrive();
    await be(officer, "officer");
    for (const [address, name] of [
      ["/officer", "officer"],
      ["/officer/due", "officer-due"],
      ["/officer/promises", "officer-promises"],
      ["/officer/notices", "officer-notices"],
      ["/officer/notices/fmk", "officer-notice"],
      ["/officer/notices/fmk/prints/record", "officer-record"],
      ["/officer/notices/fmk/prints/letter-13/beside", "officer-letter-beside"],
      ["/officer/notices/fmk/prints/matrix", "officer-matrix"],
      ["/officer/clocks", "officer-clocks"],
      ["/officer/draft", "officer-draft"],
    ]) {
      await officer.go(address);
      await officer.look(name);
      await officer.picture(name);
    }
    const operator = await arrive();
    await be(operator, "operator");
    await operator.look("operator");
    await operator.picture("operator");
  },
  { languages: ["da", "en"] },
);

journey(
  "an officer tries a change before anybody signs it",
  async ({ arrive }) => {
    const officer = await arrive();
    await be(officer, "officer");
    await officer.go("/officer/draft/file/fmk.toml");
    const text = officer.page.locator("#text");
    const running = await text.inputValue();
    assert.ok(running.includes("prescription.issued + P2Y"), "the form begins with the file that runs");
    await text.fill(running.replaceAll("prescription.issued + P2Y", "prescription.issued + P1Y"));
    await officer.page.locator("main button[type=submit]").click();
    await officer.page.locator("#effect").waitFor();
    await officer.look("effect of a shorter period");
    // The count goes on behind the page, and the page renews itself until it has it.
    await officer.page.locator("#on-file .numbers").waitFor({ timeout: 60_000 });
    await officer.look("records on file that move");
    await officer.picture("officer-effect");
    const beside = `${new URL(officer.page.url()).pathname.replace(/^\/(da|en)/, "")}/beside`;
    await officer.go(beside);
    await officer.look("effect in both languages");
    await officer.picture("officer-effect-beside");
    await officer.go("/officer/draft/file/fmk.toml");
    await officer.page.locator("#text").fill(running.replace("prescription.issued + P2Y", "prescription.issud + P2Y"));
    await officer.page.locator("main button[type=submit]").click();
    await officer.page.locator("#findings").waitFor();
    await officer.look("findings at their lines");
    await officer.picture("officer-findings");
  },
  { languages: ["da", "en"] },
);

// The data protection officer asks whether what is said is true; the operator, whether all is well.

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

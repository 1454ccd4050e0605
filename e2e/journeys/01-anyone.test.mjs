// Anyone: what this is, the notices, the promises; a wrong address is a page too.

import { journey } from "../house/journey.mjs";

journey(
  "anyone reads the notices",
  async ({ arrive }) => {
    const anyone = await arrive();
    for (const [address, name] of [
      ["/", "front"],
      ["/notices", "notices"],
      ["/promises", "promises"],
      ["/accessibility", "accessibility"],
      ["/login", "login"],
      ["/demo", "demo"],
      ["/demo/tour", "tour"],
    ]) {
      await anyone.go(address);
      await anyone.look(name);
      await anyone.picture(name);
    }
    // rule F-01: the notice of the medicine record is published, in both languages.
    for (const notice of ["fmk", "nsp", "sds"]) {
      await anyone.go(`/notices/${notice}`);
      await anyone.look(`notice ${notice}`);
      await anyone.picture(`notice-${notice}`);
    }
    await anyone.go("/no-such-page", { expect: 404 });
    await anyone.look("wrong address");
    await anyone.picture("wrong-address");
  },
  { languages: ["da", "en"] },
);

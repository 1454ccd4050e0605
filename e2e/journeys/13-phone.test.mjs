// The owner of a phone looks at its page before and after she agrees: in both languages, narrow and wide, light and dark.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Phone } from "../house/phone.mjs";
import { Visitor, closeBrowser } from "../house/visitor.mjs";

const PLACES = ["/", "/warn", "/stored", "/consent", "/statistics", "/withdraw", "/uninstall"];

// Each page as it is on a phone by night and on a desk by day.
async function all(visitor, when, places) {
  for (const place of places) {
    for (const [width, colorScheme] of [[360, "dark"], [1280, "light"]]) {
      await visitor.page.setViewportSize({ width, height: 800 });
      await visitor.page.emulateMedia({ colorScheme });
      await visitor.go(place);
      await visitor.look(`${when}: ${place}, ${width}, ${colorScheme}`);
      const beyond = await visitor.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(beyond <= 1, `${when}: ${place}: ${beyond} px stick out at ${width} px`);
    }
  }
}

for (const lang of ["da", "en"]) {
  test(`the owner of a phone agrees, takes part, and withdraws (${lang})`, { timeout: 120_000 }, async () => {
    const phone = await Phone.start();
    const visitor = await Visitor.arrive(phone.origin, { lang });
    const press = (text) => visitor.follow(visitor.page.getByRole("button", { name: text, exact: true }));
    try {
      await visitor.page.goto(phone.address);
      await all(visitor, "before she agrees", ["/", "/consent", "/statistics"]);
      await visitor.go("/consent");
      await press(lang === "da" ? "Ja, slå smitte|stop til" : "Yes, turn smitte|stop on");
      await all(visitor, "after she agrees", PLACES);

      await visitor.go("/statistics");
      await press(lang === "da" ? "Ja, vær med i statistikken" : "Yes, take part in the statistics");
      await visitor.says(lang === "da" ? /Du er med siden/ : /You have taken part since/);
      await visitor.look("takes part");
      await press(lang === "da" ? "Hold op" : "Stop");
      await visitor.saysNot(lang === "da" ? /Du er med siden/ : /You have taken part since/);

      await visitor.go("/warn");
      await visitor.page.locator("#code").fill("12");
      await press(lang === "da" ? "Advar andre" : "Warn others");
      await visitor.look("a code that is none");
      assert.equal(await visitor.page.locator("[role=alert]").count(), 1, "the page says what is wrong");

      await visitor.go("/withdraw");
      await press(lang === "da" ? "Træk samtykket tilbage og slet alt" : "Withdraw consent and erase everything");
      await visitor.go("/stored");
      await visitor.says(lang === "da" ? /Der ligger ingenting på telefonen/ : /Nothing lies on the phone/);
    } finally {
      await visitor.context.close();
      await phone.stop();
      await closeBrowser();
    }
  });
}

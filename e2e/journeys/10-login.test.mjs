// Login by OpenID Connect, against a provider that we did not write; the server is the one that an authority runs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { startProvider } from "../house/login.mjs";
import { House } from "../house/serve.mjs";
import { Visitor, closeBrowser } from "../house/visitor.mjs";

// An official test person: nobody has this number.
const NANCY = "2512489996";

const LEVEL = "https://data.gov.dk/concept/core/nsis/loa/Substantial";

test("a citizen logs in at a broker and comes to her own page", { timeout: 180_000 }, async () => {
  const house = await House.prepare();
  const provider = await startProvider({
    clientId: "hjemmel",
    jwks: house.jwks,
    redirects: [`${house.origin}/login/broker/callback`],
    level: LEVEL,
    people: { nancy: { name: "Nancy Ann Berggren", "dk.cpr": NANCY } },
  });
  await house.start({ issuer: provider.issuer, level: LEVEL });
  const nancy = await Visitor.arrive(house.origin, { lang: "en" });
  nancy.welcome.add(provider.issuer);
  try {
    await nancy.go("/me", { expect: null });
    await nancy.look("login asked for");
    await nancy.go("/login");
    await nancy.look("ways to log in");
    await nancy.page.locator('form[action*="/login/broker"] button').click();
    await nancy.page.waitForURL((url) => url.origin === house.origin && !url.pathname.endsWith("/login"));
    await nancy.page.waitForLoadState("load");
    if (process.env.TELL) console.log(nancy.page.url(), await nancy.text(), house.said);
    await nancy.go("/me");
    await nancy.look("own page after login");
    assert.match(await nancy.page.locator(".site-who").innerText(), /Nancy/);
    await nancy.leave();
  } finally {
    await nancy.context.close().catch(() => {});
    await closeBrowser();
    await house.stop();
    await provider.stop();
  }
});

// A journey: one demo, some visitors, everything stopped and checked in the end.

import { test } from "node:test";

import { Demo } from "./demo.mjs";
import { Visitor, closeBrowser } from "./visitor.mjs";

// Official test persons: nobody has these numbers.
export const NANCY = "251248-9996";

// Runs a journey with a demo of its own. `arrive` brings visitors; each is checked when the journey ends.
export function journey(name, walk, { languages = ["en"] } = {}) {
  for (const lang of languages) {
    test(`${name} (${lang})`, { timeout: 600_000 }, async () => {
      const demo = await Demo.start();
      const visitors = [];
      const arrive = async (more = {}) => {
        const visitor = await Visitor.arrive(demo.origin, { lang, ...more });
        visitors.push(visitor);
        return visitor;
      };
      try {
        await walk({ demo, lang, arrive });
        for (const visitor of visitors.splice(0)) await visitor.leave();
      } finally {
        for (const visitor of visitors) await visitor.context.close().catch(() => {});
        await demo.stop();
        await closeBrowser();
      }
    });
  }
}

// Becomes a person of the demo by its key.
export async function be(visitor, key) {
  await visitor.go("/demo");
  await visitor.follow(visitor.page.locator(`form:has(input[name="person"][value="${key}"]) button`).first());
}

// Anybody's notice as pages: a club's list of members is kept, corrected and seen by its member, with and without scripts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Trial } from "../house/trial.mjs";
import { Visitor, closeBrowser } from "../house/visitor.mjs";

const LIST = "/registers/members.member";

async function goIn(visitor, role, own) {
  await visitor.go("/login");
  const form = visitor.page.locator(`form:has(input[name="role"][value="${role}"])`);
  if (own) await form.locator('input[name="own"]').fill(own);
  await visitor.follow(form.locator("button"));
}

for (const lang of ["da", "en"]) {
  for (const scripts of [true, false]) {
    test(`a club keeps its list (${lang}${scripts ? "" : ", without scripts"})`, { timeout: 180_000 }, async () => {
      const trial = await Trial.start();
      const visitors = [];
      const arrive = async () => {
        const visitor = await Visitor.arrive(trial.origin, { lang, scripts });
        visitors.push(visitor);
        return visitor;
      };
      try {
        const karen = await arrive();
        await karen.go("/");
        await karen.look("front");
        await karen.picture("club-front");
        await karen.go("/login");
        await karen.look("login of a trial");
        await karen.picture("club-login");
        await goIn(karen, "secretary");
        await karen.look("registers");
        await karen.picture("club-registers");
        await karen.go(`${LIST}/add`);
        await karen.look("empty form");
        await karen.picture("club-add");
        // A mistake: the summary has focus, the fields say what is wrong, and what was typed is kept.
        const status = await karen.send(`${LIST}/add`, { about: "anna@svoem.example", "content.email": "none", "content.since": "soon" });
        assert.equal(status, 422);
        await karen.look("form with mistakes");
        await karen.picture("club-add-wrong");
        assert.equal(await karen.page.locator('[name="content.email"]').inputValue(), "none");
        if (scripts) {
          const focus = await karen.page.evaluate(() => document.activeElement?.id);
          assert.equal(focus, "problems");
          await byKeyboard(karen);
        }
        await karen.send(`${LIST}/add`, {
          "content.name": "Anna Test",
          "content.email": "anna@svoem.example",
          "content.since": "1-2-2026",
          "content.team": "juniors",
        });
        await karen.look("entry");
        const entry = new URL(karen.page.url()).pathname.slice(3);
        await karen.go(`${entry}/correct`);
        await karen.look("correction");
        await karen.picture("club-correct");
        await karen.send("/correct", { "content.name": "Anne Test", note: "Her name is Anne." });
        await karen.says(/Anne Test.*Her name is Anne\..*Anna Test/);
        await karen.picture("club-entry");
        await karen.go(`${entry}/events/member.ended`);
        await karen.look("event");
        await karen.send("/events/member.ended");
        await karen.look("entry that goes");
        await karen.go(`${LIST}/due`);
        await karen.look("what goes when");
        await karen.picture("club-due");
        await karen.go(LIST);
        await karen.look("list");
        await karen.picture("club-list");
        await karen.send(`${LIST}/find`, { about: "nobody@svoem.example" });
        await karen.look("nobody found");

        const anne = await arrive();
        await goIn(anne, "member", "ANNA@svoem.example");
        await anne.look("own page");
        await anne.says(/Anne Test.*Her name is Anne\./);
        await anne.picture("club-own");
        await anne.go(LIST, { expect: 404 });
        for (const visitor of visitors.splice(0)) await visitor.leave();
        assert.doesNotMatch(trial.said, /anna|svoem/i, "nothing personal is printed");
      } finally {
        for (const visitor of visitors) await visitor.context.close().catch(() => {});
        await closeBrowser();
        await trial.stop();
      }
    });
  }
}

// From the summary to the field and on to the button, without a mouse.
async function byKeyboard(visitor) {
  const { page } = visitor;
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const target = await page.evaluate(() => document.querySelector(":target")?.id ?? "");
  assert.match(target, /^content\./, "the summary leads to the field");
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => {
      const at = document.activeElement;
      return { kind: at?.getAttribute("type"), outline: at ? getComputedStyle(at).outlineStyle : "" };
    });
    if (where.kind === "submit") return;
  }
  assert.fail("the button is not reached by the keyboard");
}

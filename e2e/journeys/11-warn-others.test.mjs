// A person who tested positive warns others: one question at a time, every outcome, without scripts too.

import assert from "node:assert/strict";

import { be, journey } from "../house/journey.mjs";

// Answers one question and goes on.
async function answer(visitor, label) {
  await visitor.page.getByLabel(label, { exact: true }).check();
  await visitor.follow(visitor.page.locator("main button[type=submit]").first());
}

journey("a person who tested positive gets a code", async ({ arrive }) => {
  const anyone = await arrive();
  await anyone.go("/warn");
  await anyone.look("warn others, for anyone");

  for (const scripts of [true, false]) {
    const einer = await arrive({ scripts });
    await be(einer, "positive");
    await einer.go("/me/warn");
    await einer.look("warn others");
    await einer.follow(einer.page.locator("main form button[type=submit]").first());
    await einer.look("do you have symptoms");
    await answer(einer, "I would rather not say");
    await einer.look("where is the app");
    await answer(einer, "On another phone, and I would rather type eight digits");
    await einer.look("is this right");
    await einer.follow(einer.page.locator("main button[type=submit]").first());
    await einer.look("you can warn others");
    const code = await einer.page.locator(".code-to-type").innerText();
    assert.match(code, /^\d{4}\s\d{4}$/);
    await einer.go("/me/warn");
    assert.ok((await einer.page.getByText("A check, which is erased").count()) > 0, "what is kept and when it goes");
  }

  const nancy = await arrive();
  await be(nancy, "citizen");
  await nancy.go("/me/warn");
  await nancy.follow(nancy.page.locator("main form button[type=submit]").first());
  await answer(nancy, "No");
  await answer(nancy, "On the phone I am using now");
  await nancy.follow(nancy.page.locator("main button[type=submit]").first());
  await nancy.look("not on the list");
  assert.ok((await nancy.page.getByText("112").count()) > 0, "where to turn");
});

// Keys between countries: anyone reads how it stands, a country misbehaves, and the page says what was made of it.

import assert from "node:assert/strict";

import { be, journey } from "../house/journey.mjs";

journey("a country misbehaves and the page says so", async ({ arrive }) => {
  const anyone = await arrive();
  await anyone.go("/warn");
  await anyone.follow(anyone.page.getByRole("link", { name: "How warnings cross borders" }));
  await anyone.look("warnings across borders");
  await anyone.picture("warnings-across-borders");
  assert.ok((await anyone.page.getByRole("rowheader", { name: "Germany" }).count()) > 0);
  assert.ok((await anyone.page.getByText("we believed everything that came").count()) > 0);
  const newest = anyone.page.locator("a[href*='/exports/all/']").first();
  const file = await fetch(await newest.getAttribute("href"));
  assert.equal(file.status, 200, "the newest file lies where the page says");
  assert.equal(Buffer.from(await file.arrayBuffer()).toString("latin1", 0, 2), "PK");
  await anyone.go("/statistics");
  await anyone.look("figures of the app");
  assert.ok((await anyone.page.getByText("The last day that was counted").count()) > 0);

  await anyone.go("/demo");
  await anyone.follow(anyone.page.getByRole("link", { name: "Let a country misbehave" }));
  await anyone.look("a country misbehaves");
  const does = async (misdeed) => {
    const form = anyone.page.locator(`form:has(input[value="${misdeed}"])`);
    await anyone.follow(form.locator("button"));
  };
  await does("key");
  await anyone.look("refused by the gateway");
  assert.ok((await anyone.page.getByText("key 1 is wrong").count()) > 0, "in the gateway's own words");
  await does("unheard-of");
  await anyone.look("taken by the gateway");
  await anyone.follow(anyone.page.getByRole("link", { name: "See how it stands now" }));
  await anyone.look("something was not believed");
  await anyone.picture("something-was-not-believed");
  assert.ok((await anyone.page.getByText("the country has not told us of").count()) > 0);

  const operator = await arrive();
  await be(operator, "operator");
  await operator.go("/operator");
  await operator.look("operator with jobs");
  await operator.follow(operator.page.getByRole("link", { name: "Rolling IDs between countries" }));
  await operator.look("keys between countries");

  // Two persons decide on each delivery that was held: one of them alone does nothing. Far more than usual came in two.
  await anyone.go("/demo/europe");
  await does("flood");
  await be(operator, "operator");
  const says = (visitor, name) => visitor.follow(visitor.page.getByRole("button", { name }).first());
  await operator.go("/operator/europe");
  await operator.look("something is held");
  await operator.picture("something-is-held");
  await says(operator, "Propose to release it");
  await operator.says(/Your proposal waits for somebody else/);
  await operator.follow(operator.page.getByRole("button", { name: "Propose to leave it to be erased" }).last());
  await operator.look("two proposals wait");
  const second = await arrive();
  await be(second, "second-operator");
  await second.go("/operator/europe");
  await second.look("somebody else has proposed");
  await second.picture("somebody-else-has-proposed");
  await says(second, "Agree: release it to phones");
  await second.says(/Two of you agree: it is released/);
  await says(second, "Agree: leave it to be erased");
  await second.says(/Nothing waits/);
  await second.look("all is decided");
});

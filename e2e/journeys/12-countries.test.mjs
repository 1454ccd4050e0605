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
  await operator.follow(operator.page.getByRole("link", { name: "Keys between countries" }));
  await operator.look("keys between countries");
});

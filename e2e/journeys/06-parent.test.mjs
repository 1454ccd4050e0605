// A parent sees the card and the log of a child under 15.

import { be, journey } from "../house/journey.mjs";

journey("a parent looks at a child's card", async ({ arrive }) => {
  const parent = await arrive();
  await be(parent, "parent");
  await parent.go("/me/children");
  await parent.look("children");
  await parent.picture("children");
  await parent.follow(parent.page.locator('main a[href$="/medicine"]').first());
  await parent.look("card of a child");
  await parent.go("/me/children");
  await parent.follow(parent.page.locator('main a[href$="/log"]').first());
  await parent.look("log of a child");
});

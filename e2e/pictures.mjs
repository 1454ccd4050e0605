// Takes the pictures of the README anew: real pages of a real demo, small enough for a repository.
//
// HJEMMEL names the program, built with the demo.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Demo } from "./house/demo.mjs";
import { NANCY, be } from "./house/journey.mjs";
import { Visitor, closeBrowser } from "./house/visitor.mjs";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/pictures");
await mkdir(folder, { recursive: true });
await Demo.grow();
const demo = await Demo.start();

const visit = async (key) => {
  const visitor = await Visitor.arrive(demo.origin, { lang: "en", more: { viewport: { width: 1000, height: 680 } } });
  await be(visitor, key);
  return visitor;
};
const take = (visitor, name) => visitor.page.screenshot({ path: path.join(folder, `${name}.png`) });

const doctor = await visit("doctor");
await doctor.send("/patients/find", { cpr: NANCY });
await take(doctor, "card");

const stranger = await visit("stranger");
await stranger.go("/patients");
await stranger.send("/patients/find", { cpr: NANCY });
await take(stranger, "refused");

const nancy = await visit("citizen");
await nancy.go("/me/log");
await take(nancy, "log");

await nancy.go("/europe");
await take(nancy, "countries");

const officer = await visit("officer");
await officer.go("/officer/due");
await take(officer, "due");
await officer.go("/officer/draft/file/fmk.toml");
const notice = officer.page.locator("#text");
await notice.fill((await notice.inputValue()).replaceAll("prescription.issued + P2Y", "prescription.issued + P1Y"));
await officer.page.locator("main button[type=submit]").click();
await officer.page.locator("#on-file .numbers").waitFor({ timeout: 60_000 });
await officer.page.evaluate(() => document.querySelector("#effect").scrollIntoView());
await take(officer, "effect");

await demo.stop();
await closeBrowser();
console.log(`pictures are in ${folder}`);

// Grows a small demo country once, then walks each journey through a copy of it, one after another.
//
// HJEMMEL names the program, built with the demo; OUTPUT is the folder for pictures. Closes with the count of
// node's own test runner.

import { spawn } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Demo } from "./house/demo.mjs";
import { output } from "./house/places.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const began = Date.now();
await Demo.grow();
console.log(`# a country of ${Demo.people} people in ${((Date.now() - began) / 1000).toFixed(1)} s`);

const wanted = process.argv.slice(2);
const journeys = (await readdir(path.join(here, "journeys")))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort()
  .map((name) => path.join("journeys", name));

const runner = spawn(
  process.execPath,
  ["--test", "--test-concurrency=1", "--test-reporter=tap", ...journeys],
  { cwd: here, stdio: ["ignore", "inherit", "inherit"] },
);
runner.on("exit", (code) => process.exit(code ?? 1));

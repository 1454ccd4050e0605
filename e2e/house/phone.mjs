// A phone of our own: the program with a folder that is thrown away, its page on a free port, no server behind it.

import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { phone } from "./places.mjs";

const READY_SECONDS = 30;
// Nobody listens on the discard port.
const NOBODY = "http://127.0.0.1:9";

const SETTINGS = `folder = "kept"
[servers]
keys = "${NOBODY}"
verification = "${NOBODY}"
authority = "dk"
[exports]
root = "dk"
region = "DK"
trusted = [{ key_id = "238", version = "v1", pem = "export.pem" }]
[radio]
kind = "loopback"
port = 0
reaches = []
x_metres = 0.0
y_metres = 0.0
transmit_power_dbm = -20
[statistics]
leader = "${NOBODY}"
helper = "${NOBODY}"
`;

export class Phone {
  #child;
  #folder;
  #said = "";

  // Starts a phone that nobody has agreed to yet. `address` opens its page once.
  static async start() {
    const one = new Phone();
    one.#folder = await mkdtemp(path.join(tmpdir(), "hjemmel-phone-"));
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    await writeFile(path.join(one.#folder, "export.pem"), publicKey.export({ type: "spki", format: "pem" }));
    const settings = path.join(one.#folder, "phone.toml");
    await writeFile(settings, SETTINGS);
    one.#child = spawn(phone, ["--config", settings, "run"], { stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [one.#child.stdout, one.#child.stderr]) pipe.on("data", (bytes) => (one.#said += bytes));
    const end = Date.now() + READY_SECONDS * 1000;
    while (!one.#said.includes("/enter/")) {
      if (one.#child.exitCode !== null || Date.now() > end) throw new Error(`the phone did not start\n${one.#said}`);
      await wait(50);
    }
    one.address = one.#said.split("\n").find((line) => line.includes("/enter/")).trim();
    one.origin = new URL(one.address).origin;
    return one;
  }

  async stop() {
    this.#child.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

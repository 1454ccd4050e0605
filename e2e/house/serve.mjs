// `hjemmel serve` with a configuration and keys of its own, empty of people, on loopback without TLS.

import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";

import { freePort } from "./demo.mjs";
import { program } from "./places.mjs";

const notices = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../notices");

export class House {
  #folder;
  #child;
  #said = "";

  // Chooses ports and makes the key with which the server signs to the broker.
  static async prepare() {
    const house = new House();
    house.#folder = await mkdtemp(path.join(tmpdir(), "hjemmel-serve-"));
    await mkdir(path.join(house.#folder, "keys"), { mode: 0o700 });
    house.port = await freePort();
    house.operations = await freePort();
    house.origin = `http://127.0.0.1:${house.port}`;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    await writeFile(path.join(house.#folder, "broker.key"), pem, { mode: 0o400 });
    house.jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "ES256" }] };
    return house;
  }

  async start({ issuer, level }) {
    const config = `
[site]
origin = "${this.origin}"
controller = "sds"

[listen]
address = "127.0.0.1:${this.port}"
operations = "127.0.0.1:${this.operations}"
tls = "loopback"

[register]
notices = "${notices}"
database = "data"
keys = "keys"
signatures = "none"

[[broker]]
id = "broker"
title = { da = "Prøvelogin", en = "Trial login" }
issuer = "${issuer}"
client_id = "hjemmel"
key = "broker.key"
key_id = "1"
people = "citizens"
algorithms = ["RS256"]
levels = { "${level}" = "substantial" }
`;
    const file = path.join(this.#folder, "hjemmel.toml");
    await writeFile(file, config);
    this.#child = spawn(program, ["serve", "--config", file], { stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [this.#child.stdout, this.#child.stderr]) pipe.on("data", (bytes) => (this.#said += bytes));
    for (let tries = 0; tries < 300; tries += 1) {
      if (this.#child.exitCode !== null) break;
      try {
        if ((await fetch(`${this.origin}/da/`)).status === 200) return;
      } catch {
        // Not listening yet.
      }
      await wait(100);
    }
    throw new Error(`the server did not start\n${this.#said}`);
  }

  get said() {
    return this.#said;
  }

  async stop() {
    if (this.#child && this.#child.exitCode === null) {
      const gone = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGTERM");
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

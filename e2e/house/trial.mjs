// `hjemmel try` on a club's notice, on a free port, in a folder that is thrown away afterwards.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";

import { freePort } from "./demo.mjs";
import { program } from "./places.mjs";

const club = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../crates/services/fixtures/club");

export class Trial {
  #folder;
  #child;
  #said = "";

  static async start() {
    const trial = new Trial();
    trial.#folder = await mkdtemp(path.join(tmpdir(), "hjemmel-trial-"));
    const port = await freePort();
    trial.origin = `http://localhost:${port}`;
    const words = ["try", club, "--port", String(port), "--data", path.join(trial.#folder, "data")];
    trial.#child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [trial.#child.stdout, trial.#child.stderr]) pipe.on("data", (bytes) => (trial.#said += bytes));
    for (let tries = 0; tries < 300 && trial.#child.exitCode === null; tries += 1) {
      try {
        if ((await fetch(`${trial.origin}/da/`)).status === 200) return trial;
      } catch {
        // Not listening yet.
      }
      await wait(100);
    }
    await trial.stop();
    throw new Error(`the trial did not start\n${trial.#said}`);
  }

  // What the server printed: nothing personal may stand there.
  get said() {
    return this.#said;
  }

  async stop() {
    if (this.#child.exitCode === null) {
      const gone = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGTERM");
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

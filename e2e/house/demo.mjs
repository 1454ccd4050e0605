// A demo of our own: a copy of the grown country, on a free port, stopped when the journey is over.

import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { grown, program } from "./places.mjs";

const READY_SECONDS = 180;

export class Demo {
  static people = 300;
  static seed = 7;

  #child;
  #own;
  #said = "";

  // Starts a server on a country; without `data`, on a copy that is thrown away.
  static async start({ data, more = [] } = {}) {
    const demo = new Demo();
    if (!data) {
      demo.#own = await mkdtemp(path.join(tmpdir(), "hjemmel-journey-"));
      data = path.join(demo.#own, "country");
      await cp(grown, data, { recursive: true });
    }
    const port = await freePort();
    demo.origin = `http://127.0.0.1:${port}`;
    const words = ["demo", "--people", Demo.people, "--seed", Demo.seed, "--data", data, "--port", port, ...more];
    demo.#child = spawn(program, words.map(String), { stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [demo.#child.stdout, demo.#child.stderr]) {
      pipe.on("data", (bytes) => (demo.#said += bytes));
    }
    await demo.#ready();
    return demo;
  }

  async #ready() {
    let gone;
    this.#child.once("error", (error) => (gone = error.message));
    this.#child.once("exit", (code) => (gone = `it ended with ${code}`));
    const end = Date.now() + READY_SECONDS * 1000;
    while (Date.now() < end) {
      if (gone) throw new Error(`the demo did not start: ${gone}\n${this.#said}`);
      try {
        const answer = await fetch(`${this.origin}/da/`, { redirect: "manual" });
        if (answer.status === 200) return;
      } catch {
        // Not listening yet.
      }
      await wait(100);
    }
    this.#child.kill("SIGKILL");
    throw new Error(`the demo was not ready after ${READY_SECONDS} s\n${this.#said}`);
  }

  // What the server printed: nothing personal may stand there.
  get said() {
    return this.#said;
  }

  async stop() {
    if (this.#child && this.#child.exitCode === null) {
      const gone = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGTERM");
      const late = setTimeout(() => this.#child.kill("SIGKILL"), 15_000);
      await gone;
      clearTimeout(late);
    }
    if (this.#own) await rm(this.#own, { recursive: true, force: true });
  }
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

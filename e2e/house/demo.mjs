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
  static day = "2026-11-02";

  #child;
  #own;
  #said = "";

  // Grows the country that all journeys begin with: the same people, seed and day give the same country.
  static async grow() {
    const words = ["demo", "--grow-only", "--people", Demo.people, "--seed", Demo.seed, "--today", Demo.day, "--data", grown];
    const child = spawn(program, words.map(String), { stdio: ["ignore", "inherit", "inherit"] });
    const code = await new Promise((resolve, reject) => child.once("exit", resolve).once("error", reject));
    if (code !== 0) throw new Error(`the country did not grow: the program ended with ${code}`);
  }

  // Starts a server on a copy of the country that is thrown away afterwards.
  static async start() {
    const demo = new Demo();
    demo.#own = await mkdtemp(path.join(tmpdir(), "hjemmel-journey-"));
    const data = path.join(demo.#own, "country");
    await cp(grown, data, { recursive: true });
    const port = await freePort();
    demo.origin = `http://127.0.0.1:${port}`;
    const words = ["demo", "--data", data, "--port", port];
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

// One person at one browser, watched: every page is checked for accessibility, errors, strangers and traces.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import axe from "axe-core";
import { chromium as playwright } from "playwright-core";

import { chromium, output } from "./places.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
export const WIDTHS = [360, 768, 1280];

let browser;

async function open() {
  browser ??= await playwright.launch({
    executablePath: chromium,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return browser;
}

export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

export class Visitor {
  // A fresh browser context in one language, with or without scripts.
  static async arrive(origin, { lang = "en", scripts = true, width = 1280, more = {} } = {}) {
    const visitor = new Visitor();
    visitor.origin = origin;
    visitor.lang = lang;
    visitor.scripts = scripts;
    visitor.seen = [];
    visitor.strangers = new Set();
    visitor.errors = [];
    visitor.welcome = new Set([origin]);
    visitor.context = await (await open()).newContext({
      javaScriptEnabled: scripts,
      locale: lang === "da" ? "da-DK" : "en-GB",
      timezoneId: "Europe/Copenhagen",
      viewport: { width, height: 900 },
      reducedMotion: "reduce",
      ...more,
    });
    visitor.page = await visitor.context.newPage();
    visitor.#watch(visitor.page);
    return visitor;
  }

  #watch(page) {
    page.setDefaultTimeout(15_000);
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && !this.welcome.has(url.origin)) this.strangers.add(url.origin);
    });
    page.on("response", (response) => {
      const part = !response.request().isNavigationRequest() && response.status() >= 400;
      if (part) this.errors.push(`${response.status()} ${new URL(response.url()).pathname}`);
    });
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      // A page that refuses answers 403 or 404 on purpose, and the browser says so.
      const refused = /Failed to load resource: the server responded with a status of 4\d\d/;
      if (message.type() === "error" && !refused.test(message.text())) this.errors.push(message.text());
    });
  }

  // Goes to an address of this language: `go("/me/log")`.
  async go(address, { expect = 200 } = {}) {
    const answer = await this.page.goto(`${this.origin}/${this.lang}${address}`, { waitUntil: "load" });
    if (expect !== null) assert.equal(answer.status(), expect, `${address} answers ${answer.status()}`);
    return answer;
  }

  // Looks at the page as it stands: accessible, in the right language, one heading, no overflow.
  async look(name) {
    this.seen.push(name);
    const language = await this.page.locator("html").getAttribute("lang");
    assert.equal(language, this.lang, `${name}: the page says its language`);
    assert.equal(await this.page.locator("h1").count(), 1, `${name}: one main heading`);
    if (this.scripts) await this.#accessible(name);
  }

  async #accessible(name) {
    await this.page.evaluate(axe.source);
    const result = await this.page.evaluate(
      (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
      RULES,
    );
    const wrong = result.violations.map(
      (violation) =>
        `${violation.id} (${violation.impact}): ${violation.help}\n    ` +
        violation.nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(" ")}: ${node.html.slice(0, 160)}`)
          .join("\n    "),
    );
    assert.deepEqual(wrong, [], `${name}: ${wrong.join("\n  ")}`);
  }

  // Pictures at three widths; nothing sticks out sideways at any of them.
  async picture(name) {
    const size = this.page.viewportSize();
    const folder = path.join(output, "pictures");
    await mkdir(folder, { recursive: true });
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: 900 });
      const beyond = await this.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      await this.page.screenshot({ path: path.join(folder, `${name}-${this.lang}-${width}.png`), fullPage: true });
      assert.ok(beyond <= 1, `${name}: ${beyond} px stick out at ${width} px`);
    }
    await this.page.setViewportSize(size);
  }

  // The words on the page.
  async text() {
    return (await this.page.locator("main").innerText()).replace(/\s+/g, " ");
  }

  async says(pattern) {
    const text = await this.text();
    assert.match(text, pattern);
  }

  async saysNot(pattern) {
    const text = await this.text();
    assert.doesNotMatch(text, pattern);
  }

  // Presses a link or button and waits for the page that it leads to; the status of the answer.
  async follow(locator) {
    const [answer] = await Promise.all([
      this.page.waitForResponse((answer) => answer.request().isNavigationRequest() && ![302, 303, 307].includes(answer.status())),
      locator.click(),
    ]);
    await this.page.waitForLoadState("load");
    return answer.status();
  }

  // Fills a form, found by the end of the address that it sends to, and sends it; the status of the answer.
  async send(action, fields = {}) {
    const form = this.page.locator(`form[action$="${action}"]`).first();
    for (const [name, value] of Object.entries(fields)) await this.#fill(form, name, value);
    return this.follow(form.locator('button[type="submit"]').first());
  }

  // A text, an option, or a radio button by its value; `null` takes the first.
  async #fill(form, name, value) {
    const field = form.locator(`[name="${name}"]`);
    const kind = await field.first().evaluate((element) => element.type);
    if (kind === "radio" || kind === "checkbox") {
      const chosen = value === null ? field.first() : form.locator(`[name="${name}"][value="${value}"]`);
      await this.page.locator(`label[for="${await chosen.getAttribute("id")}"]`).click();
    } else if (kind.startsWith("select")) {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }

  // Nothing is left in the browser but the one cookie of the session, and nobody else was spoken to.
  async leave() {
    const storage = this.scripts
      ? await this.page.evaluate(async () => ({
          local: { ...localStorage },
          session: { ...sessionStorage },
          databases: (await indexedDB.databases?.()) ?? [],
          caches: "caches" in window ? await caches.keys() : [],
          workers: "serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
        }))
      : undefined;
    const cookies = await this.context.cookies();
    await this.context.close();
    if (storage) {
      assert.deepEqual(storage, { local: {}, session: {}, databases: [], caches: [], workers: 0 });
    }
    for (const cookie of cookies.filter((cookie) => this.origin.includes(cookie.domain))) {
      assert.ok(cookie.httpOnly, `the cookie ${cookie.name} can be read by scripts`);
      assert.notEqual(cookie.sameSite, "None", `the cookie ${cookie.name} goes along from other sites`);
    }
    assert.deepEqual([...this.strangers], [], "requests to other origins");
    assert.deepEqual(this.errors, [], "errors in the console");
  }
}

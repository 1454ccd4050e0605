// Where the program is, and where pictures and countries go.

import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

export const program = process.env.HJEMMEL ?? path.join(root, "target/debug/hjemmel");
export const phone = process.env.PHONE ?? path.join(root, "target/debug/phone");
export const output = process.env.OUTPUT ?? path.join(root, "target/e2e");
export const grown = path.join(output, "country");
export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Runs every scenario in one engine and prints what failed as JSON; the arguments come as JSON too. */
import { scenarios } from "./scenarios.mjs";

const { engine, program, site, cookies, resumes, photo } = JSON.parse(process.argv[2]);
const { open } = await import(`./${engine}.mjs`);
const page = await open(program);
const failed = {};

try {
  await page.goto(site);
  for (const [name, run] of Object.entries(scenarios)) {
    try {
      for (const [cookie, value] of Object.entries(cookies)) await page.cookie(cookie, value);
      await page.goto(resumes.pop());
      await run(page, { photo });
    } catch (error) {
      failed[name] = String(error?.stack ?? error);
    }
  }
} finally {
  await page.close();
}
console.log(JSON.stringify({ ran: Object.keys(scenarios), failed }));

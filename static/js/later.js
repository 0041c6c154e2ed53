/** Loads what a page needs only once somebody works on it: `data-keep` and the like on the body name the files. */

const PAGE_PARTS = ["address", "combobox", "keep", "photo", "pwa", "session"];
const SIGNS = ["focusin", "pointerdown", "input"];

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

const parts = {};

/** Fetch a part, again and again while the network is away; a browser may remember a failure under the same address. */
const arrive = (file, tries = 0) =>
  import(tries ? `${file}?${tries}` : file).catch(async (error) => {
    if (navigator.onLine && tries > 8) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, 2000 * 2 ** Math.min(tries, 5));
      addEventListener("online", resolve, { once: true });
    });
    return arrive(file, tries + 1);
  });

export const part = (name) => (parts[name] ??= arrive(document.body.dataset[name]));

for (const name of PAGE_PARTS) {
  if (!document.body.dataset[name]) continue;
  const load = () => part(name);
  for (const sign of SIGNS) document.addEventListener(sign, load, { once: true });
  addEventListener("load", () => whenIdle(load));
}

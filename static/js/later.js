/** Loads what a page needs only once somebody works on it: `data-keep` and the like on the body name the files. */

const PAGE_PARTS = ["keep", "photo", "pwa", "session"];
const SIGNS = ["focusin", "pointerdown", "input"];

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

export const part = (name) => import(document.body.dataset[name]);

for (const name of PAGE_PARTS) {
  if (!document.body.dataset[name]) continue;
  const load = () => part(name);
  for (const sign of SIGNS) document.addEventListener(sign, load, { once: true });
  addEventListener("load", () => whenIdle(load));
}

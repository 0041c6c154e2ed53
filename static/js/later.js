/** Loads what a page needs only once somebody works on it: `data-keep` and the like on the body name the files. */

const PAGE_PARTS = ["keep", "pwa"];
const SIGNS = ["focusin", "pointerdown", "input"];

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

for (const name of PAGE_PARTS) {
  const file = document.body.dataset[name];
  if (!file) continue;
  const load = () => import(file);
  for (const sign of SIGNS) document.addEventListener(sign, load, { once: true });
  addEventListener("load", () => whenIdle(load));
}

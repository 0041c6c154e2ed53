/** When to send: a moment after the last key, never during a syllable, one batch at a time, again until it is there. */
import { work } from "../site.js";
import { show } from "./bar.js";
import { bringBack, changes, isRefused, noteLost } from "./dirty.js";
import { isNumberUnsaved } from "./number.js";
import { clear, store, stored } from "./outbox.js";
import { batchOf, send } from "./send.js";

const QUIET = 700; // ms after the last key
const MOST = 1500; // ms after the first one that is not saved
const SLOWEST = 30_000; // ms between two tries

const held = new Set(); // lists of names, each on its way with a button
const beside = new Set(); // batches that went out while the page was being left

let pending; // the batch that goes out again, under its key, until it is answered
let busy; // its way there and back
let timer;
let dueAt;
let retryAt = 0;
let failures = 0;
let trouble = "";
let isComposing = false;
let isDiscarded = false; // the page goes, and leaves nothing behind

export const isEnded = () => trouble === "ended";
const isUnsaved = () => Boolean(pending || changes().size);

export function showState() {
  if (busy || held.size) show("saving");
  else if (trouble && !isEnded()) show(trouble);
  else show(isUnsaved() || isRefused() || isNumberUnsaved() ? "unsaved" : "saved");
}

function storeAll() {
  if (isDiscarded) return;
  store(new Map([...[pending, ...beside].flatMap((batch) => [...(batch?.texts ?? [])]), ...changes()]));
}

export function soon() {
  clearTimeout(timer);
  const now = Date.now();
  dueAt ??= now + MOST;
  timer = setTimeout(tick, Math.max(0, Math.min(QUIET, dueAt - now)));
}

function tick() {
  const wait = retryAt - Date.now();
  if (isComposing) return;
  if (wait <= 0 && !isEnded()) {
    flush();
    return;
  }
  storeAll();
  if (!isEnded()) timer = setTimeout(tick, wait);
}

/** Give whether all that went out is kept. */
export function flush() {
  clearTimeout(timer);
  dueAt = undefined;
  busy ??= step().finally(() => {
    busy = undefined;
    showState();
  });
  return busy;
}

async function step() {
  if (isEnded()) return false;
  pending ??= batchOf(changes((name) => ![...held].flat().includes(name)));
  if (!pending) return true;
  show("saving");
  const { trouble: met = "", seconds = 0 } = await send(pending);
  trouble = met;
  if (trouble) {
    later(seconds * 1000);
    return false;
  }
  pending = undefined;
  failures = 0;
  clear();
  if (changes().size) soon();
  return true;
}

function later(wait) {
  storeAll();
  if (isEnded()) return;
  failures += 1;
  const pause = Math.min(SLOWEST, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
  retryAt = Date.now() + Math.max(pause, wait);
  timer = setTimeout(tick, retryAt - Date.now());
}

export function tryNow() {
  retryAt = failures = 0;
  if (isEnded()) trouble = "";
  tick();
}

/** The page may be gone in a moment: what came after the batch that is under way goes out beside it. */
export function leave() {
  if (trouble) storeAll();
  if (isEnded()) return;
  if (!busy) flush();
  const rest = batchOf(changes());
  if (rest) sendBeside(rest);
}

/** Whether leaving would lose what only this page holds: the browser then asks. */
export const isNeeded = () => Boolean(trouble) && isUnsaved();

async function sendBeside(batch) {
  beside.add(batch);
  const { trouble: met } = await send(batch);
  beside.delete(batch);
  if (met) {
    noteLost(batch.typed);
    soon();
  }
  showState();
}

/** A save of the same fields that is under way comes first: then it is known what the draft holds. */
export async function hold(names) {
  while (busy && names.some((name) => pending?.texts.has(name))) await busy;
  held.add(names);
  show("saving");
}

export function release(names) {
  held.delete(names);
  showState();
  if (isUnsaved()) soon();
}

export function startComposing() {
  isComposing = true;
}

export function endComposing() {
  isComposing = false;
  if (dueAt < Date.now()) tick();
  else if (isUnsaved()) soon();
}

/** What an earlier page could not send goes back into its fields and out. */
export function resume() {
  for (const [name, change] of stored()) bringBack(name, change);
  if (isUnsaved()) soon();
  showState();
}

work.isDirty = isUnsaved;

work.flush = async () => {
  do {
    retryAt = 0;
    if (!(await flush())) return false;
  } while (isUnsaved());
  return true;
};

work.discard = () => {
  clearTimeout(timer);
  clear();
  work.touched.clear();
  pending = undefined;
  trouble = "ended";
  isDiscarded = true;
};

/** Which fields hold a text that the server does not have, and which texts it may have in its place. */
import { baseOf, fieldsOf, isChoice, settle, work } from "../site.js";

export const form = document.getElementById("page");

const sent = new Map(); // by name: texts that went out and were not heard of again, the oldest first
const lost = new Set(); // names whose last text has to go out again
const refused = new Map(); // by name: the text that the draft does not hold, though it came
const settledAt = new Map(); // by name: the version of the draft that the page knows of

const NEVER = /^(_lang|csrf_token|registration_.*|name_check_token|photo.*|other-.*)$/;

const textOf = (fields) =>
  fields.some(isChoice) ? (fields.find((field) => field.checked)?.value ?? "") : fields.at(-1).value;

/** The page's own text comes first, then what may have taken its place since. */
const basesOf = (name) => [baseOf(fieldsOf(form, name)), ...(sent.get(name) ?? [])];

/** Give, by name, what was typed and where it belongs. */
export function changes(isWanted = () => true) {
  const found = new Map();
  for (const name of work.touched) {
    const fields = NEVER.test(name) || !isWanted(name) ? [] : fieldsOf(form, name);
    if (!fields.length) continue;
    const text = textOf(fields);
    const bases = basesOf(name);
    if (text === refused.get(name) || (text === bases.at(-1) && !lost.has(name))) continue;
    found.set(name, { text, bases });
  }
  return found;
}

export function noteSent(texts) {
  for (const [name, text] of texts) {
    lost.delete(name);
    if (!sent.get(name)?.push(text)) sent.set(name, [text]);
  }
}

export function noteLost(texts) {
  for (const name of texts.keys()) lost.add(name);
}

export function noteRefused(texts) {
  for (const [name, text] of texts) refused.set(name, text);
}

/** The draft took these texts in at that version; an answer that was overtaken by a newer one changes nothing. */
export function noteKept(texts, version, names) {
  for (const [name, text] of texts) {
    const older = sent.get(name) ?? [];
    older.splice(0, older.indexOf(text) + 1);
    if (version < settledAt.get(name)) continue;
    settledAt.set(name, version);
    lost.delete(name);
    if (names.includes(name)) refused.set(name, text);
    else {
      refused.delete(name);
      settle(form, new URLSearchParams([[name, text]]));
    }
  }
}

/** Let a field show a text, as if it had been typed over that base. */
export function put(name, text, base = text) {
  const fields = fieldsOf(form, name);
  settle(form, new URLSearchParams([[name, base]]));
  for (const field of fields) {
    if (isChoice(field)) field.checked = field.value === text;
    else if (field.type !== "hidden") field.value = text;
  }
}

/** The person has chosen between two texts: the one that was refused stands now, or is given up. */
export function noteChosen(name) {
  refused.delete(name);
  sent.delete(name);
  lost.delete(name);
}

/** A text that came back from the outbox may have been sent over any of these. */
export function bringBack(name, { text, bases }) {
  if (!fieldsOf(form, name).length || text === basesOf(name)[0]) return;
  work.touched.add(name);
  put(name, text, bases[0]);
  sent.set(name, bases.slice(1));
  lost.add(name);
}

/** Whether something is not in the draft: a text in conflict is kept there, beside the other one. */
export const isRefused = () =>
  [...refused.keys()].some((name) => !document.getElementById(`${name}-rival`) && fieldsOf(form, name).length);

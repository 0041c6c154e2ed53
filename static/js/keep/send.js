/** Sends one batch of changes and notes what the answer says of each. */
import { refusedBy, tell, trust } from "../site.js";
import { showTime } from "./bar.js";
import { form, noteKept, noteRefused, noteSent } from "./dirty.js";
import { noteNumber, numberToSend } from "./number.js";

const PATIENCE = 8000; // ms
const MOST_ALIVE = 60_000; // bytes that a browser still sends for a page that is gone

/** A batch keeps its key however often it is sent: the server takes it in once. */
export function batchOf(texts) {
  const number = numberToSend();
  if (!texts.size && !number.length) return undefined;
  const typed = new Map([...texts].map(([name, { text }]) => [name, text]));
  noteSent(typed);
  return { key: crypto.getRandomValues(new Uint32Array(3)).join("-"), texts, typed, number };
}

function bodyOf({ texts, number }) {
  const body = new URLSearchParams(number);
  for (const name of ["csrf_token", "judged"]) {
    if (form.elements[name]) body.append(name, form.elements[name].value);
  }
  body.append("_lang", document.querySelector('[name="_lang"]:checked').value);
  for (const [name, { text, bases }] of texts) {
    body.append(name, text);
    for (const base of bases) body.append(`base-${name}`, base);
  }
  return body.toString();
}

/** Give what is in the way, if anything: ``offline`` and ``failed`` pass, ``ended`` does not by itself. */
export async function send(batch) {
  const body = bodyOf(batch);
  let response;
  try {
    response = await fetch(`${form.getAttribute("action")}/autosave`, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
        "Idempotency-Key": batch.key,
      },
      keepalive: body.length < MOST_ALIVE,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch ({ name }) {
    return { trouble: name === "TypeError" ? "offline" : "failed" };
  }
  return judge(batch, response);
}

async function judge(batch, response) {
  const { status, headers } = response;
  if (status === 401) {
    document.dispatchEvent(new CustomEvent("kosme:session-ended"));
    return { trouble: "ended" };
  }
  if (status === 400 && headers.has("Kosme-Csrf")) {
    document.dispatchEvent(new CustomEvent("kosme:token-stale", { detail: headers }));
    return { trouble: "failed" };
  }
  if (!headers.has("Kosme-Partial")) return { trouble: "failed" };
  if (status === 404 || status === 413) {
    tell("failed");
    if (status === 404) return { trouble: "ended" };
    noteRefused(batch.typed);
    return {};
  }
  if (![200, 204, 412, 422].includes(status)) {
    return { trouble: "failed", seconds: Number(headers.get("Retry-After")) };
  }
  noteAnswer(batch, headers);
  await swapIn(response);
  return {};
}

export const versionOf = (headers) => Number(headers.get("ETag")?.match(/\d+/));

function noteAnswer({ typed, number }, headers) {
  const version = versionOf(headers);
  noteKept(typed, version, refusedBy(headers));
  noteNumber(number, headers);
  const { seen } = form.elements;
  if (version < seen.value) return;
  seen.value = version;
  showTime(new Date(headers.get("Date") ?? Date.now()));
}

/** What the page shows besides: how far a section is, two texts that met. There is no field in it. */
async function swapIn(response) {
  const text = await response.text().catch(() => "");
  if (!text) return;
  trust();
  await globalThis.htmx.swap({ text, sourceElement: form, target: form, swap: "none" });
}

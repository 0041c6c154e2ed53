/** Buttons of the page send fields too, and saves and buttons must not meet as if they were two devices. */
import { fieldsOf, refusedBy, tell, work } from "../site.js";
import { changes, form, noteChosen, noteKept, noteLost, noteSent, put } from "./dirty.js";
import { hold, release } from "./flush.js";
import { versionOf } from "./send.js";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { body, form: own } = ctx.request;
  if (own !== form || ctx.sourceElement.type === "file") return;
  ctx.choice = choiceOf(ctx.sourceElement, body);
  ctx.names = [...new Set(body.keys())].filter((name) => work.touched.has(name));
  ctx.fetch = async (url, request) => {
    await hold(ctx.names);
    const found = changes((name) => ctx.names.includes(name));
    ctx.typed = new Map([...found.keys()].map((name) => [name, body.getAll(name).at(-1)]));
    for (const [name, { bases }] of found) {
      body.delete(`base-${name}`);
      for (const base of bases) body.append(`base-${name}`, base);
    }
    noteSent(ctx.typed);
    return fetch(url, request);
  };
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!ctx.typed) return;
  const { status, headers } = ctx.response ?? {};
  if (status < 300 && headers.has("Kosme-Partial")) {
    noteKept(ctx.typed, versionOf(headers), refusedBy(headers));
    if (ctx.choice) settleChoice(ctx.choice);
  } else noteLost(ctx.typed);
  release(ctx.names);
});

/** What a button beside two texts chooses. */
function choiceOf({ value: name, dataset }, body) {
  if (!dataset.choice) return undefined;
  const told = document.getElementById(`${name}-theirs`);
  const label = [...told.children].map(({ textContent }) => textContent).join(" · ");
  return { name, text: dataset.choice === "theirs" ? body.get(`other-${name}`) : undefined, label };
}

function settleChoice({ name, text, label }) {
  const field = fieldsOf(form, name).at(-1);
  noteChosen(name);
  if (text !== undefined) {
    if (field.options && ![...field.options].some(({ value }) => value === text)) field.add(new Option(label, text));
    put(name, text);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (document.activeElement === document.body) field.focus();
}

/** Whatever is posted plainly leaves the page: first all that was typed gets there, or nobody goes. session.js minds
 *  the log-out. */
let isPassing = false;

document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (isPassing || event.defaultPrevented || "logOut" in target.dataset || !work.isDirty()) return;
  event.preventDefault();
  if (!(await work.flush()) && !navigator.onLine) {
    tell("failed");
    return;
  }
  isPassing = true;
  target.requestSubmit(submitter);
  isPassing = false;
});

/** The log-in behind a page that is open: neither its end nor a stale token costs what was typed here. */
import { clearStatus, htmx, keepChoiceIn, statusId, tell, work } from "./site.js";

const WARNED = 300; // seconds before an untouched log-in ends
const PAUSE = 700; // milliseconds without a key: whoever is typing is not interrupted
const OFTEN = 10_000;
const { body } = document;
const dialog = document.getElementById("session");
const content = document.getElementById("session-content");
const tabs = new BroadcastChannel("session");
const sentAgain = new WeakMap(); // when a button was pressed anew for the person
let caret;
let unanswered; // what met the end of the log-in
let timer;
let due = Number.POSITIVE_INFINITY;
let typedAt = 0;
let isComposing = false;

/** Rows.js hands on each answer that speaks of the log-in. */
export function meet(ctx) {
  const { status, headers } = ctx.response;
  if (status === 401) ask(ctx);
  else if (!isSamePerson(headers)) leave();
  else if (status === 400) sendAgain(ctx);
  else if (dialog.open) goOn();
  else clearStatus();
}

/** Take what the server says of the log-in into the page, unless it has become another person's. */
function isSamePerson(headers) {
  const person = headers.get("Kosme-Person");
  if (person && body.dataset.person && person !== body.dataset.person) return false;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = headers.get("Kosme-Csrf");
  watch(Number(headers.get("Kosme-Seconds")));
  return true;
}

async function ask(ctx) {
  unanswered = ctx ?? unanswered;
  if (dialog.open) return;
  while (isComposing || Date.now() - typedAt < PAUSE) await new Promise((later) => setTimeout(later, PAUSE / 7));
  if (dialog.open) return;
  await htmx.ajax("GET", "/log-in", content);
  if (!content.childElementCount) return tell("session-ended");
  clearStatus();
  const { activeElement: field } = document;
  caret = { field, range: [field.selectionStart, field.selectionEnd] };
  dialog.showModal();
  keepChoice();
}

/** All switches of a page are one group, and the other dialog has just taken the tick. */
function keepChoice() {
  if (!dialog.open) return;
  keepChoiceIn(dialog);
  if (!content.contains(document.activeElement) || document.activeElement.matches("[data-close]"))
    content.querySelector("[aria-invalid], .input")?.focus();
}

/** The browser puts the focus back to where it was, but not the caret. */
function close() {
  keepChoiceIn(document.getElementById("dialog").open ? document.getElementById("dialog") : body);
  dialog.close();
  content.replaceChildren();
  if (Number.isInteger(caret.range[0])) caret.field.setSelectionRange(...caret.range);
}

function goOn() {
  close();
  const ctx = unanswered;
  unanswered = undefined;
  resumed(true);
  if (ctx) sendAgain(ctx);
}

/** Somebody else is logged in now: nothing of this page is for them. */
function leave() {
  work.discard();
  resumed(false);
  location.replace("/session/another");
}

const resumed = (samePerson) =>
  document.dispatchEvent(new CustomEvent("kosme:session-resumed", { detail: { samePerson } }));

/** Press the button again for the person; a second refusal in a row is told instead. */
function sendAgain({ sourceElement: pressed, sourceEvent: event }) {
  if (!pressed.isConnected || !event.type) return;
  if (isTooOften(pressed)) return tell("failed");
  if (event.type === "submit") pressed.requestSubmit(event.submitter);
  else pressed.dispatchEvent(new event.constructor(event.type, event));
}

/** Whoever sends by other means than htmx hands on the headers of a 400 that bring a fresh token. */
function renew({ detail: headers }) {
  if (!isSamePerson(headers)) leave();
  else if (!isTooOften(document)) setTimeout(resumed, 0, true);
}

function isTooOften(key) {
  const now = Date.now();
  const before = sentAgain.get(key);
  sentAgain.set(key, now);
  return now - before < OFTEN;
}

function watch(seconds) {
  clearTimeout(timer);
  if (!seconds) return;
  const wait = (seconds > WARNED ? Math.min(seconds - WARNED, 1e6) : seconds + 1) * 1000;
  due = Date.now() + wait;
  timer = setTimeout(look, wait);
}

/** Ask how things stand; another tab may have made the log-in last longer, or begun a new one. */
async function look() {
  const answer = await fetch("/session", { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (!answer?.headers.has("Kosme-Partial")) return watch(60);
  if (answer.status === 401) return ask();
  if (!isSamePerson(answer.headers)) return leave();
  if (dialog.open) goOn();
  else if (answer.headers.get("Kosme-Seconds") <= WARNED) htmx.ajax("GET", "/session/warning", `#${statusId()}`);
  else if (document.querySelector(".told [hx-post]")) clearStatus();
}

function lookAgain() {
  if (!document.hidden && (dialog.open || Date.now() > due)) look();
}

/** What was typed goes to the server first; where it cannot, only a second press leaves it behind. */
async function logOut(event) {
  const { target: form } = event;
  if (!("logOut" in form.dataset)) return;
  if (!work.isDirty() || "isSure" in form.dataset) return work.discard();
  event.preventDefault();
  document.getElementById("menu").hidePopover();
  if (await work.flush()) {
    work.discard();
    return form.submit();
  }
  form.dataset.isSure = "";
  tell("log-out-unsaved");
}

document.addEventListener("keydown", () => {
  typedAt = Date.now();
});
for (const type of ["compositionstart", "compositionend"]) {
  document.addEventListener(type, () => {
    isComposing = type === "compositionstart";
  });
}
document.addEventListener("htmx:after:swap", keepChoice);
document.addEventListener("kosme:session-ended", () => ask());
document.addEventListener("kosme:token-stale", renew);
document.addEventListener("submit", logOut);
document.addEventListener("visibilitychange", lookAgain);
addEventListener("focus", lookAgain);
dialog.addEventListener("click", ({ target }) => target.closest("[data-close]") && dismiss());
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  dismiss();
});
tabs.addEventListener("message", lookAgain);
if (body.dataset.person) tabs.postMessage(""); // a tab that waits for the log-in looks

function dismiss() {
  close();
  tell("session-ended");
}

watch(Number(body.dataset.seconds));

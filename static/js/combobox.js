/** 대학교 명: a list of suggestions under a field, while a name is typed. The field keeps whatever is in it.
 *  Focus and caret never leave the field; the list is found by `aria-activedescendant`. */
import { trust } from "./site.js";

const WAIT = 120; // ms after a key
const FIELD = /^(education|overseas)-[0-9a-f]{12}-university$/;
const LIST = "suggestions";
const form = document.getElementById("page");
const url = form.getAttribute("action").replace(/[^/]+$/, "universities");

const box = part("div", { class: "options", hidden: "" });
const told = part("div", { role: "status", class: "hidden" });
let field; // the one that the list is for
let active; // the option that Enter would take
let asked = 0; // each question makes the answers to those before it stale
let timer;
let isFilling = false;

function part(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const isOurs = (target) => FIELD.test(target?.name);
const isOpen = () => !box.hidden;
const options = () => [...box.querySelectorAll("[role=option]")];
/** A key that belongs to the syllable in composition; Safari tells so of its last one only by the code. */
const isOfSyllable = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

function dress(target) {
  if (field === target && box.isConnected) return;
  close();
  field = target;
  const label = field.labels[0];
  label.id ||= `${field.id}-label`;
  const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": LIST };
  for (const [name, value] of Object.entries(states)) field.setAttribute(name, value);
  field.parentElement.classList.add("combo");
  field.after(box, told);
}

function close() {
  clearTimeout(timer);
  asked += 1;
  box.hidden = true;
  mark();
  field?.setAttribute("aria-expanded", "false");
}

function ask() {
  clearTimeout(timer);
  asked += 1;
  if (field.value.trim()) timer = setTimeout(suggest, WAIT, asked);
  else close();
}

async function suggest(question) {
  const html = await answerTo(field).catch(() => undefined);
  if (question !== asked || document.activeElement !== field) return;
  if (html === undefined) return close();
  trust();
  box.innerHTML = html;
  document.getElementById(LIST)?.setAttribute("aria-labelledby", field.labels[0].id);
  told.replaceChildren(...box.firstElementChild.cloneNode(true).childNodes);
  box.hidden = false;
  mark();
  field.setAttribute("aria-expanded", String(options().length > 0));
}

/** Suggestions are no loss: where none can be had, none are shown, and the page's own saving tells what is wrong. */
async function answerTo({ name, value }) {
  const [kind] = name.split("-");
  const body = new URLSearchParams({ kind, text: value, csrf_token: form.elements.csrf_token.value });
  body.append("univ_kind", beside("univ_kind").value);
  const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual" });
  return answer.ok && answer.headers.has("Kosme-Partial") ? answer.text() : undefined;
}

const beside = (name) => form.elements[field.name.replace(/[a-z]+$/, name)];

function mark(option) {
  active?.setAttribute("aria-selected", "false");
  active = option;
  if (!active) return field?.removeAttribute("aria-activedescendant");
  active.setAttribute("aria-selected", "true");
  active.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", active.id);
}

/** From the field to the first or last option and back to the field, round and round. */
function step(by) {
  const places = [undefined, ...options()];
  mark(places.at((places.indexOf(active) + by) % places.length));
}

function pick(option) {
  const texts = JSON.parse(option.dataset.fills);
  close();
  isFilling = true;
  for (const [name, text] of Object.entries(texts)) {
    const target = beside(name);
    if (target && target.value !== text) fill(target, text);
  }
  field.focus();
  isFilling = false;
}

function fill(target, text) {
  if (target.options) target.value = text;
  else type(target, text);
  target.dispatchEvent(new Event("change", { bubbles: true }));
}

/** As if it were typed, so that the browser's own Undo brings back what stood there. */
function type(target, text) {
  field.blur(); // ends a syllable in composition
  target.focus();
  target.select();
  if (document.execCommand("insertText", false, text)) return;
  target.value = text;
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => active && pick(active),
  Escape: close,
};

function press(event) {
  if (!isOurs(event.target) || isOfSyllable(event)) return;
  if (event.key === "Tab") return close();
  if (!isOpen()) {
    if (event.key === "ArrowDown") ask();
    return;
  }
  if (!(event.key in KEYS) || (event.key === "Enter" && !active)) return;
  event.preventDefault();
  KEYS[event.key]();
}

form.addEventListener("focusin", ({ target }) => isOurs(target) && !isFilling && dress(target));
form.addEventListener("focusout", ({ target }) => target === field && !isFilling && close());
form.addEventListener("input", ({ target }) => {
  if (!isOurs(target) || isFilling) return;
  dress(target);
  ask();
});
form.addEventListener("keydown", press);
box.addEventListener("pointerdown", (event) => event.preventDefault());
box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
box.addEventListener("click", ({ target }) => {
  const option = target.closest("[role=option]");
  if (option) pick(option);
});

if (isOurs(document.activeElement)) dress(document.activeElement);

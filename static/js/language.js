/** The radio buttons turn the page over by themselves; this keeps focus, caret, composition and place. */

let display = document.querySelector('[name="_lang"]:checked')?.value;
let pressed; // the field in use and where it stood when the switch was pressed

const isSwitch = (target) => Boolean(target.closest?.(".lang label"));

for (const type of ["pointerdown", "mousedown"]) {
  document.addEventListener(type, (event) => {
    if (!isSwitch(event.target)) return;
    event.preventDefault();
    const field = document.activeElement;
    pressed = field === document.body ? undefined : { field, top: topOf(field) };
  });
}

document.addEventListener("keydown", () => {
  pressed = undefined;
});

document.addEventListener("change", ({ target }) => target.name === "_lang" && turn(target.value));
document.addEventListener("htmx:after:swap", turnOptions);
for (const type of ["focusin", "pointerdown"]) {
  document.addEventListener(type, ({ target }) => target.matches?.("select[data-first]") && turnSelect(target));
}

/** A page that Back brought again may hold another choice than the one it was made with. */
addEventListener("pageshow", () => {
  const kept = document.querySelector('[name="_lang"]:checked')?.value;
  if (kept && kept !== display) turn(kept);
});

function turn(choice) {
  display = choice;
  const lang = choice === "both" ? "ko" : choice;
  document.documentElement.lang = lang;
  document.title = document.querySelector("title").dataset[lang];
  remember("lang", choice);
  turnOptions();
  keepInPlace();
}

/** Keep a choice on this device for a year, where the server sees it too. */
export function remember(name, choice) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine, and is asynchronous
  document.cookie = `${name}=${choice}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

const topOf = (field) => field.getBoundingClientRect().top;

function keepInPlace() {
  if (!pressed?.field.isConnected) return;
  const { field, top } = pressed;
  pressed = undefined;
  (field.closest("dialog") ?? globalThis).scrollBy(0, topOf(field) - top);
}

/** All switches of a page are one group: put its tick into this part, before the part with the tick goes away. */
export function keepChoiceIn(part) {
  const radio = part.querySelector(`.lang [value="${display}"]`);
  if (radio) radio.checked = true;
}

/** Each option holds both names; the page's language comes first. The value is never touched.
 *  What is seen of a select turns at once; its list, of thousands on a long page, when nobody waits or it is opened. */
export function turnOptions() {
  const waiting = [...document.querySelectorAll("select[data-first]")].filter(
    (select) => select.dataset.turned !== lang(),
  );
  for (const select of waiting) {
    delete select.dataset.turned;
    for (const option of select.selectedOptions) turnOption(option, select.dataset.first);
  }
  if (waiting.length) whenIdle(() => waiting.forEach(turnSelect));
}

const lang = () => document.documentElement.lang;
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
const names = new WeakMap(); // of an option, in the order that its markup had

function turnSelect(select) {
  if (!select.isConnected || select.dataset.turned === lang()) return;
  for (const option of select.options) turnOption(option, select.dataset.first);
  select.dataset.turned = lang();
}

function turnOption(option, first) {
  if (!names.has(option)) names.set(option, option.text.split(" · "));
  const parts = names.get(option);
  const text = (first === lang() ? parts : turned(parts)).join(" · ");
  if (option.text !== text) option.text = text;
}

/** A name may hold the sign that stands between the two names; both then hold it equally often. */
function turned(parts) {
  const half = parts.length / 2;
  return Number.isInteger(half) ? [...parts.slice(half), ...parts.slice(0, half)] : parts;
}

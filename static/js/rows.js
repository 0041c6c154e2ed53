/** What a button sends to htmx, what of the answer is believed, and where the focus goes. */
import { clearLater, clearStatus, statusId, tell } from "./status.js";

const ALWAYS = ["csrf_token", "seen", "_lang", "row_id"];
const BASE = "base-";
const CONTROLS = "input:not([type=hidden]), select, textarea, summary, button";

export const isChoice = (field) => /^(checkbox|radio)$/.test(field.type);

/** A name may belong to several controls (radio buttons, a tick after its empty hidden input), never to buttons. */
export function fieldsOf(form, name) {
  return [...document.getElementsByName(name)].filter(
    (field) => field.form === form && !/^(submit|button)$/.test(field.type),
  );
}

/** What the page showed of a name when it came: the server takes a new text only in its place. */
export function baseOf(fields) {
  if (fields.some(isChoice)) return fields.find((field) => isChoice(field) && field.defaultChecked)?.value ?? "";
  const field = fields.at(-1);
  if (!field.options) return field.defaultValue;
  return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
}

/** Only a draft, which carries the version it was made from, is compared; with htmx and with a plain post alike. */
document.addEventListener("formdata", ({ target: form, formData }) => {
  if (!form.elements.namedItem("seen")) return;
  for (const name of new Set(formData.keys())) {
    const fields = ALWAYS.includes(name) || formData.get(name) instanceof File ? [] : fieldsOf(form, name);
    if (fields.length) formData.append(BASE + name, baseOf(fields));
  }
});

/** A button sends what begins with its place or is named by it; a file only if the place is that very field. */
function isSent({ name: own, dataset: { place, fields = "" } }, name, value) {
  if (value instanceof File) return name === place;
  if (name === own || ALWAYS.includes(name) || place === "*") return true;
  const bare = name.startsWith(BASE) ? name.slice(BASE.length) : name;
  return fields.split(" ").includes(bare) || Boolean(place && bare.startsWith(`${place}-`));
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { body, form } = ctx.request;
  ({ place: ctx.place, focus: ctx.focus } = ctx.sourceElement.dataset); // the source is another element after a swap
  if (ctx.place === undefined) return;
  for (const [name, value] of [...body]) {
    if (!isSent(ctx.sourceElement, name, value)) body.delete(name);
  }
  ctx.settle = (refused) => settle(form, body, refused);
});

/** What was saved is what the page shows from now on, even if more has been typed since. */
export function settle(form, sent, refused = []) {
  for (const name of new Set(sent.keys())) {
    if (ALWAYS.includes(name) || refused.includes(name)) continue;
    const texts = sent.getAll(name);
    for (const field of fieldsOf(form, name)) {
      if (isChoice(field)) field.defaultChecked = texts.includes(field.value);
      else if (field.options) settleSelect(field, texts.at(-1));
      else if (!/^(hidden|password)$/.test(field.type)) field.defaultValue = texts.at(-1);
    }
  }
}

function settleSelect(select, code) {
  const { selectedIndex } = select;
  for (const option of select.options) option.defaultSelected = option.value === code;
  select.selectedIndex = selectedIndex;
}

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { status, headers } = ctx.response;
  if (status === 401 || status === 403 || status >= 500 || !headers.has("Kosme-Partial")) {
    event.preventDefault();
    tell(status === 401 ? "session-ended" : "failed");
    return;
  }
  clearStatus();
  if (ctx.hx.retarget === "#status") ctx.hx.retarget = `#${statusId()}`;
  if (status < 300) {
    ctx.settle?.(refusedBy(headers));
    clearLater();
  }
});

/** The names of what was sent and is not in the draft as it was sent: another device's text stands there, say. */
export const refusedBy = (headers) => headers.get("Kosme-Refused")?.split(" ") ?? [];

document.addEventListener("htmx:error", () => tell("failed"));

/** The pressed button is gone with the old content. Whoever has moved on, perhaps into a syllable, is left alone. */
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const place = document.getElementById(ctx.place);
  if (!place || document.activeElement !== document.body) return;
  const body = place.querySelector(".entry__body") ?? place;
  (document.getElementById(ctx.focus) ?? body.querySelector(CONTROLS))?.focus();
});

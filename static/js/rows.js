/** What a button sends to htmx, what of the answer is believed, and where the focus goes. */

const ALWAYS = ["csrf_token", "seen", "_lang", "row_id"];

/** What the page showed of a name when it came: the server takes a new text only in its place. */
function baseOf(fields) {
  const [field] = fields.slice(-1);
  if (/checkbox|radio/.test(field.type)) return fields.find((one) => one.type !== "hidden" && one.defaultChecked)?.value ?? "";
  return field.options ? ([...field.options].find((option) => option.defaultSelected)?.value ?? "") : field.defaultValue;
}

function byName(form) {
  const names = new Map();
  for (const field of form?.elements ?? []) {
    if (!field.name || field.type === "file" || field.type === "submit") continue;
    names.set(field.name, [...(names.get(field.name) ?? []), field]);
  }
  return names;
}

/** Does a button of this scope send that name? */
function isInScope({ place, fields = "" }, name) {
  return place === "*" || (place && name.startsWith(`${place}-`)) || fields.split(" ").includes(name);
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { dataset } = ctx.sourceElement;
  if (!("place" in dataset)) return;
  const { body, form } = ctx.request;
  for (const name of new Set(body.keys())) {
    const isFile = body.get(name) instanceof File;
    if (isFile ? dataset.place !== "photo" : !ALWAYS.includes(name) && !isInScope(dataset, name)) body.delete(name);
  }
  ctx.sent = new Map();
  for (const [name, fields] of byName(form)) {
    if (ALWAYS.includes(name) || !isInScope(dataset, name)) continue;
    body.append(`base-${name}`, baseOf(fields));
    ctx.sent.set(name, fields);
  }
});

/** A plain post says what it replaces, too. */
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.id !== "page") return;
  for (const [name, fields] of byName(target)) {
    if (!ALWAYS.includes(name)) formData.append(`base-${name}`, baseOf(fields));
  }
});

/** What was saved is what the page shows from now on. */
function settle(fields) {
  for (const field of fields) {
    if (/checkbox|radio/.test(field.type)) field.defaultChecked = field.checked;
    else if (field.options) for (const option of field.options) option.defaultSelected = option.selected;
    else if (field.type !== "hidden") field.defaultValue = field.value;
  }
}

document.addEventListener("htmx:before:response", (event) => {
  const { response, sent } = event.detail.ctx;
  if (response.status === 401) {
    event.preventDefault();
    tell("session-ended");
  } else if (!response.headers.has("Kosme-Partial")) {
    event.preventDefault();
    tell("failed");
  } else if (response.status < 300) {
    for (const fields of sent?.values() ?? []) settle(fields);
  }
});

document.addEventListener("htmx:error", () => tell("failed"));

function tell(id) {
  document.getElementById("status").replaceChildren(document.getElementById(id).content.cloneNode(true));
}

/** The pressed button is gone with the old content. Whoever has moved on, perhaps into a syllable, is left alone. */
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const id = ctx.sourceElement?.dataset.place;
  if (!id || document.activeElement !== document.body) return;
  const place = document.getElementById(id);
  const inside = "input:not([type=hidden]), select, textarea, summary, button";
  (place?.querySelector(".entry__body")?.querySelector(inside) ?? place?.querySelector(inside))?.focus();
});

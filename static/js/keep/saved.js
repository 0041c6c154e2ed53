/** The bar at the foot of the résumé: saved, being saved, or not saved yet. */

const bar = document.querySelector(".bar");
const form = bar?.closest("form");

if (bar) {
  for (const type of ["input", "change"]) form.addEventListener(type, tellState);
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.form === form) bar.dataset.state = "saving";
  });
  document.addEventListener("htmx:finally:request", tellState);
  addEventListener("pageshow", tellState);
}

function tellState() {
  if ([...form.elements].some(isUnsaved)) bar.dataset.state = "unsaved";
  else delete bar.dataset.state;
}

const NOT_TOLD = /^(hidden|password|file|submit|button|fieldset)$/;

/** rows.js makes what was saved the default. Digits in a password box are kept only under consent: the page tells. */
function isUnsaved(field) {
  if (!field.name || field.name === "_lang" || NOT_TOLD.test(field.type)) return false;
  if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const shown = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== shown.value;
}

/** One dialog for every part of the page that opens: the address search, the name check, the position. */
import { keepChoiceIn } from "./language.js";

const dialog = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
const header = document.querySelector(".top");
let opener;

// the old content may hold the ticked language button
document.addEventListener("htmx:before:swap", () => keepChoiceIn(header));

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const headers = ctx.response?.headers;
  if (headers?.get("Kosme-Dialog") === "close") close(headers.get("Kosme-Focus"));
  else if (!dialog.open && "dialog" in (ctx.sourceElement?.dataset ?? {}) && content.childElementCount) open(ctx);
  else if (dialog.open) goOn();
});

function open({ sourceElement }) {
  opener = sourceElement;
  dialog.showModal();
  dialog.scrollTop = 0; // the browser remembers where the one before stood
  keepChoiceIn(dialog);
  dialog.querySelector("[data-start]")?.focus();
}

/** The content is new: the pressed button is gone, unless the focus was in a field that came again. */
function goOn() {
  keepChoiceIn(dialog);
  if (content.contains(document.activeElement)) return;
  (content.querySelector(".note--bad, [aria-invalid], .results button") ?? content.querySelector("[data-start]"))?.focus();
}

function close(id) {
  keepChoiceIn(header);
  dialog.close();
  content.replaceChildren();
  (document.getElementById(id) ?? document.getElementById(opener?.id) ?? opener)?.focus();
}

dialog.addEventListener("click", ({ target }) => target.closest("[data-close]") && close());
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});

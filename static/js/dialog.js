/** One dialog for every part of the page that opens: the address search, the name check, the position. */

const dialog = document.getElementById("dialog");
let opener;

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const { sourceElement } = ctx;
  if (sourceElement && "dialog" in sourceElement.dataset && !dialog.open) {
    opener = sourceElement.id;
    dialog.showModal();
    dialog.querySelector("[data-start]")?.focus();
  }
  const headers = ctx.response?.headers;
  if (headers?.get("Kosme-Dialog") === "close") close(headers.get("Kosme-Focus"));
});

dialog?.addEventListener("click", ({ target }) => target.closest("[data-close]") && close(opener));
dialog?.addEventListener("cancel", (event) => {
  event.preventDefault();
  close(opener);
});

function close(focus) {
  dialog.close();
  document.getElementById("dialog-content").replaceChildren();
  document.getElementById(focus ?? opener)?.focus();
}

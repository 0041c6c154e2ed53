/** Tells what happened, where it is seen: in the page's status line, or inside the dialog that lies over it. */

const SECONDS = 10;
const dialog = document.getElementById("dialog");
let timer;

export const statusId = () => (dialog.open ? "dialog-status" : "status");

/** Show one of the layout's texts; bad news stays until there is other news. */
export function tell(id) {
  clearTimeout(timer);
  document.getElementById(statusId()).replaceChildren(document.getElementById(id).content.cloneNode(true));
}

export function clearStatus() {
  for (const id of ["status", "dialog-status"]) document.getElementById(id).replaceChildren();
}

/** Good news leaves the field it may cover. */
export function clearLater() {
  clearTimeout(timer);
  timer = setTimeout(clearStatus, SECONDS * 1000);
}

/** Tells what happened, where it is seen: in the page's status line, or inside the dialog that lies over it. */

const SECONDS = 10;
let timer;

/** A dialog that lies over another stands after it in the page. */
export const statusId = () => [...document.querySelectorAll("dialog[open] > .told")].at(-1)?.id ?? "status";

/** Show one of the layout's texts; bad news stays until there is other news. */
export function tell(id) {
  clearTimeout(timer);
  document.getElementById(statusId()).replaceChildren(document.getElementById(id).content.cloneNode(true));
}

export function clearStatus() {
  for (const told of document.querySelectorAll(".told")) told.replaceChildren();
}

/** Good news leaves the field it may cover. */
export function clearLater() {
  clearTimeout(timer);
  timer = setTimeout(clearStatus, SECONDS * 1000);
}

/** An entry that is added comes with its chosen options only: the lists they are from are in the page already. */
import { turnOptions } from "./language.js";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (listOf("industry")) ctx.request.headers["Kosme-Lists"] = "here";
});

document.addEventListener("htmx:after:swap", () => {
  for (const select of document.querySelectorAll("select[data-list]")) {
    if (select.options.length === 1) complete(select, listOf(select.dataset.list));
  }
  turnOptions();
});

/** A country may be typed into many fields: what they suggest is what may be chosen as a nationality, once per page. */
for (const suggestions of document.querySelectorAll("datalist[data-from]")) {
  const { options } = document.getElementById(suggestions.dataset.from);
  suggestions.append(...[...options].slice(1).map(({ text }) => new Option(text)));
}

const listOf = (name) => document.querySelector(`template[data-options="${name}"]`);

/** The list's own option of that value takes the place of the one that came; a value that left the list stays. */
function complete(select, list) {
  const [came] = select.options;
  const options = [...list.content.cloneNode(true).children];
  const own = options.find((option) => option.value === came.value);
  if (own) own.defaultSelected = came.defaultSelected;
  select.replaceChildren(...(own ? options : [came, ...options]));
  select.value = came.value;
  select.dataset.first = list.dataset.first;
}

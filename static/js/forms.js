/** Small helps that a form has only with the script; without it nothing here is missed. */

const isWide = matchMedia("(min-width: 1024px)");
document.addEventListener("htmx:after:swap", showHelps);
isWide.addEventListener("change", () => {
  for (const part of document.querySelectorAll("[data-open-wide]")) part.open = isWide.matches;
});
showHelps();

function showHelps() {
  for (const element of document.querySelectorAll("[data-script][hidden]")) element.hidden = false;
  for (const part of document.querySelectorAll("[data-open-wide]")) part.open ||= isWide.matches;
}

document.addEventListener("change", ({ target }) => {
  const { dataset } = target;
  if (dataset.reveals) document.getElementById(dataset.reveals).type = target.checked ? "text" : "password";
  if ("agreeAll" in dataset) for (const tick of ticks()) tick.checked = target.checked;
  if ("agree" in dataset) document.querySelector("[data-agree-all]").checked = ticks().every((tick) => tick.checked);
});

/** On a phone the list of sections lies over the page: it goes away with the choice. */
document.addEventListener("click", ({ target }) => {
  const list = target.closest?.("[data-open-wide] a")?.closest("details");
  if (list && !isWide.matches) list.open = false;
});

const ticks = () => [...document.querySelectorAll("[data-agree]")];

/** An entry bears the name that is being typed in it. */
document.addEventListener("input", ({ target }) => {
  const name = target.id && document.querySelector(`[data-names="${CSS.escape(target.id)}"]`);
  if (name) name.textContent = target.value.trim();
});

/** Thirteen digits pasted into the first box fill both. */
document.addEventListener("paste", (event) => {
  const next = document.getElementById(event.target.dataset?.next);
  const digits = event.clipboardData.getData("text").normalize("NFKC").replace(/[\s-]/g, "");
  if (!next || !/^\d{7,13}$/.test(digits)) return;
  event.preventDefault();
  event.target.value = digits.slice(0, 6);
  next.value = digits.slice(6);
  next.focus();
});

/** Small helps that a form has only with the script; without it nothing here is missed. */

for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;

document.addEventListener("change", ({ target }) => {
  if (target.dataset.reveals) document.getElementById(target.dataset.reveals).type = target.checked ? "text" : "password";
  if ("agreeAll" in target.dataset) {
    for (const tick of document.querySelectorAll("[data-agree]")) tick.checked = target.checked;
  }
  if ("agree" in target.dataset) {
    const all = document.querySelector("[data-agree-all]");
    all.checked = [...document.querySelectorAll("[data-agree]")].every((tick) => tick.checked);
  }
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

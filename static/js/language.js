/** The radio buttons turn the page over by themselves; this keeps focus, caret, composition and place. */

const radioOf = (target) => target.closest?.("label")?.querySelector('[name="_lang"]');

for (const type of ["pointerdown", "mousedown"]) {
  document.addEventListener(type, (event) => radioOf(event.target) && event.preventDefault());
}

document.addEventListener("click", (event) => {
  const radio = radioOf(event.target);
  if (!radio || event.target === radio) return;
  event.preventDefault();
  const { activeElement } = document;
  const { top } = activeElement.getBoundingClientRect();
  radio.checked = true;
  turn(radio.value);
  if (activeElement !== document.body) scrollBy(0, activeElement.getBoundingClientRect().top - top);
});

document.addEventListener("change", ({ target }) => target.name === "_lang" && turn(target.value));
document.addEventListener("htmx:after:swap", () => orderOptions());

function turn(display) {
  const lang = display === "both" ? "ko" : display;
  document.documentElement.lang = lang;
  document.title = document.querySelector("title").dataset[lang];
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `lang=${display}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  orderOptions();
}

/** Each option holds both names; the page's language comes first. The value is never touched. */
function orderOptions() {
  const { lang } = document.documentElement;
  for (const select of document.querySelectorAll(`select[data-first]:not([data-first="${lang}"])`)) {
    select.dataset.first = lang;
    for (const option of select.options) option.text = option.text.split(" · ").reverse().join(" · ");
  }
}

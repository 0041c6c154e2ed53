/** The address search by keyboard: the arrow keys go from the field through what was found, and back. */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const field = document.getElementById("address-keyword");
  if (!field) return;
  const { key, target } = event;
  const isComposing = event.isComposing || event.keyCode === 229; // 229: Safari, in the Enter that ends a syllable
  if (key === "Enter" && target === field && isComposing) event.preventDefault();
  if (!STEPS[key] || isComposing) return;
  const stops = [field, ...document.querySelectorAll("#address-found .results button")];
  const next = stops.includes(target) && stops[stops.indexOf(target) + STEPS[key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

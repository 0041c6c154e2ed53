/** After a failed publishing each saving tells, in `judged`, what is still to be put right: the rest leaves the page. */
let known = document.getElementById("judged");

document.addEventListener("htmx:after:swap", () => {
  const judged = document.getElementById("judged");
  if (!judged || judged === known) return;
  known = judged;
  leaveOnly(new Set(judged.value.split(" ")));
});

function leaveOnly(standing) {
  for (const error of document.querySelectorAll("#page .error[id]:not(#photo-error)")) {
    const id = error.id.replace(/-(error|problem)$/, "");
    if (standing.has(id)) continue;
    error.remove();
    document.getElementById(id)?.removeAttribute("aria-invalid");
  }
  const summary = document.getElementById("problems");
  for (const link of summary?.querySelectorAll("a") ?? []) {
    if (!standing.has(link.hash.slice(1))) link.closest("li").remove();
  }
  if (summary && !summary.querySelector("a")) summary.parentElement.remove();
}

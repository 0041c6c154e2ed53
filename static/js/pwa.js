/** The site as an application of its own: its service worker, its next version, and the hint that it can be installed. */
import { installing, remember, work } from "./site.js";

const { serviceWorker } = navigator;
const notice = document.createElement("div");
let next; // the worker of the next version

notice.className = "told told--top";
notice.role = "status";
document.body.append(notice);

serviceWorker?.register("/service-worker.js").then(watch, () => {}); // a browser that forbids it has the site as it was

function watch(registration) {
  registration.onupdatefound = () => {
    const coming = registration.installing;
    coming.onstatechange = () => coming.state === "installed" && registration.active && offer(coming);
  };
  document.addEventListener("visibilitychange", () => document.hidden || registration.update().catch(() => {}));
}

/** The server says nothing to a page that is as new as the worker: the name of this file tells the version. */
function offer(worker) {
  next = worker;
  htmx.ajax("GET", `/new-version?page=${import.meta.url}`, notice);
}

const pressed = ({ target }) => target.closest("button")?.value;

notice.onclick = async (event) => {
  const value = pressed(event);
  if (value === "later") notice.replaceChildren();
  if (value !== "now" || !(await isKept())) return;
  const goOn = async () => next.state === "activated" && (await isKept()) && location.reload();
  next.onstatechange = goOn;
  next.postMessage("take over");
  goOn(); // it waits for no page that came before the first worker
};

/** Whether a reload loses nothing; else the notice says why it has to wait. */
async function isKept() {
  const kept = (await work.flush()) && ![...document.querySelectorAll("input, select, textarea")].some(isTyped);
  const [ready, waiting] = notice.children;
  ready.hidden = !kept;
  waiting.hidden = kept;
  return kept;
}

function isTyped({ name, options, value, defaultValue, checked, defaultChecked }) {
  const shown = options && ([...options].find((one) => one.defaultSelected) ?? options[0]);
  return name !== "_lang" && (value !== (shown?.value ?? defaultValue ?? value) || checked !== defaultChecked);
}

installing.then((event) => {
  const hint = document.getElementById("install");
  if (!hint) return;
  hint.hidden = false;
  hint.onclick = (press) => {
    const value = pressed(press);
    if (!value) return;
    hint.hidden = true;
    remember("install", value);
    if (value === "yes") event.prompt();
  };
});

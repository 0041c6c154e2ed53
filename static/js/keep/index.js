/** Keeps what is being typed in the résumé: on the server in a moment, and on the device until then. */
import { work } from "../site.js";
import "./buttons.js";
import { form } from "./dirty.js";
import { endComposing, isNeeded, leave, resume, showState, soon, startComposing, tryNow } from "./flush.js";

for (const type of ["input", "change"]) {
  form.addEventListener(type, () => {
    soon();
    showState();
  });
}
form.addEventListener("compositionstart", startComposing);
form.addEventListener("compositionend", endComposing);

document.addEventListener("visibilitychange", () => (document.hidden ? leave() : tryNow()));
addEventListener("pagehide", leave);
addEventListener("beforeunload", (event) => isNeeded() && event.preventDefault());
addEventListener("online", tryNow);
addEventListener("pageshow", showState);

document.addEventListener("kosme:session-resumed", ({ detail: { samePerson } }) => {
  if (samePerson) tryNow();
  else work.discard();
});

resume();

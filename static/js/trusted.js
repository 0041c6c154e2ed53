/** HTML becomes nodes only while htmx swaps in an answer that rows.js let through; scripts never come as text.
 *  The one script that is named by its address is our service worker. */

let isSwapping = false;

globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (isSwapping ? html : null),
  createScriptURL: (url) => (url === "/service-worker.js" ? url : null),
});

/** htmx reads the answer in the same breath: the next microtask closes the door again. */
document.addEventListener("htmx:after:request", () => {
  isSwapping = true;
  queueMicrotask(() => {
    isSwapping = false;
  });
});

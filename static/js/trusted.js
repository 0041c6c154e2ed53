/** HTML becomes nodes only while htmx swaps in an answer that rows.js let through; scripts never come as text. */

let isSwapping = false;

globalThis.trustedTypes?.createPolicy("default", { createHTML: (html) => (isSwapping ? html : null) });

/** htmx reads the answer in the same breath: the next microtask closes the door again. */
export function trust() {
  isSwapping = true;
  queueMicrotask(() => {
    isSwapping = false;
  });
}

document.addEventListener("htmx:after:request", trust);

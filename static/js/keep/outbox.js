/** What could not be sent yet outlives a reload: in this tab's session storage, for this person and draft alone. */
import { form } from "./dirty.js";

const OURS = "kosme-keep ";
const { person } = document.body.dataset;
const key = `${OURS}${person} ${form.getAttribute("action")}`;

/** Storage may be full or forbidden; the page itself holds everything all the same. */
function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

export function store(texts) {
  if (person) quietly(() => sessionStorage.setItem(key, JSON.stringify([...texts])));
}

export function clear() {
  quietly(() => sessionStorage.removeItem(key));
}

/** Give what an earlier page left behind; what another person left goes. */
export function stored() {
  return (
    quietly(() => {
      for (const name of Object.keys(sessionStorage)) {
        if (name.startsWith(OURS) && !name.startsWith(`${OURS}${person} `)) sessionStorage.removeItem(name);
      }
      return new Map(JSON.parse(sessionStorage.getItem(key)));
    }) ?? new Map()
  );
}

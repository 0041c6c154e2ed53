/** The boxes of the registration number: sent only while the consent is ticked, and never put into any storage. */

const BOXES = ["registration_front", "registration_back", "name_check_token"];
const boxes = () => BOXES.map((name) => document.getElementsByName(name)[0]?.value ?? "");
const digits = () => boxes().slice(0, 2).join("");

let tried = ""; // the digits that were sent last
let isKept = false;

export const isNumberUnsaved = () => Boolean(digits()) && !(isKept && digits() === tried);

/** Give what has to be sent, if the person agrees to its being kept. */
export function numberToSend() {
  if (!digits() || digits() === tried || !document.getElementById("unique_identifier_consent")?.checked) return [];
  return boxes().map((text, at) => [BOXES[at], text]);
}

export function noteNumber(pairs, headers) {
  if (!pairs.length) return;
  tried = pairs[0][1] + pairs[1][1];
  isKept = headers.has("Kosme-Number");
}

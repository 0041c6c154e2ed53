/** The bar at the foot of the résumé: what of it is saved, and when that was. */
import { form } from "./dirty.js";

const bar = form.querySelector(".bar");
const NEWS = ["saved", "offline", "failed"]; // read out when it changes, and not at every key

let told;

export function show(state) {
  if (state === "saved") delete bar.dataset.state;
  else bar.dataset.state = state;
  if (!NEWS.includes(state) || state === told) return;
  told = state;
  const text = bar.querySelector(`[data-is="${state}"] p`).cloneNode(true);
  text.querySelector("[id]")?.removeAttribute("id");
  document.getElementById("kept").replaceChildren(text);
}

/** The time of day in Korea, as the server writes it. */
export function showTime(moment) {
  const time = { timeZone: "Asia/Seoul", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  document.getElementById("saved-at").textContent = moment.toLocaleTimeString("en-GB", time);
}

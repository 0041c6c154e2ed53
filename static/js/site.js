/** What every page loads at once. The parts that come later import what they need of it from here. */
import "./trusted.js";
import "htmx.org";
import "./dialog.js";
import "./forms.js";
import "./judged.js";
import "./lists.js";
import "./later.js";

export * from "./install.js";
export * from "./language.js";
export * from "./rows.js";
export * from "./status.js";
export * from "./work.js";

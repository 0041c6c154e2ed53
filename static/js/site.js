import "./trusted.js";
import "htmx.org";
import "./dialog.js";
import "./forms.js";
import "./lists.js";
import "./language.js";
import "./rows.js";
import "./saved.js";

/** What keeps the résumé while it is written. The page is read without it: later.js loads it. */
import "./saved.js";

/* The end of the window in a pop-up: tell the page that opened it, and close. */
const told = Object.fromEntries(new FormData(document.getElementById("told")));
opener?.postMessage(told, "*");
close();

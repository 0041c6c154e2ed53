/** The browser's offer to install the site waits for the quiet place that a page has for it: nothing pops up. */
export const installing = new Promise((offer) => {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer(event);
  });
});

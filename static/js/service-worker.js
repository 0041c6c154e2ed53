/** Keeps on the device what is the same for everybody, the built files and the offline page, and nothing of anybody.
 *  What it may keep, and under which name, the server writes in front of it: CACHE, FILES and OFFLINE. */

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES, OFFLINE].map((path) => keep(cache, path)));
}

/** Asked for as a stranger would, so that nothing of the person at the device can be in it. */
async function keep(cache, path) {
  const answer = await fetch(path, { credentials: "omit" });
  if (!answer.ok || /no-store/.test(answer.headers.get("Cache-Control"))) throw new Error(`not to be kept: ${path}`);
  await cache.put(path, answer);
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await registration.navigationPreload?.enable(); // pages do not wait until the worker is awake
}

/** Only a person's tap in an open page makes a new version take over; else it waits until all pages are closed. */
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(visit(event));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname).then((file) => file ?? fetch(event.request)));
});

/** A page comes from the network or not at all. */
async function visit({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return (await kept(OFFLINE)) ?? Response.error();
  }
}

const kept = (path) => caches.match(path, { cacheName: CACHE, ignoreVary: true });

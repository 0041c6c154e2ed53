/** Builds static/dist: bundled, minified, named by content, precompressed, with a manifest for the templates. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { build } from "esbuild";

const DIST = "static/dist";
const TOKENS = "node_modules/krds-uiux/resources/css/token/krds_tokens.css";
const MOST_CSS = 8 * 1024;
const LATER = {
  "address.js": "static/js/address.js",
  "combobox.js": "static/js/combobox.js",
  "keep.js": "static/js/keep/index.js",
  "frame.js": "static/js/photo/frame.js",
  "photo.js": "static/js/photo/index.js",
  "pwa.js": "static/js/pwa.js",
  "session.js": "static/js/session.js",
}; // loaded by later.js
// drawn for home screens: a picture's name, what it is drawn from, and its width
const PICTURES = [
  ["icon-192.png", "icon.svg", 192],
  ["icon-512.png", "icon.svg", 512],
  ["maskable-192.png", "maskable.svg", 192],
  ["maskable-512.png", "maskable.svg", 512],
  ["apple-touch-icon.png", "maskable.svg", 180],
];

/** Write the tokens' own values where our style sheet names them: sent names would weigh more than what they say. */
function inlineTokens(tokens, css) {
  const all = new Map(
    [...tokens.matchAll(/(--krds-[\w-]+)\s*:\s*([^;}]+)/g)].map(([, name, value]) => [name, value.trim()]),
  );
  return css.replace(/var\((--krds-[\w-]+)\)/g, (_, name) => {
    if (!all.has(name)) throw new Error(`no such token: ${name}`);
    return inlineTokens(tokens, all.get(name));
  });
}

const bundle = async (options) => {
  const { outputFiles } = await build({ bundle: true, minify: true, write: false, target: "es2022", ...options });
  return outputFiles[0].text;
};
const alias = { "htmx.org": "htmx.org/dist/htmx.esm.min.js" }; // minified by its makers it is smaller than by us
const script = (entry, plugins = []) => bundle({ entryPoints: [entry], format: "esm", alias, plugins });

/** A part that is loaded later takes the modules of site.js from the file that the page has already loaded. */
const fromSite = (site) => ({
  name: "from-site",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/site\.js$/ }, () => ({ path: `./${site}`, external: true }));
  },
});

const picture = async (drawing, width) =>
  new Resvg(await readFile(`static/img/${drawing}`, "utf8"), { fitTo: { mode: "width", value: width } })
    .render()
    .asPng();

const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const named = (name, text) => {
  const [stem, extension] = name.split(".");
  return `${stem}-${digest(text)}.${extension}`;
};

const own = await bundle({ entryPoints: ["static/css/site.css"] });
if (brotliCompressSync(own).length > MOST_CSS) throw new Error("our own CSS is larger than 8 KB (brotli)");
const files = {
  "site.css": inlineTokens(await readFile(TOKENS, "utf8"), own),
  "site.js": await script("static/js/site.js"),
  "identity-window.js": await script("static/js/identity-window.js"),
  "offline.js": await script("static/js/offline.js"),
  "service-worker.js": await script("static/js/service-worker.js"),
  "icon.svg": await readFile("static/img/icon.svg", "utf8"),
};
const site = fromSite(named("site.js", files["site.js"]));
for (const [name, entry] of Object.entries(LATER)) files[name] = await script(entry, [site]);
files["pwa.js"] += `//${digest(Object.values(files).join(""))}`; // its name tells a page's version: that of all
for (const [name, drawing, width] of PICTURES) files[name] = await picture(drawing, width);

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const manifest = {};
for (const [name, text] of Object.entries(files)) {
  const integrity = `sha384-${createHash("sha384").update(text).digest("base64")}`;
  const file = named(name, text);
  manifest[name] = { file, integrity };
  await writeFile(`${DIST}/${file}`, text);
  if (file.endsWith(".png")) continue;
  await writeFile(`${DIST}/${file}.br`, brotliCompressSync(text));
  await writeFile(`${DIST}/${file}.gz`, gzipSync(text, { level: 9 }));
  console.log(`${file}  ${text.length} bytes, ${brotliCompressSync(text).length} brotli`);
}
await writeFile(`${DIST}/manifest.json`, JSON.stringify(manifest, null, 2));

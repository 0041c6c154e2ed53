/** HTML comes from our own answers only (rows.js refuses others); scripts never come as text. */
globalThis.trustedTypes?.createPolicy("default", { createHTML: (html) => html });

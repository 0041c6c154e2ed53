/** 휴대전화로 이어서 쓰기: the code opens the field in use, and a photo that comes from there appears here. */
const SECONDS = 2;
const MINUTES = 10; // that the page goes on asking
let field = "";
let timer;
let end;

const photo = () => document.getElementById("photo");

function note(target) {
  if (target.matches("#page :is(input, select, textarea)[id]")) field = target.id;
}

document.addEventListener("focusin", ({ target }) => note(target));
note(document.activeElement);

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { body } = ctx.request;
  if (body.get("at") === "") body.set("at", field);
});

const code = () => document.getElementById("hand-over");

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.sourceElement.name === "at") watch();
  if (ctx.sourceElement === photo()) code()?.closest("dialog")?.querySelector("[data-close]").click();
});

if (code()) watch();

function watch() {
  clearInterval(timer);
  end = Date.now() + MINUTES * 60_000;
  timer = setInterval(look, SECONDS * 1000);
}

export async function look() {
  if (document.hidden) return;
  if (Date.now() > end) clearInterval(timer);
  const { dataset, attributes } = photo();
  const url = `${attributes["hx-get"].value}?shown=${dataset.photo}`;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (answer?.status === 200 && answer.headers.has("Kosme-Partial")) photo().dispatchEvent(new Event("kosme:photo"));
  if (answer?.status === 401) {
    clearInterval(timer);
    document.dispatchEvent(new CustomEvent("kosme:session-ended"));
  }
}

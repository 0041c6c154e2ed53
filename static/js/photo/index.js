/** 이력서 사진: a chosen file is sent at once, and stays chosen until the site has it or the person lets it go. */
import { clearStatus } from "../site.js";
import { look } from "./hand-over.js";
import { send } from "./send.js";
import { shrunk } from "./shrink.js";

const MOST = 5_242_880; // bytes, as the site has it
const JUDGED = [200, 413, 422]; // taken or refused: asking again would change nothing
const box = document.getElementById("photo-work");
const bar = box.querySelector("progress");
let chosen; // the file
let key; // names the try: if only its answer was lost, the site does not add the picture twice
let sending; // htmx's request with it
let isAgain = false;
let told;

const input = () => document.getElementById("photo-file");

function tell(state) {
  told = state;
  for (const part of box.children) part.hidden = part.dataset.is !== state;
}

function put(file) {
  const files = new DataTransfer();
  if (file) files.items.add(file);
  input().files = files.files;
}

function letGo() {
  chosen = undefined;
  put();
  tell();
}

function sendAgain() {
  isAgain = true;
  input().dispatchEvent(new Event("change", { bubbles: true }));
}

function stop() {
  const { request } = sending ?? {};
  sending = undefined;
  request?.abort();
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== input()) return;
  stop();
  [chosen] = input().files;
  clearStatus(); // what is told is of the file before
  document.getElementById("photo-error")?.remove();
  if (chosen?.size <= MOST) {
    sending = ctx;
    bar.removeAttribute("value");
    tell("sending");
    if (!isAgain) key = undefined;
    isAgain = false;
    key ??= `${Date.now()}-${Math.random()}`;
    ctx.request.headers["Idempotency-Key"] = key;
    ctx.request.timeout = "0ms"; // send() minds it
    ctx.fetch = (url, request) =>
      send(url, request, (part) => (bar.value = part)).then((answer) => judged(ctx, answer));
  } else {
    event.preventDefault();
    box.querySelector("[data-size]").textContent = megabytes(chosen?.size);
    tell(chosen && "large");
  }
});

/** What the site itself says of a trouble is shown like a refusal; the file stays chosen all the same. */
function judged(ctx, answer) {
  const { status, headers, body } = answer;
  key = undefined;
  ctx.isJudged = JUDGED.includes(status);
  return status >= 500 && headers.has("Kosme-Partial") ? new Response(body, { status: 422, headers }) : answer;
}

/** One byte too many is not “5 MB”. */
const megabytes = (size) => `${(Math.ceil((size / 1_048_576) * 100) / 100).toFixed(2)} MB`;

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx !== sending) return;
  sending = undefined;
  if (ctx.isJudged && ctx.status === "swapped") letGo();
  else tell("failed");
});

/** Another part of the page, or the photo from another device, came: the chosen file does not go with the old field. */
document.addEventListener("htmx:after:swap", () => {
  layFrame();
  if (chosen && !input().files.length) put(chosen);
});

/** Without the script that moves it by hand, the frame still has its sliders. */
function layFrame() {
  const frame = document.querySelector("#frame:not([data-laid])");
  if (!frame) return;
  frame.dataset.laid = "";
  import(frame.dataset.frame).then(({ lay }) => lay(frame)).catch(() => {});
}

layFrame();

async function shrink() {
  const file = chosen;
  tell("sending");
  bar.removeAttribute("value");
  const small = await shrunk(file, MOST).catch(() => undefined);
  if (chosen !== file) return; // cancelled, or another one was chosen in the meantime
  put(small);
  if (small) return sendAgain();
  letGo();
  tell("unreadable");
}

const DO = {
  cancel() {
    stop();
    letGo();
    look();
  },
  send: sendAgain,
  shrink,
};

box.addEventListener("click", ({ target }) => DO[target.closest("[data-do]")?.dataset.do]?.());

function goOn() {
  if (told === "failed") sendAgain();
}

addEventListener("online", goOn);
document.addEventListener("kosme:session-resumed", ({ detail }) => (detail.samePerson ? goOn() : letGo()));

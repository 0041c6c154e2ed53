/** A window of WebKitGTK's own small browser on a screen that nobody sees, driven over the classic WebDriver. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // what WebDriver calls an element in JSON

export async function open(program) {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "800x1600x24"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [number] = await once(screen.stdout, "data");
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, LIBGL_ALWAYS_SOFTWARE: "1" };
  const driver = spawn(program, [`--port=${port}`], { env, stdio: "ignore" });
  const ask = asker(`http://127.0.0.1:${port}`);
  await untilReady(ask);
  const { sessionId } = await ask("POST", "/session", { capabilities: {} });
  const close = async () => {
    await ask("DELETE", `/session/${sessionId}`);
    driver.kill();
    screen.kill();
  };
  return { ...tab((method, path, body) => ask(method, `/session/${sessionId}${path}`, body)), close };
}

function tab(ask) {
  const find = async (value) => (await ask("POST", "/element", { using: "css selector", value }))[ELEMENT];
  const keys = (...actions) => ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  const down = (value) => ({ type: "keyDown", value });
  const up = (value) => ({ type: "keyUp", value });
  return {
    goto: (url) => ask("POST", "/url", { url }),
    cookie: (name, value) => ask("POST", "/cookie", { cookie: { name, value, path: "/" } }),
    back: () => ask("POST", "/back", {}),
    async evaluate(script, ...args) {
      const body = `const values = [...arguments], done = values.pop();
        Promise.resolve((${script})(...values)).then((value) => done({ value }), (error) => done({ error: String(error) }))`;
      const { value, error } = await ask("POST", "/execute/async", { script: body, args });
      if (error) throw new Error(error);
      return value;
    },
    click: async (selector) => ask("POST", `/element/${await find(selector)}/click`, {}),
    type: (text) => keys(...[...text].flatMap((letter) => [down(letter), up(letter)])),
    upload: async (selector, file) => ask("POST", `/element/${await find(selector)}/value`, { text: file }),
    undo: () => ask("POST", "/execute/sync", { script: "document.execCommand('undo')", args: [] }), // it has no such key
  };
}

function asker(driver) {
  return async (method, path, body) => {
    const answer = await fetch(driver + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  };
}

async function untilReady(ask) {
  for (;;) {
    const ready = await ask("GET", "/status").catch(() => undefined);
    if (ready) return;
    await new Promise((later) => setTimeout(later, 50));
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

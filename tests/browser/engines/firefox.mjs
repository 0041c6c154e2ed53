/** A tab of Firefox, driven over WebDriver BiDi. */
import puppeteer from "puppeteer-core";

const WIDTH = 500;

export async function open(program) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true });
  const [page] = await browser.pages();
  await page.setViewport({ width: WIDTH, height: 1400 });
  return {
    goto: (url) => page.goto(url),
    cookie: (name, value) => browser.setCookie({ name, value, domain: new URL(page.url()).hostname, path: "/" }),
    back: () => page.evaluate(() => history.back()),
    evaluate: (script, ...values) => page.evaluate(script, ...values),
    click: (selector) => page.click(selector),
    type: (text) => page.keyboard.type(text),
    upload: async (selector, file) => (await page.$(selector)).uploadFile(file),
    async undo() {
      await page.keyboard.down("Control");
      await page.keyboard.press("z");
      await page.keyboard.up("Control");
    },
    close: () => browser.close(),
  };
}

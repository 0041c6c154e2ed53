/** What must hold in every engine: each scenario starts on a new résumé, in Korean. */
import assert from "node:assert/strict";

const EN = 'header label:has([name="_lang"][value="en"])';

/** Wait until the page says so; a page that never does fails with the question. */
async function until(page, question, ...values) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await page.evaluate(question, ...values)) return;
    await new Promise((later) => setTimeout(later, 25));
  }
  assert.fail(`never true: ${question}`);
}

async function focus(page, selector) {
  await page.evaluate((selector) => document.querySelector(selector).focus(), selector);
}

/** Press what may lie far below: parts of a long page are laid out only when they come into sight. */
async function press(page, selector) {
  await page.evaluate((selector) => {
    for (const part of document.querySelectorAll(".sheet")) part.style.contentVisibility = "visible";
    document.querySelector(selector).scrollIntoView({ block: "center" });
    return new Promise((frame) => requestAnimationFrame(() => frame()));
  }, selector);
  await page.click(selector);
}

async function addSchool(page) {
  await press(page, '[formaction$="/education/add"]');
  await until(page, () => Boolean(document.querySelector("details[id^=education-]")));
}

const formState = () => {
  const fields = [...document.getElementById("page").elements].filter(({ name }) => name && name !== "_lang");
  window.before ??= fields;
  return {
    values: fields.map(({ name, value, checked, files }) => [name, files ? files.length : value, checked]),
    areTheSame: fields.every((field, at) => field === window.before[at]) && fields.length === window.before.length,
  };
};

const shownInKorean = () => {
  for (const part of document.querySelectorAll(".sheet, .entry__body")) part.style.contentVisibility = "visible";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    const isOurs = !parent.closest("bdi, option, noscript, template, .lang, textarea");
    if (isOurs && /[가-힣]/.test(data) && parent.checkVisibility({ visibilityProperty: true })) found.push(data);
  }
  return found;
};

/** Saves and parts that come later go on by themselves. */
const countRequests = () =>
  performance.getEntriesByType("resource").filter(({ name }) => !/\/autosave$|\/static\//.test(name)).length;

const isSaved = () => !document.querySelector(".bar").dataset.state;

const storedTitle = async (url) => (await (await fetch(url)).text()).match(/id="title"[^>]* value="([^"]*)"/)[1];

export const scenarios = {
  async "L1 a switch changes every text and no value, and sends nothing"(page, { photo }) {
    await addSchool(page);
    await page.evaluate(() => {
      addEventListener("change", (event) => event.target.id === "photo-file" && event.stopImmediatePropagation(), true);
      const form = document.getElementById("page");
      const texts = { visa_expires_year: "2099", registration_front: "970314", registration_back: "6123456" };
      for (const [name, text] of Object.entries({ ...texts, nationality: "VN" })) form.elements[name].value = text;
      form.querySelector("[name$=coursework]").value = "통계\n품질";
      for (const one of form.querySelectorAll("#unique_identifier_consent, [value=NEWCOMER]")) one.checked = true;
    });
    await page.upload("#photo-file", photo);
    await focus(page, "#title");
    await page.type("학력");
    const before = await page.evaluate(formState);
    const requests = await page.evaluate(countRequests);

    await page.click(EN);

    assert.equal(await page.evaluate(countRequests), requests);
    const after = await page.evaluate(formState);
    assert.deepEqual(after, before);
    assert.ok(after.areTheSame);
    assert.ok(after.values.some(([name, value]) => name === "photo" && value === 1));
    assert.deepEqual(await page.evaluate(shownInKorean), []);
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title.slice(0, 6)]), [
      "en",
      "Resume",
    ]);
  },

  async "L2 the caret and the place of the field stay"(page) {
    const state = () => {
      const { activeElement: field } = document;
      return [field.id, field.selectionStart, field.selectionEnd, Math.round(field.getBoundingClientRect().top)];
    };
    await focus(page, "#title");
    await page.type("생산관리 QA");
    await page.evaluate(() => document.activeElement.setSelectionRange(3, 5));
    const [id, start, end, top] = await page.evaluate(state);

    await page.click(EN);

    const after = await page.evaluate(state);
    assert.deepEqual(after.slice(0, 3), [id, start, end]);
    assert.ok(Math.abs(after[3] - top) < 2);
  },

  async "L3 the press takes nothing from a field in which a syllable may be in composition"(page) {
    await focus(page, "#title");
    await page.type("김");
    await page.evaluate(() => {
      window.told = [];
      for (const type of ["blur", "focusout", "compositionend", "input"])
        document.getElementById("title").addEventListener(type, () => window.told.push(type));
    });

    await page.click(EN);

    assert.deepEqual(await page.evaluate(() => window.told), []);
    await page.type("한글");
    assert.equal(await page.evaluate(() => document.getElementById("title").value), "김한글");
  },

  async "L4 an option shows its other name and keeps its code"(page) {
    const shown = () => {
      const select = document.getElementById("nationality");
      return [select.value, select.selectedOptions[0].value, select.selectedOptions[0].text];
    };
    await page.evaluate(() => {
      document.getElementById("nationality").value = "VN";
    });
    assert.deepEqual(await page.evaluate(shown), ["VN", "VN", "베트남 · Vietnam"]);

    await page.click(EN);

    assert.deepEqual(await page.evaluate(shown), ["VN", "VN", "Vietnam · 베트남"]);
  },

  async "L7 what is open, scrolled, stretched and typed in a dialog stays, and can be undone"(page) {
    await addSchool(page);
    await page.evaluate(() => {
      document.querySelector(".legal").scrollTo(0, 40);
      document.querySelector("textarea[name$=coursework]").style.blockSize = "333px";
    });
    await press(page, "#address-search");
    await until(page, () => document.activeElement.id === "address-keyword");
    await page.type("초북로 ");
    await page.type("X");
    const state = () => [
      document.getElementById("dialog").open,
      document.querySelector("details[id^=education-]").open,
      document.querySelector(".legal").scrollTop,
      document.querySelector("textarea[name$=coursework]").offsetHeight,
      document.getElementById("address-keyword").value,
    ];
    const before = await page.evaluate(state);
    assert.deepEqual(before, [true, true, 40, 333, "초북로 X"]);

    await page.click("#dialog label:has([value=en])");

    assert.deepEqual(await page.evaluate(state), before);
    assert.deepEqual(await page.evaluate(() => document.documentElement.lang), "en");
    await page.undo();
    await until(page, () => document.getElementById("address-keyword").value !== "초북로 X");
    assert.ok("초북로 ".startsWith(await page.evaluate(() => document.getElementById("address-keyword").value)));
  },

  async "L14 after a swap, a link of the error summary and Back, the text is there in the same element"(page) {
    await press(page, '[formaction$="/publish"]');
    await until(page, () => Boolean(document.querySelector("#problems a")));
    await addSchool(page);
    await focus(page, "#title");
    await page.type("생산관리");
    await page.evaluate(() => {
      window.title = document.getElementById("title");
    });
    await press(page, "#problems a");
    await until(page, () => location.hash !== "");

    await page.back();

    await until(page, () => location.hash === "");
    const kept = () => [window.title === document.getElementById("title"), document.getElementById("title").value];
    assert.deepEqual(await page.evaluate(kept), [true, "생산관리"]);
  },

  async "S1 what is typed during a slow save is saved too, and stays in the field"(page) {
    await page.evaluate(() => {
      const { fetch } = window;
      window.fetch = async (...request) => {
        await new Promise((later) => setTimeout(later, 800));
        return fetch(...request);
      };
    });
    await focus(page, "#title");
    await page.type("생산");
    await until(page, () => document.querySelector(".bar").dataset.state === "saving");
    await page.type("관리 QA");
    await until(page, isSaved);

    assert.equal(await page.evaluate(() => document.getElementById("title").value), "생산관리 QA");
    assert.equal(await page.evaluate(storedTitle, await page.evaluate(() => location.href)), "생산관리 QA");
  },

  async "S7 a page that is left 50 ms after the last key has sent it"(page) {
    const url = await page.evaluate(() => location.href);
    await focus(page, "#title");
    await page.type("통역사");
    await new Promise((later) => setTimeout(later, 50));
    await page.goto(new URL("/resume", url).href);

    for (let tries = 0; tries < 100; tries += 1) {
      if ((await page.evaluate(storedTitle, url)) === "통역사") return;
      await new Promise((later) => setTimeout(later, 50));
    }
    assert.fail("the last text did not arrive");
  },
};

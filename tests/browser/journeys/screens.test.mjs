// Every screen of the ballot, at every width, in both languages, light, dark and 长辈版: clean for axe, no
// wider than the screen, and photographed, because screens are looked at and not only asserted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { smallPlan } from "../lib/plans.mjs";

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(smallPlan(), { leaders: 40 });
  await server.openPlan(plan.id, ["leaders"]);
});

const WORDS = {
  zh: { start: "开始填写", submit: "提交", so: "就这样提交" },
  en: { start: "Start", submit: "Submit", so: "Submit as it is" },
};
const LOOKS = [
  { width: 390, lang: "zh", theme: "light" },
  { width: 390, lang: "zh", theme: "dark" },
  { width: 390, lang: "zh", theme: "light", large: true },
  { width: 320, lang: "zh", theme: "light" },
  { width: 320, lang: "en", theme: "dark", large: true },
  { width: 390, lang: "en", theme: "light" },
  { width: 1280, height: 800, lang: "zh", theme: "light" },
  { width: 1280, height: 800, lang: "en", theme: "dark" },
  { width: 1280, height: 800, lang: "zh", theme: "light", large: true },
  { width: 640, height: 400, lang: "zh", theme: "light", zoom: 2 },
  { width: 390, lang: "zh", theme: "light", forcedColors: "active" },
];

for (const { zoom, ...look } of LOOKS) {
  const name = [look.width, look.lang, look.theme, look.large && "large", zoom && "zoom", look.forcedColors && "forced"].filter(Boolean).join("-");
  test(`the ballot at ${name}`, async () => {
    const page = await openPage(browser, { ...(look.width < 600 && PHONE), ...look, deviceScaleFactor: zoom });
    const words = WORDS[look.lang];
    const step = async (screen, options) => {
      await assertClean(page, `${screen} at ${name}`);
      await shot(page, `ballot-${name}-${screen}`, options);
    };
    await page.goto(`${server.address}/ballot/${plan.id}`);
    await page.locator("#code").waitFor();
    await step("1-code");
    await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
    await page.getByRole("button", { name: words.start }).waitFor();
    await step("2-intro", { fullPage: true });
    await page.getByRole("button", { name: words.start }).click();
    await page.locator(".bar").waitFor();
    for (const [line, option] of [[0, 0], [1, 1], [2, 0], [12, 0], [13, 1], [14, 1], [15, 2]]) {
      await page.locator(`#line-${line} label`).nth(option).click();
    }
    await step("3-form", { fullPage: true });
    await page.evaluate(() => window.scrollTo(0, 600));
    await step("4-cards");
    await page.locator(".bar-status").click();
    await page.locator(".preview").waitFor();
    await step("5-preview");
    if (look.large) {
      const small = await page.evaluate(() => [...document.querySelectorAll("button, .choice > span")].filter((one) => one.offsetParent)
        .map((one) => [one.innerText, one.getBoundingClientRect()]).filter(([, box]) => box.height < 60 || box.width < 60).map(([text]) => text));
      assert.deepEqual(small, [], "targets under 60 by 60");
      assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)) >= 18);
    }
    await page.getByRole("button", { name: words.submit, exact: true }).click();
    await page.getByRole("button", { name: words.so }).click();
    await page.locator(".receipt").waitFor();
    await step("6-receipt");
    await page.context().close();
  });
}

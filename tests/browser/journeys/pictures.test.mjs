// The README's pictures, made from the demo so that they never show what is no longer so. They are
// replaced only when asked for (PICTURES=1 npm test); otherwise the same screens are only opened.
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PHONE, assertClean, openPage } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { smallPlan } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
}, ["--demo"]);

async function picture(page, name) {
  if (!process.env.PICTURES) return;
  await page.screenshot({ path: fileURLToPath(new URL(`../../../docs/screens/${name}.png`, import.meta.url)) });
}

test("the ballot on a phone", async () => {
  const plan = await server.plan(smallPlan(), { leaders: 1 });
  await server.openPlan(plan.id, ["leaders"]);
  const page = await openPage(browser, { ...PHONE, theme: "light" });
  await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders[0]}`);
  await page.getByRole("button", { name: "开始填写" }).click();
  for (const [line, option] of [[12, 0], [13, 1], [14, 1]]) {
    await page.locator(`#line-${line} label`).nth(option).click();
  }
  await page.locator("#part-2").scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById("part-2").scrollIntoView());
  await assertClean(page, "the ballot");
  await picture(page, "ballot");
});

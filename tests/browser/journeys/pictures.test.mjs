// The README's pictures, made from the demo so that they never show what is no longer so. They are
// replaced only when asked for (PICTURES=1 npm test); otherwise the same screens are only opened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
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

test("the demo's published result has two editions, an answered objection and what was put right", async () => {
  const { publications } = await server.json("GET", "/api/public");
  const [{ id }] = publications;
  const page = await openPage(browser, { width: 1280, height: 800, theme: "light" });
  await page.goto(`${server.address}/public/${id}`);
  await page.getByText("漏记水务站的区级表彰一项").first().waitFor();
  await assertClean(page, "the publication");
  const first = await page.locator("tbody tr").first().boundingBox();
  assert.ok(first.y < 700, `the first rank is on the first screen: ${first.y}`);
  await picture(page, "publication");
  await shot(page, "publication-demo", { fullPage: true });
  // What the second edition added: five points for a commendation, in the first nothing.
  const totals = async (edition) => {
    const { result } = await server.json("GET", `/api/public/${id}${edition}`);
    return Number(result.units.find(({ unit }) => unit === "water").total);
  };
  assert.equal((await totals("")) - (await totals("?edition=1")), 5);
  await page.goto(`${server.address}/public/${id}/rectification`);
  await page.getByText("宅基地审批时间长，群众要跑好几趟").first().waitFor();
  await page.getByText("集镇路灯损坏后维修不及时").first().waitFor();
  await assertClean(page, "what was put right");
  await shot(page, "rectification-demo", { fullPage: true });
});

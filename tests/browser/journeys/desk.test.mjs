// The pages that people work in all day, with 118 units: where the work begins on the screen, how many actions it takes,
// and how it looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { wideAppraisal } from "../lib/plans.mjs";

let server, browser;
const plans = {};

house(async (...both) => {
  [server, browser] = both;
  for (const units of [8, 118]) {
    const { plan, entries } = wideAppraisal(units, 8);
    plan.title = `南阳市市直单位“三亮三评”${units} 个单位`;
    plan.grading = { scope: "category", grades: [{ id: "good", name: "优秀", share: "30" }, { id: "rest", name: "合格", share: "70" }] };
    plan.outcomes = [{ id: "praised", name: "通报表彰", when: { from_top: 2 } }, { id: "warned", name: "限期整改", when: { from_bottom: 2 } }];
    plan.adjustments = [{ id: "honours", name: "表彰加分", sign: "bonus", levels: [{ id: "city", name: "市级", points: "1" }] }];
    const { id } = await server.plan(plan);
    await server.openPlan(id, []);
    // One figure of the third unit is missing, and the last component of all is still to be entered by hand.
    for (const { component, unit, value } of entries.filter(({ component, unit }) => !(component === "c2" && unit === "u3") && component !== "c8")) {
      await server.send("PUT", `/api/plans/${id}/entries/year/${component}/${unit}`, { value });
    }
    plans[units] = id;
  }
});

const DESK = { width: 1280, height: 800 };
const LOOKS = [DESK, { ...DESK, lang: "en", theme: "dark" }, { ...PHONE, width: 390, height: 844 }, { ...PHONE, width: 390, height: 844, lang: "en", theme: "dark" }, { ...DESK, large: true }];

async function at(path, look = DESK) {
  const page = await openPage(browser, look);
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(`${server.address}/office/plans/${path}`);
  await page.locator("h1#title").waitFor();
  return page;
}

const top = (page, selector) => page.locator(selector).first().evaluate((one) => Math.round(one.getBoundingClientRect().top + window.scrollY));
const named = ({ width, lang = "zh", theme = "light", large }) => `${width}-${lang}-${theme}${large ? "-large" : ""}`;

for (const look of LOOKS) {
  test(`the ranking, the entries and the components at ${named(look)}`, async () => {
    for (const units of [8, 118]) {
      const page = await at(`${plans[units]}/ranking`, look);
      await page.locator(".ranking tbody tr").nth(7).waitFor();
      await page.getByText(/缺 \d|Missing \d/).first().waitFor();
      await assertClean(page, `the ranking of ${units}`);
      await shot(page, `desk-ranking-${units}-${named(look)}`);
      const first = await top(page, ".ranking tbody tr");
      console.log(`${named(look)}, ${units} units: first rank at y = ${first}`);
      if (look.width === 1280 && !look.large) {
        assert.ok(first <= 220, `first rank at ${first}`);
        const height = await page.locator(".ranking tbody tr").nth(1).evaluate((row) => row.getBoundingClientRect().height);
        assert.ok(height <= 38, `a line of ${height} px`);
      }
      await page.goto(`${server.address}/office/plans/${plans[units]}/records/entries/c8/year`);
      await page.locator("#value-0").waitFor();
      await assertClean(page, `the entries of ${units}`);
      await shot(page, `desk-entries-${units}-${named(look)}`);
      const field = await top(page, "#value-0");
      console.log(`${named(look)}, ${units} units: first field at y = ${field}`);
      if (look.width === 1280 && !look.large) assert.ok(field <= 260, `first field at ${field}`);
      await page.context().close();
    }
  });
}

test("the ranking sorts, finds, keeps to what is missing, and gives no outcome to a unit that lacks a figure", async () => {
  const page = await at(`${plans[8]}/ranking`);
  const rows = page.locator(".ranking tbody tr");
  await rows.nth(7).waitFor();
  assert.deepEqual(await rows.locator(".rank").allInnerTexts(), ["1", "2", "3", "4", "5", "6", "7", "8"]);
  // All lack the last component, so nothing follows for anybody yet.
  assert.equal(await page.locator(".outcomes .tag").count(), 0);
  for (let unit = 1; unit <= 8; unit += 1) {
    await server.send("PUT", `/api/plans/${plans[8]}/entries/year/c8/u${unit}`, { value: String(90 - unit) });
  }
  await page.getByRole("button", { name: "刷新" }).or(page.getByRole("button", { name: /立即/ })).first().click();
  await page.getByText("缺 1", { exact: true }).waitFor();
  const outcomes = await rows.evaluateAll((lines) => lines.map((line) => [line.querySelector("th a").firstChild.textContent, line.querySelector(".outcomes").innerText.trim(), line.querySelector(".score .tag") !== null]));
  for (const [unit, outcome, lacks] of outcomes) {
    assert.equal(lacks, unit === "第3单位");
    if (lacks) assert.match(outcome, /^—/);
  }
  assert.ok(outcomes.some(([, outcome]) => outcome === "通报表彰"));
  await page.getByRole("button", { name: "只看有缺" }).click();
  assert.equal(await rows.count(), 1);
  await page.getByRole("button", { name: "只看有缺" }).click();
  await page.getByLabel("查找单位").fill("第5");
  assert.equal(await rows.count(), 1);
  await page.getByLabel("查找单位").fill("");
  await page.getByRole("button", { name: /^第2项/ }).click();
  const figures = (await page.locator(".ranking tbody tr td:nth-of-type(3)").allInnerTexts()).map((one) => parseFloat(one.replace(/\D*/, "")) || 0);
  assert.deepEqual(figures, [...figures].sort((one, other) => other - one));
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  assert.equal((await file).suggestedFilename(), "ranking.csv");
});

test("118 pasted scores with 7 bad ones are all mended in at most 15 actions", async () => {
  const page = await at(`${plans[118]}/records/entries/c8/year`);
  await page.locator("#value-0").waitFor();
  const bad = { 4: "85,5", 17: "105", 33: "八十五", 50: "8.5E+01", 71: "-3", 99: "#N/A", 117: "90分" };
  const column = Array.from({ length: 118 }, (_, line) => bad[line] ?? String(60 + (line % 40)));
  let actions = 0;
  const act = (doing) => (actions += 1, doing);
  await act(page.locator("#value-0").evaluate((cell, text) => {
    cell.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, column.join("\n")));
  await page.getByText("已录 111/118").waitFor();
  await act(page.getByRole("button", { name: "只看有误 7" }).click());
  assert.equal(await page.locator(".entry-lines tbody tr:not([hidden])").count(), 7);
  for (const [line, text] of Object.entries(bad)) {
    assert.equal(await page.locator(`#value-${line}`).inputValue(), text, "a bad cell keeps what was pasted");
    assert.equal(await page.locator(`#value-${line}`).getAttribute("aria-invalid"), "true");
    assert.match(await page.locator(`#state-${line}`).innerText(), /\S/);
  }
  await assertClean(page, "bad cells");
  await shot(page, "desk-entries-bad-1280");
  await act(page.locator("#value-4").selectText());
  for (const line of Object.keys(bad)) {
    await page.waitForFunction((line) => document.activeElement?.id === `value-${line}`, line);
    await act(page.keyboard.insertText("88"));
    await page.keyboard.press("Enter");
  }
  await page.getByText("已录 118/118").waitFor();
  console.log(`118 pasted scores, 7 bad, all mended: ${actions} actions and an Enter behind each`);
  assert.ok(actions <= 15);
  const { entries } = await server.json("GET", `/api/plans/${plans[118]}/records`);
  const values = new Map(entries.filter(({ component }) => component === "c8").map(({ unit, value }) => [unit, value]));
  assert.equal(values.size, 118);
  assert.deepEqual([values.get("u1"), values.get("u5"), values.get("u118")], ["60", "88", "88"]);
});

test("a paste over what stands there is taken back by one step", async () => {
  const page = await at(`${plans[118]}/records/entries/c7/year`);
  await page.locator("#value-1").waitFor();
  const before = await page.locator("#value-1").inputValue();
  await page.locator("#value-0").evaluate((cell) => {
    cell.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "11\t通报\n12\t通报");
    cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.locator("#state-1").getByText("已保存").waitFor();
  assert.deepEqual([await page.locator("#value-1").inputValue(), await page.locator("#evidence-1").inputValue()], ["12", "通报"]);
  await page.keyboard.press("Control+z");
  await page.waitForFunction((before) => document.getElementById("value-1").value === before, before);
  await page.locator("#state-1").getByText("已保存").waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.id), "value-1");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.id), "evidence-1");
});

test("fourteen components stand on one screen, and move by keyboard and by drag", async () => {
  const { plan } = wideAppraisal(8, 12);
  plan.components.splice(5, 2, { id: "branch", name: "社会评议", children: plan.components.slice(5, 7) });
  const { id } = await server.json("POST", "/api/plans?draft=1", plan);
  for (const look of LOOKS) {
    const page = await at(`${id}/setup/components/0`, look);
    await page.locator(".tree tbody tr").nth(12).waitFor({ state: "attached" });
    await shot(page, `desk-components-${named(look)}`);
    // Where nothing lies below the bar that stays.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await assertClean(page, `the components at ${named(look)}`);
    await page.context().close();
  }
  const page = await at(`${id}/setup/components`);
  const rows = page.locator(".tree tbody tr");
  assert.equal(await rows.count(), 13);
  await page.getByRole("button", { name: "添加项目" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/components/11/name");
  await page.keyboard.type("第十四行");
  assert.equal(await rows.count(), 14);
  await page.evaluate(() => window.scrollTo(0, 0));
  const [first, last] = [await rows.first().boundingBox(), await rows.last().boundingBox()];
  const bar = await page.locator(".save-bar").boundingBox();
  console.log(`fourteen components: y = ${first.y} to ${last.y + last.height}, the bar below at ${bar.y}`);
  assert.ok(last.y + last.height <= bar.y, "all lines above the bar");
  assert.ok(first.height <= 41);

  const order = () => rows.evaluateAll((lines) => lines.map((line) => line.querySelector("input").value));
  await page.locator('tr[data-place="/components/6"] summary').click();
  await page.getByRole("button", { name: "移入上面的项目" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/components/5/children/2/name");
  await page.locator('tr[data-place="/components/5/children/2"] summary').click();
  await page.getByRole("button", { name: "移出上级项目" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/components/6/name");
  const before = await order();
  await page.locator('[data-drag="/components/10"]').dragTo(page.locator('tr[data-place="/components/0"] .tree-method'));
  await page.waitForFunction((name) => document.querySelector(".tree tbody input").value === name, before[before.length - 2]);
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForFunction((name) => document.querySelector(".tree tbody input").value === name, before[0]);
});

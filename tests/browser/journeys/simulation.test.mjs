// What the simulation answers beside its sliders, held against the command on the same plan and records.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { PINGYI } from "../lib/server.mjs";

const DESK = { width: 1280, height: 900 };
let server, browser, plan, document, records, folder, native;

house(async (...both) => {
  [server, browser] = both;
  const { plans } = await server.json("GET", "/api/plans");
  plan = plans.find(({ state }) => state === "open").id;
  document = (await server.json("GET", `/api/plans/${plan}`)).plan;
  records = await server.json("GET", `/api/plans/${plan}/records`);
  folder = mkdtempSync(join(tmpdir(), "pingyi-simulate-"));
  writeFileSync(join(folder, "plan.json"), JSON.stringify(document));
  writeFileSync(join(folder, "records.json"), JSON.stringify(records));
  const asked = ["simulate", join(folder, "plan.json"), join(folder, "records.json"), "--samples", "3000", "--seed", "11", "--resamples", "300", "--json"];
  native = JSON.parse(execFileSync(PINGYI, asked, { encoding: "utf8" }));
}, ["--demo"]);
after(() => {
  if (folder) rmSync(folder, { recursive: true });
});

async function open(look = DESK) {
  const page = await openPage(browser, look);
  await page.request.post(`${server.address}/api/session`, { data: { name: "admin", password: server.password } });
  await page.goto(`${server.address}/office/plans/${plan}/simulation`);
  await page.locator(".strip svg").first().waitFor();
  return page;
}

const category = () => native[document.categories[0].id];
const unitName = (id) => document.units.find((unit) => unit.id === id).name;
const leaves = (components) => components.flatMap((one) => (one.children ? leaves(one.children) : [one]));

test("each slider says the interval that the command prints, and who changes places at its ends", async () => {
  const page = await open();
  for (const leaf of leaves(document.components)) {
    const interval = category().intervals.find(({ component }) => component === leaf.id);
    const lever = page.locator(".lever", { has: page.locator(`input[data-node="${leaf.id}"]`) });
    const words = await lever.locator(".standstill > p").textContent();
    assert.ok(words.startsWith(`${interval.low} – ${interval.high} 分`), `${leaf.name}: ${words}`);
    for (const id of [...(interval.low_swap ?? []), ...(interval.high_swap ?? [])]) assert.ok(words.includes(unitName(id)), words);
  }
});

test("the keyboard walks over the swaps, and each is named; a pointer finds them too", async () => {
  const page = await open();
  const strip = page.locator(".strip").first();
  await strip.focus();
  await page.keyboard.press("Home");
  const first = await strip.getAttribute("aria-valuetext");
  assert.match(first, /^[\d.]+ 分处：“.+”与“.+”互换$/);
  await page.keyboard.press("ArrowRight");
  const second = await strip.getAttribute("aria-valuetext");
  const points = [first, second].map((words) => parseFloat(words));
  assert.ok(points[0] <= points[1], `${first}, ${second}`);
  await page.keyboard.press("End");
  assert.equal(await strip.getAttribute("aria-valuenow"), await strip.getAttribute("aria-valuemax"));
  await page.locator("#title").click();
  await strip.hover({ position: { x: 5, y: 10 } });
  assert.equal(await page.locator(".standstill > p").first().textContent(), first, "the leftmost");
  // The same as a table.
  await page.locator(".around summary").first().click();
  await page.locator(".around tbody tr").first().waitFor();
  const row = await page.locator(".around tbody tr").first().locator("th, td").allTextContents();
  assert.equal(row.length, 3);
});

test("what it takes to pass stands in a sentence, and its button does it", async () => {
  const page = await open();
  const known = category().overtake.find(({ grid }) => grid);
  const choose = async (place, id) => page.locator("#overtaking select").nth(place).selectOption({ label: unitName(id) });
  await choose(0, known.behind);
  await choose(1, known.ahead);
  const answer = page.locator("#overtaking .answer");
  await page.waitForFunction(([name, distance]) => {
    const words = document.querySelector("#overtaking .answer").textContent;
    return words.includes(name) && words.includes(`至少共变动 ${distance} 分`);
  }, [unitName(known.behind), known.l1]);
  for (const [id, points] of Object.entries(known.points)) {
    const leaf = leaves(document.components).find((one) => one.id === id);
    if (Number(points) !== Number(leaf.points)) assert.ok((await answer.textContent()).includes(`“${leaf.name}”${leaf.points} → ${points}`));
  }
  await page.locator("#overtaking .apply").click();
  await page.waitForFunction((name) => document.querySelector("#overtaking .answer").textContent.includes("已经在"), unitName(known.behind));
  const order = await page.locator(".shifts tbody tr th").allTextContents();
  assert.ok(order.indexOf(unitName(known.behind)) < order.indexOf(unitName(known.ahead)));
  // The slope chart shows it.
  assert.ok((await page.locator("#slopes path.up").count()) > 0);
  // Whoever is behind everywhere cannot pass.
  const never = category().overtake.find(({ l1 }) => l1 === null);
  if (never) {
    await page.getByRole("button", { name: "恢复原方案" }).click();
    await choose(0, never.behind);
    await choose(1, never.ahead);
    await page.waitForFunction(() => document.querySelector("#overtaking .answer").textContent.includes("不可能"));
  }
});

for (const part of ["data-simulator-simd", "data-simulator"]) {
  test(`the same seed gives the same digits in the browser as natively (${part})`, async () => {
    const page = await open();
    const report = await page.evaluate(
      ([part, plan, records]) =>
        new Promise((done, failed) => {
          const worker = new Worker(document.documentElement.getAttribute(part));
          worker.onerror = (event) => failed(new Error(event.message));
          worker.onmessage = ({ data }) => {
            if (data === null) {
              const request = {
                number: 1, records,
                case: { plan, mode: "provisional", adjustments: true, locked: [] },
                question: { Report: { samples: 3000, seed: 11, resamples: 300 } },
              };
              worker.postMessage(JSON.stringify(request));
            } else {
              const { answer } = JSON.parse(data[0]);
              if (answer.kind === "report") done(answer.report);
            }
          };
        }),
      [part, JSON.stringify(document), JSON.stringify(records)],
    );
    assert.deepEqual(JSON.parse(report), native);
  });
}

test("chances of ranks are drawn as a map and told as a table; voters and reach are answered", async () => {
  const page = await open();
  await page.locator("#chances .start").first().click();
  await page.locator("#chances svg").first().waitFor();
  assert.match(await page.locator("#chances").textContent(), /抽取 10000 次，种子 1，标准误不超过 0.5%/);
  await page.locator("#chances summary").first().click();
  const lines = await page.locator("#chances tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").textContent, row.querySelectorAll("td")[1].textContent]));
  const ids = Object.fromEntries(document.units.map(({ id, name }) => [name, id]));
  const expected = native[document.categories[0].id].expected_rank;
  for (const [name, figure] of lines.filter(([name]) => expected[ids[name]])) {
    assert.equal(figure, Number(expected[ids[name]]).toFixed(2), name);
  }
  await page.locator("#voters .start").click();
  await page.locator("#voters table").first().waitFor();
  assert.match(await page.locator("#voters").textContent(), /假定各投票人相互独立/);
  await page.locator("#reach select").first().selectOption({ index: 1 });
  await page.locator("#reach .start").click();
  await page.waitForFunction(() => /±5 分内变动时/.test(document.querySelector("#reach").textContent));
  await assertClean(page, "the answers");
  await shot(page, "simulation-answers-1280", { fullPage: true });
});

for (const look of [
  { name: "390-zh-large", ...PHONE, large: true, theme: "light" },
  { name: "390-en-dark", ...PHONE, lang: "en", theme: "dark" },
  { name: "1280-en-dark", ...DESK, lang: "en", theme: "dark" },
]) {
  test(`the answers at ${look.name}`, async () => {
    const page = await open(look);
    await page.locator("#chances .start").first().click();
    await page.locator("#chances svg").first().waitFor();
    await page.locator("#voters .start").click();
    await page.locator("#voters table").first().waitFor();
    await page.locator("input.exact").first().fill("70");
    await page.locator("input.exact").first().blur();
    await page.locator("#chances .note.warn").waitFor();
    await assertClean(page, look.name);
    await shot(page, `simulation-answers-${look.name}`, { fullPage: true });
  });
}

test("saved scenarios stand side by side and are taken away as a sheet", async () => {
  const page = await open();
  await page.locator("input.exact").first().fill("75");
  await page.locator("input.exact").first().blur();
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[0].value === "75");
  const ranks = Object.fromEntries(await page.locator(".shifts tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").textContent, row.querySelector(".rank").textContent])));
  await page.locator("#scenario-name").fill("七十五分");
  await page.getByRole("button", { name: "保存模拟" }).click();
  await page.getByRole("button", { name: "载入" }).waitFor();
  await page.getByRole("button", { name: "恢复原方案" }).click();
  await page.getByRole("button", { name: "并排比较" }).click();
  await page.locator("#compared table").first().waitFor();
  const told = Object.fromEntries(await page.locator("#compared tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th").textContent, row.querySelectorAll("td")[2].textContent.split(" ")[0]])));
  assert.deepEqual(told, ranks);
  const saved = page.waitForEvent("download");
  await page.locator("#compared button").click();
  assert.equal((await saved).suggestedFilename(), "scenarios.csv");
  const drawn = page.waitForEvent("download");
  await page.locator("#slopes").getByRole("button", { name: "导出 SVG" }).first().click();
  assert.equal((await drawn).suggestedFilename(), "slope.svg");
});

test("a sheet of paper is headed by its plan, says what was moved, and cuts no column off", async () => {
  const page = await open();
  const [component] = leaves(document.components);
  await page.locator("input.exact").first().fill("75");
  await page.locator("input.exact").first().blur();
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[0].value === "75");
  const scale = document.scales[0];
  await page.locator("details.panel summary", { hasText: "选项分值" }).click();
  await page.getByLabel(`选项“${scale.options[0].name}”的分值`).first().fill("88.5");
  await page.getByLabel(`选项“${scale.options[0].name}”的分值`).first().blur();
  await page.locator(".lever ~ p input[type=checkbox]").uncheck();
  assert.ok(!(await page.locator(".print-only").isVisible()), "the screen has its sliders for it");
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1000 });
  const said = await page.locator(".print-only").innerText();
  assert.ok(said.includes(`“${component.name}”${component.points} → 75`), said);
  assert.ok(said.includes(`选项“${scale.options[0].name}”的分值 ${scale.options[0].value} → 88.5`), said);
  assert.ok(said.includes("不计加减分"), said);
  assert.ok(await page.locator(".plan-title").isVisible());
  assert.ok(!(await page.locator(".lever").first().isVisible()));
  const cut = await page.evaluate(() => [...document.querySelectorAll(".scroll, .shifts, .shifts :is(th, td)")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent.slice(0, 40)));
  assert.deepEqual(cut, []);
});

/// Two units, two leaves of 60 and 40 points. In the first half a has .9 and .75 (84), b .8 and .85 (82); in the second a has
/// .6 and .75, b as before, so over the year a has .75 and .75 (75) and b is ahead whatever the points.
function halves() {
  const leaf = (id, name, points) => ({ id, name, points, method: { kind: "entered", office: "考评办", out_of: "100" } });
  return {
    format: 1, title: "两个半年", year: 2024, total: "100", categories: [{ id: "all", name: "单位" }],
    units: [{ id: "a", name: "甲单位", category: "all" }, { id: "b", name: "乙单位", category: "all" }],
    groups: [], scales: [], periods: [{ id: "h1", name: "上半年" }, { id: "h2", name: "下半年" }], combine: "mean",
    components: [leaf("first", "第一项", "60"), leaf("second", "第二项", "40")],
    adjustments: [], ranking: { decimals: 2, tie_break: [] }, outcomes: [],
  };
}

test("one period is simulated alone, and what was moved stays from period to period", async () => {
  const { id } = await server.plan(halves());
  await server.openPlan(id, []);
  const figures = { h1: { a: ["90", "75"], b: ["80", "85"] }, h2: { a: ["60", "75"], b: ["80", "85"] } };
  for (const [period, units] of Object.entries(figures)) {
    for (const [unit, [first, second]] of Object.entries(units)) {
      for (const [component, value] of [["first", first], ["second", second]]) {
        await server.send("PUT", `/api/plans/${id}/entries/${period}/${component}/${unit}`, { value });
      }
    }
  }
  const page = await openPage(browser, DESK);
  await page.request.post(`${server.address}/api/session`, { data: { name: "admin", password: server.password } });
  await page.goto(`${server.address}/office/plans/${id}/simulation`);
  const shown = async () =>
    Object.fromEntries(await page.locator(".shifts tbody tr").evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("th").textContent.slice(0, 3), [row.querySelector(".rank").textContent, row.querySelector(".total").textContent]])));
  const says = (said) => page.locator(".lever", { has: page.locator('input[data-node="first"]') }).locator(".standstill > p", { hasText: said }).waitFor();
  await says("0 – 100 分");
  assert.deepEqual(await shown(), { 甲单位: ["2", "75.00"], 乙单位: ["1", "82.00"] });
  await page.getByRole("button", { name: "上半年", exact: true }).click();
  await says("50 – 100 分");
  assert.deepEqual(await shown(), { 甲单位: ["1", "84.00"], 乙单位: ["2", "82.00"] });
  // 40 points for the first: a 36 + 45, b 32 + 51.
  await page.locator("input.exact").first().fill("40");
  await page.locator("input.exact").first().blur();
  await says("0 – 50 分");
  assert.deepEqual(await shown(), { 甲单位: ["2", "81.00"], 乙单位: ["1", "83.00"] });
  // Over the year a 30 + 45, b 32 + 51, under the points as they were moved.
  await page.getByRole("button", { name: "全部周期", exact: true }).click();
  await says("0 – 100 分");
  assert.equal(await page.locator("input.exact").first().inputValue(), "40");
  assert.deepEqual(await shown(), { 甲单位: ["2", "75.00"], 乙单位: ["1", "83.00"] });
  await assertClean(page, "one period alone");
});

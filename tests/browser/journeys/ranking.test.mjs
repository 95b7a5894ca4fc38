// The live ranking, why a score is what it is, and the simulation, on the demo's plan with its votes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
}, ["--demo"]);

const DESK = { width: 1280, height: 900 };
const LOOKS = [
  { name: "1280-zh-light", ...DESK, theme: "light" },
  { name: "1280-en-dark", ...DESK, lang: "en", theme: "dark" },
  { name: "390-zh-light", ...PHONE, theme: "light" },
  { name: "390-zh-light-large", ...PHONE, theme: "light", large: true },
  { name: "320-en-dark", ...PHONE, width: 320, lang: "en", theme: "dark" },
];

// The README's pictures are replaced only when asked for: PICTURES=1 npm test.
async function picture(page, name) {
  if (!process.env.PICTURES) return;
  await page.screenshot({ path: fileURLToPath(new URL(`../../../docs/screens/${name}.png`, import.meta.url)) });
}

/// Signs in and finds the demo's open plan.
async function demo(page) {
  const signedIn = await page.request.post(`${server.address}/api/session`, { data: { name: "admin", password: server.password } });
  assert.equal(signedIn.status(), 204);
  const { plans } = await (await page.request.get(`${server.address}/api/plans`)).json();
  return plans.find((plan) => plan.state === "open").id;
}

/// Units and figures of the simulation's table, as it stands.
const rows = (page) =>
  page.locator(".shifts tbody tr").evaluateAll((lines) =>
    lines.map((line) => {
      const [old, rank, change] = [...line.querySelectorAll("td")].map((cell) => cell.textContent.trim());
      return { unit: line.querySelector("th").textContent.trim(), old, rank, change, total: line.querySelector(".total").textContent.trim() };
    }),
  );

for (const look of LOOKS) {
  test(`ranking, explanation and simulation at ${look.name}`, async () => {
    const page = await openPage(browser, look);
    const plan = await demo(page);
    await page.goto(`${server.address}/office/plans/${plan}/ranking`);
    await page.locator(".ranking tbody tr").first().waitFor();
    await page.locator("progress").first().waitFor({ state: "attached" });
    await assertClean(page, "the ranking");
    if (look.name === "1280-zh-light") await picture(page, "ranking");
    await shot(page, `ranking-${look.name}`, { fullPage: true });
    await page.locator(".ranking a").first().click();
    await page.locator(".steps").first().waitFor();
    await assertClean(page, "why this score");
    // Each step is one that a calculator can follow.
    const weighings = await page.getByText(look.lang === "en" ? /^By weight/ : /^按权重合计/).allInnerTexts();
    assert.ok(weighings.length > 0, "two groups with weights of their own are put together in sight");
    for (const step of weighings) {
      const [, terms, sum, result] = step.match(/\((.*)\) ÷ (\S+) = (\S+)/);
      const weighed = terms.split(" + ").map((term) => term.split(" × ").map(parseFloat)).reduce((all, [mean, weight]) => all + mean * weight, 0);
      assert.ok(Math.abs(weighed / parseFloat(sum) - parseFloat(result)) < 1e-5, step);
    }
    await shot(page, `why-${look.name}`, { fullPage: true });
    await page.goto(`${server.address}/office/plans/${plan}/simulation`);
    await page.locator(".shifts tbody tr").first().waitFor();
    await assertClean(page, "the simulation");
    await shot(page, `simulation-${look.name}`, { fullPage: true });
  });
}

test("a typed weight gives what the server computes, to the digit", async () => {
  const page = await openPage(browser, DESK);
  const plan = await demo(page);
  await page.goto(`${server.address}/office/plans/${plan}/simulation`);
  const first = page.locator("input.exact").first();
  await first.fill("75");
  await first.blur();
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[1].value === "12.5");
  const scenario = { points: { public: "75" }, rebalance: "proportional" };
  const answer = await page.request.post(`${server.address}/api/plans/${plan}/simulate`, { data: scenario });
  assert.equal(answer.status(), 200);
  const { units } = await answer.json();
  const names = (await (await page.request.get(`${server.address}/api/plans/${plan}`)).json()).plan.units;
  const told = Object.fromEntries((await rows(page)).map((row) => [row.unit, [row.rank, row.total]]));
  const expected = Object.fromEntries(units.map((unit, i) => [names[i].name, [String(unit.rank), unit.published]]));
  assert.deepEqual(told, expected);
  await picture(page, "simulation");
});

test("rows hold still while a slider moves and settle when it is let go", async () => {
  const page = await openPage(browser, DESK);
  const plan = await demo(page);
  await page.goto(`${server.address}/office/plans/${plan}/simulation`);
  await page.locator(".shifts tbody tr").first().waitFor();
  const before = await rows(page);
  const slider = page.locator("input[type=range]").first();
  await slider.evaluate((range) => {
    range.value = "0";
    range.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.waitForFunction((old) => document.querySelector(".shifts .total").textContent.trim() !== old, before[0].total);
  const during = await rows(page);
  assert.deepEqual(during.map((row) => row.unit), before.map((row) => row.unit), "the order while dragging");
  await slider.evaluate((range) => range.dispatchEvent(new Event("change", { bubbles: true })));
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[0].value === "0");
  const after = await rows(page);
  assert.deepEqual(after.map((row) => Number(row.rank)), after.map((_, i) => i + 1), "the order after it");
  for (const row of after) {
    const shift = Number(row.old) - Number(row.rank);
    assert.equal(row.change, shift === 0 ? "—" : shift > 0 ? `▲${shift}` : `▼${-shift}`, row.unit);
  }
});

test("a locked weight stays, and one that leaves nothing to share is refused in words", async () => {
  const page = await openPage(browser, DESK);
  const plan = await demo(page);
  await page.goto(`${server.address}/office/plans/${plan}/simulation`);
  const exact = page.locator("input.exact");
  await exact.first().waitFor();
  const locks = page.locator(".lever input[type=checkbox]");
  await locks.nth(2).check();
  await exact.first().fill("50");
  await exact.first().blur();
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[1].value === "20");
  assert.equal(await exact.nth(2).inputValue(), "30");
  await exact.first().fill("90");
  await exact.first().blur();
  await page.locator(".refusal .note").waitFor();
  assert.equal(await exact.nth(1).inputValue(), "20", "what was settled stays");
});

test("a scenario is saved, found again and loaded", async () => {
  const page = await openPage(browser, DESK);
  const plan = await demo(page);
  await page.goto(`${server.address}/office/plans/${plan}/simulation`);
  const exact = page.locator("input.exact");
  await exact.first().fill("50");
  await exact.first().blur();
  await page.locator("#scenario-name").fill("公开评议五十分");
  await page.getByRole("button", { name: "保存模拟" }).click();
  await page.getByRole("button", { name: "载入" }).waitFor();
  await page.reload();
  await exact.first().waitFor();
  assert.equal(await exact.first().inputValue(), "40");
  await page.getByRole("button", { name: "载入" }).click();
  await page.waitForFunction(() => document.querySelectorAll("input.exact")[0].value === "50");
});

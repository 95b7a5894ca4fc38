// A tablet that a hall shares: one voter after another, and whoever walks away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(briefPlan(), { leaders: 30, monitors: 10 });
  await server.openPlan(plan.id, ["leaders", "monitors"]);
});

const TABLET = { width: 820, height: 1180, hasTouch: true };
const WARNING = /已有两分钟没有操作/;
const codeField = (page) => page.getByLabel("卡片上的投票码");
const choose = (page, line, option) => page.locator(`#line-${line} label`, { hasText: new RegExp(`^\\d?${option}$`) }).click();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const kept = (page, kind) => page.evaluate((kind) => Object.keys(kind === "tab" ? sessionStorage : localStorage).filter((name) => /^pingyi-(draft|code|done)/.test(name)), kind);

async function enter(page, code, begin = "开始填写") {
  await codeField(page).fill(code);
  await page.keyboard.press("Enter");
  await button(page, begin).click();
  await page.locator(".bar-status").waitFor();
}

/// A page whose time the test moves.
async function tablet() {
  const page = await openPage(browser, TABLET);
  await page.clock.install();
  await page.goto(`${server.address}/ballot/${plan.id}?kiosk`);
  await codeField(page).waitFor();
  return page;
}

test("after a ballot comes the next person, and nothing of the last one stays", { timeout: 120_000 }, async () => {
  const page = await tablet();
  for (const turn of [1, 2]) {
    const before = await server.cast(plan.id);
    await enter(page, plan.codes.leaders.pop());
    for (const [line, option] of ["满意", "基本满意", "不满意", "满意"].entries()) await choose(page, line, option);
    await button(page, "提交").click();
    const receipt = await page.locator(".receipt").innerText();
    assert.equal(await server.cast(plan.id), before + 1, `turn ${turn}`);
    await page.getByText("回执不会留在上面").waitFor();
    await assertClean(page, "the receipt on a shared tablet");
    await shot(page, "kiosk-receipt");
    assert.deepEqual([await kept(page, "tab"), await kept(page, "longer")], [[], []]);
    await button(page, "下一位").click();
    await codeField(page).waitFor();
    assert.equal(await codeField(page).inputValue(), "");
    assert.ok(!(await page.locator("body").innerText()).includes(receipt));
  }
  // The address of the tablet may be anything from now on: its tab knows what it is.
  await page.reload();
  await enter(page, plan.codes.leaders.pop());
  await choose(page, 0, "满意");
  await page.clock.fastForward(125_000);
  await page.getByText(WARNING).waitFor();
});

test("whoever walks away is warned of it, and finds the draft again for ten minutes", { timeout: 120_000 }, async () => {
  const page = await tablet();
  const code = plan.codes.leaders.pop();
  await enter(page, code);
  await choose(page, 0, "满意");
  // A touch takes the warning back, and the time begins anew.
  await page.clock.fastForward(125_000);
  await page.getByText(WARNING).waitFor();
  await assertClean(page, "the warning");
  await shot(page, "kiosk-warning");
  await choose(page, 1, "基本满意");
  await page.getByText(WARNING).waitFor({ state: "detached" });
  await page.clock.fastForward(110_000);
  assert.equal(await page.getByText(WARNING).count(), 0);
  await page.clock.fastForward(15_000);
  await page.getByText(WARNING).waitFor();
  await page.clock.fastForward(65_000);
  await codeField(page).waitFor();
  assert.equal(await codeField(page).inputValue(), "");
  assert.deepEqual(await kept(page, "tab"), []);
  // Nobody there: no warning, however long.
  await page.clock.fastForward(200_000);
  assert.equal(await page.getByText(WARNING).count(), 0);
  // A code that somebody began to type goes as well.
  await codeField(page).fill("7K3M-Q2");
  await page.clock.fastForward(125_000);
  await page.getByText(WARNING).waitFor();
  await page.clock.fastForward(65_000);
  await page.getByText(WARNING).waitFor({ state: "detached" });
  assert.equal(await codeField(page).inputValue(), "");
  await enter(page, code, "接着填（已填 2/4）");
  assert.match(await page.locator(".bar-status > span:nth-child(2)").innerText(), /已填 2\/4/);
  // Walked away for good: after eleven minutes the next voter's code finds no draft of anybody.
  await page.clock.fastForward(125_000);
  await page.clock.fastForward(65_000);
  await codeField(page).waitFor();
  await page.clock.fastForward(11 * 60_000);
  await enter(page, plan.codes.leaders.pop());
  assert.equal((await kept(page, "longer")).length, 0, "the next voter has chosen nothing yet");
  assert.match(await page.locator(".bar-status > span:nth-child(2)").innerText(), /已填 0\/4/);
});

test("a phone that is nobody else's keeps its receipt and waits", { timeout: 120_000 }, async () => {
  const page = await openPage(browser, TABLET);
  await page.clock.install();
  await page.goto(`${server.address}/ballot/${plan.id}`);
  await enter(page, plan.codes.monitors.pop());
  await page.clock.fastForward(600_000);
  assert.equal(await page.getByText(WARNING).count(), 0);
  assert.match(await page.locator(".bar-status").innerText(), /已填 0/);
});

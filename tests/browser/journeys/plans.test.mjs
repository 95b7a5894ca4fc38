// The list of plans as a desk: from nothing to a first plan, seen there, copied, the copy deleted, the plan in the archive
// and found again; and how it looks with none, one and fifty.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

const DESK = { width: 1280, height: 800 };
const LOOKS = [DESK, { ...DESK, lang: "en", theme: "dark" }, { ...PHONE, width: 390, height: 844 }, { ...PHONE, width: 390, height: 844, lang: "en" }, { ...DESK, large: true }];
const named = ({ width, lang = "zh", theme = "light", large }) => `${width}-${lang}-${theme}${large ? "-large" : ""}`;
const button = (page, name) => page.getByRole("button", { name, exact: true });
const lines = (page) => page.locator(".desk tbody tr");
const line = (page, title) => lines(page).filter({ hasText: title });

async function at(look = DESK, path = "/office") {
  const page = await openPage(browser, look);
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(server.address + path);
  await page.locator("h1#title").waitFor();
  await page.getByText(/正在载入|Loading/).waitFor({ state: "detached" });
  return page;
}

/// Chooses in the menu of a line.
async function choose(page, title, act) {
  await line(page, title).locator("summary").click();
  await line(page, title).getByRole("button", { name: act, exact: true }).click();
}

async function looks(state) {
  for (const look of LOOKS) {
    const page = await at(look);
    await assertClean(page, `the list with ${state} at ${named(look)}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `with ${state} at ${named(look)} the page is ${wide} px too wide`);
    await shot(page, `plans-${state}-${named(look)}`);
    await page.context().close();
  }
}

test("the first plan is made, seen on the desk, copied, its copy deleted, put into the archive and found again", async () => {
  await looks("none");
  const page = await at();
  await page.getByText("还没有方案").waitFor();
  await page.getByRole("link", { name: "新建方案" }).click();
  await page.locator("input[value=yuanba]").check();
  await button(page, "建立方案").click();
  await page.getByRole("heading", { level: 1, name: "方案设置" }).waitFor();
  const id = page.url().match(/plans\/([^/#?]+)/)[1];
  const { plan } = await server.json("GET", `/api/plans/${id}`);

  await page.getByRole("link", { name: "评议方案" }).click();
  const title = plan.title;
  await line(page, title).waitFor();
  const first = await line(page, title).innerText();
  assert.match(first, new RegExp(`${plan.year} · ${plan.units.length} 个单位`));
  // Its groups are without codes; nothing else is wrong with a template.
  const groups = plan.groups.filter(({ ballot }) => ballot !== "open").length;
  await line(page, title).getByRole("link", { name: `${groups} 个人群还没有投票码` }).waitFor();
  assert.match(first, /今天 \d\d:\d\d/);
  assert.match(first, /admin · 建立方案/);
  assert.equal(await line(page, title).locator(".steps [aria-current=step]").innerText(), "拟定中");
  await looks("one");

  await choose(page, title, "复制为下一年");
  await page.getByRole("heading", { level: 1, name: "方案设置" }).waitFor();
  const copy = (await server.json("GET", "/api/desk")).plans.find((one) => one.id !== id);
  assert.equal(copy.year, plan.year + 1);
  await page.getByRole("link", { name: "评议方案" }).click();
  await lines(page).nth(1).waitFor();

  // By keyboard alone, and first thought better of.
  const menu = line(page, copy.title).locator("summary");
  const open = async () => {
    await menu.focus();
    await page.keyboard.press("Enter");
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "deleting");
  };
  await open();
  await assertClean(page, "the question before a draft goes");
  await shot(page, "plans-deleting-1280");
  await button(page, "保留").click();
  assert.equal(await lines(page).count(), 2);
  assert.equal(await page.locator("details[open]").count(), 0);
  await open();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(`已删除草稿“${copy.title}”。`).waitFor();
  assert.equal(await lines(page).count(), 1);
  assert.deepEqual((await server.json("GET", "/api/desk")).plans.map((one) => one.id), [id]);

  await choose(page, title, "归档");
  await page.getByText(`已归档“${title}”`).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "done");
  await page.getByText("日常列表里没有方案").waitFor();
  await page.reload();
  await page.getByText("日常列表里没有方案").waitFor();
  await button(page, "归档 1").click();
  await line(page, title).waitFor();
  assert.match(await line(page, title).innerText(), /admin · 归档方案/);
  await choose(page, title, "移出归档");
  await page.getByText("已回到日常列表").waitFor();
  await button(page, "日常 1").click();
  await line(page, title).waitFor();
});

test("a draft with codes says why it is not deleted", async () => {
  const plan = { ...briefPlan(), title: "有投票码的草稿" };
  await server.plan(plan, { leaders: 5 });
  const page = await at();
  await choose(page, plan.title, "删除草稿");
  await page.locator("#deleting").getByRole("button", { name: "删除草稿" }).click();
  await page.getByText("里面有：投票码").waitFor();
  await line(page, plan.title).waitFor();
});

test("fifty plans are one line each, found by title and year, and come quickly", async () => {
  const states = ["拟定中", "评议中", "已结束"];
  for (let number = 1; number <= 48; number += 1) {
    const plan = { ...briefPlan(), title: `第${number}号方案：市直单位和派出机构年度作风建设民主评议`, year: 1980 + number };
    const { id } = await server.plan(plan, number % 3 === 0 ? {} : { leaders: 5, delegates: 5, stations: 5, monitors: 5 });
    if (number % 3 > 0) await server.openPlan(id, ["leaders", "monitors", "delegates", "stations"]);
    if (number % 3 === 2) await server.send("POST", `/api/plans/${id}/close`, {});
  }
  const began = Date.now();
  const { plans } = await server.json("GET", "/api/desk");
  const first = Date.now() - began;
  await server.json("GET", "/api/desk");
  console.log(`a desk of ${plans.length} plans: ${first} ms, again ${Date.now() - began - first} ms`);
  assert.equal(plans.length, 50);
  await looks("fifty");
  const page = await at();
  await lines(page).nth(49).waitFor();
  const heights = await lines(page).evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  assert.ok(Math.max(...heights) <= 66, `a line of ${Math.max(...heights)} px`);
  const shown = new Set(await page.locator(".steps [aria-current=step]").allInnerTexts());
  assert.deepEqual([...shown].sort(), [...states].sort());
  await page.getByLabel("查找方案").fill("第7号");
  assert.equal(await lines(page).count(), 1);
  await page.getByLabel("查找方案").fill("2028");
  assert.match(await lines(page).first().innerText(), /第48号/);
  await page.getByLabel("查找方案").fill("没有这个");
  await page.getByText("没有名称或年份里有“没有这个”的方案。").waitFor();
});

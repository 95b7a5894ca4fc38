// Ballots that name their voters: five of them, read by an inspector on a button, on record each time; nobody else has the
// page or the ballots.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "node:crypto";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { drawCode, hashOf } from "../lib/server.mjs";
import { briefPlan } from "../lib/plans.mjs";

const INSPECTOR = { name: "jiancha", password: "an-inspector-reads-names", roles: ["inspector"] };
const PLANNER = { name: "fangan", password: "a-planner-reads-none", roles: ["planner"] };
/// Each voter, and how the four units were marked.
const VOTERS = [
  ["v1", "张三", ["good", "good", "poor", "fair"]],
  ["v2", "李四", ["fair", "fair", "fair", "fair"]],
  ["v3", "王五", ["good", "poor", "good", "poor"]],
  ["v4", "赵六", ["poor", "poor", "poor", "poor"]],
  ["v5", "张小三", ["good", "good", "good", "good"]],
];
const WORDS = { good: "满意", fair: "基本满意", poor: "不满意" };
let server, browser, plan, codes;

/// One group, which votes by name, and its five voters with their codes.
house(async (...both) => {
  [server, browser] = both;
  const document = briefPlan();
  document.groups = document.groups.filter(({ id }) => id === "delegates");
  document.components[0].method.groups = [{ group: "delegates", weight: "100" }];
  plan = (await server.plan(document)).id;
  const voters = VOTERS.map(([id, name]) => ({ id, name, group: "delegates" }));
  await server.send("POST", `/api/plans/${plan}/voters`, { voters });
  codes = VOTERS.map(drawCode);
  const hashes = codes.map((code) => hashOf(plan, code));
  await server.send("POST", `/api/plans/${plan}/codes`, {
    period: "year", group: "delegates", hashes, units: null, unit: null, voters: VOTERS.map(([id]) => id),
  });
  await server.openPlan(plan, ["delegates"]);
  for (const account of [INSPECTOR, PLANNER]) await server.send("POST", "/api/staff", account);
});

const readings = async () => (await server.json("GET", `/api/plans/${plan}/audit?limit=200`)).events.filter(({ action }) => action === "named_ballots_read");

test("an inspector reads five named ballots, and each reading is on record", async () => {
  const page = await openPage(browser, PHONE);
  await server.signInOn(page, `/office/plans/${plan}/named`, INSPECTOR.name, INSPECTOR.password);
  await page.getByRole("heading", { name: "实名票", level: 1 }).waitFor();
  const read = page.getByRole("button", { name: "查阅（记入留痕）" });
  await page.getByText("投票结束以后才能查阅，现在还不能。").waitFor();
  assert.equal(await read.count(), 0);
  await assertClean(page, "named ballots before closing");

  for (const [place, [, , options]] of VOTERS.entries()) {
    const marks = options.map((option, unit) => ({ component: "work", unit: `u${unit + 1}`, criterion: null, option }));
    await server.send("POST", "/api/ballots", { plan, code: codes[place], ballot_id: randomBytes(16).toString("hex"), marks, comments: [] });
  }
  await server.send("POST", `/api/plans/${plan}/close`, {});
  await page.reload();
  await page.getByText("实名投票的人群：党代表、人大代表").waitFor();
  await page.getByText("每查阅一次都会记入本方案的留痕").waitFor();
  await assertClean(page, "named ballots before they are read");
  // Coming to the page reads nothing.
  assert.deepEqual(await readings(), []);

  await read.click();
  await page.getByText("共 5 张，列出 5 张").waitFor();
  assert.deepEqual((await readings()).map(({ by }) => by), [INSPECTOR.name]);
  const voter = (name) => page.locator("details.panel", { has: page.getByText(name, { exact: true }) });
  await voter("李四").locator("summary").click();
  await voter("李四").locator("tbody tr").first().waitFor();

  // Found by a part of the name; each mark by unit in words.
  await page.getByLabel("按姓名查找").fill("三");
  await page.getByText("共 5 张，列出 2 张").waitFor();
  await page.getByLabel("按姓名查找").fill("张三");
  await page.getByText("共 5 张，列出 1 张").waitFor();
  await voter("张三").locator("summary").click();
  await voter("张三").locator("tbody tr").first().waitFor();
  const rows = await voter("张三").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [row.querySelector("th").innerText, row.querySelector("li").innerText]));
  const units = briefPlan().units.map(({ name }) => name);
  assert.deepEqual(rows, VOTERS[0][2].map((option, place) => [units[place], `公开评议：${WORDS[option]}`]));
  await assertClean(page, "a named ballot on a phone");
  await shot(page, "named-ballots-390", { fullPage: true });
  await page.getByLabel("按姓名查找").fill("孙八");
  await page.getByText("没有这个姓名。").waitFor();

  // Read again, it is on record again.
  await page.getByLabel("按姓名查找").fill("");
  await Promise.all([page.waitForResponse(/named-ballots/), read.click()]);
  assert.equal((await readings()).length, 2);
});

test("a planner has neither the tab nor the ballots", async () => {
  const page = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(page, `/office/plans/${plan}/progress`, PLANNER.name, PLANNER.password);
  await page.locator(".tabs").waitFor();
  assert.equal(await page.locator(".tabs").getByRole("link", { name: "实名票" }).count(), 0);
  await page.goto(`${server.address}/office/plans/${plan}/named`);
  await page.getByText("只有监察人员能查阅实名票。").waitFor();
  assert.equal(await page.getByRole("button", { name: "查阅（记入留痕）" }).count(), 0);
  const status = await page.evaluate(async (path) => (await fetch(path)).status, `/api/plans/${plan}/named-ballots`);
  assert.equal(status, 403);
  const before = (await readings()).length;
  await page.reload();
  await page.getByText("只有监察人员能查阅实名票。").waitFor();
  assert.equal((await readings()).length, before);
});

test("where no group votes by name, the page says so", async () => {
  const document = briefPlan();
  document.groups = document.groups.filter(({ id }) => id === "leaders");
  document.components[0].method.groups = [{ group: "leaders", weight: "100" }];
  const { id } = await server.plan(document);
  const page = await openPage(browser, { ...PHONE, lang: "en", theme: "dark" });
  await page.goto(`${server.address}/office/plans/${id}/named`);
  await page.locator("#name").fill(INSPECTOR.name);
  await page.locator("#secret").fill(INSPECTOR.password);
  await page.locator("#secret").press("Enter");
  await page.getByText("No group of this plan votes by name").waitFor();
  await assertClean(page, "no named ballots in English");
});

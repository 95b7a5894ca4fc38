// What is found all year and put right afterwards: a finding that waits is made to count, an item is worded anew, and what is
// typed elsewhere on the page stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  const document = briefPlan();
  document.components[0].points = "80";
  const levels = [{ id: "village", name: "社级", amount: "1" }, { id: "county", name: "县级", amount: "2" }];
  document.components.push({ id: "inspection", name: "明察暗访", points: "20", method: { kind: "incidents", levels } });
  plan = (await server.plan(document)).id;
});

const press = (place, name) => place.getByRole("button", { name, exact: true }).click();

test("a finding of the draft is made to count once the plan is open; one that is begun is not left unasked", { timeout: 120_000 }, async () => {
  const counts = { component: "inspection", level: "county", serious: false };
  const found = { date: "2018-03-05", unit: "u3", text: "窗口无人值守", source: "明察暗访" };
  await server.json("POST", `/api/plans/${plan}/findings`, { ...found, counts });
  await server.json("POST", `/api/plans/${plan}/findings`, { ...found, unit: "u4", text: "服务指南过期" });
  const page = await openPage(browser, PHONE);
  await server.signInOn(page, `/office/plans/${plan}/findings`);
  const waiting = page.locator("article", { hasText: "窗口无人值守" });
  await waiting.getByText("待计入扣分").waitFor();
  assert.equal(await waiting.locator("summary", { hasText: "计入扣分" }).count(), 0, "a draft has no records");
  await server.openPlan(plan, []);
  await page.reload();
  // What it costs was noted with it; the other one's is chosen now.
  await waiting.locator("summary", { hasText: "计入扣分" }).click();
  await assertClean(page, "a finding that waits");
  await press(waiting, "计入扣分");
  await waiting.getByText("已计入扣分").waitFor();
  const other = page.locator("article", { hasText: "服务指南过期" });
  await other.locator("summary", { hasText: "计入扣分" }).click();
  await press(other, "计入扣分");
  await other.getByText("请填写").waitFor();
  await other.getByLabel("是否计入扣分").selectOption({ label: "明察暗访 · 社级" });
  await press(other, "计入扣分");
  await other.getByText("已计入扣分").waitFor();
  const { incidents } = await server.json("GET", `/api/plans/${plan}/records`);
  assert.deepEqual(incidents.map(({ unit, level }) => `${unit} ${level}`).sort(), ["u3 county", "u4 village"]);

  await page.locator("#finding-text").fill("没有佩戴工作牌");
  await page.getByRole("link", { name: "整改", exact: true }).click();
  await press(page, "留在本页");
  assert.equal(await page.locator("#finding-text").inputValue(), "没有佩戴工作牌");
  await shot(page, "findings-390", { fullPage: true });
});

test("an item is worded anew, its reports are read one after the other, and what is typed at another item stays", { timeout: 120_000 }, async () => {
  const items = `/api/plans/${plan}/rectifications`;
  const item = { source: "服务对象", measures: "公开流程", leader: "王主任", department: "窗口", deadline: "9999-12-31" };
  await server.json("POST", items, { ...item, unit: "u3", matter: "办证慢" });
  await server.json("POST", items, { ...item, unit: "u4", matter: "指路牌旧" });
  for (const [month, text] of [["2018-10", "已开会研究"], ["2018-11", "流程已上墙"]]) {
    await server.json("POST", `${items}/1/reports`, { month, text, done: month === "2018-11" });
  }
  const page = await openPage(browser, { width: 1280, height: 900 });
  await server.signInOn(page, `/office/plans/${plan}/rectification`);
  const second = page.locator("#item-2");
  await second.locator("summary", { hasText: "报告整改情况" }).click();
  await second.locator("#said-2").fill("正在联系制作");

  const first = page.locator("#item-1");
  await first.locator("summary", { hasText: "历次报告、修改事项" }).click();
  await first.getByText("2018-10 报告：已开会研究").waitFor();
  assert.equal(await first.getByText("2018-11 报告：流程已上墙").count(), 2, "the latest in the line and in the list");
  await first.getByRole("textbox", { name: "整改事项" }).fill("");
  await press(first, "保存");
  await first.getByText("请填写").waitFor();
  await first.getByRole("textbox", { name: "整改事项" }).fill("办证超过承诺时限");
  await assertClean(page, "an item that is worded anew");
  await shot(page, "item-change-1280", { fullPage: true });
  // Somebody else is faster: nothing is overwritten.
  const { item: before } = await server.json("GET", `${items}/1`);
  const { unit, source, measures, leader, department, deadline } = before;
  await server.json("PUT", `${items}/1`, { unit, matter: "办证慢得很", source, measures, leader, department, deadline }, { "if-match": `"${before.revision}"` });
  await press(first, "保存");
  await first.getByText("别人刚改过这一项").waitFor();
  assert.equal((await server.json("GET", `${items}/1`)).item.matter, "办证慢得很");
  // Accepted, the first is drawn anew; what is typed at the second is there still.
  await first.locator("summary", { hasText: "销号、退回、公开" }).click();
  await press(first, "销号");
  await first.getByText("已销号").waitFor();
  assert.equal(await second.locator("#said-2").inputValue(), "正在联系制作");
  await first.locator("summary", { hasText: "历次报告、修改事项" }).click();
  await first.getByText("2018-10 报告：已开会研究").waitFor();
});

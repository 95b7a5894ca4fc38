// Cases from nothing: out of an outcome with one tap, by hand, done, struck out, as a table; what is near first; what still
// runs in the next year's plan. Beside them how far each unit is with its items, reminders, and the survey that asks again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan, wideAppraisal } from "../lib/plans.mjs";

const DESK = { width: 1280, height: 800 };
const LOOKS = [
  { ...DESK, lang: "en", theme: "dark" },
  { ...PHONE, width: 390, height: 844, lang: "en", theme: "dark" },
  { ...PHONE, width: 390, height: 844, large: true },
  { ...DESK, large: true },
];
const named = ({ width, lang = "zh", theme = "light", large }) => `${width}-${lang}-${theme}${large ? "-large" : ""}`;
const UNITS = ["市国税局", "市国土资源局", "市人社局", "市住建局"];
let server, browser, plan, brief;

/// Four units with 90, 80, 70 and 60: the first is praised, the last two are to talk.
house(async (...both) => {
  [server, browser] = both;
  const { plan: document } = wideAppraisal(4, 1);
  Object.assign(document, {
    title: "市直单位2025年度评议", year: 2025, periods: [{ id: "year", name: "2025年度" }],
    units: UNITS.map((name, place) => ({ id: `u${place + 1}`, name, category: "dept" })),
    outcomes: [{ id: "praised", name: "通报表扬", when: { from_top: 1 } }, { id: "talk", name: "约谈", when: { from_bottom: 2 } }],
  });
  plan = (await server.plan(document)).id;
  await server.openPlan(plan, []);
  await enter(plan, ["90", "80", "70", "60"]);
});

async function enter(id, values) {
  for (const [place, value] of values.entries()) {
    await server.send("PUT", `/api/plans/${id}/entries/year/c1/u${place + 1}`, { value });
  }
}

async function at(path, look = DESK) {
  const page = await openPage(browser, look);
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(server.address + path);
  await page.locator("h1#title").waitFor();
  return page;
}

/// The day so many days from now, by UTC+8.
const day = (days) => new Date(Date.now() + 8 * 3600_000 + days * 86_400_000).toISOString().slice(0, 10);
const lines = async (download) => (await readFile(await (await download).path(), "utf8")).replace(/^\ufeff/, "").trimEnd().split("\r\n").map((line) => line.split(","));

test("an outcome becomes a case with one tap, and a case is done; what is near stands first", async () => {
  const page = await at(`/office/plans/${plan}/cases`, PHONE);
  await page.getByRole("heading", { name: "处置", level: 1 }).waitFor();
  await page.getByText("还没有。", { exact: true }).waitFor();
  await page.getByText("投票结束、结果定下来以后，这里列出可以立案的单位。").waitFor();
  await assertClean(page, "no cases yet");

  await server.send("POST", `/api/plans/${plan}/close`, {});
  await page.reload();
  const proposed = page.locator("section", { has: page.locator("#cases-proposed") }).locator("li");
  await proposed.first().waitFor();
  const told = await proposed.evaluateAll((rows) => rows.map((row) => [row.querySelector("strong").innerText, row.querySelector(":scope > bdi").innerText]));
  assert.deepEqual(told, [[UNITS[0], "通报表扬"], [UNITS[2], "约谈"], [UNITS[3], "约谈"]]);

  // One tap fills the form: the unit, the outcome, thirty days. The office looks, says more, and saves.
  await page.getByRole("button", { name: `立案：${UNITS[3]} 约谈` }).click();
  await page.waitForFunction(() => document.activeElement?.id === "case-due");
  assert.deepEqual(
    [await page.locator("#case-unit").inputValue(), await page.locator("#case-outcome").inputValue(), await page.locator("#case-due").inputValue(), await page.locator("#case-text").inputValue()],
    ["u4", "talk", day(30), "约谈"],
  );
  await page.locator("#case-text").fill("市纪委约谈主要负责人。");
  await page.getByRole("button", { name: "保存立案" }).click();
  await page.getByText("已立案。").waitFor();
  await page.getByText("共 1 件，未办结 1 件，其中逾期 0 件").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("[aria-labelledby=cases-proposed] li").length === 2);

  // By hand: what is missing is told, and what is over stands before what comes.
  await page.getByRole("button", { name: "保存立案" }).click();
  await page.locator("#error-summary").getByText("请填写最后一天").waitFor();
  await assertClean(page, "a case without a day");
  await page.locator("#case-unit").selectOption("u3");
  await page.locator("#case-outcome").selectOption("talk");
  await page.locator("#case-due").fill(day(-5));
  await page.locator("#case-text").fill("书面检查。");
  await page.getByRole("button", { name: "保存立案" }).click();
  await page.getByText("共 2 件，未办结 2 件，其中逾期 1 件").waitFor();
  const near = page.locator("[aria-labelledby=cases-near] li");
  assert.deepEqual(
    await near.evaluateAll((rows) => rows.map((row) => [row.querySelector(".tag").innerText, row.querySelector("a").innerText])),
    [["逾期 5 天", UNITS[2]], ["还有 30 天", UNITS[3]]],
  );
  await assertClean(page, "cases on a phone");
  await shot(page, "cases-390", { fullPage: true });
  await near.first().getByRole("link").click();
  await page.waitForFunction(() => document.activeElement?.id === "case-2");

  // It is said in the calendar and on the desk, until it is done.
  const beside = await at(`/office/plans/${plan}/calendar`);
  await beside.getByRole("link", { name: "处置到期" }).first().waitFor();
  await assertClean(beside, "cases in the calendar");
  await beside.goto(`${server.address}/office`);
  await beside.locator("table.due tr", { hasText: "已过期" }).getByRole("link", { name: "1 件处置到期" }).click();
  await beside.getByRole("heading", { name: "处置", level: 1 }).waitFor();

  const late = page.locator("#case-2");
  await late.getByText("办结", { exact: true }).click();
  await late.getByRole("button", { name: "记为办结" }).click();
  await late.getByText("请填写").waitFor();
  await late.getByLabel("办理情况（时间、方式、结果）").fill("已交书面检查。");
  await late.getByRole("button", { name: "记为办结" }).click();
  await page.getByText("共 2 件，未办结 1 件，其中逾期 0 件").waitFor();
  await late.waitFor({ state: "detached" });
  await page.getByText("只看未办结的").click();
  await late.getByText("办结：已交书面检查。").waitFor();

  // What was opened by mistake is struck out, and kept.
  await server.send("POST", `/api/plans/${plan}/cases`, { unit: "u1", outcome: "praised", due: day(90), text: "误立" });
  await page.reload();
  const wrong = page.locator("#case-3");
  await wrong.getByRole("button", { name: "划去" }).click();
  await wrong.getByLabel("理由").fill("不用处置");
  await wrong.getByRole("button", { name: "划去" }).click();
  await wrong.waitFor({ state: "detached" });
  await page.getByText("只看未办结的").click();
  await wrong.getByText("已划去：不用处置").waitFor();
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载表格（CSV）" }).click();
  assert.deepEqual(await lines(file), [
    ["序号", "单位", "处置（结果运用）", "期限（最后一天）", "情况", "要求做什么", "办理情况"],
    ["1", UNITS[3], "约谈", day(30), "未办结", "市纪委约谈主要负责人。", ""],
    ["2", UNITS[2], "约谈", day(-5), "已办结", "书面检查。", "已交书面检查。"],
    ["3", UNITS[0], "通报表扬", day(90), "已划去", "误立", "不用处置"],
  ]);
});

test("in the next year's plan stands what still runs", async () => {
  await server.send("POST", `/api/plans/${plan}/publish`, {});
  const { id } = await server.json("POST", `/api/plans?from=${plan}`, {});
  const page = await at(`/office/plans/${id}/cases`, { ...PHONE, width: 390, height: 844 });
  const section = page.locator("[aria-labelledby=cases-last-year]");
  await section.waitFor();
  await section.getByText("“市直单位2025年度评议”里还没有办结的处置。").waitFor();
  assert.deepEqual(await section.locator("li strong").allInnerTexts(), [UNITS[3]]);
  await page.getByText("投票开始以后才能立案。").waitFor();
  await assertClean(page, "last year's cases");
  await shot(page, "cases-last-year-390");
  await section.getByRole("link", { name: "去年未结" }).click();
  await page.locator("#case-1").waitFor();
});

test("how far each unit is, whom to remind, and a survey that asks again", async () => {
  const { id } = await server.plan(briefPlan());
  brief = id;
  const item = (unit, matter, deadline) => ({ unit, matter, source: "服务对象", measures: "", leader: "王主任", department: "窗口", deadline, comments: [], findings: [] });
  const make = (...what) => server.send("POST", `/api/plans/${id}/rectifications`, item(...what));
  await make("u1", "办证慢", day(20));
  await make("u3", "值班无人", day(-3));
  await make("u2", "公示不全", day(20));
  await make("u3", "指路牌旧", day(-10));
  await server.send("POST", `/api/plans/${id}/rectifications/3/reports`, { month: day(0).slice(0, 7), text: "已补齐。", files: [], done: true });
  const page = await at(`/office/plans/${id}/rectification`);
  await page.locator("summary", { hasText: "各单位进展（3 个单位）" }).click();
  const rows = await page.locator(".how-far tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText)));
  // Overdue, returned, open, reported, accepted, all: those that are late first.
  assert.deepEqual(rows, [
    ["林业站", "2", "0", "0", "0", "0", "2"], ["党政综合办公室", "0", "0", "1", "0", "0", "1"], ["社会事务办公室", "0", "0", "0", "1", "0", "1"],
  ]);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载逾期提醒表（CSV）" }).click();
  assert.deepEqual(await lines(file), [
    ["单位", "序号", "整改事项", "责任领导", "责任部门", "整改时限", "逾期天数"],
    ["林业站", "4", "指路牌旧", "王主任", "窗口", day(-10), "10"],
    ["林业站", "2", "值班无人", "王主任", "窗口", day(-3), "3"],
  ]);
  await assertClean(page, "how far each unit is");
  await page.getByRole("navigation", { name: "整改、处置和单位公示" }).getByRole("link", { name: "处置" }).waitFor();

  // One unit says that it is done: the groups are asked about it once more.
  await page.locator("summary", { hasText: "回访" }).click();
  const units = page.locator("#revisit-units label");
  assert.deepEqual(await units.allInnerTexts(), ["社会事务办公室"]);
  await units.first().click();
  await page.getByRole("button", { name: "建立回访方案（草稿）" }).click();
  await page.locator("#revisit-units").getByText("请至少选一个单位").waitFor();
  await units.first().click();
  await page.getByRole("button", { name: "建立回访方案（草稿）" }).click();
  const link = page.getByRole("link", { name: "元坝镇2018年政风行风评议整改回访" });
  await link.waitFor();
  await assertClean(page, "a survey that asks again");
  await shot(page, "rectification-revisit-1280", { fullPage: true });
  const survey = (await server.json("GET", "/api/desk")).plans.find(({ title }) => title === "元坝镇2018年政风行风评议整改回访");
  // Nothing is the matter with it but that nobody has a code: four of the five groups need some.
  assert.deepEqual([survey.units, survey.next], [1, { what: "codes", count: 4 }]);
  const { plan: document } = await server.json("GET", `/api/plans/${survey.id}`);
  assert.deepEqual(document.groups, briefPlan().groups);
  assert.deepEqual(document.scales[0].options.map(({ name }) => name), ["满意", "基本满意", "不满意"]);
  await link.click();
  await page.waitForURL(new RegExp(`/office/plans/${survey.id}/setup`));

  // From then on it is found where it was made.
  const again = await at(`/office/plans/${id}/rectification`);
  await again.locator("summary", { hasText: "回访" }).click();
  await again.getByRole("link", { name: "元坝镇2018年政风行风评议整改回访" }).waitFor();
});

for (const look of LOOKS) {
  test(`cases and rectification at ${named(look)}`, async () => {
    const page = await at(`/office/plans/${plan}/cases`, look);
    await page.locator("#case-1").waitFor();
    await page.locator("#case-1 summary").first().click();
    await assertClean(page, "cases");
    await shot(page, `cases-${named(look)}`, { fullPage: true });
    await page.goto(`${server.address}/office/plans/${brief}/rectification`);
    await page.locator("#item-1").waitFor();
    for (const fold of await page.locator("main details > summary").all()) await fold.click();
    await assertClean(page, "rectification, all unfolded");
    await shot(page, `rectification-${named(look)}`, { fullPage: true });
  });
}

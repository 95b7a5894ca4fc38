// A unit's account: what it is told before closing, its own result after, its report sheet, an objection with its answer,
// and an item that it reports on; of other units nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { words } from "../lib/docx.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

const UNIT = { name: "linye", password: "a-unit-of-its-own", roles: ["unit"], unit: "林业站" };
const OTHERS = ["党政综合办公室", "社会事务办公室", "村建所"];
let server, browser, plan, codes;

house(async (...both) => {
  [server, browser] = both;
  const document = briefPlan();
  document.groups = document.groups.filter(({ id }) => id === "leaders");
  const [work] = document.components;
  work.points = "60";
  work.method.groups = [{ group: "leaders", weight: "100" }];
  document.components.push({ id: "hotline", name: "热线办理", points: "40", method: { kind: "entered", office: "热线办" } });
  document.outcomes = [{ id: "talk", name: "约谈提醒", when: { ranks: [3, 3] } }];
  ({ id: plan, codes: { leaders: codes } } = await server.plan(document, { leaders: 10 }));
  await server.openPlan(plan, []);
  await server.send("POST", "/api/staff", UNIT);
});

/// All ten: the first unit 满意, the second 基本满意, the fourth 不满意; of the third half 满意 and half 不满意.
async function vote() {
  for (const [place, code] of codes.entries()) {
    const options = ["good", "fair", place < 5 ? "good" : "poor", "poor"];
    const marks = options.map((option, unit) => ({ component: "work", unit: `u${unit + 1}`, criterion: null, option }));
    await server.send("POST", "/api/ballots", { plan, code, ballot_id: randomBytes(16).toString("hex"), marks, comments: [] });
  }
}

const own = (page) => page.goto(`${server.address}/office/plans/${plan}/unit`);

async function tellsNoOther(page, where) {
  const text = await page.locator("main").innerText();
  for (const other of OTHERS) assert.ok(!text.includes(other), `${where}: ${other}`);
}

test("a unit reads its own result after closing, objects, and reports on its item", async () => {
  const page = await openPage(browser, PHONE);
  await server.signInOn(page, `/office/plans/${plan}/unit`, UNIT.name, UNIT.password);
  await page.getByRole("heading", { name: "林业站", level: 1 }).waitFor();
  await page.getByText("投票正在进行。投票结束、清点完以后，这里有本单位的结果。").waitFor();
  assert.equal(await page.getByRole("heading", { name: "结果", exact: true }).count(), 0);
  assert.deepEqual(await page.locator(".tabs a").allInnerTexts(), ["方案设置", "本单位", "整改"]);
  await page.getByText("没有交给本单位的整改事项。").waitFor();
  await assertClean(page, "a unit's page before closing");
  await shot(page, "unit-open-390", { fullPage: true });

  // Closed, but not everything is entered.
  await vote();
  await server.send("POST", `/api/plans/${plan}/close`, {});
  await own(page);
  await page.getByText("结果还没有定下来").waitFor();
  await page.getByText("投票已经结束，结果还没有公布。").waitFor();
  for (const [unit, value] of [["u1", "30"], ["u2", "38"], ["u3", "36.5"], ["u4", "20"]]) {
    await server.send("PUT", `/api/plans/${plan}/entries/year/hotline/${unit}`, { value });
  }

  // The third unit's marks have the mean (5 × 90 + 5 × 50) ÷ 10 = 70, of 60 points 42; with 36.5 it has 78.5. The others
  // have 54 + 30 = 84, 42 + 38 = 80 and 30 + 20 = 50.
  await own(page);
  await page.locator(".own-result").waitFor();
  const facts = await page.locator(".own-result tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText)));
  assert.deepEqual(facts, [["总分", "78.50（满分 100）"], ["名次", "第 3 名，共 4 个单位（内设机构）"], ["结果运用", "约谈提醒"]]);
  const scores = await page.locator(".scroll table tr").evaluateAll((rows) => rows.slice(1).map((row) => [...row.children].map((cell) => cell.innerText)));
  assert.deepEqual(scores, [["公开评议", "42.00", "60"], ["热线办理", "36.50", "40"], ["合计", "78.50", ""]]);
  await tellsNoOther(page, "the result");
  await assertClean(page, "a unit's result");
  await shot(page, "unit-closed-390", { fullPage: true });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载单位得分报告单（DOCX）" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^单位得分报告单-.*\.docx$/);
  const report = words(await readFile(await file.path()));
  assert.ok(report.includes("林业站") && report.includes("78.50") && report.includes("第3名（共4个）"), report);
  for (const other of OTHERS) assert.ok(!report.includes(other), other);
  const notice = await page.evaluate(async (path) => (await fetch(path)).status, `/api/plans/${plan}/documents/notice`);
  assert.equal(notice, 403);

  // On public display it objects to its own result, and reads the answer.
  assert.equal(await page.getByRole("heading", { name: "异议和答复" }).count(), 0);
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString().replace(/\.\d+Z$/, "+00:00");
  await server.send("POST", `/api/plans/${plan}/announce`, { until, contact: "评议办 0839-1234567" });
  await own(page);
  await page.getByText("结果正在公示").waitFor();
  await page.getByText("没有异议。").waitFor();
  await page.getByRole("button", { name: "提交异议" }).click();
  await page.locator("#error-summary").getByText("请写明异议和理由").waitFor();
  await assertClean(page, "an objection without words");
  await page.getByLabel("异议和理由").fill("热线办理少记一件。");
  await page.getByLabel("怎么联系（只给办公室看）").fill("0839-7654321");
  await page.getByRole("button", { name: "提交异议" }).click();
  await page.getByText("异议已提交，编号 1。").waitFor();
  await page.locator("article", { hasText: "热线办理少记一件。" }).getByText("还没有答复").waitFor();
  const { objections } = await server.json("GET", `/api/plans/${plan}/objections`);
  assert.deepEqual(objections.map(({ unit, by, contact }) => [unit, by, contact]), [["u3", UNIT.name, "0839-7654321"]]);
  await server.send("POST", `/api/plans/${plan}/objections/1/answer`, { text: "已核对，没有少记。", upheld: false });
  await own(page);
  await page.getByText("已核对，没有少记。").waitFor();

  // Its item, and none of another unit: it reports with a file, and cannot accept.
  const item = (unit, matter) => ({ unit, matter, source: "服务对象", measures: "增设窗口。", leader: "王站长", department: "窗口", deadline: "2099-12-31", comments: [], findings: [] });
  await server.send("POST", `/api/plans/${plan}/rectifications`, item("u3", "办证跑两趟"));
  await server.send("POST", `/api/plans/${plan}/rectifications`, item("u4", "工地扬尘"));
  await own(page);
  const card = page.locator("#item-1");
  await card.waitFor();
  assert.equal(await page.getByText("工地扬尘").count(), 0);
  await card.getByText("报告整改情况").click();
  await card.getByRole("button", { name: "提交报告" }).click();
  await card.getByText("请填写").waitFor();
  await card.getByLabel("整改情况", { exact: true }).fill("三号窗口已经贴出要带的材料。");
  await card.locator("#files-1").setInputFiles({ name: "现场记录.txt", mimeType: "text/plain", buffer: Buffer.from("已贴出") });
  await card.locator("ul.queue li").waitFor();
  await card.getByText("已经整改完成，请审核").click();
  await card.getByRole("button", { name: "提交报告" }).click();
  await card.getByText("已上报").waitFor();
  await card.getByText(/三号窗口已经贴出要带的材料。/).waitFor();
  for (const act of ["销号", "退回", "划去"]) assert.equal(await page.getByRole("button", { name: act }).count(), 0, act);
  const whole = await server.json("GET", `/api/plans/${plan}/rectifications/1`);
  assert.deepEqual([whole.item.state, whole.reports.length, whole.reports[0].by, whole.reports[0].files.length], ["reported", 1, UNIT.name, 1]);
  await tellsNoOther(page, "the items");
  await assertClean(page, "a unit's items");

  // The page of rectification has the same for it, and the way to its profile.
  await page.getByRole("link", { name: "全部整改事项和下载" }).click();
  await page.getByRole("heading", { name: "整改", level: 1 }).waitFor();
  await page.getByText("办证跑两趟").waitFor();
  await tellsNoOther(page, "rectification");
  const beside = page.getByRole("navigation", { name: "整改、处置和单位公示" });
  assert.deepEqual(await beside.getByRole("link").allInnerTexts(), ["整改", "单位公示"]);
  await assertClean(page, "rectification for a unit");
  await shot(page, "unit-rectification-390", { fullPage: true });

  await server.send("POST", `/api/plans/${plan}/publish`, { early: "异议已经答复。" });
  await own(page);
  await page.getByText("结果已经公布。").waitFor();
  await page.getByRole("link", { name: "看公布的全部结果" }).waitFor();
});

test("in English, and for an account that stands for no unit or for one that the plan does not have", async () => {
  const page = await openPage(browser, { width: 1280, height: 800, lang: "en", theme: "dark" });
  await page.goto(`${server.address}/office/plans/${plan}/unit`);
  await page.locator("#name").fill("admin");
  await page.locator("#secret").fill(server.password);
  await page.locator("#secret").press("Enter");
  await page.getByText("This page is for units' accounts.").waitFor();
  await assertClean(page, "no unit");
  const stranger = { ...UNIT, name: "shuiwu", unit: "水务站" };
  await server.send("POST", "/api/staff", stranger);
  const other = await openPage(browser, PHONE);
  await server.signInOn(other, `/office/plans/${plan}/unit`, stranger.name, stranger.password);
  await other.getByText("本方案里没有名叫“水务站”的单位").waitFor();
  await assertClean(other, "a unit of another plan");
});

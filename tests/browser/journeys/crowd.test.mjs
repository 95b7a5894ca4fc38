// A county's list: 118 units, four groups and 1,300 people in GBK, from the file to the reminders and the inspector.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";

const UNITS = 118;
const INSPECTOR = { name: "jijian", password: "inspector-2018" };
let server, browser;

house(async (...both) => {
  [server, browser] = both;
  await server.json("POST", "/api/staff", { ...INSPECTOR, roles: ["inspector"] });
});

const unit = (place) => `第${place + 1}单位`;
const GROUPS = [
  { id: "leaders", name: "县领导", ballot: "named" }, { id: "stations", name: "单位职工", ballot: "per_unit" },
  { id: "monitors", name: "监督员", ballot: "blind" }, { id: "delegates", name: "党代表", ballot: "anonymous" },
];

function county() {
  const groups = GROUPS.map(({ id }) => ({ group: id, weight: "25" }));
  return {
    format: 1, title: "县直单位2018年作风评议", year: 2018, total: "100",
    categories: [{ id: "dept", name: "县直单位" }],
    units: Array.from({ length: UNITS }, (_, place) => ({ id: `u${place + 1}`, name: unit(place), category: "dept" })),
    groups: GROUPS,
    scales: [{ id: "satisfaction", options: [
      { id: "good", name: "满意", value: "90" }, { id: "fair", name: "基本满意", value: "70" }, { id: "poor", name: "不满意", value: "50" },
    ] }],
    periods: [{ id: "year", name: "2018年度" }], combine: "mean",
    components: [{ id: "opinion", name: "公开评议", points: "100", method: { kind: "survey", scale: "satisfaction", out_of: "100", groups } }],
    adjustments: [], ranking: { decimals: 2, tie_break: ["opinion"] }, grading: null, outcomes: [],
  };
}

/// 1,300 lines under a head: 10 leaders, 10 people of each unit, 60 monitors, 50 delegates; twelve of them cannot be taken.
function list() {
  const rows = [["姓名", "评议人群", "本单位", "分管单位", "手机号"]];
  let phone = 13_800_000_000;
  const add = (name, group, own = "", charge = "") => rows.push([name, group, own, charge, String((phone += 1))]);
  for (let n = 0; n < 10; n += 1) add(`领导${n}`, "县领导", "", [0, 1, 2].map((step) => unit(n * 3 + step)).join("、"));
  for (let place = 0; place < UNITS; place += 1) for (let n = 0; n < 10; n += 1) add(`职工${place}-${n}`, "单位职工", unit(place));
  for (let n = 0; n < 60; n += 1) add(`监督员${n}`, "监督员");
  for (let n = 0; n < 50; n += 1) add(`代表${n}`, "党代表");
  // Among the people of the units: three without a name, three of a unit and three of a group that there are not, and three
  // who stand there twice.
  for (const [place, row] of [100, 200, 300].entries()) {
    rows[row][0] = "";
    rows[row + 20][2] = `撤销单位${place}`;
    rows[row + 40][1] = "群众评议团";
    rows[row + 60] = [...rows[row + 59]];
  }
  return rows;
}

const table = async (download) => (await readFile(await (await download).path(), "utf8")).replace(/^\ufeff/, "").trimEnd().split("\r\n").map((line) => line.split(","));
const codeOf = (link) => link.match(/#([0-9A-Z]{16})/)[1];

async function cast(plan, code, marks) {
  const answer = await fetch(`${server.address}/api/ballots`, {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ plan, code, ballot_id: randomBytes(16).toString("hex"), marks, comments: [] }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

test("1,300 people of a county become codes, votes, reminders and five named ballots", { timeout: 600_000 }, async (t) => {
  const rows = list();
  assert.equal(rows.length, 1301);
  const { id } = await server.plan(county(), { delegates: 50 });
  const page = await openPage(browser, { width: 1280, height: 800 });
  page.setDefaultTimeout(60_000);
  await server.signInOn(page, `/office/plans/${id}/voters`);
  await page.getByText("导入名单", { exact: true }).click();
  const csv = rows.map((row) => row.join(",")).join("\r\n");
  const gbk = spawnSync("python3", ["-c", "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode('utf-8').encode('gb18030'))"], { input: csv });
  assert.equal(gbk.status, 0);
  const began = Date.now();
  await page.locator("#file").setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: gbk.stdout });
  await page.getByText("可导入 1288 人，有问题 12 人").waitFor();
  t.diagnostic(`read and checked in ${Date.now() - began} ms`);
  for (const why of ["没有姓名", "方案里没有这个单位", "方案里没有这个人群", "同一人群里已有这个人"]) await page.getByText(why).first().waitFor();
  await assertClean(page, "the preview of a county's list");
  await page.getByRole("button", { name: "导入 1288 人" }).click();
  await page.getByText("已导入：新增 1288 人，更新 0 人。").waitFor();

  // Codes for all whom a list may be linked to, in one action: 1,168 people of units, 10 leaders, 60 monitors.
  await page.getByText("发投票码", { exact: true }).click();
  await page.getByRole("button", { name: "给 1238 人抽取" }).click();
  await page.locator("#queue").waitFor();
  const turnout = async () => Object.fromEntries((await server.json("GET", `/api/plans/${id}/turnout`)).groups.map(({ group, issued, cast }) => [group, [issued, cast]]));
  await page.waitForFunction(() => !document.body.innerText.includes("正在登记"), undefined, { timeout: 120_000 });
  const sheets = {};
  for (const { id: group, name } of GROUPS.slice(0, 3)) {
    const line = page.locator("ul.queue > li", { hasText: name });
    const download = page.waitForEvent("download");
    await line.getByRole("button", { name: /下载/ }).first().click();
    sheets[group] = (await table(download)).slice(1).map((row) => ({ code: codeOf(row.find((cell) => cell.includes("/ballot/"))), name: row.at(-2) }));
  }
  assert.deepEqual(await turnout(), { leaders: [10, 0], stations: [1168, 0], monitors: [60, 0], delegates: [50, 0] });
  assert.deepEqual(Object.values(sheets).map((sheet) => sheet.length), [10, 1168, 60]);
  await server.openPlan(id, []);

  // Forty vote: five leaders on what is in their charge, and 35 people of units.
  for (const { code, name } of sheets.leaders.slice(0, 5)) {
    const first = Number(name.slice(2)) * 3;
    await cast(id, code, [0, 1, 2].map((step) => ({ component: "opinion", unit: `u${first + step + 1}`, criterion: null, option: ["good", "fair", "poor"][step] })));
  }
  for (const { code, name } of sheets.stations.slice(-35)) {
    const own = Number(name.match(/^职工(\d+)-/)[1]) + 1;
    const others = Array.from({ length: UNITS }, (_, place) => place + 1).filter((place) => place !== own);
    await cast(id, code, others.map((place) => ({ component: "opinion", unit: `u${place}`, criterion: null, option: "good" })));
  }

  // Three were lost; they are void, and each gets another.
  while (await page.locator("#queue").isVisible()) await page.getByRole("button", { name: "已打印或保存好，从本页清除" }).click();
  await page.reload();
  const lost = sheets.stations.slice(0, 3).map(({ name }) => name);
  for (const name of lost) {
    await page.getByLabel("找姓名").fill(name);
    await page.getByRole("button", { name: `作废投票码：${name}` }).click();
    await page.getByLabel("原因（记入留痕）").fill("卡片丢失");
    await page.getByRole("button", { name: `作废投票码：${name}` }).last().click();
    await page.locator("tbody tr", { hasText: name }).getByText("没有投票码").waitFor();
  }
  await page.getByLabel("找姓名").fill("");
  assert.deepEqual((await turnout()).stations, [1165, 35]);
  await page.getByText("发投票码", { exact: true }).click();
  await page.getByRole("button", { name: "给 3 人抽取" }).click();
  await page.locator("#queue").waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("正在登记"), undefined, { timeout: 60_000 });
  assert.deepEqual((await turnout()).stations, [1168, 35]);
  const reminders = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载催办表" }).click();
  // 1,238 with codes, less the forty.
  const reminded = new Set((await table(reminders)).slice(1).map(([name]) => name));
  assert.equal(reminded.size, 1198);
  assert.ok(!reminded.has(sheets.leaders[0].name) && lost.every((name) => reminded.has(name)));
  await shot(page, "crowd-1280");

  // The inspector reads the five, and the trail says who did what.
  await server.send("POST", `/api/plans/${id}/close`, {});
  const reader = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(reader, `/office/plans/${id}/named`, INSPECTOR.name, INSPECTOR.password);
  await reader.getByRole("button", { name: "查阅（记入留痕）" }).click();
  for (const { name } of sheets.leaders.slice(0, 5)) await reader.getByText(name, { exact: true }).first().waitFor();
  assert.equal(await reader.getByText(/^领导[5-9]$/).count(), 0);
  await assertClean(reader, "five named ballots");
  const { events } = await server.json("GET", `/api/plans/${id}/audit?limit=200`);
  const said = (action) => events.filter((event) => event.action === action).map(({ by }) => by);
  assert.deepEqual(said("codes_voided"), ["admin", "admin", "admin"]);
  assert.deepEqual([...new Set(said("named_ballots_read"))], [INSPECTOR.name]);
});

test("a list of thousands is registered with its progress in sight, stopped, cut off and taken up again", { timeout: 900_000 }, async (t) => {
  const people = Number(process.env.PINGYI_PEOPLE ?? 3000);
  const { id } = await server.plan({ ...county(), title: "万人名单" });
  const page = await openPage(browser, { width: 1280, height: 800 });
  page.setDefaultTimeout(120_000);
  await server.signInOn(page, `/office/plans/${id}/voters`);
  await page.getByText("导入名单", { exact: true }).click();
  const rows = ["姓名,评议人群", ...Array.from({ length: people }, (_, n) => `监督员${n},监督员`)];
  let began = Date.now();
  await page.locator("#file").setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) });
  await page.getByRole("button", { name: `导入 ${people} 人` }).waitFor();
  t.diagnostic(`${people} people read and checked in ${Date.now() - began} ms`);
  began = Date.now();
  await page.getByRole("button", { name: `导入 ${people} 人` }).click();
  await page.getByText(`已导入：新增 ${people} 人，更新 0 人。`).waitFor();
  await page.getByText(`共 ${people} 人`).waitFor();
  t.diagnostic(`on the list in ${Date.now() - began} ms`);

  // Stopped while it runs; the answer of another batch is lost on its way; a third time the network is gone.
  await page.getByText("发投票码", { exact: true }).click();
  began = Date.now();
  await page.getByRole("button", { name: `给 ${people} 人抽取` }).click();
  await page.locator("progress").waitFor();
  await page.getByRole("button", { name: "停下" }).click();
  await page.getByText(/^已停下，登记了 \d+\/\d+。$/).waitFor();
  const issued = async () => (await server.json("GET", `/api/plans/${id}/turnout`)).groups.reduce((sum, group) => sum + group.issued, 0);
  const known = Number((await page.getByText(/^已停下/).innerText()).match(/了 (\d+)\//)[1]);
  assert.equal(await issued(), known);
  assert.ok(known > 0 && known < people, `${known} when it was stopped`);
  // Another draw for those who wait would be a second set.
  await page.getByRole("button", { name: /^给 \d+ 人抽取$/ }).click();
  await page.locator("#error-summary").getByText("先把已抽取的投票码登记完").waitFor();
  await assertClean(page, "registering that was stopped");
  await shot(page, "crowd-stopped-1280");
  let lost = 0;
  await page.route("**/codes", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "继续登记" }).click();
  await page.getByText(/登记到 \d+\/\d+ 时中断/).waitFor();
  assert.equal(await issued(), known + 1000, "the batch is there, its answer is not");
  await page.getByRole("button", { name: "继续登记" }).click();
  const goOn = page.getByRole("button", { name: "继续登记" });
  await goOn.waitFor({ state: "detached" });
  await page.locator("progress").waitFor({ state: "detached" });
  assert.equal(await goOn.count(), 0);
  t.diagnostic(`${people} codes, stopped once and cut off once, in ${Date.now() - began} ms`);
  assert.equal(await issued(), people);
  // The list was read again: nobody waits any more.
  await page.getByRole("button", { name: "给 0 人抽取" }).waitFor();
  await page.getByLabel("找姓名").fill(`监督员${people - 1}`);
  await page.locator("tbody tr", { hasText: `监督员${people - 1}` }).getByText("已发投票码").waitFor();
});

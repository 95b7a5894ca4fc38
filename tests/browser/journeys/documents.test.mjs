// The papers that the office hands out: forms before the vote, what cannot be had yet and why, the office's own words in
// them, and the papers on the result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { words } from "../lib/docx.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan, wideAppraisal } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => ([server, browser] = both));

async function downloaded(page, button) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("forms before the vote, results after it, in the office's own words", async () => {
  const plan = briefPlan();
  const { id } = await server.plan(plan, {});
  const page = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(page, `/office/plans/${id}/documents`);
  await page.getByRole("heading", { name: "文件", level: 1 }).waitFor();
  await page.getByText("评议结束后才有。").waitFor();
  assert.equal(await page.getByRole("button", { name: "下载通报（DOCX）" }).count(), 0);

  // A form of one group.
  await page.getByLabel("评议人群").selectOption({ label: plan.groups[0].name });
  const form = await downloaded(page, "下载纸质测评表（DOCX）");
  assert.match(form.name, /^纸质测评表-.*\.docx$/);
  assert.ok(words(form.bytes).includes(`评议人群：${plan.groups[0].name}`) && words(form.bytes).includes("□"));

  // A word that is none is told at its field; the others are kept.
  const title = page.getByLabel("测评表：标题");
  await title.fill("{unit}测评表");
  await page.getByLabel("发文机关署名").fill("镇评测办");
  await page.getByRole("button", { name: "保存文字" }).click();
  await page.locator("#error-summary").getByText("这段文字里不能用“unit”").waitFor();
  await assertClean(page, "a text that is refused");
  await title.fill("{group}专用测评表");
  await page.getByRole("button", { name: "保存文字" }).click();
  await page.getByText("文字已保存。").waitFor();
  assert.ok(words((await downloaded(page, "下载纸质测评表（DOCX）")).bytes).startsWith(`${plan.groups[0].name}专用测评表\n`));
  await page.reload();
  await page.getByLabel("测评表：标题").waitFor();
  assert.equal(await page.getByLabel("测评表：标题").inputValue(), "{group}专用测评表");
  await assertClean(page, "documents of a draft");
  await shot(page, "documents-1280", { fullPage: true });

  // In English, on a phone: the papers stay Chinese.
  const phone = await openPage(browser, { ...PHONE, lang: "en" });
  await phone.goto(`${server.address}/office/plans/${id}/documents`);
  await phone.locator("#name").fill("admin");
  await phone.locator("#secret").fill(server.password);
  await phone.locator("#secret").press("Enter");
  await phone.getByRole("heading", { name: "Documents", level: 1 }).waitFor();
  await phone.getByLabel("Paper ballot: title").waitFor();
  await assertClean(phone, "documents on a phone");
  await shot(phone, "documents-390-en", { fullPage: true });
});

test("what is missing for a result is told on the page and not kept as a file", async () => {
  const { id } = await server.plan(briefPlan(), {});
  await server.openPlan(id, briefPlan().groups.map((group) => group.id));
  await server.send("POST", `/api/plans/${id}/close`, {});
  const page = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(page, `/office/plans/${id}/documents`);
  await page.getByRole("button", { name: "下载通报（DOCX）" }).click();
  await page.getByRole("alert").waitFor();
  await assertClean(page, "a paper that cannot be had");
  await shot(page, "documents-refused-1280");
});

test("the annual report stands beside last year's, with charts; a month's notice is had from the findings", async () => {
  const { plan } = wideAppraisal(2, 1);
  Object.assign(plan, { title: "市直单位2025年度评议", year: 2025, periods: [{ id: "year", name: "2025年度" }] });
  const finish = async (id, values) => {
    await server.openPlan(id, []);
    for (const [place, value] of values.entries()) {
      await server.send("PUT", `/api/plans/${id}/entries/year/c1/u${place + 1}`, { value });
    }
    await server.send("POST", `/api/plans/${id}/close`, {});
  };
  const last = (await server.plan(plan)).id;
  await finish(last, ["90", "80"]);
  await server.send("POST", `/api/plans/${last}/publish`, {});
  const now = (await server.json("POST", `/api/plans?from=${last}`, {})).id;
  await finish(now, ["70", "85"]);
  await server.send("POST", `/api/plans/${now}/findings`, { date: "2025-10-12", unit: "u1", text: "窗口无人", source: "明察暗访" });

  const page = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(page, `/office/plans/${now}/documents`);
  await page.getByLabel("上年方案").selectOption({ label: plan.title });
  await assertClean(page, "documents beside last year's");
  const annual = await downloaded(page, "下载年度报告（DOCX）");
  const said = words(annual.bytes);
  assert.ok(said.includes(`与${plan.title}相比，名次上升的单位1个，下降的1个，不变的0个，没有可比名次的0个。`), said);
  assert.ok(said.includes("全年日常检查发现问题1个，其中计入评议扣分0个。"), said);
  // The name of a part stands in the file as it is.
  assert.ok(annual.bytes.includes("word/charts/chart1.xml"));

  await page.goto(`${server.address}/office/plans/${now}/findings`);
  await page.getByLabel("月份（如 2018-10）").fill("2025-10");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载这个月的通报（DOCX）" }).click();
  const notice = await download;
  assert.match(notice.suggestedFilename(), /^日常检查情况通报-.*\.docx$/);
  assert.ok(words(await readFile(await notice.path())).includes("窗口无人"));
});

// The list of voters from nothing: imported with its faults told, codes for all in one action, some voided and replaced,
// some voted, the rest reminded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { PINGYI } from "../lib/server.mjs";
import { briefPlan } from "../lib/plans.mjs";
import { workbook } from "../lib/workbook.mjs";

let server, browser;

house(async (...both) => ([server, browser] = both));

const text = async (download) => (await readFile(await (await download).path(), "utf8")).replace(/^\ufeff/, "").trimEnd().split("\r\n").map((line) => line.split(","));

test("a list of people becomes codes, cards, messages and reminders", async () => {
  const { id } = await server.plan(briefPlan(), { leaders: 5, monitors: 5 });
  const page = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(page, `/office/plans/${id}/codes`);
  await page.getByRole("link", { name: "评议人名单" }).click();
  await page.getByRole("heading", { name: "评议人名单", level: 1 }).waitFor();
  await page.getByText("名单上还没有人。").waitFor();
  await assertClean(page, "a list with nobody on it");

  // Eight people, three of whom cannot be taken; the others are by name, of units, and of an anonymous group.
  await page.getByText("导入名单", { exact: true }).click();
  const rows = [
    ["2018年评议人名单"], ["序号", "姓名", "评议人群", "本单位", "分管单位", "手机号"],
    [1, "张三", "党代表、人大代表", null, "林业站、村建所", "13800000001"], [2, "李四", "党代表、人大代表", null, null, "13800000002"],
    [3, "王五", "各站所", "林业站", null, "13800000003"], [4, "赵六", "班子成员", null, null, "13800000004"],
    [5, "钱七", "群众", null, null, null], [6, "孙八", "各站所", "农业站", null, null], [7, null, "班子成员", null, null, null],
    [8, "周九", "党代表、人大代表", null, null, "13800000009"],
  ];
  const sheet = { name: "名单.xlsx", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer: workbook([{ name: "名单", rows }]) };
  const choose = () => page.locator("#file").setInputFiles(sheet);
  await choose();
  await page.getByText("可导入 5 人，有问题 3 人").waitFor();
  for (const why of ["方案里没有这个人群", "方案里没有这个单位", "没有姓名"]) await page.getByText(why).first().waitFor();
  await assertClean(page, "the preview of a list");
  await shot(page, "voters-import-1280");
  // A sample of three of the five, which the command finds again in the list's file.
  await page.getByText("人多时抽取样本", { exact: true }).click();
  await page.getByRole("button", { name: "抽取", exact: true }).click();
  await page.getByText("请填人数，如 500").first().waitFor();
  await page.getByLabel("最多取多少人").fill("3");
  await page.getByLabel("种子").fill("2018-10-08 现场号码 27");
  await page.getByRole("button", { name: "抽取", exact: true }).click();
  await page.getByText("从 5 人中取 3 人").waitFor();
  await page.getByRole("button", { name: "导入 3 人" }).waitFor();
  const kept = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载名单文件" }).click();
  const file = await (await kept).path();
  const { stdout } = spawnSync(PINGYI, ["sample", file, "--size", "3", "--seed", "2018-10-08 现场号码 27"], { encoding: "utf8" });
  const again = stdout.trim().split(/\r?\n/).slice(1);
  assert.equal(again.length, 3);
  const { events } = await server.json("GET", `/api/plans/${id}/audit`);
  const sha256 = createHash("sha256").update(await readFile(file)).digest("hex");
  assert.deepEqual(
    events.filter(({ action }) => action === "sample_drawn").map(({ detail }) => [detail.sha256, detail.seed, detail.count]),
    [[sha256, "2018-10-08 现场号码 27", 3]],
  );
  await page.getByRole("button", { name: "不抽了，取全部" }).click();
  await page.getByRole("button", { name: "导入 5 人" }).waitFor();
  await page.getByRole("button", { name: "抽取", exact: true }).click();
  await page.getByRole("button", { name: "导入 3 人" }).click();
  await page.getByText("已导入：新增 3 人，更新 0 人。").waitFor();
  const taken = (await server.json("GET", `/api/plans/${id}/voters`)).voters.map(({ name }) => name);
  assert.deepEqual(taken.sort(), again.map((row) => row.split(",")[1]).sort());
  // The whole list after all: nobody stands there twice.
  await page.locator("#file").setInputFiles([]);
  await choose();
  await page.getByRole("button", { name: "导入 5 人" }).click();
  await page.getByText("已导入：新增 2 人，更新 3 人。").waitFor();
  await page.getByText("共 5 人，列出 5 人").waitFor();
  assert.equal((await server.json("GET", `/api/plans/${id}/voters`)).voters.length, 5);

  // Codes for all four whom a list may be linked to; of a card of the leaders it says nothing.
  await page.getByText("发投票码", { exact: true }).click();
  await page.getByRole("button", { name: "给 4 人抽取" }).click();
  await page.locator("#queue").waitFor();
  const cell = (name) => page.locator("tbody tr", { hasText: name }).locator("td").nth(5);
  await page.locator("tbody tr", { hasText: "张三" }).getByText("已发投票码").waitFor();
  assert.equal((await cell("赵六").innerText()).trim(), "不挂钩");
  await page.locator(".code-card", { hasText: "张三" }).waitFor({ state: "attached" });
  const line = page.locator("ul.queue > li", { hasText: "党代表、人大代表" });
  const merge = page.waitForEvent("download");
  await line.getByRole("button", { name: /下载/ }).first().click();
  const table = await text(merge);
  assert.deepEqual(table[0].slice(-2), ["姓名", "联系方式"]);
  assert.deepEqual(table.slice(1).map((row) => row.at(-2)).sort(), ["周九", "张三", "李四"].sort());
  const sms = page.waitForEvent("download");
  await line.getByRole("button", { name: "下载短信表" }).click();
  const messages = await text(sms);
  assert.deepEqual(messages.slice(1).map(([phone]) => phone).sort(), ["13800000001", "13800000002", "13800000009"]);
  for (const [, message] of messages.slice(1)) {
    assert.ok(message.length <= 70, message);
    assert.match(message, /#[0-9A-Z]{16}$/);
  }

  // One voted, one was lost and replaced, and reminders are for those who have not voted.
  await server.openPlan(id, ["leaders", "monitors", "delegates", "stations"]);
  const link = table.slice(1).find((row) => row.at(-2) === "李四")[1];
  const voter = await openPage(browser, PHONE);
  await voter.goto(link);
  await voter.getByRole("button", { name: "开始填写" }).click();
  for (const place of [0, 1, 2, 3]) await voter.locator(`#line-${place} label`).first().click();
  await voter.getByRole("button", { name: "提交", exact: true }).click();
  await voter.locator(".receipt").waitFor();
  // Whoever leaves with codes on the page is asked; they are saved, so they are cleared.
  while (await page.locator("#queue").isVisible()) await page.getByRole("button", { name: "已打印或保存好，从本页清除" }).click();
  await page.reload();
  const row = (name) => page.locator("tbody tr", { hasText: name });
  await row("李四").getByText("已评").waitFor();
  await row("周九").getByRole("button", { name: "作废投票码：周九" }).click();
  await page.getByLabel("原因（记入留痕）").fill("短信发错");
  await page.getByRole("button", { name: "作废投票码：周九" }).last().click();
  await page.getByText(/^作废 1 个/).waitFor();
  await row("周九").getByText("没有投票码").waitFor();
  const reminders = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载催办表" }).click();
  assert.deepEqual((await text(reminders)).slice(1).map(([name]) => name).sort(), ["周九", "张三", "王五"].sort());
  await page.getByText("发投票码", { exact: true }).click();
  await page.getByRole("button", { name: "给 1 人抽取" }).click();
  await row("周九").getByText("已发投票码").waitFor();
  await shot(page, "voters-1280");

  // On a phone nothing is out of sight.
  const phone = await openPage(browser, PHONE);
  await server.signInOn(phone, `/office/plans/${id}/voters`);
  await phone.getByText("共 5 人，列出 5 人").waitFor();
  await assertClean(phone, "the list on a phone");
  await shot(phone, "voters-390");
});

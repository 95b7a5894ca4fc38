// The screen of a hall while it votes: where to go, how many have voted, how much time is left, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => ([server, browser] = both));

test("a hall sees the code, the turnout and the time, and follows them by itself", { timeout: 120_000 }, async () => {
  const closes = new Date(Date.now() + 90 * 60_000).toISOString().replace(/\.\d+Z/, "Z");
  const document = { ...briefPlan(), schedule: [{ period: "year", closes }] };
  const { id, codes } = await server.plan(document, { leaders: 6 });
  const page = await openPage(browser, { width: 1280, height: 720 });
  await server.signInOn(page, `/office/plans/${id}/codes`);
  await page.getByRole("link", { name: "会场大屏" }).click();
  await page.getByText("投票还没有开始").waitFor();
  await page.getByText("0 / 6 张").waitFor();
  await assertClean(page, "a screen before the vote");
  await server.openPlan(id, ["leaders"]);
  // It looks again every ten seconds.
  await page.getByText(/^1 小时 (2[0-9]|30) 分$/).waitFor();
  await page.locator(".hall-code .mono", { hasText: /\/b\/\w+$/ }).waitFor();
  const voter = await openPage(browser, { width: 390, height: 844 });
  // The short address leads to the ballot.
  await voter.goto(await page.locator(".hall-code .mono").innerText());
  await voter.getByLabel("卡片上的投票码").fill(codes.leaders[0]);
  await voter.keyboard.press("Enter");
  await voter.getByRole("button", { name: "开始填写" }).click();
  for (const place of [0, 1, 2, 3]) await voter.locator(`#line-${place} label`).first().click();
  await voter.getByRole("button", { name: "提交", exact: true }).click();
  await voter.locator(".receipt").waitFor();
  await page.getByText("1 / 6 张").waitFor();
  await assertClean(page, "a screen while a hall votes");
  await shot(page, "hall-1280");
  // An open group has an address of its own.
  const before = await page.locator(".hall-code svg path").getAttribute("d");
  await page.locator(".hall select").selectOption({ label: "服务对象（公开扫码）" });
  await page.getByText("扫码参加评议").waitFor();
  assert.notEqual(await page.locator(".hall-code svg path").getAttribute("d"), before);
  await page.setViewportSize({ width: 390, height: 844 });
  await assertClean(page, "the screen on a phone");
  await shot(page, "hall-390", { fullPage: true });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("link", { name: "返回" }).click();
  const tablet = page.getByRole("link", { name: "公用平板入口" });
  assert.equal(await tablet.getAttribute("href"), `/ballot/${id}?kiosk`);
  await server.send("POST", `/api/plans/${id}/close`, {});
  await page.getByRole("link", { name: "会场大屏" }).click();
  await page.getByText("投票已经结束").waitFor();
});

// Accounts: an administrator makes them, and each sees what its role may, its office and its plans.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

const DESK = { width: 1280, height: 900 };
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

/// What axe has to say, where nothing lies below the bar that stays.
async function clean(page, where) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await assertClean(page, where);
}

test("lets an administrator make an account that sees what its role may", async () => {
  const page = await openPage(browser, DESK);
  await server.signInOn(page, "/office/staff");
  await heading(page, "人员账号");
  await button(page, "建立账号").click();
  await page.getByRole("link", { name: /账号只能用/ }).waitFor();
  await clean(page, "accounts");
  await page.locator("#new-name").fill("纪委监督员");
  await page.locator("#new-secret").fill("一句足够长的初始密码");
  await page.locator("#new-office").uncheck();
  await page.locator("#new-auditor").check();
  await button(page, "建立账号").click();
  await page.getByText("已保存账号“纪委监督员”。").waitFor();
  const { id } = await server.plan(briefPlan(), {});
  const auditor = await openPage(browser, DESK);
  await auditor.goto(`${server.address}/office/plans/${id}/setup`);
  await auditor.getByLabel("账号").fill("纪委监督员");
  await auditor.getByLabel("密码").fill("一句足够长的初始密码");
  await button(auditor, "登录").click();
  await auditor.getByText("您的账号不能修改方案，只能查看。").waitFor();
  await clean(auditor, "a plan for reading");

  await page.getByText("修改“纪委监督员”").click();
  await page.locator("[id='of-纪委监督员-disabled']").check();
  await page.locator(".account", { hasText: "纪委监督员" }).getByRole("button", { name: "保存" }).click();
  await page.locator(".tag", { hasText: "停用" }).waitFor();
  await auditor.reload();
  await auditor.getByLabel("密码").waitFor();
  // Still open from the change before, or closed again.
  const change = page.locator(".account", { hasText: "纪委监督员" }).locator("details").first();
  if (!(await change.evaluate((details) => details.open))) await change.locator("summary").first().click();
  await page.locator("[id='of-纪委监督员-remove']").getByText("删除账号").click();
  await clean(page, "an account to be removed");
  await button(page, "确认删除").click();
  await page.getByText("已删除账号“纪委监督员”。").waitFor();
  await page.locator(".account", { hasText: "纪委监督员" }).waitFor({ state: "detached" });
});

/// One survey, and two components that two offices enter.
function twoOffices() {
  const plan = briefPlan();
  plan.components[0].points = "70";
  const entered = (id, name, points, office) => ({ id, name, points, method: { kind: "entered", office, out_of: points } });
  plan.components.push(entered("hotline", "热线办理", "20", "热线办"), entered("petition", "信访工作", "10", "信访局"));
  return plan;
}

test("an account of one office finds its own component, enters it, and sees nothing else", async () => {
  const { id } = await server.plan(twoOffices(), {});
  const other = await server.plan(briefPlan(), {});
  await server.openPlan(id, []);
  const page = await openPage(browser, DESK);
  await server.signInOn(page, "/office/staff");
  await heading(page, "人员账号");
  await page.locator("#new-name").fill("信访员");
  await page.locator("#new-secret").fill("一句足够长的初始密码");
  await page.locator("#new-display").fill("信访局 王芳");
  await page.locator("#new-office-name").fill("信访局");
  await page.getByText("只用于这些方案（都不勾选为全部）").last().click();
  await page.locator(`[id="new-plan-${id}"]`).check();
  await clean(page, "a new account with limits");
  await button(page, "建立账号").click();
  const account = page.locator(".account", { hasText: "信访员" });
  await account.getByText("信访局 王芳").waitFor();
  for (const tag of ["只录入：信访局", "限 1 个方案"]) await account.locator(".tag", { hasText: tag }).waitFor();
  await shot(page, "accounts-1280", { fullPage: true });

  for (const look of [DESK, PHONE]) {
    const officer = await openPage(browser, look);
    await server.signInOn(officer, "/office", "信访员", "一句足够长的初始密码");
    // The one plan, and its records at once.
    const plans = officer.getByRole("link", { name: "元坝镇2018年政风行风评议" });
    await plans.waitFor();
    assert.equal(await plans.count(), 1, "the plan that it is kept to, and not the other");
    await plans.click();
    await officer.getByText("您的账号只录入“信访局”的项目").waitFor();
    const tabs = await officer.locator(".tabs a").allInnerTexts();
    assert.deepEqual(tabs, ["方案设置", "录入", "台账"]);
    assert.equal(await officer.getByRole("link", { name: /热线办理/ }).count(), 0, "another office's component");
    await clean(officer, "one office's records");
    await shot(officer, `one-office-${look.width ?? 390}`, { fullPage: true });
    await officer.getByRole("link", { name: /信访工作/ }).click();
    const first = officer.locator("tbody input").first();
    await first.fill(look === DESK ? "8.5" : "9");
    await first.press("Enter");
    await officer.waitForFunction(async ([plan, value]) => {
      const records = await (await fetch(`/api/plans/${plan}/records`)).json();
      return records.entries.length === 1 && records.entries[0].value === value;
    }, [id, look === DESK ? "8.5" : "9"]);
    await officer.goto(`${server.address}/office/plans/${other.id}/setup`);
    await officer.getByText("您的账号没有这项权限").first().waitFor();
  }
});

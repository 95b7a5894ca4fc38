// Two-step sign-in: set up with an app, signed in with, lost, reset, and made a duty.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

const DESK = { width: 1280, height: 800 };
const SECRET = "一句足够长的初始密码";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

/// What an app shows: RFC 6238 and RFC 4226 by node's own HMAC.
function codeOf(key, step) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(" ", "")].map((sign) => letters.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/// The step that it is, with time left in it for what follows.
async function calmStep() {
  const into = (Date.now() / 1000) % 30;
  if (into > 12) await new Promise((done) => setTimeout(done, (30.5 - into) * 1000));
  return Math.floor(Date.now() / 30_000);
}

async function account(name, roles) {
  await server.send("POST", "/api/staff", { name, password: SECRET, roles });
}

async function signIn(page, name, path = "/office") {
  await page.goto(server.address + path);
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("密码").fill(SECRET);
  await button(page, "登录").click();
}

async function clean(page, where) {
  await page.waitForLoadState("networkidle");
  await assertClean(page, where);
}

test("the app's own codes are those of the RFC", () => {
  // RFC 6238, appendix B, at 59 and 1111111109 seconds: the last six of eight digits.
  const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  assert.deepEqual([1, 37037036].map((step) => codeOf(key, step)), ["287082", "081804"]);
});

for (const look of [DESK, PHONE]) {
  const wide = look === DESK;
  const size = wide ? "1280" : "390";
  test(`is set up, asked for at sign-in, and switched off at ${size} px`, { timeout: 240_000 }, async () => {
    const name = `安全员${size}`;
    await account(name, ["auditor"]);
    const page = await openPage(browser, look);
    await signIn(page, name, "/office/password");
    await page.getByRole("link", { name: "两步验证" }).click();
    await heading(page, "两步验证");
    await button(page, "开始设置").click();
    await page.getByRole("link", { name: "请输入密码" }).waitFor();
    await clean(page, "nothing typed");
    await page.getByLabel("现在的密码").fill("不是这个密码吧");
    await button(page, "开始设置").click();
    await page.getByRole("link", { name: "现在的密码不对" }).waitFor();
    await page.getByLabel("现在的密码").fill(SECRET);
    await button(page, "开始设置").click();
    await page.getByRole("img", { name: "两步验证的二维码" }).waitFor();
    const key = await page.locator("#key").innerText();
    assert.match(key, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    const link = await page.getByRole("link", { name: "在验证器中打开" }).getAttribute("href");
    assert.equal(link, `otpauth://totp/Pingyi:${encodeURIComponent(name)}?secret=${key.replaceAll(" ", "")}&issuer=Pingyi`);
    await clean(page, "the QR code");
    await shot(page, `factor-scan-${size}`, { fullPage: true });
    await page.getByLabel("验证码").fill("12345");
    await button(page, "确认并启用").click();
    await page.getByRole("link", { name: /验证码不对/ }).waitFor();

    const step = await calmStep();
    await page.getByLabel("验证码").fill(codeOf(key, step - 1));
    await button(page, "确认并启用").click();
    await page.getByRole("heading", { name: "请保存恢复码" }).waitFor();
    const codes = await page.locator("#recovery-codes li").allInnerTexts();
    assert.equal(codes.length, 10);
    await clean(page, "the recovery codes");
    await shot(page, `factor-codes-${size}`, { fullPage: true });
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, "保存为文件").click()]);
    const saved = readFileSync(await file.path(), "utf8");
    assert.ok(codes.every((code) => saved.includes(code)) && saved.includes(name), saved);
    await button(page, "已经保存好了").click();
    await page.getByText("两步验证已启用，还有 10 个恢复码可用。").waitFor();
    await clean(page, "switched on");
    await shot(page, `factor-on-${size}`, { fullPage: true });

    const other = await openPage(browser, look);
    await signIn(other, name);
    const field = other.locator("#code");
    await field.waitFor();
    assert.deepEqual([await field.getAttribute("autocomplete"), await field.getAttribute("inputmode")], ["one-time-code", "numeric"]);
    await other.waitForFunction(() => document.activeElement?.id === "code");
    await clean(other, "the second step");
    await shot(other, `factor-sign-in-${size}`, { fullPage: true });
    await button(other, "登录").click();
    await other.getByRole("link", { name: "请输入验证码" }).waitFor();
    await field.fill(codeOf(key, step - 1));
    await button(other, "登录").click();
    await other.getByRole("link", { name: /验证码不对/ }).waitFor();
    await field.fill(codeOf(key, Math.floor(Date.now() / 30_000) + (Date.now() % 30_000 > 28_000 ? 1 : 0)));
    await button(other, "登录").click();
    await heading(other, "评议方案");

    // Without the phone, and then without the second step at all.
    const lost = await openPage(browser, look);
    await signIn(lost, name, "/office/second-factor");
    await lost.locator("#code").fill(codes[0].replaceAll("-", " "));
    await button(lost, "登录").click();
    await lost.getByText("两步验证已启用，还有 9 个恢复码可用。").waitFor();
    await lost.getByText("停用两步验证").click();
    await lost.getByLabel("现在的密码").fill(SECRET);
    await lost.getByLabel("验证码").fill(codes[0]);
    await button(lost, "确认停用").click();
    await lost.getByRole("link", { name: /验证码不对/ }).waitFor();
    await clean(lost, "switching it off");
    await lost.getByLabel("验证码").fill(codes[1]);
    await button(lost, "确认停用").click();
    await lost.getByText("两步验证已停用。").waitFor();
    await button(lost, "开始设置").waitFor();
    await signIn(await openPage(browser, look), name);
  });
}

test("an administrator sees who has it, resets it, and says who must have it", { timeout: 240_000 }, async () => {
  await account("录入员", ["office"]);
  const clerk = await openPage(browser, DESK);
  await signIn(clerk, "录入员", "/office/second-factor");
  await clerk.getByLabel("现在的密码").fill(SECRET);
  await button(clerk, "开始设置").click();
  const key = await clerk.locator("#key").innerText();
  await clerk.getByLabel("验证码").fill(codeOf(key, await calmStep()));
  await button(clerk, "确认并启用").click();
  await button(clerk, "已经保存好了").click();

  const admin = await openPage(browser, DESK);
  await admin.goto(`${server.address}/office/staff`);
  await admin.getByLabel("账号").fill("admin");
  await admin.getByLabel("密码").fill(server.password);
  await button(admin, "登录").click();
  const row = admin.locator(".account", { hasText: "录入员" });
  await row.locator(".tag", { hasText: "两步验证" }).waitFor();
  await row.getByText("修改“录入员”").click();
  await row.getByText(/^解除两步验证/).click();
  await clean(admin, "a factor to be reset");
  await shot(admin, "factor-reset-1280", { fullPage: true });
  await button(admin, "确认解除").click();
  await admin.getByText("已解除“录入员”的两步验证。").waitFor();
  await row.locator(".tag", { hasText: "两步验证" }).waitFor({ state: "detached" });

  // Everybody must: the administrator, too, from now on.
  await admin.getByLabel("所有账号").check();
  await button(admin, "保存设置").click();
  await admin.getByRole("link", { name: /必须先设置两步验证/ }).waitFor();
  await clean(admin, "what an account sees that must set it up");
  await shot(admin, "factor-must-1280", { fullPage: true });
  await clerk.goto(`${server.address}/office`);
  await clerk.getByRole("link", { name: /必须先设置两步验证/ }).click();
  await heading(clerk, "两步验证");
  await clerk.getByText("您的账号必须先设置两步验证").waitFor();
  await clerk.getByLabel("现在的密码").fill(SECRET);
  await button(clerk, "开始设置").click();
  const again = await clerk.locator("#key").innerText();
  assert.notEqual(again, key);
  await clerk.getByLabel("验证码").fill(codeOf(again, await calmStep()));
  await button(clerk, "确认并启用").click();
  await button(clerk, "已经保存好了").click();
  await clerk.getByRole("link", { name: "评议方案" }).first().click();
  await heading(clerk, "评议方案");
});

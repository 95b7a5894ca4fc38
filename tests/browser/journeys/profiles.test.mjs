// A unit's profile (三亮): written by the unit on a phone, with a photo; released by the office, field by field; folded on
// the ballot and asked for when it is opened; and the unit's public page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

const SECRET = "forestry-station-2018";
const UNIT = encodeURIComponent("林业站");
let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(briefPlan(), { leaders: 30 });
  await server.openPlan(plan.id, ["leaders", "delegates", "stations", "public", "monitors"]);
  await server.send("POST", "/api/staff", { name: "linye", password: SECRET, roles: ["unit"], unit: "林业站" });
});

const profiles = (rest = "") => `/office/plans/${plan.id}/profiles${rest}`;
const save = (page) => page.getByRole("button", { name: "保存", exact: true }).click();
const person = (page, place) => page.locator("fieldset.person").nth(place);

/// A photo as a camera gives it: noise of 1,600 × 1,200, which no packing makes small.
async function noise(page) {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1600, 1200];
    const pen = canvas.getContext("2d");
    const picture = pen.createImageData(1600, 1200);
    let state = 1;
    for (let at = 0; at < picture.data.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      picture.data[at] = at % 4 === 3 ? 255 : state >>> 24;
    }
    pen.putImageData(picture, 0, 0);
    return canvas.toDataURL("image/jpeg", 0.95).split(",")[1];
  });
  return Buffer.from(base64, "base64");
}

/// A ballot of a fresh code, with what it asks the server for of units.
async function ballot() {
  const page = await openPage(browser, PHONE);
  page.asked = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/public/units/")) page.asked.push(pathname);
  });
  await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
  await page.getByRole("button", { name: "开始填写" }).click();
  await page.locator("#line-0").waitFor();
  return page;
}

const folds = (page) => page.locator("details", { hasText: "单位公示" });

test("a unit writes, the office releases two fields, the ballot shows just these when it is opened", async () => {
  // From nothing, on a phone.
  const unit = await openPage(browser, PHONE);
  await server.signInOn(unit, profiles(), "linye", SECRET);
  await unit.getByRole("heading", { name: "单位公示", level: 1 }).waitFor();
  assert.deepEqual(await unit.locator("tbody th").allInnerTexts(), ["林业站"], "its own line alone");
  await unit.getByText("未填写").waitFor();
  await unit.getByRole("link", { name: "林业站" }).click();
  await unit.getByText("这个单位还没有公示").waitFor();
  assert.equal(await unit.getByLabel("公开：岗位职责").count(), 0, "a unit releases nothing");
  await unit.getByLabel("岗位职责").fill("森林防火\n采伐许可");
  await unit.getByLabel("公开承诺").fill("三日办结");
  await unit.getByLabel("监督电话").fill("0839-7654321");

  // People: added, moved, removed.
  const add = unit.getByRole("button", { name: "添加一人" });
  await add.click();
  await person(unit, 0).getByLabel("姓名").fill("李四");
  await person(unit, 0).getByLabel("职务").fill("站长");
  await add.click();
  await person(unit, 1).getByLabel("姓名").fill("王五");
  await unit.getByRole("button", { name: "上移：第 2 人" }).click();
  assert.equal(await person(unit, 0).getByLabel("姓名").inputValue(), "王五");
  await unit.getByRole("button", { name: "删除：第 1 人" }).click();
  await unit.getByText("已删除一人").waitFor();
  assert.equal(await person(unit, 0).getByLabel("姓名").inputValue(), "李四");

  // A file that is no photo, then a camera's.
  const file = person(unit, 0).getByLabel("照片", { exact: true });
  await file.setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("不是照片") });
  await unit.locator("#error-summary").getByText("这不是 JPEG、PNG 或 WebP 照片").waitFor();
  await assertClean(unit, "a file that is no photo");
  const camera = await noise(unit);
  assert.ok(camera.length > 1_000_000, `${camera.length} bytes come from the camera`);
  await file.setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: camera });
  await person(unit, 0).locator("img").waitFor();
  assert.equal(await unit.locator("#error-summary").count(), 0);

  // What is typed stays while one looks at the list, and is asked about before the office is left.
  await unit.getByRole("link", { name: "全部单位" }).click();
  await unit.getByRole("link", { name: "林业站" }).click();
  assert.equal(await unit.getByLabel("公开承诺").inputValue(), "三日办结");
  await unit.getByRole("link", { name: "评议方案", exact: true }).click();
  await unit.getByText("公示有未保存的内容").waitFor();
  await unit.getByRole("button", { name: "留在本页" }).click();
  await save(unit);
  await unit.getByText("已保存。", { exact: true }).waitFor();
  await assertClean(unit, "a profile on a phone");
  await shot(unit, "profile-390", { fullPage: true });

  // Nobody reads it yet.
  assert.equal((await fetch(`${server.address}/api/public/units/${UNIT}`)).status, 404);
  const before = await ballot();
  assert.equal(await folds(before).count(), 0);

  // The office releases two fields.
  const office = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(office, profiles());
  await office.getByText("4 个单位，1 个填写了公示，0 个有公开的内容").waitFor();
  await assertClean(office, "the list of profiles");
  await shot(office, "profiles-1280");
  await office.getByRole("link", { name: "林业站" }).click();
  await office.getByLabel("公开：岗位职责").check();
  await office.getByLabel("公开：工作人员").check();
  assert.equal(await office.getByLabel("公开：地址").isDisabled(), true, "there is nothing to release");
  await save(office);
  await office.getByText("已保存。", { exact: true }).waitFor();
  await assertClean(office, "a profile by the office");
  await shot(office, "profile-1280", { fullPage: true });
  await office.getByRole("link", { name: "全部单位" }).click();
  await office.getByText("岗位职责、工作人员").waitFor();

  // The ballot: one fold, nothing asked before it is opened, then exactly what was released.
  const voter = await ballot();
  assert.equal(await folds(voter).count(), 1);
  assert.equal(await voter.locator("fieldset", { has: folds(voter) }).locator(".unit").innerText(), "林业站");
  assert.deepEqual(voter.asked, []);
  const fold = folds(voter);
  await fold.locator("summary").click();
  await fold.getByText("森林防火").waitFor();
  assert.deepEqual(await fold.locator("strong").allInnerTexts(), ["岗位职责"]);
  assert.deepEqual(await fold.locator(".profile span").allInnerTexts(), ["森林防火\n采伐许可", "李四", "站长"]);
  const photo = fold.locator("img");
  await photo.scrollIntoViewIfNeeded();
  await voter.waitForFunction((photo) => photo.complete && photo.naturalWidth > 0, await photo.elementHandle());
  const address = new URL(await photo.getAttribute("src"), server.address).pathname;
  assert.deepEqual(voter.asked, [`/api/public/units/${UNIT}`, address]);
  await fold.locator("summary").click();
  await fold.locator("summary").click();
  assert.equal(voter.asked.filter((one) => !one.includes("/photos/")).length, 1, "it is asked for once");
  await assertClean(voter, "a ballot with an open profile");
  await shot(voter, "ballot-profile-390");
  const small = (await (await fetch(server.address + address)).arrayBuffer()).byteLength;
  assert.ok(small <= 40_000, `${small} bytes of ${camera.length} were sent`);

  // The public page.
  const page = await openPage(browser, PHONE);
  await page.goto(`${server.address}/public/units/${UNIT}`);
  assert.deepEqual(await page.locator("dt").allInnerTexts(), ["岗位职责"]);
  assert.equal(await page.locator(".people li").innerText(), "李四 · 站长");
  assert.equal(await page.locator(".people img").evaluate((photo) => photo.decode().then(() => photo.naturalWidth > 0)), true);
  await assertClean(page, "a unit's page");
  await shot(page, "unit-390", { fullPage: true });

  // The unit, which has not seen what the office did, changes a field that is public now.
  await unit.getByLabel("岗位职责").fill("森林防火、林权登记");
  await save(unit);
  await unit.locator("#error-summary").getByText("别人刚刚改了这份公示").waitFor();
  assert.equal(await unit.getByLabel("岗位职责").inputValue(), "森林防火、林权登记", "what was typed is there");
  assert.deepEqual(await unit.locator("#profile-theirs summary").allInnerTexts(), ["对方写的岗位职责"]);
  await unit.getByText("保存以后不再公开：岗位职责").waitFor();
  await assertClean(unit, "somebody else was faster");
  await shot(unit, "profile-changed-390", { fullPage: true });
  await save(unit);
  await unit.getByText("已保存。不再公开：岗位职责").waitFor();
  const later = await ballot();
  await folds(later).locator("summary").click();
  await folds(later).getByText("李四").waitFor();
  assert.equal(await folds(later).locator("strong").count(), 0);
});

test("the editor stands on a phone in English, and an auditor reads it without changing anything", async () => {
  await server.send("PUT", `/api/profiles/${encodeURIComponent("村建所")}`, { duties: "规划许可", staff: [{ name: "赵六" }], public: ["duties"] });
  const building = briefPlan().units.find((unit) => unit.name === "村建所").id;
  const phone = await openPage(browser, { ...PHONE, lang: "en" });
  await phone.goto(server.address + profiles(`/${building}`));
  await phone.locator("#name").fill("admin");
  await phone.locator("#secret").fill(server.password);
  await phone.locator("#secret").press("Enter");
  await phone.getByLabel("Public: Duties").waitFor();
  // Unticked, and ticked again: what leaves the public is said before it does.
  await phone.getByLabel("Public: Duties").uncheck();
  await phone.getByText("No longer public once saved: Duties").waitFor();
  await assertClean(phone, "the editor in English");
  await shot(phone, "profile-390-en", { fullPage: true });
  await phone.getByLabel("Public: Duties").check();
  await phone.getByText("No longer public once saved").waitFor({ state: "detached" });

  await server.send("POST", "/api/staff", { name: "auditor", password: SECRET, roles: ["auditor"] });
  const auditor = await openPage(browser, { width: 1280, height: 800 });
  await server.signInOn(auditor, profiles(`/${building}`), "auditor", SECRET);
  await auditor.getByText("您可以查看，不能修改。").waitFor();
  assert.equal(await auditor.locator("#profile-duties").inputValue(), "规划许可");
  assert.equal(await auditor.getByRole("button", { name: "保存", exact: true }).count(), 0);
  assert.equal(await auditor.getByRole("button", { name: "添加一人" }).count(), 0);
  await assertClean(auditor, "a profile to read");
});

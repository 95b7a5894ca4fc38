// The office from signing in to the public page: a plan from a template, changed, voted on, tied, drawn, published.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";
import { workbook } from "../lib/workbook.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

const DESK = { width: 1280, height: 900 };
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const idOf = (page) => page.url().match(/plans\/([^/#?]+)/)[1];
const field = (page, place) => page.locator(`[id="${place}"]`);

async function signIn(page, path = "/office", password = server.password) {
  await page.goto(server.address + path);
  await page.getByLabel("账号").fill("admin");
  await page.getByLabel("密码").fill(password);
  await button(page, "登录").click();
}

/// What axe has to say, where nothing lies below the bar that stays.
async function clean(page, where) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await assertClean(page, where);
}

async function fromTemplate(page, id = "yuanba") {
  await page.getByRole("link", { name: "新建方案" }).click();
  await page.locator(`input[value=${id}]`).check();
  await button(page, "建立方案").click();
  await heading(page, "方案设置");
}

const section = async (page, name, title = name) => {
  await page.locator(".tasks").getByRole("link", { name, exact: true }).click();
  await heading(page, title);
};

/// Ticks that it cannot be taken back, and takes the step.
async function confirm(page, name) {
  await page.getByLabel("我知道这一步不能撤回").check();
  await button(page, name).click();
}

describe("the office", () => {
  test("takes a plan from a template to the public page", async () => {
    const page = await openPage(browser, DESK);
    await page.goto(`${server.address}/office`);
    await button(page, "登录").click();
    await page.getByRole("link", { name: "请输入账号" }).waitFor();
    assert.match(await page.title(), /^错误:/);
    await clean(page, "signing in with nothing");
    await signIn(page);
    await heading(page, "评议方案");
    await clean(page, "the list of plans");
    await page.getByRole("link", { name: "新建方案" }).click();
    await clean(page, "a new plan");
    await page.goBack();
    await fromTemplate(page);
    const plan = idOf(page);
    await clean(page, "the task list");

    await section(page, "评议项目和分值");
    await page.getByText("合计 100/100，正好").waitFor();
    await field(page, "/components/0/points").fill("37");
    await page.getByText("合计 97/100，差 3", { exact: true }).waitFor();
    await clean(page, "points that do not add up");
    await button(page, "保存，回到任务清单").click();
    await page.getByRole("link", { name: /适用分值合计不等于总分/ }).waitFor();
    await button(page, "按比例补齐").click();
    await page.getByText("合计 100/100，正好").waitFor();
    assert.equal(await field(page, "/components/1/points").inputValue(), "31.5");
    assert.equal(await field(page, "/components/0/points").inputValue(), "37");
    await button(page, "撤销").click();
    await page.getByText("合计 97/100，差 3", { exact: true }).waitFor();
    await button(page, "重做").click();
    await page.getByText("合计 100/100，正好").waitFor();
    await button(page, "保存，回到任务清单").click();
    await heading(page, "方案设置");
    assert.equal((await server.json("GET", `/api/plans/${plan}`)).plan.components[0].points, "37");

    await section(page, "核对全部内容");
    await page.getByText("没有问题，方案可以使用。").waitFor();
    await clean(page, "checking the plan");
    await shot(page, "office-check-1280", { fullPage: true });
    await page.getByRole("link", { name: "下一步：抽取投票码" }).click();

    const codes = {};
    for (const group of ["leaders", "staff", "clients", "competent"]) {
      codes[group] = await drawOne(page, group);
    }
    await clean(page, "codes and turnout");

    await page.getByRole("link", { name: "进程", exact: true }).click();
    // Two clicks at one place take no step that cannot be taken back.
    await button(page, "开始评议").dblclick();
    await page.getByText("班子成员：已发 1 个投票码").waitFor();
    await button(page, "确认开始，方案不再改").click();
    await page.locator(".field-error", { hasText: "请先勾选" }).waitFor();
    await clean(page, "opening, to be confirmed");
    assert.equal((await server.json("GET", `/api/plans/${plan}`)).state, "draft");
    await confirm(page, "确认开始，方案不再改");
    await page.getByRole("heading", { name: "有的人群人数太少，不记名形同虚设" }).waitFor();
    await button(page, "仍然开始评议").click();
    await page.getByRole("link", { name: /每个人数少的人群都要勾选/ }).waitFor();
    await clean(page, "groups too small to be secret");
    for (const box of await page.locator("#allow input").all()) await box.check();
    await button(page, "仍然开始评议").click();
    await page.getByRole("heading", { name: "结束评议" }).waitFor();
    await page.getByText("还没有收到一张网上选票").waitFor();
    await clean(page, "an open plan");

    await vote(plan, codes.leaders);
    for (const group of Object.keys(codes).slice(1)) await castAllGood(plan, codes[group]);
    await page.reload();
    await page.getByText("班子成员：已投 1/1").waitFor();
    await button(page, "结束评议").dblclick();
    await page.getByRole("heading", { name: "确认结束，不再收票" }).waitFor();
    assert.equal((await server.json("GET", `/api/plans/${plan}`)).state, "open");
    await confirm(page, "确认结束，不再收票");

    await page.getByRole("heading", { name: "并列未决，需要抽签" }).waitFor();
    await button(page, "记录抽签结果").click();
    await page.getByRole("link", { name: "请写明谁在何时何地抽的签" }).waitFor();
    await clean(page, "a tie that needs a lot");
    await page.getByLabel("把“林业站”下移").click();
    await page.getByLabel("谁在何时何地抽的签").fill("2018年12月20日镇党委会议室，纪委书记主持");
    await button(page, "记录抽签结果").click();
    await page.getByRole("heading", { name: "公布结果" }).waitFor();
    assert.deepEqual((await server.json("GET", `/api/plans/${plan}/records`)).lots.map((lot) => lot.order), [["building", "forestry"]]);
    await clean(page, "a result to be published");
    await shot(page, "office-result-1280", { fullPage: true });
    await button(page, "公布结果").click();
    await confirm(page, "确认公布");
    await page.getByRole("heading", { name: "有的不记名人群只有几个人投了票" }).waitFor();
    await clean(page, "groups of whom too few voted");
    for (const box of await page.locator("#allow input").all()) await box.check();
    await button(page, "仍然公布").click();
    await page.getByRole("heading", { name: "结果已公布" }).waitFor();
    await clean(page, "a published plan");
    await page.getByRole("link", { name: "打开公开页面" }).click();
    await page.waitForURL(`${server.address}/public/${plan}`);
    assert.match(await page.locator("body").innerText(), /村建所/);
    await page.goBack();
    await page.getByRole("link", { name: "留痕" }).click();
    await page.getByText("指纹全部相连").waitFor();
    // Newest first, each with what it was about.
    assert.match(await page.locator("tbody tr").first().innerText(), /公布结果/);
    await page.getByLabel("查找").fill("发投票码");
    await page.getByText(/发投票码 .*班子成员 · 1 个/).waitFor();
    assert.ok((await page.locator("tbody tr").allInnerTexts()).every((row) => row.includes("发投票码")));
    await clean(page, "the audit trail");
  });

  test("shows every section on a phone, in English, in the dark and in the larger version", async () => {
    const page = await openPage(browser, { ...PHONE, width: 390 });
    await signIn(page);
    await fromTemplate(page, "nanyang");
    const plan = idOf(page);
    const places = ["basics", "units", "groups", "scales", "components", "components/0.0", "adjustments", "ranking", "grading", "outcomes", "shortlist", "check", "ids", "json", "import"];
    for (const place of places) {
      await page.goto(`${server.address}/office/plans/${plan}/setup/${place}`);
      await page.locator("h1#title").waitFor();
      await clean(page, `${place} on a phone`);
    }
    const state = await page.context().storageState();
    for (const how of [{ lang: "en" }, { theme: "dark" }, { large: true }]) {
      const other = await openPage(browser, { ...PHONE, width: 390, ...how, storageState: { ...state, origins: [] } });
      for (const place of ["setup", "setup/components", "setup/units", "codes", "progress"]) {
        await other.goto(`${server.address}/office/plans/${plan}/${place}`);
        await other.locator("h1#title").waitFor();
        await clean(other, `${place} with ${JSON.stringify(how)}`);
      }
    }
  });

  test("asks before codes or changes are lost, and finds them again after the session ended", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    await section(page, "基本信息");
    await field(page, "/title").fill("另一个名称");
    await page.getByRole("link", { name: "评议方案" }).click();
    await page.getByText("方案有修改还没有保存").waitFor();
    await button(page, "留在本页").click();
    assert.equal(await field(page, "/title").inputValue(), "另一个名称");
    await page.context().clearCookies();
    await button(page, "保存").click();
    await page.getByText("登录已过期").waitFor();
    await page.getByLabel("密码").fill(server.password);
    await button(page, "登录").click();
    await button(page, "保存").click();
    await page.getByText("已保存", { exact: true }).waitFor();
    const plan = idOf(page);
    assert.equal((await server.json("GET", `/api/plans/${plan}`)).plan.title, "另一个名称");
  });

  test("takes what was typed back out of the field, and says at the field what is wrong with it", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    await section(page, "基本信息");
    const before = await field(page, "/title").inputValue();
    await field(page, "/title").fill("改过的名称");
    await button(page, "撤销").click();
    await waitForValue(page, "/title", before);
    await button(page, "重做").click();
    await waitForValue(page, "/title", "改过的名称");
    await field(page, "/year").fill("二零二六");
    await field(page, "/title").focus();
    await page.locator('[id="/year-error"]').getByText(/./).first().waitFor();
    await button(page, "保存").click();
    await page.getByText("已保存，本页还有 1 处要改").waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "error-summary");
    await clean(page, "a saved draft with a problem");
    await field(page, "/year").fill("2018");
    await button(page, "保存，回到任务清单").click();
    await heading(page, "方案设置");

    await section(page, "评议项目和分值");
    await field(page, "/components/0/points").fill("45");
    await button(page, "撤销").click();
    await waitForValue(page, "/components/0/points", "40");
    for (const wrong of ["-5", "abc", "40,5"]) {
      await field(page, "/components/0/points").fill(wrong);
      await field(page, "/components/0/name").focus();
      await page.locator('[id="/components/0/points-error"]').getByText(/./).first().waitFor();
      await field(page, "/components/0/points").fill("40");
      await page.waitForFunction(() => !document.getElementById("/components/0/points-error").textContent);
    }
  });

  test("stays at the address of a page whose changes would be lost by going back", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    await section(page, "基本信息");
    await field(page, "/title").fill("没有保存的名称");
    const here = page.url();
    // The page before the last is in another area, where the draft does not live.
    await page.evaluate(() => void setTimeout(() => history.go(-2)));
    await page.locator("#leave").waitFor();
    assert.equal(page.url(), here);
    await button(page, "留在本页").click();
    await page.locator("#leave").waitFor({ state: "detached" });
    // A page that is not of the office is another document, so the browser itself asks.
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.assign("/")));
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    assert.equal(page.url(), here);
    assert.equal(await field(page, "/title").inputValue(), "没有保存的名称");
    await page.getByRole("link", { name: "任务清单" }).click();
    await heading(page, "方案设置");
    await page.goBack();
    await heading(page, "基本信息");
    assert.equal(page.url(), here);
    assert.equal(await field(page, "/title").inputValue(), "没有保存的名称");
  });

  test("prints cards that hold their words, for an address that can be opened", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    await page.getByRole("link", { name: "投票码", exact: false }).first().click();
    await page.locator('[id^="draw-"][id$="-staff"]').click();
    await page.locator("#count").fill("18");
    await page.locator("form button[type=submit]").click();
    await page.locator(".code-typed").first().waitFor();
    await page.locator("#base").fill("pingyi.example.cn");
    await page.locator(".field-error", { hasText: "https://" }).waitFor();
    await page.locator("#base").blur();
    assert.equal(await page.locator(".code-card").count(), 0);
    await page.evaluate(() => (window.print = () => (window.printed = document.querySelector(".code-address").textContent)));
    await page.locator("#base").fill("https://pingyi.yuanba.example.cn");
    await button(page, "打印卡片（A4）").click();
    await page.waitForFunction(() => window.printed);
    assert.match(await page.evaluate(() => window.printed), /pingyi\.yuanba\.example\.cn/);
    await page.emulateMedia({ media: "print" });
    const over = await page.evaluate(() => [...document.querySelectorAll(".code-card, .code-card p")]
      .filter((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1).length);
    assert.equal(over, 0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 3);
    await page.emulateMedia({ media: "screen" });
    await button(page, "已打印或保存好，从本页清除").click();
    await page.locator('[id^="draw-"][id$="-staff"]').click();
    await page.locator("#count").fill("1");
    await page.locator("form button[type=submit]").click();
    await page.locator(".code-typed").waitFor();
    assert.equal(await page.locator("#base").inputValue(), "https://pingyi.yuanba.example.cn");
  });

  test("keeps both sides of a conflict until one is chosen", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    const id = idOf(page);
    await section(page, "基本信息");
    const { plan, revision } = await server.json("GET", `/api/plans/${id}`);
    await server.json("PUT", `/api/plans/${id}?draft=1`, { ...plan, year: 2019 }, { "if-match": `"${revision}"` });
    await field(page, "/title").fill("我的名称");
    await button(page, "保存").click();
    await page.getByRole("heading", { name: "别人先保存了第 2 次修订" }).waitFor();
    await clean(page, "a conflict");
    await button(page, "保存我的，覆盖对方的").click();
    await page.getByText("已保存", { exact: true }).waitFor();
    const kept = (await server.json("GET", `/api/plans/${id}`)).plan;
    assert.deepEqual([kept.title, kept.year], ["我的名称", 2018]);
  });

  test("imports units from a sheet, with what is wrong at the cell", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page);
    await fromTemplate(page);
    await section(page, "类别和被评单位");
    await page.getByRole("link", { name: "从表格导入单位" }).click();
    await page.getByLabel("粘贴在这里").fill("序号\t科室名称\t类别\n1\t党政办\t内设机构\n2\t财政所\t事业站所\n3\t财政所\t事业站所\n4\t\t内设机构\n5\t林业站\t内设机构");
    await page.getByText("可导入 2 个，有问题 3 个").waitFor();
    const pasted = await page.getByLabel("粘贴在这里").inputValue();
    // As Excel's "CSV" is in China: "单位\r\n林业站\r\n" in GBK, by its table.
    const gbk = Buffer.from("b5a5cebb0d0ac1d6d2b5d5be0d0a", "hex");
    await page.locator("#file").setInputFiles({ name: "单位.csv", mimeType: "text/csv", buffer: gbk });
    await page.getByText("可导入 0 个，有问题 1 个").waitFor();
    await page.getByRole("cell", { name: /林业站/ }).waitFor();
    const file = (name, hex) => page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(hex, "hex") });
    for (const [name, hex, says] of [
      ["a.xlsx", "504b0304ff000000", /读不出表格/], ["a.xls", "d0cf11e0a1b11ae10000", /旧格式/], ["a.png", "89504e470d0a1a0a0000", /这个文件不是文本/],
      ["empty.csv", "", /什么也没有/], ["mark.csv", "efbbbf", /什么也没有/], ["odd.csv", "ffffff", /看不出这个文件用的是哪种编码/],
    ]) {
      await file(name, hex);
      await page.locator("#error-summary").getByText(says).waitFor();
      assert.equal(await page.getByRole("heading", { name: "预览" }).count(), 0, name);
    }
    await clean(page, "a file that is not read");
    // 一校,学校 and 小学,学校 in GBK: valid UTF-8 by chance.
    await file("schools.csv", "d2bbd0a32cd1a7d0a30d0ad0a1d1a72cd1a7d0a30d0a");
    await page.getByText("将新建类别：学校").waitFor();
    await page.getByRole("cell", { name: "小学", exact: true }).waitFor();
    assert.equal(await page.locator("#encoding").inputValue(), "gb18030");
    await page.locator("#encoding").selectOption("utf-8");
    await page.getByRole("cell", { name: "Сѧ", exact: true }).waitFor();
    await page.locator("#encoding").selectOption("utf-16be");
    await page.locator("#encoding").selectOption("gb18030");
    await page.getByRole("cell", { name: "小学", exact: true }).waitFor();
    // A workbook: a hidden sheet, a title over merged cells, a formula, and a second list.
    const book = workbook([
      { name: "旧名单", hidden: true, rows: [["单位"], ["撤销的站"]] },
      { name: "机关", rows: [["2024年度名单", null, null], ["序号", "类别", "单位名称"], [1, "内设机构", "党政办"], [2, null, { text: "财政所" }], ["合计", null, 2]], merged: ["A1:C1", "B3:B4"] },
      { name: "站所", rows: [["单位", "类别"], ["水务站", "事业站所"]] },
    ]);
    await page.locator("#file").setInputFiles({ name: "名单.xlsx", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer: book });
    await page.getByText("可导入 2 个，有问题 0 个").waitFor();
    await page.getByRole("cell", { name: "财政所", exact: true }).waitFor();
    assert.deepEqual(await page.getByLabel("工作表").locator("option").allTextContents(), ["机关", "站所"]);
    await clean(page, "a workbook");
    await page.getByLabel("工作表").selectOption("站所");
    await page.getByRole("cell", { name: "水务站", exact: true }).waitFor();
    await page.getByText("可导入 1 个，有问题 0 个").waitFor();
    // A list as an office keeps it: a title, merged categories, a sum, notes.
    await page.getByLabel("粘贴在这里").fill("2024年度民主测评被评单位名单\t\t\t\n序号\t类别\t单位名称\t人数\n1\t内设机构\t党政办\t20\n2\t\t财政所\t30\n3\t事业站所\t水务站\t18\n4\t\t司法所\t25\n合 计\t\t\t93\n填表人：张某\t\t\t\n注：以机构改革后为准。\t\t\t");
    await page.getByText("可导入 4 个，有问题 0 个").waitFor();
    await page.getByText("将新建类别：事业站所").waitFor();
    await page.getByText("略过 4 行").click();
    await clean(page, "a list with a title, a sum and notes");
    await shot(page, "import-1280");
    await page.getByLabel(/第 9 行，表尾说明/).check();
    await page.getByText("可导入 4 个，有问题 1 个").waitFor();
    await page.getByLabel(/第 9 行，当作单位/).uncheck();
    // A bad cell is put right where it stands.
    await page.getByLabel("粘贴在这里").fill("单位\t类别\n党政办\t内设机构\n党政办\t内设机构");
    await page.getByText("可导入 1 个，有问题 1 个").waitFor();
    await page.getByLabel("第 3 行 名称").fill("财政所");
    await page.keyboard.press("Tab");
    await page.getByText("可导入 2 个，有问题 0 个").waitFor();
    await page.getByLabel("粘贴在这里").fill(pasted);
    await page.getByText("可导入 2 个，有问题 3 个").waitFor();
    await page.getByText("将新建类别：事业站所").waitFor();
    for (const why of ["名称重复", "没有单位名称", "方案里已有这个名称"]) await page.getByText(why).waitFor();
    await clean(page, "the preview of an import");
    const rejected = page.waitForEvent("download");
    await button(page, "下载有问题的 3 行").click();
    assert.equal((await rejected).suggestedFilename(), "rejected.csv");
    await button(page, "导入 2 个单位").click();
    await heading(page, "类别和被评单位");
    assert.equal(await field(page, "/units/3/name").inputValue(), "财政所");
    await button(page, "保存，回到任务清单").click();
    // This plan marks each unit on its own tasks, which no list of units has: they are asked for at once.
    await page.getByText("已保存，本页还有 2 处要改").waitFor();
    const { plan } = await server.json("GET", `/api/plans/${idOf(page)}`);
    assert.deepEqual(plan.units.slice(2).map(({ name, category }) => [name, category]), [["党政办", "dept"], ["财政所", "category2"]]);
  });

  test("takes a pasted plan with errors as a draft and leads to each", async () => {
    const page = await openPage(browser, DESK);
    await signIn(page, "/office/new");
    await heading(page, "新建方案");
    await page.locator("input[value=pasted]").check();
    await page.getByRole("textbox", { name: "方案文件" }).fill("{ \"format\": 1,, }");
    await button(page, "建立方案").click();
    await page.getByRole("link", { name: /不是合法的 JSON：第 1 行/ }).waitFor();
    const document = briefPlan();
    document.components[0].method.groups[1].weight = "一半";
    await page.getByRole("textbox", { name: "方案文件" }).fill(JSON.stringify(document));
    await button(page, "建立方案").click();
    await heading(page, "方案设置");
    await section(page, "核对全部内容");
    await page.getByRole("link", { name: /公开评议.*权重.*不是规定格式的小数/ }).click();
    await page.waitForFunction(() => document.activeElement?.id === "/components/0/method/groups/1/weight");
    await page.locator(".field-error", { hasText: "不是规定格式的小数" }).waitFor();
    await clean(page, "a field with an error");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("25");
    await page.locator(".field-error", { hasText: "不是规定格式的小数" }).waitFor({ state: "detached" });
  });
});

/// A control's value as it stands on the screen.
async function waitForValue(page, place, value) {
  await page.waitForFunction(([place, value]) => document.getElementById(place)?.value === value, [place, value]);
}

/// Draws one code for a group on the codes' page; it stands on the card and nowhere else.
async function drawOne(page, group) {
  await page.locator(`[id^="draw-"][id$="-${group}"]`).click();
  await page.locator("#count").fill("0");
  await page.locator("form button[type=submit]").click();
  await page.getByRole("link", { name: /张数应是 1 到/ }).waitFor();
  if (group === "leaders") {
    await clean(page, "the panel to draw codes in");
    await shot(page, "office-draw-1280");
  }
  await page.locator("#count").fill("1");
  await page.locator("form button[type=submit]").click();
  const typed = page.locator(".code-typed");
  await typed.waitFor();
  const code = (await typed.innerText()).replaceAll("-", "");
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{16}$/);
  assert.ok(!page.url().includes(code));
  if (group === "leaders") {
    await clean(page, "a card");
    await shot(page, "office-cards-1280", { fullPage: true });
    await page.getByRole("link", { name: "进程", exact: true }).click();
    await page.getByText("本页有还没有清除的投票码").first().waitFor();
    await button(page, "留在本页").click();
  }
  await button(page, "已打印或保存好，从本页清除").click();
  await page.locator(".code-typed").waitFor({ state: "detached" });
  return code;
}

/// Votes by the card's link, as its holder does.
async function vote(plan, code) {
  const page = await openPage(browser, PHONE);
  await page.goto(`${server.address}/ballot/${plan}#${code}`);
  await button(page, "开始填写").click();
  for (const line of [0, 1]) await page.locator(`#line-${line} label`, { hasText: /^\d?满意$/ }).click();
  await button(page, "提交").click();
  await page.locator(".receipt").waitFor();
}

/// A ballot on which every unit gets the first option.
async function castAllGood(plan, code) {
  const paper = await server.json("POST", "/api/ballot-paper", { plan, code });
  const marks = paper.sections.flatMap((section) =>
    section.units.flatMap((unit) => (unit.criteria?.length ? unit.criteria : [{ id: null }]).map((criterion) =>
      ({ component: section.component, unit: unit.id, criterion: criterion.id, option: section.options[0].id }))));
  await server.json("POST", "/api/ballots", { plan, code, ballot_id: randomBytes(16).toString("hex"), marks });
}

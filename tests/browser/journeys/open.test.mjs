// An open group: from a poster's link to a receipt, a second visit, and what the office and everybody see of it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, plan;

/// One open group decides it all, so that the plan can be published; its voters may write opinions.
function openPlan() {
  const document = briefPlan();
  const method = { ...document.components[0].method, groups: [{ group: "public", weight: "1" }] };
  const groups = document.groups.filter(({ id }) => id === "public").map((group) => ({ ...group, comments: true }));
  return { ...document, groups, components: [{ ...document.components[0], method }] };
}

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(openPlan());
  await server.openPlan(plan.id, []);
});

const link = () => `${server.address}/ballot/${plan.id}#open/year/public`;
const receipt = (page) => page.locator(".receipt").innerText();
const choose = (page, line, option) => page.locator(`#line-${line} label`, { hasText: new RegExp(`^\\d?${option}$`) }).click();

async function fill(page, options = ["满意", "基本满意", "不满意", "满意"]) {
  for (const [line, option] of options.entries()) await choose(page, line, option);
}

const submit = (page) => page.getByRole("button", { name: "提交", exact: true }).click();

async function office(path, settings = { width: 1280, height: 900 }) {
  const page = await openPage(browser, settings);
  await page.context().addCookies(server.cookie.split("; ").map((cookie) => {
    const [name, value] = cookie.split("=");
    return { name, value, url: server.address };
  }));
  await page.goto(`${server.address}/office/plans/${plan.id}/${path}`);
  return page;
}

describe("an open group's link", () => {
  test("opens a ballot for whoever scans it, once for each browser", async () => {
    const page = await openPage(browser, PHONE);
    await page.goto(link());
    await page.getByRole("button", { name: "开始填写" }).waitFor();
    assert.match(await page.locator("main").innerText(), /公开测评：任何人都可以填，每个浏览器一次/);
    await assertClean(page, "before the first mark");
    await shot(page, "open-intro");
    await page.getByRole("button", { name: "开始填写" }).click();
    await fill(page);
    // A reload half-way: the same paper, as it was.
    await page.reload();
    await page.getByRole("button", { name: "接着填（已填 4/4）" }).click();
    const comment = page.locator("details.comment").first();
    await comment.locator("summary").click();
    await comment.getByRole("textbox").fill("办证多跑了两趟，3 号窗口不说要带什么");
    assert.equal(await page.locator("input:checked").count(), 4, "digits in an opinion choose nothing");
    await assertClean(page, "an opinion");
    await shot(page, "open-comment");
    await page.reload();
    await page.getByRole("button", { name: /接着填/ }).click();
    assert.equal(await page.getByRole("textbox").first().inputValue(), "办证多跑了两趟，3 号窗口不说要带什么");
    await submit(page);
    const kept = await receipt(page);
    await assertClean(page, "the receipt");
    assert.equal(await page.getByRole("button", { name: "用另一个投票码填写" }).count(), 0);
    await page.reload();
    await page.getByRole("heading", { name: "您已投过票" }).waitFor();
    assert.ok(!(await page.locator("body").innerText()).includes(kept), "the next one at this device sees no receipt");
    const second = await page.context().newPage();
    await second.goto(link());
    await second.getByRole("heading", { name: "您已投过票" }).waitFor();
    await shot(second, "open-voted");
    assert.equal(await server.cast(plan.id), 1);
  });

  test("brings the receipt on a second visit where the answer to the ballot was lost", async () => {
    const page = await openPage(browser, PHONE);
    await page.goto(link());
    await page.getByRole("button", { name: "开始填写" }).click();
    await fill(page);
    let first = null;
    await page.route("**/api/ballots", async (route) => {
      first ??= await (await route.fetch()).json();
      return route.abort("connectionreset");
    });
    await submit(page);
    await page.getByText("第 1 次没有成功").waitFor();
    const second = await page.context().newPage();
    await second.goto(link());
    assert.equal((await receipt(second)).replaceAll(" ", ""), first.receipt);
  });

  test("says what is wrong where the browser keeps no cookies, or the answer does not come", async () => {
    const page = await openPage(browser, PHONE);
    await page.route("**/api/open-codes", async (route) => {
      const answer = await route.fetch({ headers: { ...route.request().headers(), cookie: "" } });
      const { "set-cookie": gone, ...headers } = answer.headers();
      return route.fulfill({ response: answer, headers });
    });
    await page.goto(link());
    await page.getByText("请允许浏览器保存 Cookie").waitFor();
    await assertClean(page, "no cookies");
    await page.unroute("**/api/open-codes");
    await page.getByRole("button", { name: "重试" }).click();
    await page.getByRole("button", { name: "开始填写" }).waitFor();
  });

  test("is on a poster in the office, and not asked for codes", async () => {
    const page = await office("codes");
    await page.getByRole("heading", { name: "公开渠道的二维码" }).waitFor();
    assert.equal(await page.locator(".poster .qr").count(), 1);
    // The address that is typed from paper, as soon as it is known; the picture holds the whole one.
    const typed = page.locator(".poster .mono", { hasText: "/b/" });
    await typed.waitFor();
    const led = await page.request.get(await typed.innerText(), { maxRedirects: 0 });
    assert.equal(new URL(led.headers().location, server.address).href, link());
    await assertClean(page, "the poster");
    await shot(page, "open-poster", { fullPage: true });
  });
});

describe("what an open group gave out", () => {
  test("is shown by the hour in the office, and with the opinions after closing", async () => {
    let page = await office("progress");
    await page.getByRole("heading", { name: "公开渠道每小时领取张数" }).waitFor();
    assert.match(await page.locator("section", { hasText: "公开渠道每小时" }).innerText(), /服务对象：已领取 3 张，已投 2 张/);
    await assertClean(page, "hours");
    await shot(page, "open-hours", { fullPage: true });
    await server.send("POST", `/api/plans/${plan.id}/close`, {});
    page = await office("progress");
    await page.getByRole("heading", { name: "意见建议" }).waitFor();
    assert.match(await page.locator("main").innerText(), /办证多跑了两趟/);
    await assertClean(page, "opinions");
    await shot(page, "open-opinions", { fullPage: true });
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /下载整改清单/ }).click()]);
    const bytes = [];
    for await (const chunk of await file.createReadStream()) bytes.push(chunk);
    const text = Buffer.concat(bytes).toString();
    assert.equal(text.charCodeAt(0), 0xfeff);
    assert.match(text, /^\ufeff序号,单位,意见建议,意见来源,周期,责任人,整改措施,完成时限,完成情况\r\n1,党政综合办公室,办证多跑了两趟，3 号窗口不说要带什么,,,,,,\r\n$/);
  });

  test("is shown to everybody with the result", async () => {
    const { groups } = await server.json("GET", `/api/plans/${plan.id}/turnout`);
    assert.equal(groups[0].cast, 2);
    // 满意 twice, 基本满意 twice, 不满意 twice: two units are level.
    await server.send("PUT", `/api/plans/${plan.id}/lots/dept`, { order: ["u4", "u1"] });
    await server.send("POST", `/api/plans/${plan.id}/publish`, {});
    const page = await openPage(browser, PHONE);
    await page.goto(`${server.address}/public/${plan.id}`);
    const section = page.locator("section", { has: page.getByRole("heading", { name: "公开渠道" }) });
    assert.match(await section.innerText(), /服务对象\s+3\s/);
    await assertClean(page, "the result");
    await shot(page, "open-public", { fullPage: true });
  });
});

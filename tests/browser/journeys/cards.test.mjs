// Cards and posters hold their words whatever the names are: the code, the title and the sentence on secrecy are whole.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => ([server, browser] = both));

const longest = (sign) => sign.repeat(100);

/// The longest names that a plan may hold.
function longNames() {
  const plan = structuredClone(briefPlan());
  plan.title = longest("评");
  plan.periods[0].name = longest("年");
  plan.groups[0].name = longest("班");
  plan.groups.push({ id: "all", name: longest("众"), ballot: "open" });
  plan.components[0].method.groups.push({ group: "all", weight: "20" });
  plan.units[0].name = longest("林");
  // Cards and posters say until when, too, with the zone.
  plan.schedule = [{ period: plan.periods[0].id, opens: "2018-10-08T09:00:00+08:00", closes: "2099-12-31T17:30:00+08:00" }];
  return plan;
}

/// Parts that are not whole inside their sheet of paper.
const cut = (page, sheet, parts) => page.evaluate(([sheet, parts]) => [...document.querySelectorAll(sheet)].flatMap((paper) => {
  const edge = paper.getBoundingClientRect();
  return [...paper.querySelectorAll(parts)].filter((part) => {
    const box = part.getBoundingClientRect();
    const inside = box.left >= edge.left - 1 && box.right <= edge.right + 1 && box.top >= edge.top - 1 && box.bottom <= edge.bottom + 1;
    return !inside || part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1;
  }).map((part) => part.className);
}), [sheet, parts]);

/// A site under that of a city, with a port and a path: 85 signs before the plan's own part.
const SITE = "https://pingyi.zhengwu.nanyangshi-dangfengzhengfeng.example.gov.cn:8443/minzhu/pingyi";

describe("with the longest names allowed", () => {
  for (const lang of ["zh", "en"]) {
    test(`cards and posters are whole: ${lang}`, async () => {
      const { id } = await server.plan(longNames(), {});
      const page = await openPage(browser, { width: 1280, height: 900, lang });
      await page.goto(`${server.address}/office`);
      await page.locator("input[autocomplete=username]").fill("admin");
      await page.locator("input[type=password]").fill(server.password);
      await page.locator("form button[type=submit]").click();
      await page.locator("input[type=password]").waitFor({ state: "detached" });
      await page.goto(`${server.address}/office/plans/${id}/codes`);
      await page.locator(".poster").first().waitFor();
      await page.emulateMedia({ media: "print" });
      // One of the plan itself, one of the group with the long name.
      assert.equal(await page.locator(".poster").count(), 2);
      const heights = await page.locator(".poster").evaluateAll((posters) => posters.map((poster) => poster.getBoundingClientRect().height));
      // 277 mm of an A4 page, at 96 dots an inch.
      assert.ok(heights.every((height) => height <= (277 * 96) / 25.4), `${heights}`);
      await page.emulateMedia({ media: "screen" });
      await page.locator("#draw-year-leaders").click();
      await page.locator(".side summary").first().click();
      await page.locator("#unit").selectOption("u1");
      await page.locator("#count").fill("8");
      await page.locator("form:has(#count) button[type=submit]").click();
      await page.locator(".code-typed").first().waitFor();
      const lost = [];
      for (const site of [server.address, SITE]) {
        await page.emulateMedia({ media: "screen" });
        await page.locator("#base").fill(site);
        await page.locator("#base").press("Tab");
        await page.locator(".code-address", { hasText: new URL(site).host }).first().waitFor({ state: "attached" });
        await page.emulateMedia({ media: "print" });
        assert.ok((await page.locator(".code-card").first().innerText()).includes("2099"));
        lost.push(...(await cut(page, ".code-card", ".code-title, .code-typed, .code-secret, .code-address, .qr")));
      }
      assert.deepEqual(lost, []);
    });
  }
});

test("codes for each unit are one draw, in the order of the units, each registered for its own", async () => {
  const plan = briefPlan();
  const { id } = await server.plan(plan, {});
  const page = await openPage(browser, { width: 1280, height: 800 });
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(`${server.address}/office/plans/${id}/codes`);
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && request.url().endsWith("/codes") && sent.push(request.postDataJSON()));
  await page.locator("#draw-year-leaders").click();
  await page.locator("#how-each").check();
  await page.locator("#count").fill("3");
  await page.getByText("4 个单位 × 3 = 12 张").waitFor();
  await shot(page, "codes-each-1280");
  await page.locator("form button[type=submit]").click();
  await page.getByText("12 张，2 页").waitFor();
  const cards = await page.locator(".code-who").allInnerTexts();
  assert.deepEqual(cards, plan.units.flatMap((unit) => Array(3).fill(`班子成员 · 2018年度 · ${unit.name}`)));
  assert.deepEqual(sent.map(({ unit, hashes }) => [unit, hashes.length]), plan.units.map((unit) => [unit.id, 3]));
  await page.getByText("12 发 · 0 投").waitFor();
  // A second draw joins the queue; the cards of the first are found again.
  await page.locator("#draw-year-delegates").click();
  await page.locator("#count").fill("1");
  await page.keyboard.press("Enter");
  await page.getByText("1 张，1 页").waitFor();
  assert.equal(await page.locator(".code-typed").count(), 1);
  await assertClean(page, "a queue of two draws");
  await shot(page, "codes-queue-1280");
  await page.getByRole("button", { name: "显示卡片" }).click();
  assert.equal(await page.locator(".code-typed").count(), 12);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载投票码（CSV）" }).first().click()]);
  assert.equal(file.suggestedFilename(), "codes-leaders-12.csv");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator("#draw-year-leaders").click();
  await assertClean(page, "drawing on a phone");
  await shot(page, "codes-each-390");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.id === "draw-year-leaders");
});

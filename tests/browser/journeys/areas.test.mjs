// The office's areas: loaded when one of their pages is first needed, beside a page that stays.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = (await server.plan(briefPlan())).id;
});

const DESK = { width: 1280, height: 900 };
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const tab = (page, name) => page.locator(".tabs").getByRole("link", { name, exact: true });
const retry = (page) => page.getByRole("button", { name: "重新加载", exact: true });

/// A page of the office with the modules that it asked for. What is marked on its window is gone when it is loaded anew.
async function office(path) {
  const page = await openPage(browser, DESK);
  page.modules = [];
  page.on("request", (request) => {
    const module = request.url().match(/assets\/(\w+)-\w+\.wasm/)?.[1];
    if (module) page.modules.push(module);
  });
  await server.signInOn(page, path);
  await page.evaluate(() => { window.isStill = true; });
  return page;
}

const isStill = (page) => page.evaluate(() => window.isStill === true);
const each = (modules) => assert.deepEqual([...new Set(modules)].sort(), [...modules].sort(), "each module once");

const built = readdirSync(new URL("../../../dist/assets/", import.meta.url));
const skip = built.some((name) => /^desk-\w+\.wasm$/.test(name)) ? false : "a quick build is not cut into areas";

describe("areas of the office", { skip }, () => {
  test("are loaded when first needed, once, and the page stays", async () => {
    const page = await office("/office");
    await heading(page, "评议方案");
    assert.ok(page.modules.includes("desk"), "the list of plans");
    assert.ok(!page.modules.includes("followup") && !page.modules.includes("setup"), "nothing else");
    await page.goto(`${server.address}/office/plans/${plan}/progress`);
    await heading(page, "进程");
    await page.evaluate(() => { window.isStill = true; });
    page.modules = [];
    await tab(page, "台账").click();
    await page.locator("#title").waitFor();
    assert.ok(page.modules.includes("followup"));
    await page.waitForFunction(() => document.activeElement?.id === "title");
    const loaded = page.modules.length;
    await tab(page, "进程").click();
    await heading(page, "进程");
    await page.goBack();
    await page.goBack();
    await heading(page, "进程");
    assert.equal(page.modules.length, loaded, "what was loaded stays");
    assert.ok(await isStill(page));
    assert.deepEqual(page.faults, []);
  });

  test("begin to load with the address that names them", async () => {
    const page = await office(`/office/plans/${plan}/findings`);
    await page.locator("#title").waitFor();
    each(page.modules);
    const begun = await page.evaluate(() => performance.getEntriesByType("resource")
      .filter((entry) => /\/followup-\w+\.wasm/.test(entry.name)).map((entry) => entry.initiatorType));
    assert.deepEqual(begun, ["link"]);
    assert.deepEqual(page.faults, []);
  });

  test("that cannot be had say so, and are got by asking again", async () => {
    const page = await office(`/office/plans/${plan}/progress`);
    await heading(page, "进程");
    await page.route(/assets\/followup-/, (route) => route.abort());
    await tab(page, "台账").click();
    await page.getByRole("alert").getByText("连不上服务器").waitFor();
    await tab(page, "进程").click();
    await heading(page, "进程");
    await tab(page, "台账").click();
    await retry(page).waitFor();
    await page.unroute(/assets\/followup-/);
    await retry(page).click();
    await page.locator("#title").waitFor();
    assert.ok(await isStill(page));
  });

  test("of an older edition are got by loading the page anew", async () => {
    const page = await office(`/office/plans/${plan}/progress`);
    await heading(page, "进程");
    await page.route(/assets\/followup-/, (route) => route.fulfill({ status: 404 }));
    await tab(page, "台账").click();
    await retry(page).waitFor();
    await page.unroute(/assets\/followup-/);
    await retry(page).click();
    await page.locator("#title").waitFor();
    assert.equal(await isStill(page), false);
  });

  test("ask for the plan again, which somebody else may have changed", async () => {
    const page = await office(`/office/plans/${plan}/progress`);
    await heading(page, "进程");
    const answer = await server.send("GET", `/api/plans/${plan}`);
    const { plan: document } = await answer.json();
    const changed = { ...document, title: "别人改过的方案" };
    await server.send("PUT", `/api/plans/${plan}?draft=1`, changed, { "if-match": answer.headers.get("etag") });
    await tab(page, "方案设置").click();
    await heading(page, "方案设置");
    await page.locator(".plan-title", { hasText: "别人改过的方案" }).waitFor();
  });
});

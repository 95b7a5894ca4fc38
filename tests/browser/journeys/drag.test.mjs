// What a drag costs on a processor four times slower: the gesture's recomputing and redrawing, and long work
// beside it. It prints figures and judges none: they are the machine's too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { wideAppraisal } from "../lib/plans.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

/// The page of the simulation for a plan of so many units and components. What is timed is the page, so it is
/// handed the records at once and not through ten thousand requests.
async function simulation(units, components) {
  const { plan, entries } = wideAppraisal(units, components);
  const { id } = await server.plan(plan);
  const records = { format: 1, entries: entries.map((entry) => ({ period: "year", ...entry })) };
  const page = await openPage(browser, { width: 1280, height: 900 });
  page.setDefaultTimeout(60_000);
  await page.route("**/records", (route) => route.fulfill({ json: records }));
  await page.request.post(`${server.address}/api/session`, { data: { name: "admin", password: server.password } });
  await page.goto(`${server.address}/office/plans/${id}/simulation`);
  await page.locator(".strip svg").first().waitFor();
  return page;
}

for (const [units, components] of [[118, 8], [500, 20]]) {
  test(`a drag over ${units} units and ${components} components`, { timeout: 600_000 }, async (t) => {
    const page = await simulation(units, components);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    // As a finger's moves come: once a frame, before it is laid out and painted. The page's effects run in microtasks;
    // a message sent before them arrives when the frame is painted.
    const times = await page.evaluate(async () => {
      const slider = document.querySelector("input[type=range]");
      const totals = () => [...document.querySelectorAll(".shifts .total")].map((total) => total.textContent).join();
      const pen = document.querySelector(".shifts .bar").getContext("2d");
      const bar = () => pen.getImageData(0, 0, 1000, 1).data.join();
      const times = [];
      for (let step = 0; step < 90; step += 1) {
        const before = [totals(), bar()];
        await new Promise((done) => {
          let start, laidOut;
          requestAnimationFrame(() => {
            start = performance.now();
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              times.push({ laidOut, painted: performance.now() - start, followed: totals() !== before[0] && bar() !== before[1] });
              done();
            };
            port2.postMessage(0);
            slider.value = String(5 + (step % 60) * 0.5);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          });
          // The second of the frame's callbacks comes after all microtasks of the first.
          requestAnimationFrame(() => {
            document.querySelector(".shifts").getBoundingClientRect();
            laidOut = performance.now() - start;
          });
        });
      }
      slider.dispatchEvent(new Event("change", { bubbles: true }));
      return times.slice(10);
    });
    const said = (of) => {
      const sorted = times.map((time) => time[of]).sort((one, other) => one - other);
      const at = (share) => sorted[Math.floor(sorted.length * share)].toFixed(1);
      return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`;
    };
    t.diagnostic(`recompute and lay out: ${said("laidOut")}; with paint: ${said("painted")}`);
    assert.ok(times.every((time) => time.followed), "each step shows other totals and another bar within its frame");
    assert.deepEqual(page.faults, []);
  });
}

test("while a slider is dragged levers and rows in sight follow, and what it settles is the same", async () => {
  const page = await simulation(118, 8);
  const seen = () => page.evaluate(() => [...document.querySelectorAll(".lever")].map((lever) => {
    const field = lever.querySelector(".exact"), now = lever.querySelector(".now");
    const [shown, hidden] = getComputedStyle(field).visibility === "visible" ? [field.value, now] : [now.textContent, field];
    return { slider: lever.querySelector("input[type=range]").getAttribute("aria-valuetext"), shown, both: hidden === now ? now.checkVisibility() : false };
  }));
  const unit = await page.locator(".shifts tbody th").first().textContent();
  const bar = () => page.evaluate((unit) => {
    const row = [...document.querySelectorAll(".shifts tbody tr")].find((row) => row.querySelector("th").textContent === unit);
    return row.querySelector(".bar").getContext("2d").getImageData(0, 0, 1000, 1).data.join();
  }, unit);
  const before = await seen();
  const barBefore = await bar();
  const slider = page.locator("input[type=range]").first();
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width * 0.16, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
  const during = await seen();
  const barDuring = await bar();
  assert.notDeepEqual(during, before);
  assert.ok(await page.locator(".now").first().isVisible());
  // What is only said of a settled plan is not said meanwhile; rows that are scrolled into sight show the same plan.
  assert.equal(await page.locator(".at-rest:visible").count(), 0);
  const rows = (inSight) => page.evaluate((inSight) => [...document.querySelectorAll(".shifts tbody tr")]
    .filter((row) => !inSight || (row.getBoundingClientRect().top < innerHeight && row.getBoundingClientRect().bottom > 0))
    .map((row) => ["th", ".rank", ".total"].map((part) => row.querySelector(part).textContent).join(" ")), inSight);
  const atTop = await rows(true);
  await page.evaluate(() => document.querySelector(".shifts tbody:last-of-type").scrollIntoView({ block: "center" }));
  // Two frames: one brings the scroll event, the next what was written for it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const atBottom = await rows(true);
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.up();
  await page.locator(".now").first().waitFor({ state: "hidden" });
  const settled = await rows(false);
  assert.ok(atTop.length > 5 && atBottom.length > 5 && !atBottom.includes(atTop[0]));
  for (const row of [...atTop, ...atBottom]) assert.ok(settled.includes(row), `${row} is not what was settled`);
  assert.ok(await page.locator(".at-rest").first().isVisible());
  assert.notEqual(barDuring, barBefore);
  assert.equal(await bar(), barDuring);
  const after = await seen();
  for (const levers of [before, during, after]) {
    assert.ok(levers.every(({ slider, shown, both }) => shown === slider && !both), JSON.stringify(levers));
    const sum = levers.reduce((sum, { shown }) => sum + Number(shown), 0);
    assert.ok(Math.abs(sum - 100) < 0.001, String(sum));
  }
  assert.deepEqual(after, during);
  assert.deepEqual(page.faults, []);
});

test("a slider that is let go settles where no change is said", async () => {
  const page = await simulation(118, 8);
  const slider = page.locator("input[type=range]").first();
  for (const end of ["pointerup", "pointercancel", "blur"]) {
    await slider.evaluate((slider) => {
      slider.value = String(Number(slider.value) + 1);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.locator(".now").first().waitFor();
    const during = await page.locator(".now").first().textContent();
    await slider.dispatchEvent(end);
    await page.locator(".now").first().waitFor({ state: "hidden" });
    assert.equal(await page.locator(".exact").first().inputValue(), during);
  }
  assert.deepEqual(page.faults, []);
});

test("long work over 500 units and 20 components shows how far it is and can be cancelled, and a drag goes on meanwhile", { timeout: 600_000 }, async () => {
  const page = await simulation(500, 20);
  await page.locator("#chances select").nth(1).selectOption("100000");
  await page.locator("#chances .start").first().click();
  await page.locator("#chances .cancel").first().waitFor();
  // A drag while it runs shows other points and totals before the work is done.
  await page.evaluate(() => scrollTo(0, 0));
  const still = await page.evaluate(async () => {
    const slider = document.querySelector("input[type=range]");
    const before = document.querySelector(".shifts .total").textContent;
    slider.value = "0";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    for (let turn = 0; turn < 1000 && document.querySelector(".shifts .total").textContent === before; turn += 1) await new Promise((done) => setTimeout(done, 0));
    return document.querySelector(".shifts .total").textContent !== before && document.querySelector("#chances .chart") === null;
  });
  assert.ok(still, "the drag did not wait");
  await page.waitForFunction(() => document.querySelector("#chances progress").value > 0);
  await page.locator("#chances .cancel").first().click();
  await page.getByText("已取消").first().waitFor();
  assert.equal(await page.locator("#chances .chart").count(), 0);
  // Fewer draws, to the end.
  await page.locator("#chances select").nth(1).selectOption("1000");
  await page.locator("#chances .start").first().click();
  await page.locator("#chances .chart svg").waitFor();
  assert.deepEqual(page.faults, []);
});

// What the ballot costs a phone: bytes over the network, and the time from a tap to what follows from it. Bytes are
// judged; times are printed, for they are the machine's too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { largePlan } from "../lib/plans.mjs";

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(largePlan(), { leaders: 6 });
  await server.openPlan(plan.id, []);
});

// The page's files are held to 150 KB where they are built; here come headers and a large paper, which is not compressed.
test("everything that the ballot loads, headers and a paper of sixty units too, is at most 160 KB", async (t) => {
  const page = await openPage(browser, PHONE);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
  await page.getByRole("button", { name: "开始填写" }).waitFor();
  t.diagnostic(`${bytes} bytes with headers`);
  assert.ok(bytes <= 160_000, `${bytes} bytes`);
});

test("sixty units on a processor four times slower: each tap shows in the bar", { timeout: 120_000 }, async (t) => {
  const page = await openPage(browser, PHONE);
  await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
  await page.getByRole("button", { name: "开始填写" }).click();
  await page.locator(".bar-status").click();
  await page.locator(".preview").waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  // From the tap's event to the bar and the open preview having changed; what a frame then takes to
  // paint is the browser's.
  const times = await page.evaluate(async () => {
    const bar = document.querySelector(".bar-status");
    const times = [];
    for (let line = 0; line < 60; line += 1) {
      const before = bar.textContent;
      const start = performance.now();
      document.getElementById(`l${line}-${line < 10 ? 0 : line < 30 ? 1 : 2}`).click();
      while (bar.textContent === before) await new Promise((done) => setTimeout(done, 0));
      times.push(performance.now() - start);
      await new Promise((done) => requestAnimationFrame(done));
    }
    return times;
  });
  times.sort((one, other) => one - other);
  t.diagnostic(`median ${times[30].toFixed(1)} ms, 95th percentile ${times[56].toFixed(1)} ms`);
  assert.equal(times.length, 60);
  assert.deepEqual(page.faults, []);
});

test("a moved layout is not seen while the ballot opens", async (t) => {
  const page = await openPage(browser, PHONE);
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
  await page.getByRole("button", { name: "开始填写" }).waitFor();
  await page.waitForTimeout(300);
  const shift = await page.evaluate(() => globalThis.shift);
  t.diagnostic(`layout shift ${shift.toFixed(3)}`);
  assert.ok(shift <= 0.05, `${shift}`);
});

// The calendar of a plan, and what is due this week across plans: late things first, today in its place, each line leading
// to where the work is done; whoever enters for one office sees what is theirs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { wideAppraisal } from "../lib/plans.mjs";

const DESK = { width: 1280, height: 800 };
const LOOKS = [
  DESK,
  { ...DESK, lang: "en", theme: "dark" },
  { ...PHONE, width: 390, height: 844 },
  { ...PHONE, width: 390, height: 844, lang: "en", theme: "dark" },
  { ...DESK, large: true },
];
const named = ({ width, lang = "zh", theme = "light", large }) => `${width}-${lang}-${theme}${large ? "-large" : ""}`;
const CLERK = { name: "xinfang", password: "a-clerk-of-one-office" };
let server, browser, plan, quiet;

/// A moment so many days from now, at a full hour, as a plan writes it for UTC+8.
function day(days, hour) {
  const there = new Date(Date.now() + 8 * 3600_000 + days * 86_400_000);
  return `${there.toISOString().slice(0, 10)}T${String(hour).padStart(2, "0")}:00:00+08:00`;
}

house(async (...both) => {
  [server, browser] = both;
  const base = () => {
    const { plan } = wideAppraisal(4, 2);
    plan.components[0].method.office = "信访局";
    plan.components[1].method.office = "督查室";
    plan.periods = [{ id: "h1", name: "上半年" }, { id: "h2", name: "下半年" }];
    return plan;
  };
  const busy = { ...base(), title: "南阳市市直单位“三亮三评”" };
  busy.schedule = [
    { period: "h1", opens: day(-12, 8), closes: day(-3, 18), entries_due: day(-1, 18) },
    { period: "h2", opens: day(2, 8), closes: day(30, 18), entries_due: day(40, 18) },
  ];
  plan = (await server.plan(busy)).id;
  await server.send("POST", `/api/plans/${plan}/open`, { rounds: [{ period: "h1", stage: 1 }] });
  // One of the four figures of one office is there, and all of the other's.
  for (const [component, unit] of [["c1", "u1"], ["c2", "u1"], ["c2", "u2"], ["c2", "u3"], ["c2", "u4"]]) {
    await server.send("PUT", `/api/plans/${plan}/entries/h1/${component}/${unit}`, { value: "80" });
  }
  const far = { ...base(), title: "明年的评议" };
  far.schedule = [{ period: "h1", opens: day(200, 8), closes: day(210, 18) }];
  quiet = (await server.plan(far)).id;
  await server.send("POST", "/api/staff", { ...CLERK, roles: ["office"], office: "信访局" });
});

async function at(path, look = DESK, cookie = server.cookie) {
  const page = await openPage(browser, look);
  const [name, value] = cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(server.address + path);
  await page.locator("h1#title").waitFor();
  await page.getByText(/正在载入|Loading/).waitFor({ state: "detached" });
  return page;
}

for (const look of LOOKS) {
  test(`the calendar and the desk at ${named(look)}`, async () => {
    const page = await at(`/office/plans/${plan}/calendar`, look);
    await page.locator(".calendar tbody").first().waitFor();
    await assertClean(page, "the calendar");
    await shot(page, `calendar-${named(look)}`, { fullPage: true });
    if (look.width === 1280 && !look.large) {
      const tops = await page.locator(".tabs li").evaluateAll((tabs) => tabs.map((tab) => Math.round(tab.getBoundingClientRect().top)));
      assert.equal(new Set(tops).size, 1, `tabs in one line: ${tops}`);
    }
    await page.goto(`${server.address}/office`);
    await page.locator("#due").waitFor();
    await assertClean(page, "the desk with what is due");
    await shot(page, `calendar-desk-${named(look)}`, { fullPage: true });
  });
}

test("what is late comes first, then week by week with today in its place, and a line leads to the work", async () => {
  // The timer has closed the first half-year.
  for (let round = 0; round < 60; round += 1) {
    const { rounds } = await server.json("GET", `/api/plans/${plan}/rounds`);
    if (rounds.find(({ period }) => period === "h1").state === "closed") break;
    await new Promise((done) => setTimeout(done, 1000));
  }
  const page = await at(`/office/plans/${plan}/progress`);
  await page.getByRole("link", { name: "时间安排" }).click();
  await page.locator(".calendar tbody").first().waitFor();
  const bodies = await page.locator(".calendar tbody").evaluateAll((bodies) => bodies.map((body) => [...body.rows].map((row) => row.innerText.replace(/\s+/g, " ").trim())));
  assert.equal(bodies[0][0], "已过期 1 项");
  assert.equal(bodies[0].length, 2);
  assert.match(bodies[0][1], /^周. \d{4}-\d\d-\d\d 18:00 UTC\+8 上半年：信访局录入截止 已录 1\/4 其中迟录 1$/);
  const rest = bodies.slice(1).flat();
  const place = (what) => rest.findIndex((line) => what.test(line));
  const order = [/上半年：投票开始 已开始/, /上半年：投票截止 已截止/, /上半年：督查室录入截止 已录 4\/4/, /^今天 周/, /下半年：投票开始 还有 2 天/, /下半年：投票截止 还有 30 天/, /下半年：信访局录入截止 已录 0\/4 还有 40 天/];
  const places = order.map(place);
  assert.ok(places.every((one) => one >= 0), `${places} in ${JSON.stringify(rest)}`);
  assert.deepEqual(places, [...places].sort((one, other) => one - other));
  assert.equal(await page.locator(".calendar-today").count(), 1);
  // Weeks begin on Mondays, in order.
  const weeks = rest.map((line) => line.match(/^(\d{4}-\d\d-\d\d) 至 \d{4}/)?.[1]).filter(Boolean);
  assert.ok(weeks.length >= 3);
  assert.deepEqual(weeks, [...weeks].sort());
  for (const week of weeks) assert.equal(new Date(`${week}T00:00:00Z`).getUTCDay(), 1, week);
  await page.getByRole("link", { name: "上半年：信访局录入截止" }).click();
  await page.waitForURL(/\/records$/);
  await page.goBack();
  await page.getByRole("link", { name: "下半年：投票开始" }).click();
  await page.waitForURL(/\/progress$/);

  // Without times the page says so, and where to write them.
  const { plan: bare } = wideAppraisal(4, 2);
  const { id } = await server.plan({ ...bare, title: "没有时间的方案" });
  await page.goto(`${server.address}/office/plans/${id}/calendar`);
  await page.getByText("方案没有写起止时间和录入截止时间。").waitFor();
  await page.getByRole("link", { name: "在“基本信息”里写时间" }).click();
  await page.waitForURL(/setup\/basics/);
});

test("the desk begins with what is due, and with nothing where nothing is", async () => {
  const page = await at("/office");
  const lines = page.locator(".due tbody tr");
  await lines.first().waitFor();
  const told = (await lines.allInnerTexts()).map((line) => line.replace(/\s+/g, " ").trim());
  assert.equal(told.length, 2, told.join("\n"));
  assert.match(told[0], /^已过期 \d{4}-\d\d-\d\d 18:00 UTC\+8 上半年 · 信访局还有 3 项没有录入 南阳市/);
  assert.match(told[1], /^\d{4}-\d\d-\d\d 08:00 UTC\+8 下半年 · 投票开始 南阳市/);
  await lines.first().getByRole("link").click();
  await page.waitForURL(new RegExp(`${plan}/records$`));

  const answer = await server.send("POST", "/api/session", CLERK, { cookie: "" });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const own = await at("/office", { ...PHONE, width: 390, height: 844 }, cookie);
  await own.getByRole("heading", { name: "我的录入：本周到期" }).waitFor();
  assert.equal(await own.locator(".due tbody tr").count(), 1);
  assert.match(await own.locator(".due tbody tr").innerText(), /信访局还有 3 项没有录入/);
  await assertClean(own, "what is due of one office");
  await shot(own, "calendar-desk-of-one-office-390");
  await own.getByRole("link", { name: /信访局还有 3 项/ }).click();
  await own.waitForURL(/\/records$/);
  await own.getByRole("link", { name: "时间安排" }).click();
  await own.locator(".calendar tbody").first().waitFor();
  assert.equal(await own.getByText("督查室录入截止").count(), 0);
  await assertClean(own, "the calendar of one office");

  for (const unit of ["u2", "u3", "u4"]) {
    await server.send("PUT", `/api/plans/${plan}/entries/h1/c1/${unit}`, { value: "70" });
  }
  await own.goto(`${server.address}/office`);
  await own.locator(".desk tbody tr").first().waitFor();
  assert.equal(await own.locator("#due").count(), 0);
  assert.ok(quiet);
});

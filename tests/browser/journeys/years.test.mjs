// A second year: the plan is copied, and the ranking has last year's ranks and scores beside this year's, with the sanctions
// that are still running; so has a unit's public page.
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
const UNITS = ["市国税局", "市国土资源局", "市人社局", "市住建局"];
let server, browser, last, now;

house(async (...both) => {
  [server, browser] = both;
  const { plan } = wideAppraisal(4, 1);
  Object.assign(plan, {
    title: "市直单位2025年度评议", year: 2025, periods: [{ id: "year", name: "2025年度" }],
    units: UNITS.map((name, place) => ({ id: `u${place + 1}`, name, category: "dept" })),
    outcomes: [{ id: "warned", name: "限期整改", when: { from_bottom: 1 } }],
  });
  const enter = async (id, values) => {
    for (const [place, value] of values.entries()) {
      await server.send("PUT", `/api/plans/${id}/entries/year/c1/u${place + 1}`, { value });
    }
  };
  last = (await server.plan(plan)).id;
  await server.openPlan(last, []);
  await enter(last, ["90", "80", "70", "60"]);
  await server.send("POST", `/api/plans/${last}/close`, {});
  await server.send("POST", `/api/plans/${last}/publish`, {});
  await server.send("POST", `/api/plans/${last}/cases`, { unit: "u4", outcome: "warned", due: "2031-01-31", text: "黄牌警告，限期整改" });
  now = (await server.json("POST", `/api/plans?from=${last}`, {})).id;
  await server.openPlan(now, []);
  // The first unit falls to the end, so each of the others goes up by one.
  await enter(now, ["60", "95", "70", "65"]);
});

async function at(path, look = DESK) {
  const page = await openPage(browser, look);
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(server.address + path);
  return page;
}

for (const look of LOOKS) {
  test(`last year in the ranking and at a unit at ${named(look)}`, async () => {
    const page = await at(`/office/plans/${now}/ranking`, look);
    await page.locator(".ranking td.was").first().waitFor();
    await assertClean(page, "the ranking beside last year's");
    await shot(page, `years-ranking-${named(look)}`, { fullPage: true });
    await page.goto(`${server.address}/office/plans/${now}/ranking/u4`);
    await page.locator("#was p").first().waitFor();
    await assertClean(page, "a unit last year");
    await shot(page, `years-unit-${named(look)}`);
    await page.goto(`${server.address}/public/units/${encodeURIComponent(UNITS[0])}${look.lang === "en" ? "?lang=en" : ""}`);
    await assertClean(page, "a unit's public page");
    await shot(page, `years-public-${named(look)}`);
  });
}

test("the plan that this one was made of stands beside it, until another or none is chosen", async () => {
  const page = await at(`/office/plans/${now}/ranking`);
  const cells = page.locator(".ranking td.was");
  await cells.first().waitFor();
  const rows = await page.locator(".ranking tbody tr").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("th a").firstChild.textContent, row.querySelector(".rank").innerText, row.querySelector(".was [aria-hidden]").innerText, row.querySelector(".was").innerText.replace(/\s+/g, " ").trim()]),
  );
  assert.deepEqual(rows.map((row) => row.slice(0, 3)), [
    [UNITS[1], "1", "▲1"], [UNITS[2], "2", "▲1"], [UNITS[3], "3", "▲1"], [UNITS[0], "4", "▼3"],
  ]);
  assert.match(rows[0][3], /^2 80\.00/);
  assert.match(rows[3][3], /^1 90\.00/);
  // One sanction is running, and it stands at its unit.
  assert.equal(await page.getByText("处置未结").count(), 1);
  assert.equal(await page.locator(".ranking tbody tr", { hasText: UNITS[3] }).getByText("处置未结").count(), 1);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  assert.equal((await file).suggestedFilename(), "ranking.csv");

  await page.getByRole("link", { name: UNITS[3] }).click();
  await page.getByText("去年（市直单位2025年度评议）：第 4 名，60.00 分 · 限期整改").waitFor();
  await page.getByText("仍在期内的处置：黄牌警告，限期整改 2031-01-31").waitFor();

  await page.goto(`${server.address}/office/plans/${now}/ranking`);
  await cells.first().waitFor();
  await page.getByLabel("去年的方案").selectOption("");
  await cells.first().waitFor({ state: "detached" });
  await page.getByLabel("去年的方案").selectOption(last);
  await cells.first().waitFor();
  assert.equal(await cells.count(), 4);
});

test("a plan that was made of none has the choice and no column", async () => {
  const page = await at(`/office/plans/${last}/ranking`);
  await page.locator(".ranking tbody tr").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator(".ranking td.was").count(), 0);
});

test("a newer edition of a source is said in the list of plans, and leads to where it is taken", async () => {
  const { plan } = wideAppraisal(4, 1);
  const source = (await server.plan({ ...plan, title: "窗口评议" })).id;
  await server.openPlan(source, []);
  const enter = async (value) => {
    await server.send("PUT", `/api/plans/${source}/entries/year/c1/u1`, { value });
    await server.send("POST", `/api/plans/${source}/publish`, {});
  };
  for (const unit of ["u2", "u3", "u4"]) await server.send("PUT", `/api/plans/${source}/entries/year/c1/${unit}`, { value: `8${unit.slice(1)}` });
  await server.send("POST", `/api/plans/${source}/close`, {});
  await enter("90");
  const windows = { id: "windows", name: "窗口", points: "100", method: { kind: "linked", combine: "mean", out_of: "100", office: "中心" } };
  const parent = (await server.plan({ ...plan, title: "三亮三评", components: [windows] })).id;
  await server.openPlan(parent, []);
  await server.send("PUT", `/api/plans/${parent}/links-from`, { component: "windows", period: "year", plans: [source] });

  const said = "1 个来源方案有新的一版，还没有取用";
  const page = await at("/office");
  const line = page.locator("tbody tr", { has: page.getByRole("link", { name: "三亮三评" }) });
  await line.waitFor();
  assert.equal(await page.getByText(said).count(), 0);
  await server.send("POST", `/api/plans/${source}/correct`, { reason: "漏记一项" });
  await enter("91");
  await page.reload();
  await line.getByRole("link", { name: said }).waitFor();
  await assertClean(page, "a newer edition in the list of plans");
  await shot(page, "desk-newer-edition");
  await line.getByRole("link", { name: said }).click();
  await page.getByText(/已有第 2 版/).waitFor();
  await page.getByRole("button", { name: "取用", exact: true }).first().waitFor();
});

// What offices enter: every kind once, by typing and by pasting, struck out with a reason, and kept when the
// network or the session goes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";

const SECOND = { name: "wang", password: "second-person-2018" };
let server, browser, plan, source;

const UNITS = ["林业站", "村建所", "财政所", "水务站"];

/// Every method of a leaf once; nothing that decides a tie.
function recordsPlan(title = "元坝镇2018年录入试用") {
  const survey = {
    kind: "survey", scale: "satisfaction", out_of: "100",
    groups: [{ group: "leaders", weight: "50" }, { group: "staff", weight: "50" }],
  };
  return {
    format: 1, title, year: 2018, total: "100",
    categories: [{ id: "dept", name: "内设机构" }],
    units: UNITS.map((name, place) => ({ id: `u${place + 1}`, name, category: "dept" })),
    groups: [{ id: "leaders", name: "班子成员", ballot: "named" }, { id: "staff", name: "干部职工", ballot: "named" }],
    scales: [{ id: "satisfaction", options: [
      { id: "good", name: "满意", value: "90" }, { id: "fair", name: "基本满意", value: "70" }, { id: "poor", name: "不满意", value: "50" },
    ] }],
    periods: [{ id: "year", name: "2018年度" }], combine: "mean",
    components: [
      { id: "internal", name: "内部测评", points: "30", method: survey },
      { id: "hotline", name: "热线办理", points: "20", method: { kind: "entered", office: "政务热线办公室" } },
      { id: "inspection", name: "明察暗访", points: "20", method: {
        kind: "incidents", serious_factor: "2",
        levels: [{ id: "village", name: "社级", amount: "1" }, { id: "county", name: "县级", amount: "2" }],
      } },
      { id: "windows", name: "窗口月评", points: "30", method: { kind: "linked", combine: "mean", out_of: "100" } },
    ],
    adjustments: [
      { id: "commended", name: "表彰推广", sign: "bonus", cap: "5", levels: [{ id: "district", name: "区级", points: "3" }] },
      { id: "violation", name: "违反效能规定", sign: "deduction", range: { min: "0", max: "10" } },
    ],
    ranking: { decimals: 2, tie_break: [] }, grading: null,
    outcomes: [
      { id: "first", name: "通报表扬", when: { from_top: 1 } },
      { id: "last", name: "诫勉谈话", when: { from_bottom: 1 } },
    ],
  };
}

/// One entered component: what another plan takes its totals from.
function sourcePlan() {
  const plan = recordsPlan("2018年上半年窗口评议");
  const components = [{ id: "points", name: "得分", points: "100", method: { kind: "entered", office: "政务中心" } }];
  return { ...plan, components, adjustments: [] };
}

house(async (...both) => {
  [server, browser] = both;
  plan = (await server.plan(recordsPlan())).id;
  await server.openPlan(plan, []);
  source = (await server.plan(sourcePlan())).id;
  await server.openPlan(source, []);
  for (const [place, value] of ["91.2", "88", "75.5", "60"].entries()) {
    await server.json("PUT", `/api/plans/${source}/entries/year/points/u${place + 1}`, { value });
  }
  await server.send("POST", `/api/plans/${source}/close`, {});
  await server.send("POST", `/api/plans/${source}/publish`, {});
  await server.json("POST", "/api/staff", { ...SECOND, roles: ["office"] });
});

async function signIn(name, password) {
  const answer = await fetch(`${server.address}/api/session`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ name, password }),
  });
  assert.equal(answer.status, 204);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0])[0];
}

/// A page below the records of the plan, for somebody signed in.
async function at(path, { who = { name: "admin", password: server.password }, ...look } = {}) {
  const page = await openPage(browser, { width: 1280, height: 900, ...look });
  const [name, value] = (await signIn(who.name, who.password)).split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  await page.goto(`${server.address}/office/plans/${plan}/records${path}`);
  await page.locator("h1#title").waitFor();
  return page;
}

const records = () => server.json("GET", `/api/plans/${plan}/records`);
const state = (page, line) => page.locator(`#state-${line}`);
const saved = (page, line) => state(page, line).getByText("已保存").waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

describe("the table of units", () => {
  test("saves each line when it is left, checks it by the plan's rules, and walks by Enter", async () => {
    const page = await at("");
    await page.getByRole("link", { name: "热线办理 · 2018年度" }).click();
    await page.locator("#value-0").fill("18.5");
    await page.locator("#value-0").press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "value-1");
    await saved(page, 0);
    await page.locator("#value-1").fill("21");
    await page.locator("#value-1").press("Enter");
    await state(page, 1).getByText("应在 0 … 20 之间").waitFor();
    assert.equal(await page.locator("#value-1").getAttribute("aria-invalid"), "true");
    await press(page, "保存全部未保存的行");
    const summary = page.locator("#error-summary");
    await summary.getByRole("link", { name: /村建所/ }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "value-1");
    assert.match(await page.title(), /^错误:/);
    await assertClean(page, "a line that is wrong");
    await page.locator("#evidence-1").fill("热线办通报第3期");
    await page.locator("#value-1").fill("１９");
    await page.locator("#value-1").press("Tab");
    await saved(page, 1);
    const { entries } = await records();
    assert.deepEqual(entries.map(({ unit, value }) => [unit, value]), [["u1", "18.5"], ["u2", "19"]]);
    await page.locator("table.cards").getByText("热线办通报第3期").waitFor();
    await shot(page, "records-entries-1280", { fullPage: true });
  });

  test("takes a pasted column after a preview, and leaves what is wrong in the box", async () => {
    const page = await at("/entries/hotline/year");
    await page.getByText("从电子表格粘贴").click();
    await page.locator("#pasted").fill("单位\t分值\t依据\n财政所\t17\t台账\n水务站\t25\n没有的站\t3\n");
    await page.getByText("可接受 1 行，有误 2 行，空白 0 行").waitFor();
    await assertClean(page, "the preview of what is pasted");
    await shot(page, "records-paste-1280", { fullPage: true });
    await press(page, "录入可接受的 1 行");
    await saved(page, 2);
    assert.equal(await page.locator("#pasted").inputValue(), "水务站\t25\n没有的站\t3");
    const { entries } = await records();
    assert.deepEqual(entries.find(({ unit }) => unit === "u3").value, "17");
  });

  test("keeps what is typed when the network is cut, over a reload, and saves it when the network is back", async () => {
    const page = await at("/entries/hotline/year", { width: 390, ...PHONE });
    await page.route("**/api/**/entries/**", (route) => route.abort());
    await page.locator("#value-3").fill("12");
    await page.locator("#value-3").press("Tab");
    await state(page, 3).getByText("没存上").waitFor();
    await assertClean(page, "a line that was not saved, on a phone");
    await shot(page, "records-entries-390", { fullPage: true });
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("已恢复上次没有保存的 1 行").waitFor();
    assert.equal(await page.locator("#value-3").inputValue(), "12");
    await page.unroute("**/api/**/entries/**");
    await press(page, "保存全部未保存的行");
    await saved(page, 3);
  });

  test("keeps what is typed when the session has ended, and saves it after signing in again", async () => {
    const page = await at("/entries/hotline/year");
    await page.locator("#value-3").waitFor();
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.locator("#value-3").fill("13");
    await page.locator("#value-3").press("Tab");
    await page.locator("input[type=password]").waitFor();
    await page.context().addCookies(cookies);
    await page.locator("input[type=password]").fill(server.password);
    const name = page.locator("form input").first();
    if (await name.isEditable()) await name.fill("admin");
    await page.locator("form button[type=submit]").first().click();
    await saved(page, 3);
    const { entries } = await records();
    assert.equal(entries.find(({ unit }) => unit === "u4").value, "13");
  });

  test("takes totals out of another published plan", async () => {
    const page = await at("/links/windows/year");
    await page.getByText("从已公布的方案取总分").click();
    await page.getByLabel("2018年上半年窗口评议").check();
    await press(page, "取总分");
    await page.getByText("可接受 4 行，有误 0 行，空白 0 行").waitFor();
    await press(page, "录入可接受的 4 行");
    for (const line of [0, 1, 2, 3]) await saved(page, line);
    await page.locator("#value-1").fill("88 90.5");
    await page.locator("#value-1").press("Tab");
    await page.getByText("88.000000 · 90.5").or(page.getByText("88 · 90.5")).first().waitFor();
    const { links } = await records();
    assert.deepEqual(links.find(({ unit }) => unit === "u2").totals, ["88", "90.5"]);
    await assertClean(page, "totals of other plans");
    await shot(page, "records-links-1280", { fullPage: true });
  });

  test("strikes a value out with a reason and keeps it in sight", async () => {
    const page = await at("/entries/hotline/year");
    await page.getByRole("button", { name: "划去：财政所" }).click();
    await press(page, "确认划去");
    await page.locator("#error-summary").waitFor();
    await page.locator("#strike-reason").fill("通报有误");
    await press(page, "确认划去");
    await page.locator("tr.struck").getByText("通报有误").waitFor();
    await state(page, 2).getByText("未录入").waitFor();
    assert.ok(!(await records()).entries.some(({ unit }) => unit === "u3"));
    await assertClean(page, "a struck-out value");
    await page.locator("#value-2").fill("16");
    await page.locator("#value-2").press("Tab");
    await saved(page, 2);
  });

  test("offers no striking out of what is published", async () => {
    const page = await at("/entries/hotline/year");
    await page.goto(`${server.address}/office/plans/${source}/records/entries/points/year`);
    await page.locator("table.cards tbody").getByText("91.2").waitFor();
    assert.equal(await page.getByRole("button", { name: /划去/ }).count(), 0);
  });
});

describe("records one by one", () => {
  test("an incident asks for what its component needs, and says what is missing", async () => {
    const page = await at("/incidents");
    await press(page, "保存");
    await page.locator("#error-summary").getByRole("link").first().waitFor();
    await assertClean(page, "an incident with errors");
    await page.locator("#f-unit").selectOption({ label: "村建所" });
    await page.locator("#f-level").selectOption("county");
    await page.locator("#f-count").fill("1");
    await page.locator("#f-serious").check();
    await page.locator("#f-evidence").fill("暗访通报第2期");
    await press(page, "保存");
    await page.getByText("已保存。可以接着录下一条。").waitFor();
    await page.locator("table.cards").getByText("暗访通报第2期").waitFor();
    const { incidents } = await records();
    assert.deepEqual(incidents, [{ period: "year", component: "inspection", unit: "u2", level: "county", count: 1, serious: true }]);
    await assertClean(page, "incidents");
    await shot(page, "records-incidents-1280", { fullPage: true });
  });

  test("an adjustment goes by level or by points, with its cap in sight", async () => {
    const page = await at("/adjustments", { width: 390, ...PHONE });
    await page.locator("#f-rule").selectOption("commended");
    await page.getByText("本规则每个单位每个周期最多计 5 分。").waitFor();
    await page.locator("#f-unit").selectOption("u1");
    await page.locator("#f-level").selectOption("district");
    await press(page, "保存");
    await page.getByText("已保存。可以接着录下一条。").waitFor();
    await page.locator("#f-rule").selectOption("violation");
    await page.locator("#f-unit").selectOption("u2");
    await page.locator("#f-points").fill("11");
    await press(page, "保存");
    await page.locator("#error-summary").getByText("应在 0 … 10 之间").waitFor();
    await page.locator("#f-points").fill("2.5");
    await press(page, "保存");
    await page.getByText("已保存。可以接着录下一条。").waitFor();
    const { adjustments } = await records();
    assert.deepEqual(adjustments.map(({ rule, level, points }) => level ?? `${rule} ${points}`).sort(), ["district", "violation 2.5"]);
    await assertClean(page, "adjustments on a phone");
    await shot(page, "records-adjustments-390", { fullPage: true });
  });

  test("a decision and a verdict need a reason; what is typed survives a reload", async () => {
    const page = await at("/decisions");
    await page.locator("#f-component").selectOption("internal");
    await page.locator("#f-unit").selectOption("u3");
    await page.locator("#f-value").fill("85");
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("已恢复上次没有保存的内容。").waitFor();
    await press(page, "保存");
    await page.locator("#error-summary").waitFor();
    await page.locator("#f-reason").fill("党委合议");
    await press(page, "保存");
    await page.locator("table.cards").getByText("党委合议").waitFor();
    assert.equal((await records()).decisions[0].value, "85");
    await assertClean(page, "decisions");
    await page.goto(`${server.address}/office/plans/${plan}/records/verdicts`);
    await page.locator("#f-unit").selectOption("u4");
    await page.locator("#f-outcome").selectOption("last");
    await page.locator("#f-reason").fill("弄虚作假");
    await press(page, "保存");
    await page.locator("table.cards").getByText("弄虚作假").waitFor();
    assert.deepEqual((await records()).verdicts, [{ unit: "u4", outcome: "last", reason: "弄虚作假" }]);
    await assertClean(page, "verdicts");
  });

  test("earlier years are typed or pasted and saved as a whole", async () => {
    const page = await at("/history");
    await page.locator("#f-year").fill("2017");
    await page.locator("#f-unit").fill("水务站");
    await page.locator("#f-outcomes").fill("诫勉谈话");
    await press(page, "加一行");
    await page.getByText("历年结果 1 行").waitFor();
    await page.getByText("从电子表格粘贴").click();
    await page.locator("#pasted").fill("年份\t单位\t结果\n2016\t林业站\t通报表扬\n2016\t没有\t通报表扬");
    await press(page, "录入可接受的 1 行");
    await page.getByText("有修改还没有保存。").waitFor();
    await assertClean(page, "earlier years that are not saved");
    await press(page, "保存历年结果");
    await page.getByText("历年结果已保存。").waitFor();
    const { history } = await records();
    assert.deepEqual(history.map(({ year, unit, outcomes }) => `${year} ${unit} ${outcomes}`), ["2016 u1 first", "2017 u4 last"]);
    await shot(page, "records-history-1280", { fullPage: true });
  });
});

describe("paper ballots", () => {
  const fill = async (page, collected, lines) => {
    await page.locator("#f-label").fill("一号箱");
    await page.locator("#f-collected").fill(String(collected));
    await page.locator("#f-void").fill("1");
    for (const [line, cells] of lines.entries()) {
      for (const [column, count] of cells.entries()) await page.locator(`#n-${line}-${column}`).fill(String(count));
    }
  };
  const COUNTS = [[6, 2, 1, 0], [5, 3, 0, 1], [7, 2, 0, 0], [9, 0, 0, 0]];

  test("count when a second person enters the same; a difference is marked at its cell", async () => {
    const first = await at("/paper");
    await press(first, "继续");
    await fill(first, 10, COUNTS);
    await first.locator("#n-3-0").fill("8");
    await first.locator("#b-3").getByText("差 1").waitFor();
    await press(first, "保存这批票");
    await first.locator("#error-summary").getByRole("link", { name: /水务站/ }).waitFor();
    await assertClean(first, "a batch that does not add up");
    await first.locator("#n-3-0").fill("9");
    await first.locator("#b-3").getByText("相符").waitFor();
    await shot(first, "records-paper-1280", { fullPage: true });
    await press(first, "保存这批票");
    await first.getByText("第一遍已保存").waitFor();

    const second = await at("/paper", { who: SECOND, width: 390, ...PHONE });
    await second.getByRole("link", { name: "录入第二遍" }).click();
    const [one, ...others] = COUNTS;
    await fill(second, 10, [[5, 3, 1, 0], ...others]);
    await press(second, "保存这批票");
    await second.getByText(/与 admin 的录入有 2 处不一致/).waitFor();
    await second.locator("#o-0-0").getByText("admin 录入 6").waitFor();
    await assertClean(second, "two that disagree, on a phone");
    await shot(second, "records-paper-390", { fullPage: true });
    assert.ok(!(await records()).tallies.some(({ group }) => group === "leaders"), "nothing counts yet");
    await press(second, "划去我的这一遍");
    await second.locator("#strike-reason").fill("看错一行");
    await press(second, "确认划去");
    await second.getByText(/处不一致/).waitFor({ state: "detached" });
    await second.locator("#n-0-0").fill(String(one[0]));
    await second.locator("#n-0-1").fill(String(one[1]));
    await press(second, "保存这批票");
    await second.getByText("两次录入一致，已计票。").waitFor();
    const tallies = (await records()).tallies.filter(({ group }) => group === "leaders");
    assert.deepEqual(tallies.find(({ unit }) => unit === "u1").counts, { good: 6, fair: 2, poor: 1 });
    await second.goto(`${server.address}/office/plans/${plan}/records/paper`);
    await second.getByText("已计票").first().waitFor();
    await assertClean(second, "the batches, on a phone");
    await shot(second, "records-batches-390", { fullPage: true });
  });
});

describe("a draw", () => {
  test("settles the ties that nothing else decides", async () => {
    const tied = (await server.plan({ ...sourcePlan(), title: "并列试用" })).id;
    await server.openPlan(tied, []);
    for (const [place, value] of ["80", "80", "70", "60"].entries()) {
      await server.json("PUT", `/api/plans/${tied}/entries/year/points/u${place + 1}`, { value });
    }
    await server.send("POST", `/api/plans/${tied}/close`, {});
    const page = await at("");
    await page.goto(`${server.address}/office/plans/${tied}/records/lots`);
    await page.getByText("并列：林业站、村建所").waitFor();
    await press(page, "保存抽签结果");
    await page.locator("#error-summary").waitFor();
    await assertClean(page, "a draw with errors");
    await press(page, "由本页抽取");
    await page.getByText(/抽取结果：/).waitFor();
    await page.locator("#f-evidence").fill("主持张三，见证李四，三楼会议室");
    await shot(page, "records-lots-1280", { fullPage: true });
    await press(page, "保存抽签结果");
    await page.getByText("抽签结果已保存。").waitFor();
    await page.getByText("目前没有需要抽签的并列。").waitFor();
    const { lots } = await server.json("GET", `/api/plans/${tied}/records`);
    assert.deepEqual([...lots[0].order].sort(), ["u1", "u2"]);
    await assertClean(page, "draws");
  });
});

const LOOKS = [
  { width: 320, lang: "zh", theme: "light", ...PHONE },
  { width: 390, lang: "en", theme: "dark", ...PHONE },
  { width: 390, lang: "zh", theme: "light", large: true, ...PHONE },
  { width: 1280, lang: "en", theme: "light" },
  { width: 1280, lang: "zh", theme: "dark" },
];
for (const look of LOOKS) {
  const name = [look.width, look.lang, look.theme, look.large && "large"].filter(Boolean).join("-");
  test(`every page of the records at ${name}`, async () => {
    const page = await at("", look);
    await page.locator(".kinds").first().waitFor();
    await assertClean(page, `records at ${name}`);
    await shot(page, `records-${name}-0-all`, { fullPage: true });
    const pages = ["entries/hotline/year", "links/windows/year", "incidents", "adjustments", "decisions", "verdicts", "history", "lots", "paper", "paper/internal/staff/year"];
    for (const path of pages) {
      await page.goto(`${server.address}/office/plans/${plan}/records/${path}`);
      await page.locator("h2").first().waitFor();
      await page.waitForLoadState("networkidle");
      await assertClean(page, `${path} at ${name}`);
      await shot(page, `records-${name}-${path.replaceAll("/", "-")}`, { fullPage: true });
    }
  });
}

test("five hundred units stay usable", async (t) => {
  const units = Array.from({ length: 500 }, (_, place) => ({ id: `u${place + 1}`, name: `第${place + 1}单位`, category: "dept" }));
  const { id } = await server.plan({ ...sourcePlan(), title: "五百单位", units });
  await server.openPlan(id, []);
  const page = await at("");
  await page.goto(`${server.address}/office/plans/${id}/records/entries/points/year`);
  await page.locator("#value-499").waitFor();
  const started = Date.now();
  await page.getByText("从电子表格粘贴").click();
  await page.locator("#pasted").fill(units.map((_, place) => String(50 + (place % 50))).join("\n"));
  await page.getByText("可接受 500 行").waitFor();
  await press(page, "录入可接受的 500 行");
  await page.getByText("已录 500/500").waitFor({ timeout: 120_000 });
  t.diagnostic(`500 lines pasted and saved in ${Date.now() - started} ms`);
  const typed = await page.evaluate(() => {
    const input = document.getElementById("value-250");
    const started = performance.now();
    input.value = "7";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return performance.now() - started;
  });
  t.diagnostic(`a key costs ${typed.toFixed(1)} ms`);
  assert.ok(typed < 50, `a key costs ${typed} ms`);
  const { entries } = await server.json("GET", `/api/plans/${id}/records`);
  assert.equal(entries.length, 500);
});

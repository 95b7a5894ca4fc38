// The editor from a blank plan: every list from nothing, the county's plan without a line of JSON, and what it says of a
// plan that is not finished.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { PINGYI } from "../lib/server.mjs";

let server, browser;

house(async (...both) => {
  [server, browser] = both;
});

const DESK = { width: 1280, height: 800 };
const root = fileURLToPath(new URL("../../../", import.meta.url));

/// A page of somebody who is signed in, that counts what is done on it.
async function office() {
  const page = await openPage(browser, DESK);
  const [name, value] = server.cookie.split("=");
  await page.context().addCookies([{ name, value, url: server.address }]);
  page.actions = 0;
  const at = (place) => page.locator(`[id="${place}"]`);
  const act = (doing) => (page.actions += 1, doing);
  return Object.assign(page, {
    at,
    press: (name) => act(page.getByRole("button", { name, exact: true }).click()),
    write: (place, text) => act(at(place).fill(String(text))),
    choose: (place, label) => act(at(place).selectOption(label)),
    tick: (place) => act(at(place).check()),
    add: (list, how = "add") => act(page.locator(`[data-act="${how}"][data-at="${list}"]`).click()),
    idle: (place) => page.waitForFunction((place) => document.activeElement?.id === place, place),
    section: async (slug) => {
      await act(page.goto(`${server.address}/office/plans/${page.plan}/setup/${slug}`));
      await page.locator("h1#title").waitFor();
    },
    save: async () => {
      await act(page.getByRole("button", { name: "保存", exact: true }).click());
      await page.getByText(/^已保存/).waitFor();
    },
  });
}

async function blankPlan(page, title) {
  await page.goto(`${server.address}/office/new`);
  await page.locator("input[value=blank]").check();
  await page.locator("#plan-title").fill(title);
  await page.getByRole("button", { name: "建立方案" }).click();
  await page.getByRole("heading", { level: 1, name: "方案设置" }).waitFor();
  page.actions += 3;
  page.plan = page.url().match(/plans\/([^/#?]+)/)[1];
}

const document = (page) => server.json("GET", `/api/plans/${page.plan}`).then((answer) => answer.plan);

/// The county office's own appraisal as its document has it, once more for a second category, with what other documents
/// ask for: criteria, a bonus by level, grades, an outcome over years, a shortlist.
function county() {
  const plan = JSON.parse(readFileSync(join(root, "crates/scoring/templates/county_coop.json"), "utf8"));
  plan.categories.push({ id: "station", name: "直属站所" });
  plan.units.push(...["机关服务站", "农资站", "社有资产所", "培训所"].map((name, place) => ({ id: `s${place}`, name, category: "station" })));
  plan.components.at(-1).method.criteria = [{ id: "attitude", name: "服务态度", weight: "60" }, { id: "speed", name: "办事效率", weight: "40" }];
  plan.adjustments = [{ id: "honours", name: "表彰加分", sign: "bonus", levels: [{ id: "nation", name: "国家级", points: "5" }, { id: "city", name: "市厅级", points: "1" }] }];
  plan.adjustment_cap = { bonus: "10" };
  plan.grading = { scope: "category", grades: [{ id: "best", name: "优秀", share: "50" }, { id: "rest", name: "一般", share: "50" }] };
  plan.outcomes = [
    { id: "last", name: "诫勉谈话", when: { from_bottom: 1 } },
    { id: "again", name: "组织处理", when: { outcome: "last", years: 2 } },
  ];
  plan.shortlist = { top: 1, bottom: 1, carry: "last" };
  return plan;
}

/// Types a plan in, section by section.
async function typeIn(page, plan) {
  await page.section("basics");
  await page.write("/year", plan.year);
  await page.choose("/live", plan.live);
  await page.write("/periods/0/name", plan.periods[0].name);
  await page.save();

  await page.section("units");
  for (const [place, { name }] of plan.categories.entries()) {
    await page.add("/categories");
    await page.idle(`/categories/${place}/name`);
    await page.write(`/categories/${place}/name`, name);
  }
  for (const [place, { name, category }] of plan.units.entries()) {
    await page.add("/units");
    await page.write(`/units/${place}/name`, name);
    const wanted = plan.categories.find((one) => one.id === category).name;
    const now = await page.at(`/units/${place}/category`).evaluate((select) => select.selectedOptions[0].text);
    if (now !== wanted) await page.choose(`/units/${place}/category`, { label: wanted });
  }
  await page.save();

  await page.section("groups");
  for (const [place, { name, ballot }] of plan.groups.entries()) {
    await page.add("/groups");
    await page.write(`/groups/${place}/name`, name);
    if (ballot !== "anonymous") await page.choose(`/groups/${place}/ballot`, ballot);
  }
  await page.save();

  await page.section("scales");
  for (const [place, preset] of ["满意 100 · 基本满意 80 · 不满意 50", "优秀 10 · 良好 8 · 一般 6"].entries()) {
    await page.press(preset);
    await page.idle(`/scales/${place}/options/0/name`);
  }
  await page.write("/scales/0/options/1/value", 50);
  await page.write("/scales/0/options/2/value", 0);
  await page.save();
  await typeComponents(page, plan);
  await typeRules(page, plan);
}

async function typeComponents(page, plan) {
  await page.section("components");
  const leaf = async (list, place, { name, points }) => {
    await page.add(list);
    await page.idle(`${list}/${place}/name`);
    await page.write(`${list}/${place}/name`, name);
    await page.write(`${list}/${place}/points`, points);
  };
  const [clients, inspection, leaders, mutual] = plan.components;
  await leaf("/components", 0, clients);
  await leaf("/components", 1, inspection);
  await page.add("/components", "branch");
  await page.write("/components/2/name", leaders.name);
  for (const [place, child] of leaders.children.entries()) await leaf("/components/2/children", place, child);
  await leaf("/components", 3, mutual);
  await page.getByText("合计 100/100，正好").waitFor();
  await page.save();

  const satisfaction = { label: "满意 / 基本满意 / 不满意" }, merit = { label: "优秀 / 良好 / 一般" };
  await page.section("components/0");
  await page.choose("/components/0/method/kind", "complaints");
  await page.choose("/components/0/method/scale", satisfaction);
  await page.getByLabel("每张“不满意”扣分").fill("1");
  await page.getByLabel("每张“基本满意”扣分").fill("0.5");
  await page.add("/components/0/method/groups");
  page.actions += 2;
  await page.press("保存，下一项");
  await page.getByRole("heading", { level: 1, name: inspection.name }).waitFor();

  await page.choose("/components/1/method/kind", "incidents");
  for (const [place, { name, amount }] of inspection.method.levels.entries()) {
    await page.add("/components/1/method/levels");
    await page.write(`/components/1/method/levels/${place}/name`, name);
    await page.write(`/components/1/method/levels/${place}/amount`, amount);
  }
  await page.write("/components/1/method/serious_factor", 2);
  await page.write("/components/1/method/office", inspection.method.office);
  await page.press("保存，下一项");

  const surveys = [["/components/2/children/0", leaders.children[0]], ["/components/2/children/1", leaders.children[1]], ["/components/3", mutual]];
  for (const [place, component] of surveys) {
    await page.getByRole("heading", { level: 1, name: component.name }).waitFor();
    const { method } = component;
    await page.choose(`${place}/method/scale`, merit);
    await page.write(`${place}/method/out_of`, method.out_of);
    await page.add(`${place}/method/groups`);
    await page.choose(`${place}/method/groups/0/group`, { label: plan.groups.find(({ id }) => id === method.groups[0].group).name });
    await page.write(`${place}/method/groups/0/weight`, method.groups[0].weight);
    for (const [line, { count }] of method.quota.entries()) {
      await page.add(`${place}/method/quota`);
      await page.write(`${place}/method/quota/${line}/count`, count);
    }
    for (const [line, { name, weight }] of (method.criteria ?? []).entries()) {
      await page.add(`${place}/method/criteria`);
      await page.write(`${place}/method/criteria/${line}/name`, name);
      await page.write(`${place}/method/criteria/${line}/weight`, weight);
    }
    if (method.own_unit) await page.choose(`${place}/method/own_unit`, method.own_unit);
    await (component === mutual ? page.save() : page.press("保存，下一项"));
  }
}

async function typeRules(page, plan) {
  await page.section("adjustments");
  const [rule] = plan.adjustments;
  await page.add("/adjustments");
  await page.write("/adjustments/0/name", rule.name);
  for (const [place, { name, points }] of rule.levels.entries()) {
    await page.add("/adjustments/0/levels");
    await page.write(`/adjustments/0/levels/${place}/name`, name);
    await page.write(`/adjustments/0/levels/${place}/points`, points);
  }
  await page.tick("/adjustment_cap~use");
  await page.write("/adjustment_cap/bonus", plan.adjustment_cap.bonus);
  await page.save();

  await page.section("ranking");
  for (const [place, id] of plan.ranking.tie_break.entries()) {
    await page.add("/ranking/tie_break");
    await page.choose(`/ranking/tie_break/${place}`, { label: plan.components.find((one) => one.id === id).name });
  }
  await page.save();

  await page.section("grading");
  await page.tick("/grading~use");
  await page.choose("/grading/scope", plan.grading.scope);
  for (const [place, { name, share }] of plan.grading.grades.entries()) {
    if (place > 0) await page.add("/grading/grades");
    await page.write(`/grading/grades/${place}/name`, name);
    await page.write(`/grading/grades/${place}/share`, share);
  }
  await page.save();

  await page.section("outcomes");
  for (const place of [0, 1]) {
    await page.add("/outcomes");
    await page.write(`/outcomes/${place}/name`, plan.outcomes[place].name);
  }
  await page.choose("/outcomes/0/when", "from_bottom");
  await page.choose("/outcomes/1/when", "outcome");
  await page.choose("/outcomes/1/when/outcome", { label: plan.outcomes[0].name });
  await page.save();

  await page.section("shortlist");
  await page.tick("/shortlist~use");
  await page.write("/shortlist/top", 1);
  await page.write("/shortlist/bottom", 1);
  await page.choose("/shortlist/carry", { label: plan.outcomes[0].name });
  await page.save();
}

/// Every id of a plan by where it stands, whatever the plan calls it.
function idsByPlace(value, path = "", out = new Map()) {
  if (Array.isArray(value)) value.forEach((one, place) => idsByPlace(one, `${path}/${place}`, out));
  else if (value && typeof value === "object") {
    if (value.id) out.set(path, value.id);
    for (const [key, one] of Object.entries(value)) idsByPlace(one, `${path}/${key}`, out);
  }
  return out;
}

/// A plan without its ids: whatever names something says where that stands.
function withoutIds(plan) {
  const places = new Map([...idsByPlace(plan)].map(([place, id]) => [place, id]));
  const find = (list, id) => [...places].find(([place, known]) => place.startsWith(list) && known === id)?.[0] ?? id;
  const scaleOf = (id) => find("/scales/", id);
  const walk = (value, key, scale) => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key, scale));
    if (value === null || typeof value !== "object") {
      const list = { category: "/categories/", group: "/groups/", groups: "/groups/", scale: "/scales/", tie_break: "/components/", outcome: "/outcomes/", carry: "/outcomes/" }[key];
      if (key === "option") return find(`${scale}/options/`, value);
      return list ? find(list, value) : value;
    }
    const inner = value.scale ? scaleOf(value.scale) : scale;
    const members = Object.entries(value).filter(([key, one]) => key !== "id" && one !== null).map(([key, one]) =>
      key === "deduct" ? [key, Object.fromEntries(Object.entries(one).map(([id, amount]) => [find(`${inner}/options/`, id), amount]))] : [key, walk(one, key, inner)]);
    return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return walk(plan);
}

/// Records of the whole year, those of each office for the station at its place too, in the ids of `plan`.
function recordsOf(plan, wanted) {
  const records = JSON.parse(readFileSync(join(root, "tests/cases/county_coop_whole_year/records.json"), "utf8"));
  const [old, ids] = [idsByPlace(wanted), idsByPlace(plan)];
  const place = (list, id) => ids.get([...old].find(([place, known]) => place.startsWith(list) && known === id)[0]);
  const leaf = (id) => [...old].find(([place, known]) => place.startsWith("/components/") && known === id)[0];
  const at = (path) => path.split("/").slice(1).reduce((value, key) => value[key], wanted);
  const told = (record) => {
    const path = leaf(record.component), { method } = at(path);
    const scale = method.scale && [...old].find(([place, known]) => /^\/scales\/\d+$/.test(place) && known === method.scale)[0];
    const one = { ...record, period: place("/periods/", record.period), component: ids.get(path), unit: place("/units/", record.unit) };
    if (record.group) one.group = place("/groups/", record.group);
    if (record.level) one.level = place(`${path}/method/levels/`, record.level);
    if (record.counts) one.counts = Object.fromEntries(Object.entries(record.counts).map(([id, count]) => [place(`${scale}/options/`, id), count]));
    if (method.criteria && record.counts) return method.criteria.map(({ id }) => ({ ...one, criterion: place(`${path}/method/criteria/`, id) }));
    return [one];
  };
  const offices = wanted.units.slice(0, 4).map(({ id }) => id);
  const twice = (list = []) => list.flatMap((record) => [record, { ...record, unit: `s${offices.indexOf(record.unit)}` }]).flatMap(told);
  return { format: 1, tallies: twice(records.tallies), incidents: twice(records.incidents) };
}

function score(plan, records) {
  const folder = mkdtempSync(join(tmpdir(), "pingyi-blank-"));
  const [one, other] = ["plan.json", "records.json"].map((name) => join(folder, name));
  writeFileSync(one, JSON.stringify(plan));
  writeFileSync(other, JSON.stringify(records));
  return JSON.parse(execFileSync(PINGYI, ["score", one, other], { encoding: "utf8" }));
}

test("the county's plan is typed in from a blank one, opens, and scores to the digit as the document does", async () => {
  const page = await office();
  const wanted = county();
  await blankPlan(page, wanted.title);
  await typeIn(page, wanted);
  await page.section("check");
  await page.getByText("没有问题，方案可以使用。").waitFor();
  await assertClean(page, "the county's plan");
  console.log(`the county's plan from a blank one: ${page.actions} actions`);
  const plan = await document(page);
  assert.deepEqual(withoutIds(plan), withoutIds(wanted));

  // Worked by hand in the case's README; the stations have the same records.
  const totals = ["94.000000", "92.833333", "86.166667", "85.500000"];
  const result = score(plan, recordsOf(plan, wanted));
  assert.deepEqual(result.units.map(({ total }) => total), [...totals, ...totals]);
  assert.deepEqual(result.units.map(({ rank }) => rank), [1, 2, 3, 4, 1, 2, 3, 4]);
  const [last] = plan.outcomes;
  assert.deepEqual(result.units.map(({ outcomes }) => outcomes), [[], [], [], [last.id], [], [], [], [last.id]]);

  await server.openPlan(page.plan, []);
  assert.equal((await server.json("GET", `/api/plans/${page.plan}`)).state, "open");
});

test("every list takes its first element from the keyboard, which is then in its field", async () => {
  const page = await office();
  await blankPlan(page, "逐项添加");
  let added = 0;
  const first = async (list, how = "add") => {
    const button = page.locator(`[data-act="${how}"][data-at="${list}"]`).first();
    const count = await button.evaluate((one) => document.querySelectorAll(`[id^="${one.dataset.at}/"]`).length);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(([list, count]) => document.activeElement?.id.startsWith(`${list}/`) && document.querySelectorAll(`[id^="${list}/"]`).length > count, [list, count]);
    added += 1;
  };
  const kind = (id) => page.at("/components/0/method/kind").selectOption(id);
  await page.section("basics");
  await first("/periods");
  await page.save();
  await page.section("units");
  for (const list of ["/categories", "/units"]) await first(list);
  await page.at("/units/0/traits").fill("window");
  await page.save();
  await page.section("groups");
  await first("/groups");
  await page.save();
  await page.section("scales");
  await first("/scales", "scale");
  await first("/scales/0/options");
  await page.save();
  await page.section("components");
  await first("/components");
  await first("/components", "branch");
  await first("/components/1/children");
  await page.save();
  await page.section("components/0");
  for (const list of ["groups", "criteria", "quota"]) await first(`/components/0/method/${list}`);
  await kind("complaints");
  await page.locator('[data-act="remove"][data-at="/components/0/method/groups/0"]').click();
  await first("/components/0/method/groups");
  await kind("incidents");
  await first("/components/0/method/levels");
  await page.save();
  await page.section("adjustments");
  await first("/adjustments");
  await first("/adjustments/0/levels");
  await page.save();
  await page.section("ranking");
  await first("/ranking/tie_break");
  await page.save();
  await page.section("grading");
  await page.at("/grading~use").check();
  await first("/grading/grades");
  await page.save();
  await page.section("outcomes");
  await first("/outcomes");
  await page.save();
  console.log(`${added} lists had their first element from the keyboard`);
  const plan = await document(page);
  assert.deepEqual(plan.units[0].traits, ["window"]);
  assert.equal(plan.components[0].method.levels.length, 1);
  assert.equal(plan.outcomes.length, 1);
});

test("an empty plan says at each field what it lacks, in words, and does not open", async () => {
  const page = await office();
  await blankPlan(page, "");
  await page.section("check");
  for (const said of ["方案名称：请填“方案名称”", "被评单位：至少要有一项", "评议项目：至少要有一项"]) {
    await page.getByRole("link", { name: said, exact: true }).waitFor();
  }
  await assertClean(page, "an empty plan");
  const answer = await fetch(`${server.address}/api/plans/${page.plan}/open`, {
    method: "POST", headers: { cookie: server.cookie, "content-type": "application/json" }, body: "{}",
  });
  assert.equal(answer.status, 422);
  await page.getByRole("link", { name: "方案名称：请填“方案名称”" }).click();
  await page.idle("/title");
  await page.locator(".field-error", { hasText: "请填“方案名称”" }).waitFor();
  await page.write("/title", "有名称了");

  await page.section("units");
  await page.add("/categories");
  await page.write("/categories/0/name", "机关");
  for (const place of [0, 1]) await page.add("/units");
  await page.write("/units/0/name", "林业站");
  await page.save();
  await page.locator(".field-error", { hasText: "请填“名称”" }).waitFor();
  await page.write("/units/1/name", "林业站");
  await page.locator(".field-error", { hasText: "名称相同，分不清：与第 1 行相同" }).waitFor();
  await page.write("/units/1/name", "林业所");
  await page.locator(".field-error", { hasText: /./ }).first().waitFor({ state: "hidden" });
  // No sentence has an id in it.
  await page.section("components");
  await page.add("/components");
  await page.write("/components/0/name", "公开评议");
  await page.write("/components/0/points", "97");
  await page.save();
  await page.getByRole("link", { name: "评议项目：适用分值合计不等于总分：合计 97/100，差 3" }).waitFor();
  await page.section("check");
  const said = await page.locator(".errors li").allInnerTexts();
  assert.ok(said.length > 1);
  for (const one of said) assert.doesNotMatch(one, /[a-z_]{3,}|\(\)|≠/, one);
});

test("what others use is removed only after a word about it, and a changed id is changed everywhere", async () => {
  const page = await office();
  const { id } = await server.plan(county());
  page.plan = id;
  await page.section("scales");
  // The sources of its figures come after the page, and move what stands below them.
  await page.waitForLoadState("networkidle");
  const remove = page.locator('[data-act="remove"][data-at="/scales/1/options/0"]');
  await remove.click();
  await page.getByRole("heading", { name: "“优秀”还有 3 处在用" }).waitFor();
  await page.idle("removing");
  // The page comes to the question by itself, above the bar at its end, and rests there.
  await page.waitForFunction(() => {
    const [keep, bar] = ["[data-act=keep]", ".save-bar"].map((one) => document.querySelector(one).getBoundingClientRect());
    const rests = window.seenAt === keep.top;
    window.seenAt = keep.top;
    return rests && keep.bottom <= bar.top;
  }, null, { polling: 200 }).catch(async (error) => {
    await shot(page, "setup-removing-failed");
    const places = await page.evaluate(() => ["#removing", "[data-act=keep]", ".save-bar"].map((one) => {
      const { top, bottom } = document.querySelector(one).getBoundingClientRect();
      return `${one} ${top} to ${bottom}`;
    }).concat(`scrolled ${scrollY} of ${document.documentElement.scrollHeight}, focus on ${document.activeElement?.id}`));
    throw new Error(`${places.join("; ")}`, { cause: error });
  });
  await assertClean(page, "something that is used is to be removed");
  await page.press("不删");
  await page.idle("/scales/1/options/0/name");
  await remove.click();
  await page.press("仍然删除");
  await page.waitForFunction(() => document.getElementById("/scales/1/options/0/name").value === "良好");
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForFunction(() => document.getElementById("/scales/1/options/0/name").value === "优秀");
  assert.equal(await page.locator("input.mono").count(), 0, "no id on the page");

  await page.section("ids");
  await assertClean(page, "ids");
  await shot(page, "setup-ids-1280");
  const field = page.at("/scales/1/options/0/id");
  await field.fill("good");
  await field.press("Tab");
  await page.getByText("没有改：这个编号已经有了。").waitFor();
  await field.fill("Best");
  await field.press("Tab");
  await page.getByText("没有改：编号只能用").waitFor();
  await field.fill("best");
  await field.press("Tab");
  await page.getByText("没有改").waitFor({ state: "detached" });
  await page.save();
  const plan = await document(page);
  assert.equal(plan.scales[1].options[0].id, "best");
  assert.deepEqual(plan.components[2].children.map(({ method }) => method.quota[0].option), ["best", "best"]);
  assert.equal(plan.components[3].method.quota[0].option, "best");
});

test("another method and back again loses nothing", async () => {
  const page = await office();
  const { id } = await server.plan(county());
  page.plan = id;
  await page.section("components/3");
  const kind = page.at("/components/3/method/kind");
  for (const other of ["entered", "incidents", "complaints", "survey"]) {
    await kind.selectOption(other);
    await page.waitForFunction((other) => document.getElementById("/components/3/method/kind").value === other, other);
  }
  await page.at("/components/3/method/pooled").check();
  await page.at("/components/3/method/groups/0/weight").waitFor({ state: "detached" });
  await page.at("/components/3/method/pooled").uncheck();
  await page.at("/components/3/method/groups/0/weight").waitFor();
  await page.section("outcomes");
  await page.at("/outcomes/1/when").selectOption("from_top");
  await page.at("/outcomes/1/when").selectOption("outcome");
  await page.at("/outcomes/1/when/years").waitFor();
  await page.section("adjustments");
  await page.at("/adjustments/0/~set").selectOption("range");
  await page.at("/adjustments/0/~set").selectOption("levels");
  await page.at("/adjustments/0/levels/1/name").waitFor();
  await page.section("grading");
  await page.at("/grading~use").uncheck();
  await page.at("/grading~use").check();
  await page.at("/grading/grades/1/name").waitFor();
  await page.save();
  assert.deepEqual(withoutIds(await document(page)), withoutIds(county()));
});

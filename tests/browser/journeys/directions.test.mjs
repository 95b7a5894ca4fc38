// Names that run from right to left, on every page that shows them: none turns the words and figures beside it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { PHONE, openPage } from "../lib/browser.mjs";
import { assertIsolated as isolated } from "../lib/directions.mjs";
import { house } from "../lib/house.mjs";
import { smallPlan } from "../lib/plans.mjs";

const UNITS = ["ئۇيغۇر تىلى ئىشخانىسى", "ئورمانچىلىق پونكىتى 2", "林业站", "قۇرۇلۇش ئىشخانىسى"];
const NAMES = { group: "رەھبەرلەر", component: "ئاممىۋى باھالاش", category: "ئورۇنلار", period: "2018 يىل", option: "ياخشى" };

const [TITLE, HOTLINE, OFFICE] = ["ئىش ئۇسلۇبى باھالاش 2018", "قىزىق لىنىيە", "رەھبەرلىك"];

/// The small plan with names from right to left, and a component whose figures are entered.
function uyghurPlan() {
  const plan = smallPlan();
  plan.title = TITLE;
  UNITS.forEach((name, place) => (plan.units[place].name = name));
  plan.categories[0].name = NAMES.category;
  plan.periods[0].name = NAMES.period;
  plan.groups[0].name = NAMES.group;
  plan.scales[0].options[0].name = NAMES.option;
  plan.components[0].name = NAMES.component;
  plan.components[1].points = "20";
  plan.components.push({ id: "hotline", name: HOTLINE, points: "10", method: { kind: "entered", office: OFFICE, out_of: "10" } });
  return plan;
}

const ALL = [TITLE, HOTLINE, OFFICE, ...UNITS, ...Object.values(NAMES)];
const assertIsolated = (page, where) => isolated(page, where, ALL);

let server, browser, plan;

house(async (...both) => {
  [server, browser] = both;
  plan = await server.plan(uyghurPlan(), { leaders: 12 });
  await server.openPlan(plan.id, ["leaders"]);
});

const WORDS = {
  zh: { start: "开始填写", submit: "提交", so: "就这样提交" },
  en: { start: "Start", submit: "Submit", so: "Submit as it is" },
};

for (const lang of ["zh", "en"]) {
  test(`the ballot and its receipt, ${lang}`, async () => {
    const page = await openPage(browser, { ...PHONE, lang });
    await page.goto(`${server.address}/ballot/${plan.id}#${plan.codes.leaders.pop()}`);
    await page.getByRole("button", { name: WORDS[lang].start }).waitFor();
    await assertIsolated(page, "before the first mark");
    await page.getByRole("button", { name: WORDS[lang].start }).click();
    await page.locator(".bar").waitFor();
    for (const [line, option] of [[0, 0], [1, 1], [12, 0], [13, 0]]) await page.locator(`#line-${line} label`).nth(option).click();
    await assertIsolated(page, "the paper, with a quota passed");
    await page.locator(`#line-13 label`).nth(1).click();
    await page.locator(".bar-status").click();
    await page.locator(".preview").waitFor();
    await assertIsolated(page, "what the ballot gives");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: WORDS[lang].submit, exact: true }).click();
    await assertIsolated(page, "asked about blanks or the quota");
  });

  test(`the office's pages, ${lang}`, async () => {
    const page = await openPage(browser, { width: 1280, lang });
    const signedIn = await page.request.post(`${server.address}/api/session`, { data: { name: "admin", password: server.password } });
    assert.equal(signedIn.status(), 204);
    const office = `${server.address}/office`;
    const pages = [
      "/plans", `/plans/${plan.id}`, `/plans/${plan.id}/ranking`, `/plans/${plan.id}/ranking/u1`, `/plans/${plan.id}/simulation`,
      `/plans/${plan.id}/codes`, `/plans/${plan.id}/records`, `/plans/${plan.id}/records/entries`, `/plans/${plan.id}/records/incidents`,
      `/plans/${plan.id}/records/decisions`, `/plans/${plan.id}/records/paper-tallies`, `/plans/${plan.id}/audit`,
      `/plans/${plan.id}/setup/check`, `/plans/${plan.id}/setup/components`, `/plans/${plan.id}/setup/units`,
    ];
    const found = [];
    for (const address of pages) {
      await page.goto(office + address);
      await page.locator("main h1").first().waitFor();
      await page.waitForLoadState("networkidle");
      await assertIsolated(page, address).catch(({ message }) => found.push(message));
    }
    assert.deepEqual(found, []);
  });
}

test("the plain ballot", async () => {
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${server.address}/ballot/${plan.id}/plain`);
  await page.locator("input[name=code]").fill(plan.codes.leaders.pop());
  await page.getByRole("button").first().click();
  await page.locator("fieldset").first().waitFor();
  await assertIsolated(page, "the plain paper");
});

test("the public pages", async () => {
  const document = uyghurPlan();
  document.groups = document.groups.slice(0, 1);
  document.components = [document.components[0], document.components.at(-1)];
  document.components[0].points = "90";
  document.components[0].method.groups = [{ group: "leaders", weight: "1" }];
  document.outcomes = [{ id: "last", name: NAMES.option, when: { from_bottom: 1 } }];
  const { id, codes } = await server.plan(document, { leaders: 12 });
  await server.openPlan(id, []);
  for (const code of codes.leaders) {
    const marks = document.units.map(({ id: unit }) => ({ component: "work", unit, criterion: null, option: "good" }));
    await server.send("POST", "/api/ballots", { plan: id, code, ballot_id: randomBytes(16).toString("hex"), marks });
  }
  await server.send("POST", `/api/plans/${id}/close`, {});
  for (const [place, { id: unit }] of document.units.entries()) {
    await server.send("PUT", `/api/plans/${id}/entries/${document.periods[0].id}/hotline/${unit}`, { value: String(10 - place) });
  }
  await server.send("POST", `/api/plans/${id}/publish`, {});
  await server.send("PUT", `/api/profiles/${encodeURIComponent(UNITS[0])}`, { duties: HOTLINE, public: ["duties"] });
  const found = [];
  for (const lang of ["zh", "en"]) {
    const page = await openPage(browser, { ...PHONE, lang });
    for (const address of ["/public", `/public/${id}`, `/public/${id}/receipt`, `/public/units/${encodeURIComponent(UNITS[0])}`]) {
      await page.goto(`${server.address}${address}?lang=${lang}`);
      await page.locator("h1").waitFor();
      await assertIsolated(page, `${address} ${lang}`).catch(({ message }) => found.push(message));
    }
  }
  assert.deepEqual(found, []);
});

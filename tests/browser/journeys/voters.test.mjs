// What voters and the programs around them do to a ballot: a first try whose answer was lost, shared devices, links as
// messengers leave them, programs that look at links before people do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, openPage } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, brief, many;

/// One survey of ten options: A1 to A10.
function tenOptions() {
  const plan = briefPlan();
  plan.scales[0].options = Array.from({ length: 10 }, (_, i) => ({ id: `o${i + 1}`, name: `档${i + 1}`, value: `${100 - 5 * i}` }));
  delete plan.components[0].method.quota;
  return plan;
}

house(async (...both) => {
  [server, browser] = both;
  brief = await server.plan(briefPlan(), { leaders: 30, monitors: 10 });
  many = await server.plan(tenOptions(), { leaders: 10, monitors: 10 });
  for (const { id } of [brief, many]) await server.openPlan(id, ["leaders", "monitors"]);
});

const link = ({ id }, code = "") => `${server.address}/ballot/${id}${code && `#${code}`}`;
const next = (plan, group = "leaders") => plan.codes[group].pop();
const start = (page) => page.getByRole("button", { name: "开始填写" }).click();
const choose = (page, line, option) => page.locator(`#line-${line} label`, { hasText: new RegExp(`^\\d*${option}$`) }).click();
const submit = (page) => page.getByRole("button", { name: "提交", exact: true }).click();
const receipt = async (page) => (await page.locator(".receipt").innerText()).replaceAll(" ", "");

async function fill(page, options = ["满意", "基本满意", "不满意", "满意"]) {
  for (const [line, option] of options.entries()) await choose(page, line, option);
}

describe("a first try whose answer was lost", () => {
  for (const group of ["leaders", "monitors"]) {
    test(`counts for ${group}, whatever is changed afterwards, and the page says so`, async () => {
      const page = await openPage(browser);
      await page.goto(link(brief, next(brief, group)));
      await start(page);
      await fill(page);
      const ids = [];
      let first = null;
      await page.route("**/api/ballots", async (route) => {
        ids.push(route.request().postDataJSON().ballot_id);
        first ??= await (await route.fetch()).json();
        return route.abort("connectionreset");
      });
      await submit(page);
      await page.getByText("第 1 次没有成功").waitFor();
      // The tab dies before the answer; the phone has the draft, and the code still opens it: the server says "used".
      const draft = await page.evaluate(() => Object.keys(localStorage).find((name) => name.startsWith("pingyi-draft-")));
      await page.evaluate((name) => {
        const kept = JSON.parse(localStorage.getItem(name));
        kept.earlier = [kept.ballot_id];
        kept.ballot_id = "f".repeat(32);
        delete kept.sent;
        localStorage.setItem(name, JSON.stringify(kept));
      }, draft);
      await page.unroute("**/api/ballots");
      await page.reload();
      if (group === "monitors") {
        await page.getByRole("button", { name: /接着填/ }).click();
        await choose(page, 0, "不满意");
        await submit(page);
      }
      assert.equal(await receipt(page), first.receipt);
      assert.match(await page.locator("main").innerText(), /算数的是第一次的选择/);
    });
  }
});

test("a first try that never arrived goes out anew under another number once a mark is changed", async () => {
  const page = await openPage(browser);
  await page.goto(link(brief, next(brief)));
  await start(page);
  await fill(page);
  const sent = [];
  let cut = true;
  await page.route("**/api/ballots", (route) => {
    sent.push(route.request().postDataJSON());
    return cut ? route.abort("connectionreset") : route.continue();
  });
  await submit(page);
  await page.getByText("第 1 次没有成功").waitFor();
  await page.reload();
  await page.getByRole("button", { name: /接着填/ }).click();
  cut = false;
  // One mark changes from 满意 to 不满意, and the number with it.
  const before = sent.length;
  await choose(page, 0, "不满意");
  await submit(page);
  await receipt(page);
  const [first, last] = [sent[0], sent.at(-1)];
  assert.equal(sent.length, before + 1);
  assert.notEqual(last.ballot_id, first.ballot_id);
  const option = (ballot) => ballot.marks.find((mark) => mark.unit === first.marks[0].unit && mark.component === first.marks[0].component).option;
  assert.notEqual(option(last), option(first));
});

describe("a program that opens a blind group's link before its reader", () => {
  test("uses nothing up", async () => {
    const scanner = await openPage(browser);
    const asked = [];
    scanner.on("request", (request) => request.url().includes("/api/") && asked.push(new URL(request.url()).pathname));
    const code = next(brief, "monitors");
    await scanner.goto(link(brief, code));
    await scanner.getByRole("button", { name: "开始填写" }).waitFor();
    assert.deepEqual(asked, ["/api/ballot-paper"]);
    const reader = await openPage(browser, PHONE);
    await reader.goto(link(brief, code));
    await reader.getByRole("button", { name: "开始填写" }).waitFor();
    assert.match(await reader.locator("main").innerText(), /同一台手机/);
    await start(reader);
    await choose(reader, 0, "满意");
    // A reload after the exchange goes on.
    await reader.reload();
    await reader.getByRole("button", { name: /接着填/ }).click();
    await fill(reader);
    await submit(reader);
    assert.ok(await receipt(reader));
  });
});

describe("a shared device", () => {
  test("shows the next voter neither draft nor code, and forgets a draft after a day", async () => {
    const page = await openPage(browser);
    const code = next(brief);
    await page.goto(link(brief, code));
    await start(page);
    await choose(page, 0, "满意");
    await page.goto(link(brief));
    await page.getByLabel("卡片上的投票码").waitFor();
    await page.goto("about:blank");
    await page.goto(link(brief, code));
    await page.getByRole("button", { name: /接着填（已填 1/ }).waitFor();
    await page.evaluate(() => {
      for (const name of Object.keys(localStorage).filter((name) => name.startsWith("pingyi-draft-"))) {
        localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), kept_at: 1 }));
      }
    });
    await page.goto("about:blank");
    await page.goto(link(brief, code));
    await page.getByRole("button", { name: "开始填写" }).waitFor();
  });
});

describe("links as messengers leave them", () => {
  const ways = [
    ["%23", (id, code) => `/ballot/${id}%23${code}`],
    ["＃", (id, code) => `/ballot/${id}＃${code}`],
    ["/#", (id, code) => `/ballot/${id}/#${code}`],
    ["&nsukey=", (id, code) => `/ballot/${id}#${code}&nsukey=abc%2F`],
    ["?from= behind", (id, code) => `/ballot/${id}#${code}?from=singlemessage`],
    ["?from= before", (id, code) => `/ballot/${id}?from=singlemessage#${code}`],
  ];
  for (const [name, address] of ways) {
    test(`open the paper: ${name}`, async () => {
      const page = await openPage(browser);
      const code = next(brief);
      await page.goto(server.address + address(brief.id, code));
      await page.getByText("班子成员").waitFor();
      assert.equal(page.url(), link(brief), "and leave no code in the address");
    });
  }
});

describe("digits on a line of ten options", () => {
  test("choose the tenth", async () => {
    const page = await openPage(browser);
    await page.goto(link(many, next(many)));
    await start(page);
    await page.locator("#line-0 input").first().focus();
    for (const digit of "10213") await page.keyboard.press(digit);
    const chosen = await page.locator("input:checked").evaluateAll((inputs) => inputs.map(({ name, value }) => [name, value]));
    assert.deepEqual(chosen, [["l0", "9"], ["l1", "1"], ["l2", "0"], ["l3", "2"]]);
  });
});

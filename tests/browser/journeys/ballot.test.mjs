// The ballot from a card to a receipt, and every page on which the way ends.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan, smallPlan } from "../lib/plans.mjs";
import { drawCode } from "../lib/server.mjs";

const EVERYONE = ["leaders", "delegates", "stations", "public", "monitors"];
let server, browser, small, brief;

house(async (...both) => {
  [server, browser] = both;
  small = await server.plan(smallPlan(), { leaders: 30, delegates: 5, stations: 5, public: 5 });
  brief = await server.plan(briefPlan(), { leaders: 30, monitors: 10 });
  for (const { id } of [small, brief]) await server.openPlan(id, EVERYONE);
});

const link = ({ id }, code = "") => `${server.address}/ballot/${id}${code && `#${code}`}`;
const next = (plan, group = "leaders") => plan.codes[group].pop();
const heading = (page) => page.locator("h1").innerText();
const bar = (page) => page.locator(".bar-status > span:nth-child(2)").innerText();

async function start(page, plan, code = next(plan)) {
  await page.goto(link(plan, code));
  await page.getByRole("button", { name: "开始填写" }).click();
  return code;
}

/// Chooses an option, by name, on a line, by number.
const choose = (page, line, option) => page.locator(`#line-${line} label`, { hasText: new RegExp(`^\\d?${option}$`) }).click();

/// The ballot is stored, the voter never hears of it and opens the page anew: the receipt is the first one's.
async function loseTheAnswerAndReload(page) {
  let first = null;
  await page.route("**/api/ballots", async (route) => {
    first ??= await (await route.fetch()).json();
    return route.abort("connectionreset");
  });
  await submit(page);
  await page.getByText("第 1 次没有成功").waitFor();
  await page.unroute("**/api/ballots");
  await page.reload();
  assert.equal((await receipt(page)).replaceAll(" ", ""), first.receipt);
}

/// The next voter at the same device, by a reload, the bare link, and going back: nothing of the one before.
async function nobodysPage(page, kept) {
  for (const come of [() => page.reload(), () => page.goto(link(brief)), () => page.goto("about:blank").then(() => page.goBack())]) {
    await come();
    await page.getByLabel("卡片上的投票码").waitFor();
    assert.ok(!(await page.locator("body").innerText()).includes(kept));
  }
}

async function fillBrief(page) {
  for (const [line, option] of ["满意", "基本满意", "不满意", "满意"].entries()) await choose(page, line, option);
}

const submit = (page) => page.getByRole("button", { name: "提交", exact: true }).click();
const receipt = (page) => page.locator(".receipt").innerText();

describe("a ballot", () => {
  test("is opened by its link, filled in by taps, and ends in a receipt that its code alone shows again", async () => {
    const page = await openPage(browser, PHONE);
    const code = next(brief);
    await page.goto(link(brief, code));
    await page.getByText("班子成员").waitFor();
    assert.equal(page.url(), link(brief), "the address holds no code");
    assert.match(await page.locator("main").innerText(), /不记名/);
    await page.getByRole("button", { name: "开始填写" }).click();
    assert.match(await bar(page), /已填 0\/4.*尚未填写/);
    await choose(page, 0, "满意");
    assert.match(await bar(page), /已填 1\/4.*可提交，还有 3 项未填/);
    await page.getByRole("button", { name: "去未填项" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "l1");
    await fillBrief(page);
    assert.match(await bar(page), /已填 4\/4.*可提交(?!，)/);
    await page.locator(".bar-status").click();
    // 90, 70, 50 and 90 of 100 at 100 points.
    assert.deepEqual(await page.locator(".preview tbody td").allInnerTexts(), ["90.00", "70.00", "50.00", "90.00"]);
    const before = await server.cast(brief.id);
    await submit(page);
    const kept = await receipt(page);
    assert.equal(await server.cast(brief.id), before + 1);
    const left = await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)].flat());
    assert.deepEqual(left.filter((name) => name.startsWith("pingyi-draft") || name.startsWith("pingyi-code")), []);
    await nobodysPage(page, kept);
    await page.goto("about:blank");
    await page.goto(link(brief, code));
    assert.equal(await receipt(page), kept, "the same card again shows the same receipt");
    assert.deepEqual(page.faults, []);
  });

  test("is opened by a typed code: lower case, spaces, the letters that people confuse", async () => {
    const page = await openPage(browser);
    const code = next(brief);
    await page.goto(link(brief));
    const typed = code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replace(/(.{4})/g, "$1 ");
    await page.getByLabel("卡片上的投票码").fill(typed);
    await page.keyboard.press("Enter");
    await page.getByText("班子成员").waitFor();
  });

  test("comes back as it was after a reload", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await choose(page, 0, "满意");
    await choose(page, 1, "不了解");
    await page.reload();
    await page.getByRole("button", { name: "接着填（已填 2/4）" }).click();
    assert.equal(await page.locator("input:checked").count(), 2);
    assert.match(await bar(page), /已填 2\/4/);
  });

  test("asks once before lines that are not filled in go off", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await choose(page, 2, "满意");
    await submit(page);
    await page.getByText("还有 3 项没有填").waitFor();
    await assertClean(page, "the question");
    await page.getByRole("button", { name: "接着填" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "l0");
    await submit(page);
    await page.getByRole("button", { name: "就这样提交" }).click();
    assert.ok(await receipt(page));
  });

  test("that is empty is not sent, and the summary says why and where", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await submit(page);
    const summary = page.getByRole("region", { name: "有问题需要处理" });
    await summary.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "error-summary");
    assert.match(await page.title(), /^错误:/);
    await assertClean(page, "the summary");
    await summary.getByRole("link").click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "l0");
  });

  test("shows quotas as they fill, an overrun at once, and is refused until they are met", async () => {
    const page = await openPage(browser);
    await start(page, small);
    // Lines 0 to 3 are one survey, 4 to 11 the one on two criteria, 12 to 15 the one with the quota.
    await choose(page, 12, "优秀");
    assert.match(await bar(page), /优秀 1\/1 · 良好 0\/2 · 一般 0\/1 · 名额未满/);
    await choose(page, 13, "优秀");
    assert.match(await bar(page), /优秀 2\/1.*超出名额/);
    assert.match(await page.locator(".quota .field-error").innerText(), /优秀多选了 1 个/);
    assert.equal(await page.locator("#line-12 label").count(), 4, "under a quota nothing may be left blank");
    await shot(page, "ballot-overrun");
    await submit(page);
    const summary = page.getByRole("region", { name: "有问题需要处理" });
    assert.match(await summary.innerText(), /年度等次推荐：“优秀”要选 1 个，现在选了 2 个/);
    await shot(page, "ballot-summary");
    await choose(page, 13, "良好");
    await choose(page, 14, "良好");
    await choose(page, 15, "一般");
    assert.match(await bar(page), /已填 4\/16 · 优秀 1\/1 · 良好 2\/2 · 一般 1\/1 · 可提交，还有 12 项未填/);
    await submit(page);
    await page.getByRole("button", { name: "就这样提交" }).click();
    assert.ok(await receipt(page));
  });

  test("is filled in and sent with the keyboard alone", async () => {
    const page = await openPage(browser, { width: 1280, height: 800 });
    await page.goto(link(brief, next(brief)));
    await page.getByText("班子成员").waitFor();
    const tabTo = async (found) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(found)) return;
      }
      assert.fail(`no way by Tab to ${found}`);
    };
    await tabTo(() => document.activeElement.innerText === "开始填写");
    await page.keyboard.press("Enter");
    await page.locator(".bar").waitFor();
    await tabTo(() => document.activeElement.name === "l0");
    for (const digit of ["1", "2", "0", "3"]) await page.keyboard.press(digit);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("input:checked")].map((one) => one.value)), ["0", "1", "x", "2"]);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.querySelector("#line-3 input:checked").value), "1");
    await tabTo(() => document.activeElement.className === "bar-status");
    await page.keyboard.press("Enter");
    await page.locator(".preview").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".preview").waitFor({ state: "detached" });
    await tabTo(() => document.activeElement.innerText === "提交");
    await page.keyboard.press("Enter");
    assert.ok(await receipt(page));
  });
});

describe("a bad connection", () => {
  test("while submitting is told, tried again, and loses nothing", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await fillBrief(page);
    const before = await server.cast(brief.id);
    let [attempts, down] = [0, true];
    await page.route("**/api/ballots", (route) => {
      attempts += 1;
      return down ? route.abort("connectionfailed") : route.continue();
    });
    await submit(page);
    await page.getByText("第 1 次没有成功").waitFor();
    await assertClean(page, "while sending");
    await shot(page, "ballot-sending");
    // It goes on trying by itself, later each time; how often by now is this machine's affair.
    const failed = attempts + 1;
    await page.getByText(`第 ${failed} 次没有成功`).waitFor({ timeout: 60_000 });
    down = false;
    await page.getByRole("button", { name: "现在再试" }).click();
    assert.ok(await receipt(page));
    assert.equal(attempts, failed + 1);
    assert.equal(await server.cast(brief.id), before + 1);
  });

  test("that swallows the answer gets the same receipt on the next try, and one vote", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await fillBrief(page);
    const before = await server.cast(brief.id);
    let first = null;
    await page.route("**/api/ballots", async (route) => {
      if (first) return route.continue();
      first = await (await route.fetch()).json();
      return route.abort("connectionreset");
    });
    await submit(page);
    assert.equal((await receipt(page)).replaceAll(" ", ""), first.receipt);
    assert.match(await page.locator("main").innerText(), /没有重复计票/);
    assert.equal(await server.cast(brief.id), before + 1);
  });

  test("and a reload in the middle still end in the receipt", async () => {
    const page = await openPage(browser);
    await start(page, brief);
    await fillBrief(page);
    await loseTheAnswerAndReload(page);
  });

  test("while opening is told, and a retry goes on", async () => {
    const page = await openPage(browser);
    await page.route("**/api/ballot-paper", (route) => route.abort("connectionfailed"));
    await page.goto(link(brief, next(brief)));
    await page.getByText("连不上服务器").waitFor();
    await assertClean(page, "no connection");
    await shot(page, "ballot-unreachable");
    await page.unroute("**/api/ballot-paper");
    await page.getByRole("button", { name: "重试" }).click();
    await page.getByText("班子成员").waitFor();
  });
});

describe("a page of its own", () => {
  const ends = async (name, open, title) => {
    const page = await openPage(browser);
    await open(page);
    await page.locator("h1", { hasText: title }).waitFor();
    assert.deepEqual(await page.evaluate(() => document.activeElement.id), "title");
    await assertClean(page, name);
    await shot(page, `ballot-${name}`);
    return page;
  };

  test("for a wrong code, where the right one can be typed", async () => {
    const page = await ends("unknown-code", (page) => page.goto(link(brief, drawCode())), "没有这个投票码");
    await page.getByLabel("卡片上的投票码").fill(next(brief));
    await page.getByRole("button", { name: "打开测评表" }).click();
    await page.getByText("班子成员").waitFor();
  });

  test("for a used code", async () => {
    const page = await openPage(browser);
    const code = await start(page, brief);
    await fillBrief(page);
    await submit(page);
    await receipt(page);
    await ends("used-code", (other) => other.goto(link(brief, code)), "这个投票码已经用过");
  });

  test("for one card filled in on two phones at once", async () => {
    const [one, two] = [await openPage(browser), await openPage(browser)];
    const code = await start(one, brief);
    await start(two, brief, code);
    for (const page of [one, two]) await fillBrief(page);
    await submit(one);
    await receipt(one);
    await submit(two);
    await two.locator("h1", { hasText: "这个投票码已经用过" }).waitFor();
  });

  test("for a plan that has not been opened", async () => {
    const early = await server.plan(briefPlan(), { leaders: 5 });
    await ends("not-open", (page) => page.goto(link(early, next(early))), "评议还没有开始");
  });

  test("for a plan that is closed, and for one that closes under the voter's hands", async () => {
    const late = await server.plan(briefPlan(), { leaders: 6 });
    await server.openPlan(late.id, EVERYONE);
    const page = await openPage(browser);
    await start(page, late);
    await fillBrief(page);
    await server.send("POST", `/api/plans/${late.id}/close`, {});
    await submit(page);
    await page.locator("h1", { hasText: "评议已经结束" }).waitFor();
    await ends("closed", (page) => page.goto(link(late, next(late))), "评议已经结束");
  });

  test("for a code that cannot be one", async () => {
    const page = await openPage(browser);
    await page.goto(link(brief));
    await page.getByLabel("卡片上的投票码").fill("7K3M-Q2RD");
    await page.getByRole("button", { name: "打开测评表" }).click();
    await page.getByRole("link", { name: /现在有 8 位/ }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "code");
    await assertClean(page, "a short code");
    await shot(page, "ballot-short-code");
  });
});

describe("a blind group's code", () => {
  test("becomes a token, and the ballot that it casts carries no code", async () => {
    const page = await openPage(browser);
    const sent = [];
    page.on("request", (request) => request.url().includes("/api/") && sent.push([new URL(request.url()).pathname, request.postDataJSON()]));
    const code = await start(page, brief, next(brief, "monitors"));
    const before = await server.cast(brief.id);
    await fillBrief(page);
    await submit(page);
    const kept = await receipt(page);
    // The key of the paper is held against the public list before anything is exchanged; that request names nobody.
    const keys = `/api/public/${brief.id}/keys`;
    assert.deepEqual(sent.map(([path]) => path), ["/api/ballot-paper", keys, "/api/tokens", "/api/ballots"]);
    assert.equal(sent[1][1], null);
    const [, ballot] = sent[3];
    assert.equal(ballot.code, null);
    assert.equal(ballot.token.group, "monitors");
    assert.ok(!JSON.stringify(sent[2]).includes(ballot.token.nonce), "the server has not seen the nonce before");
    assert.equal(await server.cast(brief.id), before + 1);
    await nobodysPage(page, kept);
    const other = await openPage(browser);
    await start(other, brief, code);
    await other.locator("h1", { hasText: "这个投票码已经用过" }).waitFor();
    assert.deepEqual(page.faults, []);
  });

  test("is exchanged once, though the answer is lost and the page reloaded", async () => {
    const page = await openPage(browser);
    const blinded = [];
    await page.route("**/api/tokens", async (route) => {
      blinded.push(route.request().postDataJSON().blinded);
      if (blinded.length > 1) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    await start(page, brief, next(brief, "monitors"));
    await page.getByText("连不上服务器").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "开始填写" }).click();
    await fillBrief(page);
    assert.equal(blinded[0], blinded[1]);
    await submit(page);
    assert.ok(await receipt(page));
  });

  test("and an answer to its ballot that is lost, and a reload, still end in the receipt", async () => {
    const page = await openPage(browser);
    await start(page, brief, next(brief, "monitors"));
    await fillBrief(page);
    await loseTheAnswerAndReload(page);
  });

  test("keeps its ballot closed when the server signs with another key", async () => {
    const page = await openPage(browser);
    await page.route("**/api/tokens", async (route) => {
      const answer = await (await route.fetch()).json();
      const proof = (answer.proof[0] === "0" ? "1" : "0") + answer.proof.slice(1);
      return route.fulfill({ json: { ...answer, proof } });
    });
    await start(page, brief, next(brief, "monitors"));
    await page.getByText("服务器没有用公布的密钥签发凭证").waitFor();
    await assertClean(page, "another key");
  });
});

describe("how secret the ballot is", () => {
  for (const [group, words] of [["delegates", /实名发码，测评表不记名[^]*查不出这张表是谁填的/], ["stations", /按单位发码，测评表不记单位[^]*不算匿名[^]*知道哪些单位已经填了/], ["public", /公开测评/]]) {
    test(`is said before the first mark to ${group}`, async () => {
      const page = await openPage(browser);
      await page.goto(link(small, next(small, group)));
      await page.getByRole("button", { name: "开始填写" }).waitFor();
      assert.match(await page.locator(".note").innerText(), words);
      await assertClean(page, group);
      await shot(page, `ballot-intro-${group}`);
    });
  }
});

describe("without the app", () => {
  test("the shell names the plan and leads to the plain ballot, with scripts off", async () => {
    const page = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(link(brief));
    assert.equal(await heading(page), briefPlan().title);
    await shot(page, "ballot-no-scripts");
    await page.getByRole("link", { name: /简版/ }).click();
    assert.match(page.url(), /\/plain$/);
    assert.match(await page.locator("body").innerText(), /投票码/);
  });

  test("a bundle that does not load says so and leads to the plain ballot", async () => {
    const page = await openPage(browser);
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto(link(brief, next(brief)));
    await page.getByText("测评表没有打开。请换用简版填写").waitFor();
    await shot(page, "ballot-broken");
    assert.ok(await page.getByRole("link", { name: /简版/ }).isVisible());
  });
});

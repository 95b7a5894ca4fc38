// Signing in through an OpenID Connect provider: a real one, with its own pages for name and consent.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import Provider from "oidc-provider";
import { PHONE, assertClean, launch, openPage, shot } from "../lib/browser.mjs";
import { startServer } from "../lib/server.mjs";

const SECRET = "一句足够长的初始密码";
const DESK = { width: 1280, height: 800 };
/// What the provider knows of people, by the name that they give it.
const PEOPLE = {
  zhang: { preferred_username: "zhang@county.example", email: "zhang@county.example", email_verified: true },
  stranger: { preferred_username: "nobody@county.example" },
  nameless: {},
};

let server, browser, issuer, listening;

/// What answers in the provider's place while it is out of order; null: it answers itself.
let held = null;
let handler = (_, response) => response.writeHead(503).end();
/// The address that the provider would send the browser back to, where a test keeps it from going there; null: it goes.
let caught = null;

/// Leads the browser nowhere in place of the way back, which the test keeps.
function catchWayBack(response) {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const isBack = name.toLowerCase() === "location" && value.includes("/api/session/openid/back");
    if (isBack) caught = value;
    return set(name, isBack ? `${issuer}/caught` : value);
  };
}

before(async () => {
  const http = createServer((request, response) => handler(request, response)).listen(0, "127.0.0.1");
  await new Promise((done) => http.once("listening", done));
  listening = http;
  issuer = `http://127.0.0.1:${http.address().port}`;
  // A free port of a moment ago: the provider must know where people are sent back to before the server runs.
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  const base = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "pingyi", client_secret: "a secret of the client's", redirect_uris: [`${base}/api/session/openid/back`] }],
    claims: { profile: ["preferred_username"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
    cookies: { keys: ["of this test alone"] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  const answer = provider.callback();
  handler = (request, response) => {
    if (held !== null) return held(response);
    if (request.url === "/caught") return response.end("caught");
    if (caught !== null) catchWayBack(response);
    return answer(request, response);
  };
  server = await startServer(["--public-url", base], {
    PINGYI_OIDC_ISSUER: issuer,
    PINGYI_OIDC_CLIENT_ID: "pingyi",
    PINGYI_OIDC_CLIENT_SECRET: "a secret of the client's",
    PINGYI_OIDC_NAME: "县统一身份认证",
  }, port);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  listening?.closeAllConnections();
  listening?.close();
});

/// Says at the provider who one is, and agrees.
async function atProvider(page, login) {
  await page.waitForURL((url) => url.href.startsWith(issuer));
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: "Continue" }).click();
}

for (const look of [DESK, PHONE]) {
  const size = look === DESK ? "1280" : "390";
  test(`whom the provider knows is signed in to the page that was asked for, at ${size} px`, { timeout: 120_000 }, async () => {
    const name = PEOPLE.zhang.preferred_username;
    if (look === DESK) await server.send("POST", "/api/staff", { name, display: "张主任", password: SECRET, roles: ["planner"] });
    const page = await openPage(browser, look);
    await page.goto(`${server.address}/office/new`);
    const through = page.getByRole("link", { name: "用 县统一身份认证 登录" });
    await through.waitFor();
    await page.waitForLoadState("networkidle");
    await assertClean(page, "the sign-in page");
    await shot(page, `openid-${size}`);
    await through.click();
    await atProvider(page, "zhang");
    await page.waitForURL(`${server.address}/office/new`);
    await page.getByRole("heading", { level: 1, name: "新建方案" }).waitFor();
    const session = await page.evaluate(() => fetch("/api/session").then((answer) => answer.json()));
    assert.equal(session.name, name);
    assert.deepEqual(session.roles, ["planner"]);
    await page.context().close();
  });
}

test("whom the provider knows and nobody here is told so, and no account is made", { timeout: 120_000 }, async () => {
  const before = await server.json("GET", "/api/staff");
  for (const [login, named] of [["stranger", "nobody@county.example"], ["nameless", null]]) {
    const page = await openPage(browser, PHONE);
    await page.goto(`${server.address}/api/session/openid`);
    await atProvider(page, login);
    await page.getByRole("heading", { level: 1, name: "没有登录" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/api/session/openid/back");
    assert.equal(await page.getByText("nobody@county.example").count(), named ? 1 : 0);
    await assertClean(page, `no account for ${login}`);
    const cookies = await page.context().cookies(server.address);
    assert.deepEqual(cookies.filter(({ name }) => name.startsWith("pingyi")), []);
    await page.context().close();
  }
  assert.deepEqual(await server.json("GET", "/api/staff"), before);
});

test("a removed or disabled account has no way in", { timeout: 120_000 }, async () => {
  const name = PEOPLE.zhang.preferred_username;
  const { staff: accounts } = await server.json("GET", "/api/staff");
  const { display, roles, office, unit, plans } = accounts.find((account) => account.name === name);
  await server.send("PUT", `/api/staff/${encodeURIComponent(name)}`, { display, roles, office, unit, plans, disabled: true });
  const page = await openPage(browser, DESK);
  await page.goto(`${server.address}/api/session/openid?to=/office`);
  await atProvider(page, "zhang");
  await page.getByRole("heading", { level: 1, name: "没有登录" }).waitFor();
  await server.send("PUT", `/api/staff/${encodeURIComponent(name)}`, { display, roles, office, unit, plans, disabled: false });
});

test("an answer counts once, for the browser that asked, to the question that it asked", { timeout: 120_000 }, async () => {
  const page = await openPage(browser, DESK);
  caught = "";
  await page.goto(`${server.address}/api/session/openid?to=//evil.example`);
  await atProvider(page, "zhang");
  await page.waitForURL(`${issuer}/caught`);
  const back = caught;
  caught = null;
  assert.ok(back.startsWith(`${server.address}/api/session/openid/back?`), back);
  const cookie = (await page.context().cookies(server.address)).find(({ name }) => name === "pingyi-question");
  assert.equal(cookie.sameSite, "Lax");
  assert.ok(cookie.httpOnly);
  const ask = (url, cookies) => fetch(url, { redirect: "manual", headers: cookies ? { cookie: cookies } : {} });
  const kept = `${cookie.name}=${cookie.value}`;
  // Another browser, another state, another question.
  assert.equal((await ask(back)).status, 401);
  const other = new URL(back);
  other.searchParams.set("state", "x".repeat(22));
  assert.equal((await ask(other, kept)).status, 401);
  const [, , verifier] = cookie.value.split(":")[0].split(".");
  const nonce = `${cookie.name}=${new URL(back).searchParams.get("state")}.${"n".repeat(22)}.${verifier}:/office`;
  assert.equal((await ask(back, nonce)).status, 401, "a token that answers another question");
  // That try used the code up at the provider, who gives it to nobody again.
  const again = await ask(back, kept);
  assert.equal(again.status, 401);
  assert.ok(!again.headers.getSetCookie().some((one) => one.startsWith("pingyi=")));
});

test("a provider that does not answer keeps nobody waiting and says so", { timeout: 120_000 }, async () => {
  const asked = new Promise((done) => {
    held = (response) => {
      done();
      response.writeHead(500).end("no");
    };
  });
  const page = await openPage(browser, PHONE);
  // What was known of it is used until it is old; a second server has asked nothing yet.
  const fresh = await startServer(["--public-url", "http://127.0.0.1:9"], {
    PINGYI_OIDC_ISSUER: issuer, PINGYI_OIDC_CLIENT_ID: "pingyi", PINGYI_OIDC_CLIENT_SECRET: "a secret of the client's",
  });
  const answer = await fetch(`${fresh.address}/api/session/openid`, { redirect: "manual" });
  await asked;
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).code, "unavailable");
  assert.deepEqual(await fresh.json("GET", "/api/session/ways"), { openid: "127.0.0.1" });
  held = null;
  assert.equal((await fetch(`${fresh.address}/api/session/openid`, { redirect: "manual" })).status, 303);
  await fresh.stop();
  await page.context().close();
});

test("without a provider nothing of it is offered", { timeout: 120_000 }, async () => {
  const alone = await startServer();
  assert.deepEqual(await alone.json("GET", "/api/session/ways"), { openid: null });
  assert.equal((await fetch(`${alone.address}/api/session/openid`)).status, 404);
  assert.equal((await fetch(`${alone.address}/api/session/openid/back?code=a&state=b`)).status, 401);
  const page = await openPage(browser, PHONE);
  await page.goto(`${alone.address}/office`);
  await page.getByRole("button", { name: "登录", exact: true }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.getByRole("link", { name: /登录/ }).count(), 0);
  await alone.stop();
});

test("what binds passwords to a second factor does not bind whom the provider vouches for", { timeout: 120_000 }, async () => {
  await server.send("PUT", "/api/settings", { second_factor: "all" });
  const page = await openPage(browser, DESK);
  await page.goto(`${server.address}/api/session/openid?to=/office`);
  await atProvider(page, "zhang");
  await page.waitForURL(`${server.address}/office`);
  const told = await page.evaluate(async () => [(await (await fetch("/api/session")).json()).must_set_second_factor, (await fetch("/api/plans")).status]);
  assert.deepEqual(told, [false, 200]);
  // Who signed in with a password is bound at once.
  await assert.rejects(server.json("GET", "/api/plans"), /403 .*second_factor_required/);
});

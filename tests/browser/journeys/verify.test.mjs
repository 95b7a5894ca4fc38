// “自己验算”: a publication recomputed on the reader's own machine, and what was changed in it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";

let server, browser, id;

house(async (...both) => {
  [server, browser] = both;
  const { publications } = await server.json("GET", "/api/public");
  ({ id } = publications[0]);
}, ["--demo"]);

const page = async (look, path = `/public/${id}/verify`) => {
  const opened = await openPage(browser, look);
  await opened.goto(server.address + path);
  return opened;
};

for (const look of [{ width: 1280, height: 800 }, PHONE]) {
  const size = look === PHONE ? "390" : "1280";
  test(`a published result holds, and says what was and was not checked, at ${size} px`, { timeout: 60_000 }, async () => {
    const own = await page(look, `/public/${id}`);
    await own.getByRole("link", { name: "自己验算" }).click();
    await own.getByRole("status").getByText("验算相符").waitFor();
    await own.getByRole("heading", { name: "未核对" }).waitFor();
    assert.ok((await own.getByRole("listitem").count()) > 5);
    await assertClean(own, "recomputed");
    await shot(own, `verify-${size}`);
  });
}

test("one figure that was changed is found and named", { timeout: 60_000 }, async () => {
  const publication = await server.json("GET", `/api/public/${id}`);
  const unit = publication.result.units[0];
  assert.notEqual(unit.total, unit.published);
  unit.total = unit.published;
  const own = await openPage(browser, PHONE);
  await own.route(`**/api/public/${id}`, (route) => route.fulfill({ json: publication }));
  await own.goto(`${server.address}/public/${id}/verify`);
  await own.getByRole("status").getByText("验算不符").waitFor();
  assert.match(await own.locator("main").innerText(), /\/result\/units\/0\/total/);
  await assertClean(own, "a changed figure");
});

test("the page for a stick checks chosen files without any server", { timeout: 90_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "pingyi-stick-"));
  const own = await page(PHONE);
  const [download] = await Promise.all([own.waitForEvent("download"), own.getByRole("link", { name: /离线验算页/ }).click()]);
  const stick = join(folder, "verify-offline.html");
  await download.saveAs(stick);
  const text = await (await server.send("GET", `/api/public/${id}`)).text();
  const publication = JSON.parse(text);
  const changed = structuredClone(publication);
  changed.result.units[0].total = changed.result.units[0].published;
  const files = { "whole.json": text, "changed.json": JSON.stringify(changed), "other.json": "no JSON" };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const alone = await openPage(browser, PHONE);
  // From the stick, with the network gone.
  await alone.context().setOffline(true);
  await alone.goto(`file://${stick}`);
  const choose = (name) => alone.getByLabel(/文件/).setInputFiles(join(folder, name));
  await choose("whole.json");
  await alone.getByRole("status").getByText("验算相符").waitFor();
  await choose("changed.json");
  await alone.getByRole("status").getByText("验算不符").waitFor();
  assert.match(await alone.locator("#report").innerText(), /\/result\/units\/0\/total/);
  await assertClean(alone, "the page on a stick");
  await shot(alone, "verify-offline");
  await choose("other.json");
  await alone.getByText("取到的不是一份完整的公布结果").waitFor();
  rmSync(folder, { recursive: true });
});

test("what is no publication, and no answer at all, is said in words", { timeout: 60_000 }, async () => {
  for (const [answer, says] of [[{ json: { plan: [] } }, "取到的不是一份完整的公布结果"], [{ status: 503, json: {} }, "没有取到公布的数据"]]) {
    const own = await openPage(browser, PHONE);
    await own.route(`**/api/public/${id}`, (route) => route.fulfill(answer));
    await own.goto(`${server.address}/public/${id}/verify`);
    await own.getByText(says).waitFor();
    await own.context().close();
  }
});

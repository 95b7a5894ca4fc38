// Files that show something: a finding photographed on a phone, files beside records and batches, and those that are refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PHONE, assertClean, openPage, shot } from "../lib/browser.mjs";
import { house } from "../lib/house.mjs";
import { briefPlan } from "../lib/plans.mjs";

let server, browser, plan;

const LEVELS = [{ id: "village", name: "社级", amount: "1" }];

house(async (...both) => {
  [server, browser] = both;
  const document = briefPlan();
  document.components[0].points = "80";
  document.components.push({ id: "inspection", name: "明察暗访", points: "20", method: { kind: "incidents", levels: LEVELS } });
  document.adjustments = [{ id: "commended", name: "表彰推广", sign: "bonus", cap: "5", levels: [{ id: "district", name: "区级", points: "3" }] }];
  plan = (await server.plan(document)).id;
  await server.openPlan(plan, []);
});

/// A photo as a phone takes it: twelve million pixels that nothing compresses well.
async function photo(page) {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 4000, height: 3000 });
    const pen = canvas.getContext("2d");
    const noise = pen.createImageData(400, 300);
    let state = 1;
    for (let at = 0; at < noise.data.length; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      noise.data[at] = at % 4 === 3 ? 255 : state >>> 24;
    }
    for (let x = 0; x < 4000; x += 400) for (let y = 0; y < 3000; y += 300) pen.putImageData(noise, x, y);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  });
  return Buffer.from(base64, "base64");
}

const stored = async (file) => {
  const answer = await server.send("GET", `/api/plans/${plan}/files/${file}`);
  return { kind: answer.headers.get("content-type"), bytes: Buffer.from(await answer.arrayBuffer()), said: answer.headers.get("content-disposition") };
};
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

test("an inspector in a hall notes a finding with a photo, which is sent small", { timeout: 120_000 }, async () => {
  const page = await openPage(browser, PHONE);
  await server.signInOn(page, `/office/plans/${plan}/findings`);
  await page.locator("#finding-unit").selectOption({ label: "林业站" });
  await page.locator("#finding-text").fill("上班时间窗口无人，群众等候二十分钟。");
  const large = await photo(page);
  assert.ok(large.length > 3_000_000, `${large.length} bytes`);
  await page.locator("#finding-files").setInputFiles({ name: "IMG_0412.png", mimeType: "image/jpeg", buffer: large });
  await page.getByText("IMG_0412.jpg").waitFor();
  await page.locator("#finding-source").fill("明察暗访");
  await page.locator("#finding-cost").selectOption("inspection village");
  await assertClean(page, "a finding with a photo");
  await shot(page, "finding-photo-390", { fullPage: true });
  await press(page, "保存");
  await page.getByText("已保存。").waitFor();
  const { findings } = await server.json("GET", `/api/plans/${plan}/findings`);
  assert.equal(findings.length, 1);
  assert.equal(findings[0].files.length, 1);
  const { kind, bytes, said } = await stored(findings[0].files[0]);
  assert.equal(kind, "image/jpeg");
  assert.equal(sha256(bytes), findings[0].files[0]);
  assert.ok(bytes.length <= 300_000, `${bytes.length} bytes`);
  assert.match(said, /IMG_0412\.jpg/);
  // The next finding begins without a photo, and the list offers this one.
  assert.equal(await page.getByText("IMG_0412.jpg").count(), 0);
  const link = page.locator("article", { hasText: "窗口无人" }).getByRole("link", { name: "附件 1" });
  const download = page.waitForEvent("download");
  await link.click();
  assert.equal(sha256(await readFile(await (await download).path())), findings[0].files[0]);
  // What it cost is an incident that shows the same photo.
  const { rows } = await server.json("GET", `/api/plans/${plan}/ledger?kind=incidents`);
  assert.deepEqual(rows.map(({ files }) => files), [findings[0].files]);
});

test("a bonus has its day, its clause and its files; what is no such file is refused in words and nothing is lost", { timeout: 120_000 }, async () => {
  const page = await openPage(browser, { width: 1280, height: 900 });
  await server.signInOn(page, `/office/plans/${plan}/records/adjustments`);
  await page.locator("#f-rule").selectOption("commended");
  await page.locator("#f-unit").selectOption("u1");
  await page.locator("#f-level").selectOption("district");
  await page.locator("#f-evidence").fill("区委通报");
  await page.locator("#f-clause").fill("四（一）1");
  await page.locator("#f-date").fill("2999-01-01");
  const scan = Buffer.concat([Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")]);
  await page.locator("#f-files").setInputFiles([
    { name: "通报.pdf", mimeType: "application/pdf", buffer: scan },
    { name: "假.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html><script>alert(1)</script>") },
    { name: "大.txt", mimeType: "text/plain", buffer: Buffer.alloc(4 * 1024 * 1024 + 1, "a") },
  ]);
  await page.locator("#f-files-error").getByText("假.pdf：").waitFor();
  await page.getByText("通报.pdf").waitFor();
  await page.getByText("正在上传").waitFor({ state: "hidden" });
  await press(page, "保存");
  await page.locator("#error-summary").getByText("不晚于今天").waitFor();
  await assertClean(page, "a bonus with refused files");
  await shot(page, "record-files-1280", { fullPage: true });
  // A reload keeps what was typed, and the file that was taken.
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.getByText("已恢复上次没有保存的内容。").waitFor();
  await page.getByText("通报.pdf").waitFor();
  await page.locator("#f-date").fill("2018-10-08");
  await press(page, "保存");
  await page.getByText("已保存。可以接着录下一条。").waitFor();
  const { rows } = await server.json("GET", `/api/plans/${plan}/ledger?kind=adjustments`);
  const [{ evidence, clause, date, files }] = rows;
  assert.deepEqual({ evidence, clause, date, files }, { evidence: "区委通报", clause: "四（一）1", date: "2018-10-08", files: [sha256(scan)] });
  const row = page.locator("table.cards tbody tr", { hasText: "区委通报" });
  await row.getByText("区委通报 · 四（一）1 · 2018-10-08").waitFor();
  await row.getByRole("link", { name: "附件 1" }).waitFor();
  assert.equal(await page.locator(".field", { has: page.locator("#f-files") }).locator("li").count(), 0);
  await assertClean(page, "a bonus with a file");
  // Taken off again, a file is not given.
  await page.locator("#f-unit").selectOption("u2");
  await page.locator("#f-level").selectOption("district");
  await page.locator("#f-files").setInputFiles({ name: "错.pdf", mimeType: "application/pdf", buffer: scan });
  await page.getByRole("button", { name: "去掉附件：错.pdf" }).click();
  await press(page, "保存");
  await page.locator("table.cards tbody tr", { hasText: "社会事务办公室" }).waitFor();
  const again = await server.json("GET", `/api/plans/${plan}/ledger?kind=adjustments`);
  assert.deepEqual(again.rows.map(({ files }) => files ?? []).sort((a, b) => a.length - b.length), [[], [sha256(scan)]]);
});

test("a batch of paper ballots carries the scan of its protocol", { timeout: 120_000 }, async () => {
  const page = await openPage(browser, { width: 1280, height: 900 });
  await server.signInOn(page, `/office/plans/${plan}/records/paper/work/leaders/year`);
  await page.locator("#f-label").fill("一号箱");
  await page.locator("#f-collected").fill("8");
  await page.locator("#f-void").fill("0");
  for (const line of [0, 1, 2, 3]) for (const [column, count] of [5, 2, 1, 0].entries()) await page.locator(`#n-${line}-${column}`).fill(String(count));
  const text = Buffer.from("开箱记录：监票人李四", "utf8");
  await page.locator("#f-files").setInputFiles({ name: "开箱记录.txt", mimeType: "text/plain", buffer: text });
  await page.getByText("开箱记录.txt").waitFor();
  await press(page, "保存这批票");
  await page.getByText("第一遍已保存").waitFor();
  const { batches } = await server.json("GET", `/api/plans/${plan}/paper-tallies`);
  assert.deepEqual(batches.map(({ tally }) => tally?.files), [[sha256(text)]]);
});

// The system's Chromium, pages as people set them, axe, and screenshots to look at.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

const SHOTS = fileURLToPath(new URL("../shots/", import.meta.url));

/// What makes a browser's window a phone.
export const PHONE = { hasTouch: true, isMobile: true };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/// A page of a width, with a reader's settings, that fails the test on errors of its own.
export async function openPage(browser, { width = 390, height = 844, lang = "zh", theme = "auto", large = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: lang === "en" ? "en-GB" : "zh-CN", ...options });
  await context.addInitScript(([lang, theme, size]) => {
    if (location.protocol === "about:") return;
    localStorage.setItem("pingyi-lang", lang);
    localStorage.setItem("pingyi-theme", theme);
    localStorage.setItem("pingyi-size", size);
  }, [lang, theme, large ? "large" : "usual"]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    const expected = /Failed to load resource|net::ERR/.test(message.text());
    if (message.type() === "error" && !expected) page.faults.push(message.text());
  });
  return page;
}

/// Nothing thrown, nothing for axe to report, nothing wider than the screen.
export async function assertClean(page, where) {
  assert.deepEqual(page.faults, [], `${where}: errors on the page`);
  // A colour on its way to another is read as neither. What is skipped because it is out of sight stands still.
  await page.evaluate(() => {
    const seen = (one) => one instanceof CSSTransition && one.effect.target.checkVisibility({ contentVisibilityAuto: true });
    const ended = Promise.all(document.getAnimations().filter(seen).map((one) => one.finished.catch(() => null)));
    return Promise.race([ended, new Promise((done) => setTimeout(done, 3000))]);
  });
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
  assert.deepEqual(told, [], `${where}: axe`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where}: ${over} px wider than the screen`);
}

export async function shot(page, name, options = {}) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, ...options });
}

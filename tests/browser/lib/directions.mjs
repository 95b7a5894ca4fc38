// Names that run from right to left, and whether each stands by itself wherever it is shown.
import assert from "node:assert/strict";

/// Texts on the page in which a name from right to left may turn what stands beside it: no element or pair of isolating
/// signs holds the name alone. Words for screen readers have no layout, but are read out by the same rule. `names` are
/// those that were given, for their own figures stand inside them.
export async function assertIsolated(page, where, names) {
  const found = await page.evaluate((names) => {
    const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
    const isolated = (text) => text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, "");
    const beside = (text) => /[\p{L}\p{N}]/u.test(text);
    const others = (text) => (names.includes(text.trim()) ? "" : text.replace(/[\p{Script=Arabic}\p{Script=Hebrew}\s\p{M}\p{P}]/gu, ""));
    const seen = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (holder.closest("script, style, noscript, textarea") || !RIGHT_TO_LEFT.test(isolated(node.data))) continue;
      // The text that is laid out in one line with the name: up to the next element that keeps a direction of its own.
      let line = holder;
      const bounded = (one) => {
        const { display, unicodeBidi } = getComputedStyle(one);
        return !["inline", "contents"].includes(display) || /isolate|plaintext/.test(unicodeBidi) || one.tagName === "text";
      };
      while (!bounded(line)) line = line.parentElement;
      const inLine = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let around = "";
      for (let other = inLine.nextNode(); other; other = inLine.nextNode()) {
        if (other === node) continue;
        let up = other.parentElement;
        while (up !== line && !bounded(up)) up = up.parentElement;
        if (up === line) around += isolated(other.data);
      }
      if (beside(others(isolated(node.data))) || beside(around)) seen.push(`${line.tagName.toLowerCase()}.${line.className}: ${line.textContent.trim().slice(0, 120)}`);
    }
    for (const one of document.body.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const text = isolated(one.getAttribute(name) ?? "");
        if (RIGHT_TO_LEFT.test(text) && beside(others(text))) seen.push(`${one.tagName.toLowerCase()} ${name}: ${text}`);
      }
    }
    return [...new Set(seen)];
  }, names);
  assert.deepEqual(found, [], `${where}: names that turn what stands beside them`);
}

// Median times of `crates/scoring/examples/scoring_wasm.rs` in Chromium: `node lib/time_scoring.mjs FOLDER`.
import { readFileSync } from "node:fs";
import { launch } from "./browser.mjs";

const folder = process.argv[2];
const browser = await launch();
const page = await browser.newPage();
// The script asks where it comes from, so it must come from somewhere.
await page.route("http://bench.localhost/", (route) => route.fulfill({ contentType: "text/html", body: "" }));
await page.goto("http://bench.localhost/");
await page.addScriptTag({ content: `${readFileSync(`${folder}/scoring.js`, "utf8")}; window.bindgen = wasm_bindgen;` });
const module = readFileSync(`${folder}/scoring_bg.wasm`).toString("base64");
for (const [units, components] of [[118, 8], [500, 20]]) {
  for (const work of ["score", "slider"]) {
    const median = await page.evaluate(async ([module, units, components, work]) => {
      const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
      await window.bindgen({ module_or_path: bytes });
      const appraisal = window.bindgen.Scoring.of(units, components);
      const times = [];
      // The compiler needs some calls to settle, and the clock is coarse: twenty calls at a time.
      for (let begun = performance.now(); performance.now() - begun < 3000;) {
        const start = performance.now();
        for (let call = 0; call < 20; call += 1) if (appraisal.run(work) === undefined) throw new Error(work);
        times.push((performance.now() - start) / 20);
      }
      times.sort((a, b) => a - b);
      return times[times.length >> 1];
    }, [module, units, components, work]);
    console.log(`${work} ${units} units × ${components} components, WASM in Chromium: ${(median * 1000).toFixed(1)} µs`);
  }
}
await browser.close();

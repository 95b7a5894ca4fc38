// Median times of `examples/speed_wasm.rs` in Node.js, as JSON: `node time.cjs DATA [TASK...]`.
const { readFileSync } = require("node:fs");
const { Speed } = require("./speed.js");

const [data, ...named] = process.argv.slice(2);
const work = Speed.read(readFileSync(data, "utf8"));
const result = {};
for (const task of ["smaa", "rank", "oat_x", "pairwise", "first", "boot"]) {
  if (named.length && !named.includes(task)) continue;
  const answer = work.run(task);
  // Short tasks are timed many at a time: the clock is coarse, and the compiler needs some calls to settle.
  let begun = performance.now();
  let calls = 0;
  while (performance.now() - begun < 200) { work.run(task); calls += 1; }
  const each = Math.max(1, Math.round(calls / 200));
  const times = [];
  begun = performance.now();
  while (times.length < 11 || (performance.now() - begun < 1000 && times.length < 2001)) {
    const start = performance.now();
    for (let i = 0; i < each; i += 1) work.run(task);
    times.push((performance.now() - start) / each);
  }
  times.sort((a, b) => a - b);
  result[task] = { median_ms: times[times.length >> 1], answer };
}
console.log(JSON.stringify(result, null, 1));

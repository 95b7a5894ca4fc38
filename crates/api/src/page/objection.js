// Sends an objection from a result on public display: asks for its challenge, does the work, sends it again.
// SHA-256 is written out here because browsers offer theirs on https alone, and an office's own network may have none.
(function () {
  "use strict";
  var form = document.getElementById("objection");
  if (!form || !window.fetch) return;
  var status = document.getElementById("objection-status");
  var K = [], INITIAL = [];
  (function () {
    function part(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
      if (!prime) continue;
      if (INITIAL.length < 8) INITIAL.push(part(Math.sqrt(n)));
      K.push(part(Math.cbrt(n)));
    }
  })();
  // The first word of the hash: it holds all the zero bits that are asked for.
  function firstWord(bytes) {
    var length = bytes.length, size = ((length + 9 + 63) >> 6) << 6;
    var block = new Uint8Array(size), view = new DataView(block.buffer);
    block.set(bytes);
    block[length] = 128;
    view.setUint32(size - 4, length * 8);
    var state = INITIAL.slice(), w = new Int32Array(64);
    for (var at = 0; at < size; at += 64) {
      for (var i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (i = 16; i < 64; i++) {
        var x = w[i - 15], y = w[i - 2];
        var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (i = 0; i < 64; i++) {
        var t1 = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        var t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach(function (value, place) { state[place] = (state[place] + value) | 0; });
    }
    return state[0];
  }
  function solve(challenge, done) {
    var text = new TextEncoder().encode("pingyi-work\0" + challenge.text + "\0");
    var bytes = new Uint8Array(text.length + 8), view = new DataView(bytes.buffer), number = 0;
    bytes.set(text);
    (function some() {
      for (var end = number + 2000; number < end; number++) {
        view.setUint32(bytes.length - 4, number);
        if (firstWord(bytes) >>> (32 - challenge.bits) === 0) return done(number);
      }
      setTimeout(some, 0);
    })();
  }
  function send(body) {
    return fetch(form.action, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
      .then(function (answer) { return answer.json().then(function (read) { if (!answer.ok) throw new Error(read.message); return read; }); });
  }
  var busy = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    status.textContent = form.dataset.working;
    var body = { unit: form.elements.unit.value || null, text: form.elements.text.value, contact: form.elements.contact.value };
    send(body)
      .then(function (read) {
        return new Promise(function (resolve) { solve(read.challenge, resolve); }).then(function (number) {
          body.work = { challenge: read.challenge.text, number: number };
          return send(body);
        });
      })
      .then(function (read) { form.reset(); status.textContent = form.dataset.taken + read.number; })
      .catch(function (error) { status.textContent = error.message || form.dataset.failed; })
      .then(function () { busy = false; });
  });
})();

// The real server on a fresh data directory, and the office's side of what journeys need.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/// The command, as it was built for tests.
export const PINGYI = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/pingyi");
const PASSWORD = "browser-tests-2018";

/// Starts `pingyi serve` with the built app and signs in as the first account.
export async function startServer(extra = [], environment = {}, port = 0) {
  const data = mkdtempSync(join(tmpdir(), "pingyi-browser-"));
  const child = spawn(PINGYI, ["serve", "--addr", `127.0.0.1:${port}`, "--data", data, ...extra], {
    cwd: root,
    env: { ...process.env, PINGYI_ADMIN_PASSWORD: PASSWORD, PINGYI_APP: join(root, "dist"), PINGYI_STATE: join(data, "state"), ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((done, failed) => {
    let seen = "";
    child.stdout.on("data", (bytes) => {
      seen += bytes;
      const line = seen.match(/listening on (http:\/\/\S+)/);
      if (line) done(line[1]);
    });
    child.on("exit", (code) => failed(new Error(`pingyi ended with ${code}: ${seen}`)));
    setTimeout(() => failed(new Error(`pingyi did not listen: ${seen}`)), 60_000).unref();
  });
  const server = new Server(address, child, data);
  await server.signIn();
  return server;
}

class Server {
  constructor(address, child, data) {
    Object.assign(this, { address, child, data, password: PASSWORD, cookie: "" });
  }

  async signIn() {
    const answer = await this.send("POST", "/api/session", { name: "admin", password: PASSWORD });
    this.cookie = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  }

  async send(method, path, body, headers = {}) {
    const answer = await fetch(this.address + path, {
      method,
      headers: { "content-type": "application/json", cookie: this.cookie, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async json(method, path, body, headers) {
    const text = await (await this.send(method, path, body, headers)).text();
    return text ? JSON.parse(text) : null;
  }

  /// Creates a plan; `groups` become codes: { group id: how many }. Gives the plan's id and its codes.
  async plan(document, groups = {}) {
    const { id } = await this.json("POST", "/api/plans", document);
    const codes = {};
    for (const [group, count] of Object.entries(groups)) {
      codes[group] = Array.from({ length: count }, drawCode);
      const hashes = codes[group].map((code) => hashOf(id, code));
      const body = { period: document.periods[0].id, group, hashes, units: null, unit: null };
      await this.send("POST", `/api/plans/${id}/codes`, body);
    }
    return { id, codes };
  }

  async openPlan(id, groups) {
    await this.send("POST", `/api/plans/${id}/open`, { allow_small: groups });
  }

  /// Signs in on a page of the office, by the form that is there, in Chinese.
  async signInOn(page, path = "/office", name = "admin", password = PASSWORD) {
    await page.goto(this.address + path);
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
  }

  async cast(id) {
    const { groups } = await this.json("GET", `/api/plans/${id}/turnout`);
    return groups.reduce((sum, group) => sum + group.cast, 0);
  }

  async stop() {
    const ended = new Promise((done) => this.child.on("exit", done));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function drawCode() {
  return Array.from(randomBytes(16), (byte) => DIGITS[byte % 32]).join("");
}

/// What the server is given of a code.
export function hashOf(plan, code) {
  return createHash("sha256").update(`pingyi-code\0${plan}\0${code}`).digest("hex");
}

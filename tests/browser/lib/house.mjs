// What a file's tests share: a server of their own and a browser, from before the first test to after the last.
import { after, afterEach, before } from "node:test";
import { launch } from "./browser.mjs";
import { startServer } from "./server.mjs";

/// Opens both and hands them to `ready`; each test's pages are closed when it ends.
export function house(ready, options = []) {
  let server, browser;
  before(async () => {
    server = await startServer(options);
    browser = await launch();
    await ready(server, browser);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  });
}

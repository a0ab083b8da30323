// What a person does: logs in, opens an application, sees rates on its edges, clicks an edge and
// watches the events of its stream until an expected text appears. Run against a running stack:
//
//   MILLRACE_URL=http://localhost:8080 MILLRACE_USER=admin MILLRACE_PASSWORD=... \
//   node e2e/see.mjs default.inventory enriched_stock "expected text" [screenshot.png]
//
// Exits with 0 when all of it was seen. CHROMIUM names the browser (default /usr/bin/chromium).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [application, stream, expected, screenshot] = process.argv.slice(2);
const url = process.env.MILLRACE_URL ?? 'http://localhost:8080';
const profile = mkdtempSync(join(tmpdir(), 'millrace-browser-'));

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  viewport: { width: 1600, height: 1000 },
  colorScheme: 'light',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let status = 1;
const page = browser.pages()[0] ?? (await browser.newPage());
const broken = [];
page.on('pageerror', (error) => broken.push(`script error: ${error.message}`));
try {
  page.setDefaultTimeout(60_000);

  await page.goto(url);
  await page.waitForURL('**/login');
  await page.getByLabel('User').fill(process.env.MILLRACE_USER ?? 'admin');
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(process.env.MILLRACE_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Log in' }).click();

  const row = page.getByRole('row').filter({ hasText: application });
  await row.getByText('RUNNING').waitFor();
  await row.getByRole('link', { name: application }).click();

  const edge = page.locator(`button[data-stream="${stream}"]`).first();
  await edge.waitFor();
  const events = page.getByRole('region', { name: `Events of ${application}.${stream}` });
  await edge.click();
  await events.waitFor();
  await events.getByText(expected, { exact: false }).first().waitFor();
  // The change is to be seen on the edge as well: a rate above zero.
  await page.waitForFunction(
    (name) =>
      [...document.querySelectorAll(`button[data-stream="${name}"]`)].some((label) =>
        /· (?!0\/s)[0-9]/.test(label.textContent ?? ''),
      ),
    stream,
  );
  if (screenshot) {
    await page.screenshot({ path: screenshot });
  }
  if (broken.length > 0) {
    throw new Error(broken.join('\n'));
  }
  console.log(`saw "${expected}" in ${application}.${stream}`);
  status = 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(await page.locator('body').innerText());
  if (screenshot) {
    await page.screenshot({ path: screenshot });
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(status);

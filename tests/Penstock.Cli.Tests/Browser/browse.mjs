// An operator's visit to the console, in a real Chromium. CONSOLE_URL is the host, CHROMIUM the browser; with SCREENSHOTS, a
// folder, the pictures of the documentation are made. It runs in the folder of the npm packages, and ends with 1 if anything fails.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const home = new URL('/console/index.html', process.env.CONSOLE_URL).href;
const said = [];
let away = false;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function open(width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', (message) => { if (message.type() === 'error' && !away) said.push(`console at ${page.url()}: ${message.text()}`); });
  page.on('pageerror', (error) => said.push(`error at ${page.url()}: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(new URL(home).origin)) said.push(`a request to ${request.url()}`); });
  page.on('dialog', (dialog) => dialog.accept());
  return page;
}

// The view has its first answer: figures are on it.
const settle = (page) => page.locator('main[aria-busy="false"]').waitFor();

const go = async (page, path, heading) => {
  await page.goto(`${home}#${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await settle(page);
};

async function check(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, impact, nodes } of violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')) {
    said.push(`${name}: ${impact} ${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 1) said.push(`${name}: the page is ${overflow} pixels wider than the screen`);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `console-${name}.png`), fullPage: true });
}

const expect = async (locator, what) => { await locator.waitFor().catch(() => { throw new Error(`There is no ${what}.`); }); };

try {
  const page = await open(1440, 'light');
  await page.goto(new URL('/console', process.env.CONSOLE_URL).href);
  await expect(page.getByRole('link', { name: 'customers', exact: true }), 'pipeline in the overview');
  await check(page, 'overview-1440');

  await page.getByRole('link', { name: 'customers', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'customers' }), 'page of the pipeline');
  await expect(page.locator('.chart canvas'), 'chart');
  await check(page, 'pipeline-1440');

  await page.getByRole('link', { name: 'Backfill …' }).click();
  await page.getByLabel('From (UTC)').fill('2026-01-02');
  await page.getByLabel('To, not included').fill('2026-01-05');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByRole('heading', { name: 'It would take' }), 'estimate');
  await check(page, 'backfill-form-1440');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Backfill of customers' }), 'page of the backfill');
  await expect(page.locator('main .head .badge.ok', { hasText: 'completed' }), 'end of the backfill');
  await expect(page.getByText('100 % done'), 'full progress');
  await check(page, 'backfill-1440');

  await page.getByRole('table', { name: 'Runs' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Timeline of slices' }), 'timeline');
  await expect(page.locator('.timeline rect.landed').first(), 'slice in the timeline');
  await check(page, 'run-1440');

  await go(page, '/deadletters', 'Dead letters');
  await page.getByRole('button', { name: 'Replay' }).first().click();
  await expect(page.getByText('None: everything could be processed.'), 'empty list of dead letters');
  await check(page, 'deadletters-1440');

  await go(page, '/quarantine', 'Quarantine');
  await page.getByRole('button', { name: 'Inspect' }).first().click();
  await expect(page.getByRole('heading', { name: 'Record', exact: true }), 'record in quarantine');
  await check(page, 'quarantine-1440');

  await go(page, '/lineage?pipeline=customers', 'Lineage');
  await expect(page.getByRole('link', { name: 'curated' }).first(), 'curated dataset in the lineage');
  await expect(page.getByRole('table', { name: 'Columns' }).getByText('email').first(), 'column in the lineage');
  await check(page, 'lineage-1440');

  await go(page, '/catalog/customers/customers', 'customers / customers');
  await expect(page.getByRole('table', { name: 'Fields' }).getByText('updated_at'), 'field in the catalogue');
  await check(page, 'catalog-1440');

  await go(page, '/budgets', 'Quota');
  const quota = page.getByRole('region', { name: 'pipeline.customers', exact: true });
  await quota.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Nothing calls with pipeline.customers now.'), 'pause of a credential');
  await quota.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('pipeline.customers may be called with again.'), 'end of the pause');
  await check(page, 'quota-1440');

  for (const [path, heading, name] of [['/runs', 'Runs', 'runs'], ['/catalog', 'Catalogue', 'catalogue'], ['/cost', 'Cost', 'cost']]) {
    await go(page, path, heading);
    await check(page, `${name}-1440`);
  }

  // By keyboard alone: the first tab stop leads past the head, and a view's heading has the focus.
  await go(page, '/', 'Overview');
  await page.waitForFunction(() => document.activeElement.tagName === 'H1', null, { timeout: 10_000 }).catch(() => said.push('The heading of a view does not get the focus.'));
  await page.close();

  const phone = await open(390, 'dark');
  for (const [path, heading, name] of [['/', 'Overview', 'overview'], ['/pipelines/customers', 'customers', 'pipeline'], ['/backfills', 'Backfills', 'backfills'], ['/lineage', 'Lineage', 'lineage'], ['/quarantine', 'Quarantine', 'quarantine'], ['/budgets', 'Quota', 'quota']]) {
    await go(phone, path, heading);
    await check(phone, `${name}-390`);
  }

  // A host that is away is told, the last figures stay, and it is live again by itself.
  await go(phone, '/', 'Overview');
  away = true;
  await phone.route('**/api/**', (route) => route.abort());
  await expect(phone.getByRole('status').filter({ hasText: 'no answer' }), 'word that the host is away');
  await expect(phone.getByText('The host does not answer'), 'reason on the page');
  await expect(phone.getByRole('link', { name: 'customers', exact: true }), 'figure that stays');
  await phone.unroute('**/api/**');
  await expect(phone.getByRole('status').filter({ hasText: 'live' }), 'word that the host is back');
  away = false;
} catch (error) {
  said.push(error.stack);
}

await browser.close();
for (const line of said) console.log(line);
process.exit(said.length ? 1 : 0);

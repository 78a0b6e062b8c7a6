/** What `npm start` answers: the page and its files with their headers, and nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { script } from '../command-line/lab-process';
import { type BuiltPage, computeWorker, serveBuiltPage } from './built-page';

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'";
/** Of the one page that others may frame. */
const framed = policy.replace("; frame-ancestors 'none'", '');

/** Paths go as they are: a browser would resolve the dots in them. */
async function get(path: string, address = lab.address) {
  const asked = request(address, { path });
  asked.end();
  const [answer] = await once(asked, 'response');
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return { status: answer.statusCode, headers: answer.headers, text };
}

test('the page and every file of it come with the headers', async () => {
  const page = join('dist', 'page');
  const entries = readdirSync(page, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(page.length + 1));
  expect(files.length).toBeGreaterThan(3);
  for (const path of ['', '?figure=2a', ...files]) {
    const { status, headers } = await get(`/${path}`);
    expect({ path, status, headers }).toMatchObject({
      path,
      status: 200,
      headers: { ...always, 'content-security-policy': path === 'embed.html' ? framed : policy },
    });
  }
  expect(files).toContain('embed.html');
  for (const [path, expected] of [
    ['embed.html?atoms=5', framed],
    ['index.html?embed.html', policy],
    ['?/embed.html', policy],
  ])
    expect((await get(`/${path}`)).headers['content-security-policy'], path).toBe(expected);
});

const unknown = [
  '.env',
  '.git/config',
  '../package.json',
  '..%2f..%2fpackage.json',
  '%',
  '%00',
  'nonexistent.js',
  'nonexistent',
  'index',
  'assets',
  'assets/',
  'assets/nonexistent.js',
  'src/page/main.ts',
  '@fs/etc/passwd',
  'favicon.ico',
];
test.each(unknown)('/%s is not found', async (path) => {
  const { status, headers, text } = await get(`/${path}`);
  expect({ status, headers }).toMatchObject({ status: 404, headers: always });
  expect(headers['content-security-policy']).toBeDefined();
  expect(text).not.toContain('Dicke');
});

test('npm start serves the same', async () => {
  const child = spawn(process.execPath, [script, 'page'], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    let said = '';
    for await (const text of child.stderr) {
      said += text;
      if (said.includes('Ctrl-C')) break;
    }
    const address = /http\S+/.exec(said)![0];
    expect(await get('/', address)).toMatchObject({
      status: 200,
      headers: { 'content-security-policy': policy },
    });
    expect(await get('/nonexistent.js', address)).toMatchObject({ status: 404, headers: always });
  } finally {
    child.kill();
  }
});

test('the page under them is isolated, workers and all, and complains of nothing', async () => {
  const { page, complaints } = await lab.open('');
  const isolated = await page.evaluate(() => globalThis.crossOriginIsolated);
  // A worker that has only just been made has no word on itself yet; this one has when the trajectory knows which state it is in.
  await computeWorker(page);
  await page.waitForFunction(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel');
    return typeof panel?.live.samples.at(-1)?.p === 'number';
  });
  const workers = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => globalThis.crossOriginIsolated)),
  );
  // One computes, one walks what is watched.
  expect(workers.length).toBeGreaterThan(1);
  expect({ isolated, workers }).toEqual({ isolated: true, workers: workers.map(() => true) });
  expect(complaints).toEqual([]);
});

/** What tests run with besides their sources, and how each is made. */
import { spawn } from 'node:child_process';
import { prepareChromium } from '../browser/find-chromium';
import { script } from '../command-line/lab-process';
import { buildHeadless } from '../gpu/headless-page';
import { installPackage } from '../library/install-package';

/** @param folder for what is not to stay */
type Work = (folder: string) => Promise<void>;

export const steps = {
  chromium: prepareChromium,
  'command line': () => start('lab', '--version'),
  /** the package, in a project of its own */
  consumer: installPackage,
  /** with the command line: what is built once for both is there already */
  page: () => start('set-up'),
  /** the lab without a face */
  headless: buildHeadless,
} as const satisfies Record<string, Work>;

export type Step = keyof typeof steps;

/** In a process of its own, which installs and builds what it lacks. @throws Error with its words */
async function start(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
    process.stderr.write(text);
  });
  const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${status}: ${said}`);
}

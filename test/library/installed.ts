/** Before each file of tests: the package is installed, or they fail with the reason. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, inject } from 'vitest';
import { outcomeOf } from './set-up';

beforeAll(async () => {
  const outcome = outcomeOf(inject('consumer'));
  while (!existsSync(outcome)) await setTimeout(100);
  const reason = readFileSync(outcome, 'utf8');
  if (reason !== '') throw new Error(reason);
});

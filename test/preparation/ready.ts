/** Before each file of tests: what its project needs is there, or they fail with the reason. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';
import { outcomeOf } from './outcome';

for (const step of inject('needs')) {
  const outcome = outcomeOf(inject('preparation'), step);
  while (!existsSync(outcome)) await setTimeout(100);
  const reason = readFileSync(outcome, 'utf8');
  if (reason !== '') throw new Error(reason);
}

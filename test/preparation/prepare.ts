/**
 * Begins what a project's tests need, while other projects' tests run: those that need it wait for it by ready.ts. One step after the other, each once
 * in a run: builds find what those before have compiled, and tests have the other core.
 */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { outcomeOf } from './outcome';
import { type Step, steps } from './steps';

interface Preparation {
  readonly folder: string;
  readonly begun: Map<Step, Promise<void>>;
}

declare global {
  /** of this run: each project loads its set-up by itself */
  var preparation: Preparation | undefined;
}

/** @returns what a global set-up returns: waits for the end */
export function prepare(project: TestProject, ...needs: readonly Step[]): () => Promise<void> {
  globalThis.preparation ??= {
    folder: mkdtempSync(join(tmpdir(), 'dicke-bistability-lab-')),
    begun: new Map(),
  };
  const { folder, begun } = globalThis.preparation;
  for (const step of needs) {
    const last = [...begun.values()].at(-1);
    if (!begun.has(step))
      begun.set(
        step,
        Promise.resolve(last).then(() => take(step, folder)),
      );
  }
  project.provide('preparation', folder);
  project.provide('needs', needs);
  return async () => {
    await Promise.all(begun.values());
    rmSync(folder, { recursive: true, force: true });
  };
}

/** When a step that was begun is over. */
export const begun = (step: Step) => globalThis.preparation?.begun.get(step);

async function take(step: Step, folder: string): Promise<void> {
  const reason = await steps[step](folder).then(
    () => '',
    ({ message }: Error) => `The ${step} could not be made ready: ${message}`,
  );
  const part = `${outcomeOf(folder, step)}.part`;
  writeFileSync(part, reason);
  // Moved when it is whole: an empty one says that all is well.
  renameSync(part, outcomeOf(folder, step));
}

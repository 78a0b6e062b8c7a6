/** The order of test files: what takes long begins first, else one core has nothing to do while the other ends it. Builds have no vitest: this needs none. */
import { statSync } from 'node:fs';
import type { TestSequencer, TestSpecification } from 'vitest/node';

const isSlow = ({ moduleId }: TestSpecification) => moduleId.endsWith('.slow.test.ts');
const sizeOf = ({ moduleId }: TestSpecification) => statSync(moduleId).size;

export class SlowFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files.toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a)) || sizeOf(b) - sizeOf(a));
  }

  /** Of a run on several machines, which no command here asks for. */
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

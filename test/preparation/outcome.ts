import { join } from 'node:path';
import type { Step } from './steps';

declare module 'vitest' {
  export interface ProvidedContext {
    /** a folder, which ends with the run */
    preparation: string;
    /** of this project */
    needs: readonly Step[];
  }
}

/** The file that is there once the step is over, and says why it failed where it did. */
export const outcomeOf = (folder: string, step: Step) => join(folder, `${step}.outcome`);

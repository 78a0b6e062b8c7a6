/** The package, installed in a project of its own. */
import type { TestProject } from 'vitest/node';
import { prepare } from '../preparation/prepare';
import { consumerIn } from './install-package';

declare module 'vitest' {
  export interface ProvidedContext {
    /** a folder with the package installed in it */
    consumer: string;
  }
}

export default function setUp(project: TestProject): () => Promise<void> {
  const end = prepare(project, 'chromium', 'consumer');
  project.provide('consumer', consumerIn(project.getProvidedContext().preparation));
  return end;
}

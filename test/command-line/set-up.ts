/** What the tests of the command line run with. */
import type { TestProject } from 'vitest/node';
import { prepare } from '../preparation/prepare';

export default (project: TestProject) => prepare(project, 'chromium', 'command line');

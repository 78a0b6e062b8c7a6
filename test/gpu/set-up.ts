/** Of every file of pages. */
import { afterAll } from 'vitest';
import { closePages } from './in-page';

afterAll(closePages);

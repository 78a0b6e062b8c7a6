import { expect, test } from 'vitest';
import { philox } from '../../src/twin/philox';
import { philoxKnownAnswers } from '../philox-known-answers';

test.each(philoxKnownAnswers)(
  'Philox4x32-10 gives Random123 its known answer: %o',
  ({ counter, key, answer }) => {
    expect(philox(counter, key)).toEqual(answer);
  },
);

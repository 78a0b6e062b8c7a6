/** Errors cross to another thread or process and back: of the same class, with their fields, cause and stack. */
import { expect, test } from 'vitest';
import { DeviceLostError, GpuError, GpuMemoryError, NoAdapterError, ShaderError } from '../../src/gpu/gpu';
import { toError, toFailure } from '../../src/page/failure';
import { InputError } from '../../src/parameters/errors';
import { OverlapError } from '../../src/statistics/sums';
import { UnravelingError } from '../../src/trajectories/unraveling-facts';

const crossings = {
  'to a page': (failure: object) => structuredClone(failure),
  'out of a browser': (failure: object) => JSON.parse(JSON.stringify(failure)),
};

const made: Record<string, (options?: ErrorOptions) => Error> = {
  InputError: () => new InputError('drive', -1, 'a number of 0 or more'),
  AbortError: () => new DOMException('stopped', 'AbortError'),
  OperationError: () => new DOMException('Instance dropped in popErrorScope', 'OperationError'),
};
for (const Kind of [
  NoAdapterError,
  DeviceLostError,
  GpuError,
  GpuMemoryError,
  ShaderError,
  UnravelingError,
]) {
  made[Kind.name] = (options) => new Kind('why', options);
}
for (const Kind of [Error, TypeError, RangeError, OverlapError])
  made[Kind.name] = (options) => new Kind('why', options);

const kinds = Object.entries(made);

test.each(Object.entries(crossings))(
  'every class of error survives the way %s, whatever its cause',
  (_, cross) => {
    for (const [name, make] of kinds) {
      for (const [, makeCause] of kinds) {
        const error = make({ cause: makeCause({ cause: new DeviceLostError('the root') }) });
        const crossed = toError(cross(toFailure(error)) as ReturnType<typeof toFailure>);
        for (
          let [there, here]: unknown[] = [error, crossed];
          there !== undefined || here !== undefined;
          [there, here] = [(there as Error).cause, (here as Error).cause]
        ) {
          expect(here, name).toBeInstanceOf((there as Error).constructor);
          expect(here).toMatchObject({ ...(there as Error) });
          for (const part of ['name', 'message', 'stack'] as const) {
            expect((here as Error)[part], `${name}, ${part}`).toBe((there as Error)[part]);
          }
          expect(Object.keys(here as Error)).toEqual(Object.keys(there as Error));
        }
      }
    }
  },
);

test('what was thrown and is no error becomes one that says it', () => {
  const error = toError(toFailure('a word'));
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe('a word');
  expect(toError(toFailure(new Error('why', { cause: 7 }))).cause).toMatchObject({ message: '7' });
});

/** Results and options in another unit of the rates. */
import type { OptionTable } from '../parameters/options';
import { rampInTime } from '../parameters/ramp';
import type { Field, Unit } from './fields';

/** Rates are multiplied by the factor, times divided by it. */
const scales: Readonly<Record<Unit, (value: number, factor: number) => number>> = {
  '1': (value) => value,
  rate: (value, factor) => value * factor,
  '1/rate': (value, factor) => value / factor,
  'rate^1/2': (value, factor) => value * Math.sqrt(factor),
  gammaF: (value) => value,
};
const scaled = (value: number, unit: Unit, factor: number) => scales[unit](value, factor);

/** A value of that field with all its rates multiplied, all its times divided by a factor. */
export function rescaled<Value>(field: Field, value: Value, factor: number): Value {
  return (factor === 1 ? value : changed(field, value, factor)) as Value;
}

function changed(field: Field, value: unknown, factor: number): unknown {
  if (value === null || value === undefined) return value;
  switch (field.kind) {
    case 'number':
      return scaled(value as number, field.unit, factor);
    case 'measured':
      return mapped(value, (part) => scaled(part as number, field.unit, factor));
    case 'ramp':
      return rampInTime(value as string, 1 / factor);
    case 'list':
      return (value as readonly unknown[]).map((entry) => changed(field.of, entry, factor));
    case 'group':
    case 'series':
    case 'aside':
      return mapped(value, (part, name) => changed(field.fields[name], part, factor));
    default:
      return value;
  }
}

/** Options as their table has them; others stay. */
export const rescaledOptions = <Options>(takes: OptionTable, options: Options, factor: number) =>
  (options === null || factor === 1
    ? options
    : mapped(options, (value, name) => {
        const taken = takes[name]?.value;
        if (taken?.kind === 'ramp' && typeof value === 'string') return rampInTime(value, 1 / factor);
        const unit = (taken && 'unit' in taken && taken.unit) || '1';
        if (Array.isArray(value))
          return value.map((one) => (typeof one === 'number' ? scaled(one, unit, factor) : one));
        return typeof value === 'number' ? scaled(value, unit, factor) : value;
      })) as Options;

const mapped = (of: unknown, change: (value: unknown, name: string) => unknown) =>
  Object.fromEntries(Object.entries(of as object).map(([name, value]) => [name, change(value, name)]));

/**
 * Structs that host and shader share, each declared once: the table of its fields writes the WGSL, and the host's views of the
 * bytes. Offsets follow WGSL's rules of alignment.
 */

type Kind = 'u32' | 'f32';

/** A field's type: so many numbers of 4 bytes, side by side. */
export interface Field<
  Value extends number | readonly number[] = number | readonly number[],
  K extends Kind = Kind,
> {
  readonly wgsl: string;
  readonly align: number;
  /** of how many numbers, and of which kind */
  readonly count: number;
  readonly kind: K;
  /** what the host writes, for its type alone */
  readonly example: Value;
}

const scalar = <K extends Kind>(wgsl: string, kind: K): Field<number, K> => ({
  wgsl,
  align: 4,
  count: 1,
  kind,
  example: 0,
});
export const u32 = scalar('u32', 'u32');
export const f32 = scalar('f32', 'f32');
export const atomicU32 = scalar('atomic<u32>', 'u32');
export const vec2u: Field<readonly number[], 'u32'> = {
  wgsl: 'vec2u',
  align: 8,
  count: 2,
  kind: 'u32',
  example: [],
};

/** For storage buffers: a uniform one holds no arrays of these strides. The host writes nested arrays flat. */
export const array = <K extends Kind>(
  element: Field<number | readonly number[], K>,
  length: number,
): Field<readonly number[], K> => ({
  ...element,
  wgsl: `array<${element.wgsl}, ${length}>`,
  count: element.count * length,
  example: [],
});

type Fields = Readonly<Record<string, Field>>;
export type Values<F extends Fields> = { readonly [Name in keyof F]: F[Name]['example'] };
/** The fields of one number each. */
type ScalarOf<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<number> ? Name : never;
}[keyof F];

type NumbersOf<K extends Kind> = K extends 'u32' ? Uint32Array : Float32Array;

const roundUp = (bytes: number, to: number) => Math.ceil(bytes / to) * to;

export class Struct<F extends Fields = Fields> {
  /** bytes from one to the next in an array */
  readonly size: number;
  private readonly offsets: Readonly<Record<keyof F, number>>;

  /** @param name in WGSL */
  constructor(
    readonly name: string,
    readonly fields: F,
  ) {
    let end = 0;
    const placed = Object.entries(fields).map(([name, { align, count }]) => {
      const offset = roundUp(end, align);
      end = offset + 4 * count;
      return [name, offset];
    });
    this.offsets = Object.fromEntries(placed);
    this.size = roundUp(end, Math.max(...Object.values(fields).map(({ align }) => align)));
  }

  /** Its declaration. */
  get wgsl(): string {
    const fields = Object.entries(this.fields).map(([name, { wgsl }]) => `  ${name}: ${wgsl},`);
    return `struct ${this.name} {\n${fields.join('\n')}\n}`;
  }

  /** An array of them. */
  pack(all: readonly Values<F>[]): ArrayBuffer {
    const bytes = new ArrayBuffer(all.length * this.size);
    all.forEach((values, i) => {
      this.write(bytes, values, i);
    });
    return bytes;
  }

  /** Writes some fields of the i-th. @throws RangeError where a field takes another count of numbers */
  write(bytes: ArrayBuffer, values: Partial<Values<F>>, i = 0): void {
    const view = new DataView(bytes);
    for (const [name, value] of Object.entries(values) as [keyof F & string, number | readonly number[]][]) {
      const { kind, count } = this.fields[name];
      const numbers = typeof value === 'number' ? [value] : value;
      if (numbers.length !== count) {
        throw new RangeError(`${this.name}.${name} takes ${count} numbers, not ${numbers.length}.`);
      }
      const set = kind === 'u32' ? view.setUint32 : view.setFloat32;
      numbers.forEach((number, n) => {
        set.call(view, i * this.size + this.offsets[name] + 4 * n, number, true);
      });
    }
  }

  /** The fields of one number each. */
  read(bytes: ArrayBuffer): Readonly<Record<ScalarOf<F>, number>> {
    const scalars = Object.keys(this.fields).filter((name) => this.fields[name].count === 1);
    const values = scalars.map((name) => [name, this.column(bytes, name as ScalarOf<F>, 0, 1)[0]]);
    return Object.fromEntries(values);
  }

  /** One field of `count` structs in turn, from the `first` on. */
  column<Name extends ScalarOf<F>>(
    bytes: ArrayBuffer,
    name: Name,
    first: number,
    count: number,
  ): NumbersOf<F[Name]['kind']> {
    const Numbers = this.fields[name].kind === 'u32' ? Uint32Array : Float32Array;
    const numbers = new Numbers(bytes);
    const values = new Numbers(count);
    const place = (i: number) => (i * this.size + this.offsets[name]) / 4;
    for (let i = 0; i < count; i++) values[i] = numbers[place(first + i)];
    return values as NumbersOf<F[Name]['kind']>;
  }
}

/** u32 constants that the host decides, in WGSL. */
export function constants(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `const ${name} = ${value}u;`)
    .join('\n');
}

/**
 * L element by element, as the block tridiagonal matrix that it is in the smaller of m and m': the model that leaves nothing out.
 *
 * Elements of equal smaller m, of all j and of both parts of rho where L mixes them, make a plane. The drive moves one index by one and a jump both,
 * whichever j it leads to, so that a plane is coupled to itself and to the two beside it, by few elements in a row. The largest plane has a third of
 * the elements of the largest j: the elimination takes an eighth of what it takes block by block in j.
 *
 * Planes are eliminated from the top, where all states emit: L cut off below an m only loses probability, and the more the higher m is, so that no
 * pivot is small before the last ones. Where pumping is stronger than emission the same holds from the bottom, for planes of equal larger m.
 */
import { turnOfAxes } from '../mean-field/turn';
import { type OnBlocks, type Shift, ShiftedInverse } from './block-elimination';
import type { BlockTridiagonal, DenseBlock, SparseBlock } from './block-tridiagonal';
import type { Liouvillian } from './liouvillian';

/** The places of a plane's elements: `end` is behind them. */
interface Plane {
  readonly start: number;
  readonly end: number;
}

/** Takes factor times element (r, c) of block b of a part; outside the pyramid factors are zero. */
type Add = (part: number, b: number, r: number, c: number, factor: number) => void;

export class WholePyramid {
  readonly holdsAllModes = true;
  readonly unknowns: number;
  /** phi, by which axes are turned about z in which a detuning mixes the parts of slow modes least; the model itself is in the pyramid's */
  readonly turn: number;
  private readonly planes: readonly Plane[];
  /** part, b, r and c of each place: so many numbers one behind the other */
  private readonly elements: Int32Array;
  /** the place of each element of a packed vector; none of B's diagonals */
  private readonly places: Int32Array;
  private readonly isPumped: boolean;

  constructor(private readonly liouvillian: Liouvillian) {
    const { system, pyramid, halves } = liouvillian;
    const { atoms, pumping, collectivePumping, gammaF, gamma1D } = system;
    this.turn = halves.length > 1 ? turnOfAxes(system) : 0;
    this.isPumped = pumping + collectivePumping > gammaF + gamma1D;
    const planes = Array.from({ length: atoms + 1 }, (): number[] => []);
    halves.forEach(({ sector }, part) => {
      pyramid.forEach((_, b, r, c) => {
        if (r > c || sector === 'symmetric') planes[this.planeOf(b, r, c)].push(part, b, r, c);
      });
    });
    this.elements = Int32Array.from(planes.flat());
    this.unknowns = this.elements.length / 4;
    let start = 0;
    this.planes = planes.map(({ length }) => {
      const end = start + length / 4;
      const plane = { start, end };
      start = end;
      return plane;
    });
    this.places = new Int32Array(liouvillian.unknowns).fill(-1);
    this.forEach((place, part, b, r, c) => {
      this.places[this.index(part, b, r, c)] = place;
    });
  }

  /** dark-port modes that would hold as much */
  get modes(): number {
    return this.liouvillian.system.atoms + 1;
  }

  /** The factorised L - shift; `pause` and `onBlocks` as of `ShiftedInverse.of`. */
  factorize(shift: Shift, pause?: () => Promise<void>, onBlocks?: OnBlocks): Promise<ShiftedInverse> {
    const { planes } = this;
    const matrix: BlockTridiagonal = {
      sizes: planes.map(({ start, end }) => end - start),
      diagonal: (p, block) => this.addCouplings(planes[p], planes[p], block),
      upper: (p, block) => this.addCouplings(planes[p], planes[p + 1], block),
      isSparse: true,
      lower: (p) => this.sparse(planes[p + 1], planes[p]),
    };
    return ShiftedInverse.of(matrix, shift, pause, onBlocks);
  }

  /** The packed operator. */
  lift(x: ArrayLike<number>): Float64Array {
    const lifted = new Float64Array(this.liouvillian.unknowns);
    this.forEach((place, part, b, r, c) => {
      lifted[this.index(part, b, r, c)] = x[place] / weight(r, c);
    });
    return lifted;
  }

  /** zero in the antisymmetric sector */
  identity(): Float64Array {
    const one = new Float64Array(this.unknowns);
    this.forEach((place, _part, _b, r, c) => {
      if (r === c) one[place] = 1;
    });
    return one;
  }

  /** The part of Tr(x y) that the symmetric parts give, in the turned axes: R' = R cos phi (r - c) - B sin phi (r - c). */
  symmetricPart(x: ArrayLike<number>, y: ArrayLike<number>): number {
    const { liouvillian, turn, places } = this;
    const { sector } = liouvillian.halves[0];
    let sum = 0;
    this.forEach((place, part, b, r, c) => {
      if (part > 0 || sector === 'antisymmetric') return;
      if (turn === 0 || r === c) {
        sum += x[place] * y[place];
        return;
      }
      const [cos, sin] = [Math.cos(turn * (r - c)), Math.sin(turn * (r - c))];
      const B = places[this.index(1, b, r, c)];
      sum += (cos * x[place] - sin * x[B]) * (cos * y[place] - sin * y[B]);
    });
    return sum;
  }

  /** By the smaller m from the top, m' + N/2 = b + c, or by the larger from the bottom, m + N/2 = b + r. */
  private planeOf(b: number, r: number, c: number): number {
    return this.isPumped ? b + r : this.liouvillian.system.atoms - b - c;
  }

  private index(part: number, b: number, r: number, c: number): number {
    const { pyramid, halves } = this.liouvillian;
    return halves[part].first + pyramid.index(b, r, c);
  }

  private forEach(visit: (place: number, part: number, b: number, r: number, c: number) => void): void {
    const { elements, unknowns } = this;
    for (let place = 0, i = 0; place < unknowns; place++, i += 4)
      visit(place, elements[i], elements[i + 1], elements[i + 2], elements[i + 3]);
  }

  /** Adds the matrix that takes elements of one plane to those of another, packed so that its transpose is that of L. */
  private addCouplings(to: Plane, from: Plane, { values, stride, step }: DenseBlock): void {
    this.couplings(to, from, (row, column, factor) => {
      values[row * stride + column * step] += factor;
    });
  }

  /** The same from a plane to the next one: by the drive, and by jumps that change j by -1, 0 and 1. */
  private sparse(to: Plane, from: Plane): SparseBlock {
    const rows = to.end - to.start;
    const [factors, columns] = [new Float64Array(4 * rows), new Int32Array(4 * rows)];
    const taken = new Int32Array(rows);
    this.couplings(to, from, (row, column, factor) => {
      const at = 4 * row + taken[row]++;
      factors[at] = factor;
      columns[at] = column;
    });
    return { factors, columns };
  }

  /** Calls for every term that an element of one plane has of one of another. */
  private couplings(
    to: Plane,
    from: Plane,
    call: (row: number, column: number, factor: number) => void,
  ): void {
    const { elements, places } = this;
    const { halves } = this.liouvillian;
    let row = 0;
    let own = 1;
    const add: Add = (part, b, r, c, factor) => {
      const isSymmetric = halves[part].sector === 'symmetric';
      if (factor === 0 || (r === c && !isSymmetric)) return;
      const source = places[r < c ? this.index(part, b, c, r) : this.index(part, b, r, c)];
      if (source < from.start || source >= from.end) return;
      const sign = isSymmetric || r > c ? 1 : -1;
      call(row, source - from.start, (sign * factor * own) / weight(r, c));
    };
    for (let place = to.start; place < to.end; place++, row++) {
      const [part, b, r, c] = elements.subarray(4 * place, 4 * place + 4);
      own = weight(r, c);
      this.terms(part, b, r, c, add);
    }
  }

  /** What (L x)[b,r,c] of a part is made of, y[b,r,c] of `Stencil`. */
  private terms(part: number, b: number, r: number, c: number, add: Add): void {
    const { stencils, halves } = this.liouvillian;
    const { diagonal, next, previous, jumps, rowOffset, level } = stencils.forward;
    const [k, l] = [rowOffset[b] + r, rowOffset[b] + c];
    add(part, b, r, c, diagonal[k] + diagonal[l]);
    add(part, b, r + 1, c, next[k]);
    add(part, b, r - 1, c, previous[k]);
    add(part, b, r, c + 1, next[l]);
    add(part, b, r, c - 1, previous[l]);
    for (const { stay, above, below, shift } of jumps) {
      add(part, b, r + shift, c + shift, stay[k] * stay[l]);
      add(part, b - 1, r + shift + 1, c + shift + 1, above[k] * above[l]);
      add(part, b + 1, r + shift - 1, c + shift - 1, below[k] * below[l]);
    }
    if (level === null || halves.length === 1) return;
    const turned = level[k] - level[l];
    if (part === 0) add(1, b, r, c, turned);
    else add(0, b, r, c, -turned);
  }
}

/** Of an element among orthonormal ones: off the diagonal it stands for two. */
const weight = (r: number, c: number) => (r === c ? 1 : Math.SQRT2);

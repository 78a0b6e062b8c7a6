/** The products and factorisations of assembly/dense.ts, of real and of complex numbers. */
import complex from './assembly/dense.ts?complex-assembly';
import real from './assembly/dense.ts?real-assembly';

/** A place in a WebAssembly memory, in bytes. */
export type Address = number;

export interface Dense {
  readonly product: (
    c: Address,
    a: Address,
    b: Address,
    rows: number,
    inner: number,
    aStride: number,
    bStride: number,
  ) => void;
  readonly factorize: (a: Address, n: number, stride: number, order: Address) => void;
  readonly solveBlock: (
    a: Address,
    n: number,
    stride: number,
    order: Address,
    b: Address,
    x: Address,
    bStride: number,
    bytes: number,
    strip: Address,
  ) => void;
  readonly solve: Solve;
  readonly solveTransposed: Solve;
  readonly subtractImage: Subtract;
  readonly subtractTransposedImage: Subtract;
  readonly subtractSparseProduct: (c: Address, a: Address, b: Address, rows: number, stride: number) => void;
  readonly subtractSparseImage: SubtractSparse;
  readonly subtractTransposedSparseImage: SubtractSparse;
}

type Solve = (a: Address, n: number, stride: number, order: Address, x: Address, work: Address) => void;
type Subtract = (y: Address, a: Address, x: Address, rows: number, stride: number, bytes: number) => void;
type SubtractSparse = (y: Address, a: Address, x: Address, rows: number) => void;

/** Real numbers in one number of a vector: 2 where the shift is complex. */
export type Width = 1 | 2;
const binaries = { 1: real, 2: complex } as const;
const compiled: { [Of in Width]?: WebAssembly.Module } = {};

/** On blocks in this memory. */
export function denseKernels(width: Width, memory: WebAssembly.Memory): Dense {
  compiled[width] ??= new WebAssembly.Module(binaries[width]);
  return new WebAssembly.Instance(compiled[width], { env: { memory } }).exports as unknown as Dense;
}

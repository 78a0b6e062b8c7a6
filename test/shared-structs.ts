/** Every struct that host and shaders share, by its place. */
import type { Struct } from '../src/gpu/struct';
import { Equation, Factors, Scalars, Step, Tile } from '../src/liouvillian/gpu-layout';
import { blockOf } from '../src/trajectories/dark-port-tables';
import { Ensemble, Queue, Walker } from '../src/trajectories/ensemble-structs';
import { Shape as HistogramShape } from '../src/trajectories/histogram';
import { Block } from '../src/trajectories/photodetection';
import { Shape as WindowsShape } from '../src/trajectories/photon-windows';
import { Shape, Statistics } from '../src/trajectories/summary';

export const sharedStructs: readonly Struct[] = [
  ...[Ensemble, Walker, Queue],
  ...[Shape, Statistics, HistogramShape, WindowsShape],
  Block,
  // 24 and 48 modes in four lanes, and in one
  ...[6, 12, 24, 48].map(blockOf),
  ...[Equation, Scalars, Step, Factors, Tile],
];

/** The gallery's thumbnails are what the experiments give: drawn anew from them, at sizes that take seconds. `vitest -u` writes the file. */
import { expect, test } from 'vitest';
import { thumbnailOf } from '../../components/lab/thumbnail';
import { measured } from '../../src/drawing/number';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import type { ResultDocument } from '../../src/experiments/experiment';
import { type Command, type DocumentOf, isOf } from '../../src/experiments/registry';
import { familyPlot } from '../../src/figures/expansion-plots';
import { scalingPlot } from '../../src/figures/gap-plots';
import {
  driveEnd,
  flowFrom,
  flowPlot,
  flowStarts,
  flowTimesOf,
  inversionPlot,
  meanFieldCurves,
} from '../../src/figures/mean-field-plots';
import {
  fidelityPlot,
  plusSqueezingPlot,
  statesPlot,
  weightedPlot,
} from '../../src/figures/metastable-plots';
import { paperNumbers } from '../../src/figures/paper-numbers';
import { followedPlot } from '../../src/figures/player-plots';
import { relaxationPlot } from '../../src/figures/relaxation-plots';
import { magnetizationPlot, squeezingPlot, steadyDistributionPlot } from '../../src/figures/steady-plots';
import { sweepOf, sweepRequests } from '../../src/figures/sweep';
import { keysOf } from '../../src/parameters/options';
import { ALL_PRESETS, type Preset, type PresetName } from '../../src/parameters/presets';
import { systemParameters } from '../../src/parameters/system';
import type { SystemInput } from '../../src/parameters/system-options';
import { runWithoutGpu } from './run-without-gpu';

async function compute<Name extends Command>(
  command: Name,
  system: SystemInput,
  options: object = {},
): Promise<DocumentOf<Name>> {
  const document = await runWithoutGpu(command, system, options);
  if (!isOf(document, command)) throw new Error(`${command} gave a ${document.command}`);
  return document;
}

/** A sweep of so many points, as the page makes it. */
async function swept<Name extends Command>(
  command: Name,
  { system, sweep }: Preset,
  points: number,
  atoms: readonly number[] = [],
): Promise<DocumentOf<Name>[]> {
  const { from, to } = sweep!.drive!;
  const requests = sweepRequests(command, system, systemParameters(system), {
    ...sweepOf({ from, to, points }),
    atoms,
  });
  const documents: DocumentOf<Name>[] = [];
  for (const request of requests) documents.push(await compute(command, request.system));
  return documents;
}

/** Figures 3a, 3c and 3d show one sweep. */
let metastable: Promise<DocumentOf<'metastable'>[]> | undefined;

/** A figure's plot, and the documents that it shows. */
async function plotOf(figure: PresetName): Promise<[PlotSpec, readonly ResultDocument[]]> {
  const preset: Preset = ALL_PRESETS[figure];
  const { system } = preset;
  const parameters = systemParameters(system);
  switch (figure) {
    case '1b':
      return [inversionPlot(meanFieldCurves(parameters, driveEnd(parameters))), []];
    case 'S1':
      return [familyPlot, []];
    case 'S2': {
      const times = flowTimesOf(parameters);
      const lines = flowStarts(parameters).map((start) => [...flowFrom(parameters, start, times)]);
      return [flowPlot({ parameters, times, lines }), []];
    }
    case '2a': {
      const points = await swept('steady-state', preset, 21, [18]);
      return [magnetizationPlot(parameters, points), points];
    }
    case '2c': {
      const points = await swept('steady-state', preset, 19, [18]);
      return [squeezingPlot(parameters, points), points];
    }
    case '2d': {
      const document = await compute('gap-scaling', system, { atoms: '18,24,30' });
      return [scalingPlot(document.result, 'log-log'), [document]];
    }
    case '3b': {
      const document = await compute('metastable', system);
      return [weightedPlot(parameters, document.result), [document]];
    }
    case '3a':
    case '3c':
    case '3d': {
      metastable ??= swept('metastable', preset, 17);
      const points = await metastable;
      const plots = { '3a': statesPlot, '3c': null, '3d': plusSqueezingPlot };
      return [plots[figure]?.(parameters, points) ?? fidelityPlot(points), points];
    }
    case '4': {
      const options = { count: 2, time: 100, samples: 200, burnIn: 50, seed: 4 };
      const document = await compute('trajectories', system, options);
      return [followedPlot(parameters, document.result.traces[0], 0, 'Sz', null, [0, 100]), [document]];
    }
    case 'S3': {
      const document = await compute('time-evolution', system, { time: 100, samples: 200, start: 'ground' });
      return [relaxationPlot(parameters, [document], null), [document]];
    }
    default: {
      const document = await compute('steady-state', system);
      return [steadyDistributionPlot(document.parameters, document.result), [document]];
    }
  }
}

test('thumbnails of all figures', async () => {
  const thumbnails: Record<string, object> = {};
  for (const figure of keysOf(ALL_PRESETS)) {
    const [plot, documents] = await plotOf(figure);
    const ours = paperNumbers(figure).map(({ ours }) => {
      const own = ours(documents);
      return own && measured(own.value, own.error);
    });
    expect(plot.curves.length, figure).toBeGreaterThan(0);
    expect(ours, figure).not.toContain(null);
    thumbnails[figure] = { plot: thumbnailOf(plot), ours };
  }
  const lines = Object.entries(thumbnails).map(
    ([figure, thumbnail]) => `"${figure}": ${JSON.stringify(thumbnail)}`,
  );
  await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot('../../components/lab/thumbnails.json');
});

/** Which engine is to compute: what the person chose, kept in this browser and not in links, since machines differ. */
import { type EngineAsked, engineTable } from '../../src/experiments/engine-choice';

const key = 'dicke-bistability-lab.engine';
const { of: engines, default: usual } = engineTable.engine.value;

export function chosenEngine(): EngineAsked {
  try {
    return engines.find((engine) => engine === localStorage.getItem(key)) ?? usual;
  } catch {
    // No storage here.
    return usual;
  }
}

export const chooseEngine = (engine: string): void => localStorage.setItem(key, engine);

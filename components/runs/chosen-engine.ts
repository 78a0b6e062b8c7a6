/** Which engine is to compute: what the person chose, kept in this browser and not in links, since machines differ. */
import { type EngineAsked, engineTable } from '../../src/experiments/engine-choice';
import { keep, kept } from '../shared/home';

const key = 'dicke-bistability-lab.engine';
const { of: engines, default: usual } = engineTable.engine.value;

export const chosenEngine = (): EngineAsked => engines.find((engine) => engine === kept(key)) ?? usual;

export const chooseEngine = (engine: string): void => keep(key, engine);

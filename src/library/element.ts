/**
 * The lab and its panels as custom elements, for pages of others: `dicke-bistability-lab/element`. Imported, it defines
 *
 *     <dicke-lab query="atoms=54&ratio=15.5&drive=0.75"></dicke-lab>
 *
 * and the six panels that it consists of, each of which may stand by itself with a `query` of its own, in the words of the lab's address
 * (`figure=2b` runs a figure of the paper in `dicke-lab`). Address, history, storage and theme of the page are left alone.
 */
export { DickeLab } from '../../components/lab/dicke-lab';
export { chooseTheme, type Theme } from '../../components/lab/theme';
export { GapPanel } from '../../components/panels/gap/gap-panel';
export { LightPanel } from '../../components/panels/light/light-panel';
export { MeanFieldPanel } from '../../components/panels/mean-field/mean-field-panel';
export { MetastablePanel } from '../../components/panels/metastable/metastable-panel';
export { SteadyPanel } from '../../components/panels/steady-state/steady-panel';
export { TrajectoriesPanel } from '../../components/panels/trajectories/trajectories-panel';

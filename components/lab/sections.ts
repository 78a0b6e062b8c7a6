import { html } from 'lit';
import { notation } from '../parameters/notation';

/** The paper's story, section by section: each is one panel of the page. */
export type PanelName =
  | 'mean-field-panel'
  | 'steady-panel'
  | 'gap-panel'
  | 'metastable-panel'
  | 'trajectories-panel'
  | 'light-panel';

export interface Section {
  /** what a link has after `#` */
  readonly id: string;
  readonly number: number;
  /** in the markup of `notation` */
  readonly title: string;
}

export const sections: Readonly<Record<PanelName, Section>> = {
  'mean-field-panel': { id: 'bistability', number: 1, title: 'Bistability' },
  'steady-panel': { id: 'steady-state', number: 2, title: 'Steady state' },
  'gap-panel': { id: 'gap', number: 3, title: 'Gap' },
  'metastable-panel': { id: 'metastable', number: 4, title: '*ρ*_± and the CRSS' },
  'trajectories-panel': { id: 'jumps', number: 5, title: 'Jumps' },
  'light-panel': { id: 'light', number: 6, title: 'Light' },
};

export const renderTitle = ({ number, title }: Section) =>
  html`<span class="number">${number}</span> ${notation(title)}`;

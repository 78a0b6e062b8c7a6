import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { short } from '../src/drawing/number';
import { unravelings } from '../src/experiments/trajectory-options';
import { bistableInterval, meanFieldCaveat } from '../src/mean-field/branches';
import { type Figure, PRESETS } from '../src/parameters/presets';
import { meanFieldRates } from '../src/parameters/system';
import { formStyle } from './form-style';
import { notation } from './notation';
import { controlStyle, notationStyle } from './style';
import { type CheckedView, type Field, sweepFields, type View, withDriveAs, withRates } from './view';

interface FieldText {
  /** in the markup of `notation` */
  readonly label: string;
  readonly hint: string;
}

const fields: Record<Exclude<Field, 'unraveling'>, FieldText> = {
  atoms: { label: 'Atoms *N*', hint: '' },
  gamma1d: { label: 'Collective *γ*_{1D}', hint: 'rate' },
  gammaf: { label: 'Individual *γ*_F', hint: 'rate' },
  ratio: { label: '*Γ*/*γ*, with *γ* = 1', hint: 'up to N − 1' },
  drive: { label: 'Drive *Ω*/*Ω*_c', hint: '' },
  omega: { label: 'Drive *Ω*', hint: 'rate' },
  from: { label: 'From *Ω*/*Ω*_c', hint: '' },
  to: { label: 'to *Ω*/*Ω*_c', hint: '' },
  points: { label: 'Points', hint: '' },
  numbers: { label: 'Atoms, several', hint: 'or none' },
  count: { label: 'Trajectories', hint: '' },
  time: { label: 'Time *T*', hint: '1/rate' },
  'burn-in': { label: 'Burn-in', hint: '1/rate' },
  samples: { label: 'Samples', hint: '' },
  seed: { label: 'Seed', hint: '' },
};

/** The parameters. On a person's input alone fires `view-change` (detail: the new View) and `figure` (its number). */
@customElement('system-form')
export class SystemForm extends LitElement {
  static override styles = [controlStyle, notationStyle, formStyle];

  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) checked!: CheckedView;

  protected override render() {
    const { view } = this;
    return html`<form aria-label="Parameters" novalidate @submit=${(event: Event) => event.preventDefault()}>
      ${this.renderPresets()}
      <fieldset>
        <legend>System</legend>
        ${this.renderField('atoms')}
        ${this.renderChoice(
          'rates',
          'Decay rates as',
          [
            ['gammas', '*γ*_{1D}, *γ*_F'],
            ['ratio', '*Γ*/*γ*'],
          ],
          view.rates,
          (rates) => withRates(view, rates as View['rates'], this.checked.parameters),
        )}
        ${view.rates === 'ratio' ? this.renderField('ratio') : [this.renderField('gamma1d'), this.renderField('gammaf')]}
        ${this.renderChoice(
          'drive-as',
          'Drive as',
          [
            ['drive', '*Ω*/*Ω*_c'],
            ['omega', '*Ω*'],
          ],
          view.driveAs,
          (driveAs) => withDriveAs(view, driveAs as View['driveAs'], this.checked.parameters),
        )}
        ${this.renderField(view.driveAs)} ${this.renderDerived()}
      </fieldset>
      <fieldset>
        <legend>Sweep of the drive</legend>
        ${sweepFields.map((field) => this.renderField(field))}
      </fieldset>
      <fieldset>
        <legend>Ensemble of trajectories</legend>
        ${(['count', 'time', 'burn-in', 'samples'] as const).map((field) => this.renderField(field))}
        ${this.renderUnravelling()} ${this.renderField('seed')}
      </fieldset>
    </form>`;
  }

  private renderPresets() {
    const choose = (event: Event) => {
      const select = event.target as HTMLSelectElement;
      const figure = select.value as Figure;
      select.value = '';
      if (figure in PRESETS) this.dispatchEvent(new CustomEvent('figure', { detail: figure }));
    };
    const problem = this.checked.problems.get('figure');
    return html`<fieldset>
      <legend><label for="preset">The paper's figures</label></legend>
      <select
        id="preset"
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? 'preset-problem' : nothing}
        @change=${choose}
      >
        <option value="">Run …</option>
        ${Object.entries(PRESETS).map(
          ([figure, { description }]) => html`<option value=${figure}>${figure}: ${description}</option>`,
        )}
      </select>
      ${problem ? html`<p class="problem" id="preset-problem" role="alert">${problem}</p>` : nothing}
    </fieldset>`;
  }

  private renderField(field: Exclude<Field, 'unraveling'>) {
    const problem = this.checked.problems.get(field);
    const { label, hint } = fields[field];
    return html`<div class="field">
      <label for=${field}>${notation(label)} ${hint ? html`<small>${hint}</small>` : nothing}</label>
      <input
        id=${field}
        inputmode="decimal"
        autocomplete="off"
        spellcheck="false"
        maxlength="40"
        .value=${this.view.values[field]}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? `${field}-problem` : nothing}
        @input=${(event: Event) => this.set(field, (event.target as HTMLInputElement).value)}
      />
      ${problem ? html`<p class="problem" id="${field}-problem" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  private renderUnravelling() {
    const problem = this.checked.problems.get('unraveling');
    return html`<div class="field">
      <label for="unraveling">Unravelling</label>
      <select
        id="unraveling"
        .value=${this.view.values.unraveling}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? 'unraveling-problem' : nothing}
        @change=${(event: Event) => this.set('unraveling', (event.target as HTMLSelectElement).value)}
      >
        ${Object.keys(unravelings).map(
          (name) =>
            html`<option value=${name} ?selected=${this.view.values.unraveling === name}>
              ${name.replace('-', ' ')}
            </option>`,
        )}
      </select>
      ${problem ? html`<p class="problem" id="unraveling-problem" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  private renderChoice(
    name: string,
    label: string,
    choices: readonly (readonly [string, string])[],
    current: string,
    change: (value: string) => View,
  ) {
    return html`<div class="choice" role="radiogroup" aria-label=${label}>
      ${choices.map(
        ([value, text]) =>
          html`<label
            ><input
              type="radio"
              name=${name}
              value=${value}
              .checked=${current === value}
              @change=${() => this.announce(change(value))}
            />${notation(text)}</label
          >`,
      )}
    </div>`;
  }

  /** What follows from the system: Gamma/gamma, Omega_c, the bistable interval. */
  private renderDerived() {
    const { parameters } = this.checked;
    if (!parameters) return nothing;
    const rates = meanFieldRates(parameters);
    const interval = bistableInterval(rates);
    const bistable =
      meanFieldCaveat(parameters) !== null
        ? 'no individual decay'
        : interval
          ? `${interval.from.toFixed(3)} to ${interval.to.toFixed(3)}`
          : 'nowhere';
    const { view } = this;
    return html`<dl>
      ${
        view.rates === 'ratio'
          ? html`<dt>${notation('*γ*_{1D}')}, ${notation('*γ*_F')}</dt>
            <dd>${short(parameters.gamma1D)}, ${short(parameters.gammaF)}</dd>`
          : html`<dt>${notation('*Γ*/*γ*')}</dt>
            <dd>${short(rates.Gamma / rates.gamma)}</dd>`
      }
      <dt>${notation('*Ω*_c = *Γ*/4')}</dt>
      <dd>${short(rates.omegaCritical)}</dd>
      ${
        view.driveAs === 'drive'
          ? html`<dt>${notation('*Ω*')}</dt>
            <dd>${short(parameters.omega)}</dd>`
          : html`<dt>${notation('*Ω*/*Ω*_c')}</dt>
            <dd>${parameters.driveOverCritical === null ? 'none' : short(parameters.driveOverCritical)}</dd>`
      }
      <dt>Bistable in ${notation('*Ω*/*Ω*_c')}</dt>
      <dd>${bistable}</dd>
    </dl>`;
  }

  private set(field: Field, value: string): void {
    this.announce({ ...this.view, values: { ...this.view.values, [field]: value } });
  }

  private announce(view: View): void {
    this.dispatchEvent(new CustomEvent('view-change', { detail: view }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'system-form': SystemForm;
  }
}

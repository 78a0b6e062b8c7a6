import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { short } from '../../src/drawing/number';
import { bistableIntervals } from '../../src/mean-field/bistability';
import { meanFieldCaveat } from '../../src/mean-field/branches';
import {
  ALL_PRESETS,
  BEYOND_THE_PAPER,
  PRESETS,
  type Preset,
  type PresetName,
} from '../../src/parameters/presets';
import { decayRatio, isEquation1, meanFieldRates } from '../../src/parameters/system';
import { systemOptions } from '../../src/parameters/system-options';
import { controlStyle, notationStyle } from '../shared/style';
import { ensembleFields, type Field, fieldOptions, lightFields, moreFields, sweepFields } from './fields';
import { formStyle } from './form-style';
import { notation } from './notation';
import { inWords } from './system-words';
import { type CheckedView, fieldsInUse, saysMore, type View, withDriveAs, withRates } from './view';

/** The parameters. On a person's input alone fires `view-change` (detail: the new View) and `figure` (its number). */
@customElement('system-form')
export class SystemForm extends LitElement {
  static override styles = [controlStyle, notationStyle, formStyle];

  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) checked!: CheckedView;

  @state() private isMoreOpen = false;
  private saidMore = false;

  /** What is not 0 is seen, until a person folds it away. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const saysIt = saysMore(this.view);
    if (saysIt && !this.saidMore) this.isMoreOpen = true;
    this.saidMore = saysIt;
  }

  protected override render() {
    const { view } = this;
    return html`<form aria-label="Parameters" novalidate @submit=${(event: Event) => event.preventDefault()}>
      ${this.renderPresets()}
      <fieldset>
        <legend>System</legend>
        ${fieldsInUse(view)
          .filter((field) => field in systemOptions && !moreFields.includes(field))
          .map((field) => [this.renderChoiceBefore(field), this.renderField(field)])}
        ${this.renderMore()} ${this.renderDerived()}
      </fieldset>
      <fieldset>
        <legend>Sweep of the drive</legend>
        ${sweepFields.map((field) => this.renderField(field))}
      </fieldset>
      <fieldset>
        <legend>Ensemble of trajectories</legend>
        ${ensembleFields.map((field) => this.renderField(field))}
      </fieldset>
      <fieldset>
        <legend>Light</legend>
        ${lightFields.map((field) => this.renderField(field))}
      </fieldset>
    </form>`;
  }

  private renderPresets() {
    const choose = (event: Event) => {
      const select = event.target as HTMLSelectElement;
      const figure = select.value as PresetName;
      select.value = '';
      if (figure in ALL_PRESETS) this.dispatchEvent(new CustomEvent('figure', { detail: figure }));
    };
    const problem = this.checked.problems.get('figure');
    const options = (
      presets: Readonly<Record<string, Preset>>,
      label: (name: string, of: Preset) => string,
    ) => Object.entries(presets).map(([name, of]) => html`<option value=${name}>${label(name, of)}</option>`);
    return html`<fieldset>
      <legend><label for="preset">The paper's figures</label></legend>
      <select
        id="preset"
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? 'preset-problem' : nothing}
        @change=${choose}
      >
        <option value="">Run …</option>
        ${options(PRESETS, (figure, { description }) => `${figure}: ${description}`)}
        <optgroup label="Beyond the paper">
          ${options(BEYOND_THE_PAPER, (_, { description }) => description)}
        </optgroup>
      </select>
      ${problem ? html`<p class="problem" id="preset-problem" role="alert">${problem}</p>` : nothing}
    </fieldset>`;
  }

  /** The general model. */
  private renderMore() {
    return html`<details
      class="more"
      ?open=${this.isMoreOpen}
      @toggle=${(event: Event) => {
        this.isMoreOpen = (event.target as HTMLDetailsElement).open;
      }}
    >
      <summary>More rates</summary>
      ${moreFields.map((field) => this.renderField(field))}
      <p class="note">The paper’s figures have none of these: choosing one sets them to 0.</p>
    </details>`;
  }

  /** The ways to say the decay and the drive stand before what says them. */
  private renderChoiceBefore(field: Field) {
    const { view, checked } = this;
    if (field === 'gamma1d' || field === 'ratio') {
      const ways = [
        ['gammas', '*γ*_{1D}, *γ*_F'],
        ['ratio', '*Γ*/*γ*'],
      ] as const;
      return this.renderChoice('rates', 'Decay rates as', ways, view.rates, (rates) =>
        withRates(view, rates as View['rates'], checked.parameters),
      );
    }
    if (field !== 'drive' && field !== 'omega') return nothing;
    const ways = [
      ['drive', '*Ω*/*Ω*_c'],
      ['omega', '*Ω*'],
    ] as const;
    return this.renderChoice('drive-as', 'Drive as', ways, view.driveAs, (driveAs) =>
      withDriveAs(view, driveAs as View['driveAs'], checked.parameters),
    );
  }

  private renderField(field: Field) {
    const problem = this.checked.problems.get(field);
    const { value, page, help } = fieldOptions[field];
    const { label = '', symbol = '', hint = 'unit' in value ? value.unit : '' } = page ?? {};
    return html`<div class="field">
      <label for=${field} title=${help}>${notation(label)} ${notation(symbol)} ${hint ? html`<small>${hint}</small>` : nothing}</label>
      ${value.kind === 'choice' ? this.renderNames(field, value.of) : this.renderInput(field)}
      ${problem ? html`<p class="problem" id="${field}-problem" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  private renderInput(field: Field) {
    const problem = this.checked.problems.has(field);
    const isText = fieldOptions[field].value.kind === 'ramp';
    return html`<input
      id=${field}
      inputmode=${isText ? 'text' : 'decimal'}
      autocomplete="off"
      spellcheck="false"
      maxlength=${isText ? 400 : 40}
      .value=${this.view.values[field]}
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? `${field}-problem` : nothing}
      @input=${(event: Event) => this.set(field, (event.target as HTMLInputElement).value)}
    />`;
  }

  private renderNames(field: Field, names: readonly string[]) {
    const problem = this.checked.problems.has(field);
    return html`<select
      id=${field}
      .value=${this.view.values[field]}
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? `${field}-problem` : nothing}
      @change=${(event: Event) => this.set(field, (event.target as HTMLSelectElement).value)}
    >
      ${names.map(
        (name) =>
          html`<option value=${name} ?selected=${this.view.values[field] === name}>
            ${name.replace('-', ' ')}
          </option>`,
      )}
    </select>`;
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
    const { omegaCritical } = meanFieldRates(parameters);
    const [interval] = bistableIntervals(parameters);
    const bistable =
      meanFieldCaveat(parameters) !== null
        ? isEquation1(parameters)
          ? 'no individual decay'
          : 'not its own'
        : interval
          ? inWords(interval, 'to')
          : 'nowhere';
    const { view } = this;
    return html`<dl>
      ${
        view.rates === 'ratio'
          ? html`<dt>${notation('*γ*_{1D}')}, ${notation('*γ*_F')}</dt>
            <dd>${short(parameters.gamma1D)}, ${short(parameters.gammaF)}</dd>`
          : html`<dt>${notation('*Γ*/*γ*')}</dt>
            <dd>${short(decayRatio(parameters))}</dd>`
      }
      <dt>${notation('*Ω*_c = *Γ*/4')}</dt>
      <dd>${short(omegaCritical)}</dd>
      ${
        view.driveAs === 'drive'
          ? html`<dt>${notation('*Ω*')}</dt>
            <dd>${short(parameters.omega)}</dd>`
          : html`<dt>${notation('*Ω*/*Ω*_c')}</dt>
            <dd>${parameters.driveOverCritical === null ? 'none' : short(parameters.driveOverCritical)}</dd>`
      }
      <dt>Bistable in ${notation(omegaCritical > 0 ? '*Ω*/*Ω*_c' : '*Ω*')}</dt>
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

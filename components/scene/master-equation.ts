/** Eq. (1) typeset, with the terms that the system has; one lights up while its parameter is being changed. */
import { css, html, LitElement, mathml, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isEquation1, type SystemParameters } from '../../src/parameters/system';
import type { Quantity } from '../../src/parameters/system-options';

type Mathml = TemplateResult<3>;

const spin = (index: string, isAxis = false): Mathml =>
  mathml`<msub><mover><mi>S</mi><mo stretchy="false">^</mo></mover>${isAxis ? mathml`<mi>${index}</mi>` : mathml`<mo>${index}</mo>`}</msub>`;
const sigma = (upper: Mathml | null): Mathml =>
  upper === null
    ? mathml`<msub><mover><mi>σ</mi><mo stretchy="false">^</mo></mover><mi>n</mi></msub>`
    : mathml`<msubsup><mover><mi>σ</mi><mo stretchy="false">^</mo></mover><mi>n</mi>${upper}</msubsup>`;
const rate = (base: string, index = ''): Mathml =>
  index === ''
    ? mathml`<mi>${base}</mi>`
    : mathml`<msub><mi>${base}</mi><mi mathvariant="normal">${index}</mi></msub>`;
const rho = mathml`<mi>ρ</mi>`;
const commutator = (of: Mathml): Mathml =>
  mathml`<mo stretchy="false">[</mo>${of}<mo>,</mo>${rho}<mo stretchy="false">]</mo>`;
const dissipator = (of: Mathml): Mathml =>
  mathml`<mi mathvariant="script">D</mi><mo stretchy="false">[</mo>${of}<mo stretchy="false">]</mo>${rho}`;
const each = mathml`<munder><mo movablelimits="false">∑</mo><mi>n</mi></munder>`;

interface Term {
  readonly quantity: Quantity;
  readonly sign: '+' | '−';
  readonly math: Mathml;
  readonly words: string;
}

const terms: readonly Term[] = [
  {
    ...{ quantity: 'omega', sign: '−', words: 'drive' },
    math: mathml`<mn>2</mn><mi>i</mi><mi mathvariant="normal">Ω</mi>${commutator(spin('x', true))}`,
  },
  {
    ...{ quantity: 'detuning', sign: '+', words: 'detuning' },
    math: mathml`<mi>i</mi><mi>δ</mi>${commutator(spin('z', true))}`,
  },
  {
    ...{ quantity: 'collectiveShift', sign: '−', words: 'collective shift' },
    math: mathml`<mi>i</mi><mi mathvariant="normal">Δ</mi>${commutator(mathml`${spin('+')}${spin('−')}`)}`,
  },
  {
    ...{ quantity: 'gamma1D', sign: '+', words: 'all together, through the mirror' },
    math: mathml`${rate('γ', '1D')}${dissipator(spin('−'))}`,
  },
  {
    ...{ quantity: 'gammaF', sign: '+', words: 'one by one, to the side' },
    math: mathml`${rate('γ', 'F')}${each}${dissipator(sigma(null))}`,
  },
  {
    ...{ quantity: 'pumping', sign: '+', words: 'pumping, one by one' },
    math: mathml`${rate('w')}${each}${dissipator(sigma(mathml`<mo>†</mo>`))}`,
  },
  {
    ...{ quantity: 'dephasing', sign: '+', words: 'dephasing, one by one' },
    math: mathml`${rate('γ', 'φ')}${each}${dissipator(mathml`${sigma(mathml`<mi>z</mi>`)}<mo>/</mo><mn>2</mn>`)}`,
  },
  {
    ...{ quantity: 'collectivePumping', sign: '+', words: 'pumping, all together' },
    math: mathml`${rate('W')}${dissipator(spin('+'))}`,
  },
  {
    ...{ quantity: 'collectiveDephasing', sign: '+', words: 'dephasing, all together' },
    math: mathml`${rate('Γ', 'φ')}${dissipator(spin('z', true))}`,
  },
];

@customElement('master-equation')
export class MasterEquation extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    .terms {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 6px 4px;
    }
    .term {
      display: grid;
      justify-items: center;
      padding: 2px 5px;
      border-radius: 6px;
    }
    .term > span {
      display: grid;
      align-items: center;
      min-height: 48px;
    }
    math {
      font-size: 1.24rem;
    }
    small {
      color: var(--text-soft);
      font-size: 0.78rem;
    }
    .touched {
      background: color-mix(in srgb, var(--accent) 16%, transparent);
    }
    .touched math {
      color: var(--accent);
    }
    .where {
      margin: 6px 5px 0;
      color: var(--text-soft);
      font-size: 0.86rem;
    }
    .where math {
      font-size: 1rem;
    }
  `;

  @property({ attribute: false }) parameters!: SystemParameters;
  /** those that were just changed */
  @property({ attribute: false }) touched: ReadonlySet<string> = new Set();

  protected override render() {
    const { parameters, touched } = this;
    const shown = terms.filter(({ quantity }) => parameters[quantity] !== 0);
    return html`<div class="terms">
        <span class="term"><span><math><mrow><mover><mi>ρ</mi><mo stretchy="false">˙</mo></mover><mo>=</mo></mrow></math></span></span>
        ${shown.map(
          ({ quantity, sign, math, words }, i) =>
            html`<span class="term ${touched.has(quantity) ? 'touched' : ''}"
              ><span
                ><math><mrow>${i > 0 || sign === '−' ? mathml`<mo form="infix">${sign}</mo>` : nothing}${math}</mrow></math></span
              ><small>${words}</small></span
            >`,
        )}
      </div>
      <p class="where">
        <math
          ><mrow
            >${dissipator(mathml`<mi>A</mi>`)}<mo>=</mo><mi>A</mi>${rho}<msup><mi>A</mi><mo>†</mo></msup><mo>−</mo
            ><mfrac><mn>1</mn><mn>2</mn></mfrac><mo stretchy="false">{</mo><msup><mi>A</mi><mo>†</mo></msup><mi>A</mi
            ><mo>,</mo>${rho}<mo stretchy="false">}</mo></mrow
          ></math
        >
        ${isEquation1(parameters) ? 'Eq. (1) of the paper.' : 'Eq. (1) of the paper, and what else acts here.'}
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'master-equation': MasterEquation;
  }
}

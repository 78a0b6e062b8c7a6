import { html } from 'lit';

/** One of several values to choose from, under a label. */
export function choice<Value extends string | number>(
  label: string,
  options: readonly (readonly [value: Value, words: unknown])[],
  chosen: Value,
  choose: (value: Value) => void,
) {
  return html`<label
    >${label}
    <select
      ?disabled=${options.length < 2}
      @change=${(event: Event) => choose(options[(event.target as HTMLSelectElement).selectedIndex][0])}
    >
      ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
    </select></label
  >`;
}

/** Examples of the guide that run where they are read: a code block behind an element with `data-live` gets a button and what it prints. */
import * as library from '../../src/library/in-page';

const theImport = /^import\s+\{(.*)\}\s+from\s+'dicke-bistability-lab';$/m;
const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (modules: typeof library, console: { log: (...words: unknown[]) => void }) => Promise<void>;

const inWords = (word: unknown) => (typeof word === 'string' ? word : JSON.stringify(word));

export function enliven(): void {
  for (const mark of document.querySelectorAll('[data-live]')) {
    const code = mark.nextElementSibling?.querySelector('code');
    if (!code) continue;
    const button = document.createElement('button');
    const printed = document.createElement('output');
    button.textContent = 'Run it here';
    printed.style.cssText =
      'display: block; white-space: pre-wrap; font-family: monospace; margin-block: 0.5em';
    // biome-ignore lint/performance/useDomNodeTextContent: its lines end in elements, not in characters.
    const text = code.innerText;
    const program = new AsyncFunction('library', 'console', text.replace(theImport, 'const {$1} = library;'));
    button.onclick = async () => {
      button.disabled = true;
      printed.value = 'Running …\n';
      const lines: string[] = [];
      try {
        await program(library, { log: (...words) => lines.push(words.map(inWords).join(' ')) });
      } catch (error) {
        lines.push(String(error));
      }
      printed.value = lines.join('\n');
      button.disabled = false;
    };
    mark.replaceChildren(button);
    mark.nextElementSibling!.after(printed);
  }
}

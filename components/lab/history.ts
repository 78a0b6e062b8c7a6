/** Back and forward through what was looked at: the view in each address, and which results were on screen beside it. */
import { type View, viewFromQuery, viewToQuery } from '../parameters/view';
import type { Runs } from '../runs/runs';

/** Of an entry of the browser's history. */
interface Entry {
  /** keys of the results on screen */
  readonly shown: readonly string[];
}

/** How often the address follows what is typed or dragged, ms. */
const beat = 250;
/** Edits a shorter time apart are one step back, ms. */
const rest = 1500;

/** What a person looks at, step by step. */
export interface Steps {
  /** the page has been here before, and its results come back */
  readonly isReturn: boolean;
  /** A view that is being typed or dragged. */
  edit(view: View): void;
  /** A figure, whose results are to be those of its own system. */
  choose(view: View): void;
  /** What was opened from files, before any of the results that they hold is shown. */
  open(view: View): void;
}

/** On a page of others, whose history is its own. */
export const withoutHistory = (runs: Runs): Steps => ({
  isReturn: false,
  edit: () => runs.release(),
  choose: () => runs.release(),
  open: () => {},
});

export class ViewHistory implements Steps {
  private writing: ReturnType<typeof setTimeout> | undefined;
  /** a series of edits is under way */
  private resting: ReturnType<typeof setTimeout> | undefined;
  private view: View;
  /** what the entry says of the results on screen */
  private said: string;
  private returning = 0;
  readonly isReturn: boolean;

  /** @param show shows the view of another entry */
  constructor(
    private readonly runs: Runs,
    private readonly show: (view: View) => void,
  ) {
    this.view = viewFromQuery(location.search);
    const shown = shownIn(history.state);
    this.isReturn = shown !== null;
    this.said = said(shown ?? []);
    if (shown) void this.recall(shown);
    else history.replaceState(this.entry(), '');
    runs.addEventListener('change', () => this.note());
    window.addEventListener('popstate', ({ state }) => this.go(state));
  }

  /** A view that is being typed or dragged: a series of such is one step. */
  edit(view: View): void {
    this.view = view;
    this.runs.release();
    if (this.resting === undefined) this.push();
    else this.writing ??= setTimeout(() => this.replace(), beat);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.close(), rest);
  }

  choose(view: View): void {
    this.close();
    this.view = view;
    this.runs.release();
    this.push();
  }

  open(view: View): void {
    this.close();
    this.view = view;
    history.pushState(this.entry(), '', this.address());
  }

  /** Ends a series of edits. */
  private close(): void {
    clearTimeout(this.resting);
    this.resting = undefined;
    if (this.writing !== undefined) this.replace();
  }

  private push(): void {
    const address = this.address();
    if (address !== location.search) history.pushState(this.entry(), '', address);
  }

  private replace(): void {
    clearTimeout(this.writing);
    this.writing = undefined;
    history.replaceState(this.entry(), '', `${this.address()}${location.hash}`);
  }

  private address(): string {
    return `?${viewToQuery(this.view)}`;
  }

  private entry(): Entry {
    const { shown } = this.runs;
    this.said = said(shown);
    return { shown };
  }

  /** Results came or went: the entry says which. */
  private note(): void {
    if (this.returning === 0 && said(this.runs.shown) !== this.said) history.replaceState(this.entry(), '');
  }

  private go(state: unknown): void {
    const shown = shownIn(state);
    // A link to a section, not another entry of ours.
    if (shown === null && location.search === this.address()) return;
    clearTimeout(this.writing);
    clearTimeout(this.resting);
    this.writing = undefined;
    this.resting = undefined;
    this.view = viewFromQuery(location.search);
    this.show(this.view);
    if (shown === null) return;
    this.said = said(shown);
    void this.recall(shown);
  }

  private async recall(shown: readonly string[]): Promise<void> {
    this.returning++;
    await this.runs.recall(shown);
    this.returning--;
    this.note();
  }
}

/** The keys in a history entry of this page, from whatever version wrote it; null in one that is not of it. */
function shownIn(state: unknown): readonly string[] | null {
  const { shown } = { ...(state as object | null) } as { shown?: unknown };
  return Array.isArray(shown) && shown.every((key) => typeof key === 'string') ? shown : null;
}

const said = (shown: readonly string[]) => shown.join('\n');

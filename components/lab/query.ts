import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type View, viewFromQuery } from '../parameters/view';

/** The view that the attribute `query` says, in the words of the lab's address, at first and whenever it changes. */
export class Query implements ReactiveController {
  private readonly changes = new MutationObserver(() => this.tell());

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly show: (view: View) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.tell();
    this.changes.observe(this.host, { attributeFilter: ['query'] });
  }

  hostDisconnected(): void {
    this.changes.disconnect();
  }

  private tell(): void {
    const query = this.host.getAttribute('query');
    if (query !== null) this.show(viewFromQuery(query));
  }
}

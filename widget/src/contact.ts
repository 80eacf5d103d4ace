/** Whom to reach when the assistant can not be: fetched while it still can, kept for when it can not. */
import type { Store } from './store';
import type { Contact, Transport } from './transport';

/** In milliseconds. A phone number seldom changes. */
const FRESH = 24 * 3600 * 1000;

export class ContactCache {
  constructor(
    private readonly transport: Transport,
    private readonly store: Store,
    /** From the script tag, for a visitor who never reached the server. */
    private readonly given: { phone: string; email: string },
  ) {}

  get current(): { phone: string; email: string } {
    const known = this.store.read() as Partial<Contact> | null;
    return { phone: known?.phone || this.given.phone, email: known?.email || this.given.email };
  }

  async refresh(): Promise<void> {
    const known = this.store.read() as { at?: number } | null;
    if (known?.at && Date.now() - known.at < FRESH) return;
    try {
      this.store.write({ ...(await this.transport.contact()), at: Date.now() });
    } catch {
      // What we had before is still the best we know.
    }
  }
}

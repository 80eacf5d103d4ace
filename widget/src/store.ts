import { encode } from './json';

/** One value of this browser, shared by its tabs. No cookies: nothing of it travels with a request. */
export class Store {
  /** Stands in where the browser forbids storage; the talk then lasts as long as the page. */
  private memory: string | null = null;

  constructor(
    private readonly key: string,
    private area: Storage | null,
  ) {}

  read(): unknown {
    try {
      const text = this.area ? this.area.getItem(this.key) : this.memory;
      return text === null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  }

  write(value: unknown): void {
    this.memory = encode(value);
    try {
      this.area?.setItem(this.key, this.memory);
    } catch {
      // No room: what was stored is older than what we hold, so it must not be read again.
      this.area = null;
    }
  }

  clear(): void {
    this.memory = null;
    try {
      this.area?.removeItem(this.key);
    } catch {
      this.area = null;
    }
  }

  /** Call `changed` when another tab writes. Returns how to stop. */
  watch(changed: () => void): () => void {
    const listen = (event: StorageEvent) => {
      if (event.key === this.key || event.key === null) changed();
    };
    addEventListener('storage', listen);
    return () => removeEventListener('storage', listen);
  }
}

/** The browser's storage, or null where a setting, a sandbox or private browsing forbids it. */
export function storageArea(scope: 'browser' | 'tab'): Storage | null {
  try {
    const area = scope === 'tab' ? sessionStorage : localStorage;
    area.setItem('whichplan:room', '1');
    area.removeItem('whichplan:room');
    return area;
  } catch {
    return null;
  }
}

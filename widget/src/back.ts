/** The phone's Back key closes a chat that fills the screen, instead of leaving the page behind it. */

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}

declare global {
  interface Window {
    /** Chrome's; elsewhere an entry in the history does it. */
    CloseWatcher?: new () => Watcher;
  }
}

const MARK = 'whichplan';

export class Back {
  private watcher: Watcher | null = null;
  /** Our entry is the newest of the history. */
  private entered = false;

  constructor(private readonly pressed: () => void) {}

  /** From now on Back closes. Safe to call twice. */
  hold(): void {
    if (this.watcher || this.entered) return;
    if (window.CloseWatcher) {
      this.watcher = new window.CloseWatcher();
      this.watcher.onclose = () => {
        this.watcher = null;
        this.pressed();
      };
      return;
    }
    // After a reload our entry is there already. What the page keeps in its own stays as it is.
    if (!this.ours) history.pushState({ ...(history.state as object | null), [MARK]: true }, '');
    this.entered = true;
    addEventListener('popstate', this.left);
  }

  /** Back is the page's again. */
  release(): void {
    this.watcher?.destroy();
    this.watcher = null;
    removeEventListener('popstate', this.left);
    if (this.entered && this.ours) history.back();
    this.entered = false;
  }

  private get ours(): boolean {
    return (history.state as Record<string, unknown> | null)?.[MARK] === true;
  }

  private readonly left = () => {
    if (this.ours) return;
    this.entered = false;
    this.pressed();
  };
}

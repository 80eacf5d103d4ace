/** Where the log stands: who reads the end goes on reading it, who has scrolled up is left alone. */

/** Nearer to the end than this, in pixels, a reader follows the talk. */
const NEAR = 80;

export class Scroll {
  following = true;
  /** Something new was said below what is seen. */
  below = false;

  /** The keyboard, a notice, a turned phone change how much is seen. */
  private readonly resized = new ResizeObserver(() => {
    if (this.following) this.toEnd();
  });

  constructor(
    /** What scrolls now: the log, or in little room the whole panel. */
    private readonly box: () => HTMLElement | null,
    private readonly changed: () => void,
  ) {}

  start(log: Element): void {
    this.resized.observe(log);
  }

  stop(): void {
    this.resized.disconnect();
  }

  /** Show what was said last, but a long answer from its beginning: never past the parent's own last words. */
  toEnd(): void {
    const box = this.box();
    if (!box) return;
    const asked = [...box.querySelectorAll('li.parent')].pop();
    const top = asked
      ? box.scrollTop + asked.getBoundingClientRect().top - box.getBoundingClientRect().top - 12
      : Infinity;
    box.scrollTop = Math.min(top, box.scrollHeight - box.clientHeight);
    this.following = true;
    if (this.below) this.changed();
    this.below = false;
  }

  /** Something was said; by the parent if `own`. */
  said(own: boolean): void {
    if (own || this.following) {
      this.toEnd();
    } else {
      this.below = true;
      this.changed();
    }
  }

  /** The reader has scrolled. */
  moved(): void {
    const box = this.box();
    this.following = !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (!this.below || !this.following) return;
    this.below = false;
    this.changed();
  }
}

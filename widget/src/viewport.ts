/** How much room there is, and how the panel fits into it. */

/** Little room in either direction: the panel takes the whole screen. In em, so that large type counts as little room. */
const FULL = '(max-width: 30em), (max-height: 30em)';
/** So low (400 % zoom, landscape with a keyboard) that nothing may stand still over what has the focus. */
const SHORT = '(max-height: 20em)';
const DARK = '(prefers-color-scheme: dark)';

export class Viewport {
  private readonly queries = [FULL, SHORT, DARK].map((query) => matchMedia(query));

  constructor(private readonly changed: () => void) {}

  get full(): boolean {
    return this.queries[0]!.matches;
  }

  get short(): boolean {
    return this.queries[1]!.matches;
  }

  get dark(): boolean {
    return this.queries[2]!.matches;
  }

  start(): void {
    for (const query of this.queries) query.addEventListener('change', this.changed);
    window.visualViewport?.addEventListener('resize', this.changed);
    window.visualViewport?.addEventListener('scroll', this.changed);
  }

  stop(): void {
    for (const query of this.queries) query.removeEventListener('change', this.changed);
    window.visualViewport?.removeEventListener('resize', this.changed);
    window.visualViewport?.removeEventListener('scroll', this.changed);
  }

  /**
   * Keep a full-screen panel above the on-screen keyboard, which covers the page on phones without resizing it.
   *
   * Not while the parent pinches to zoom: then the panel is to be moved around in like any page.
   */
  fit(panel: HTMLElement): void {
    const view = window.visualViewport;
    const fits = this.full && view && view.scale < 1.05;
    panel.style.height = fits ? `${view.height}px` : '';
    panel.style.top = fits ? `${view.offsetTop}px` : '';
  }
}

/** How much room there is, and how the chat fits into it: into what is seen, which a page may be wider than. */

/** Little room in either direction: the panel takes the whole screen. In em, so that large type counts as little room. */
const FULL = '(max-width: 30em), (max-height: 30em)';
/** So low (400 % zoom, landscape with a keyboard) that nothing may stand still over what has the focus. */
const SHORT = '(max-height: 20em)';
const DARK = '(prefers-color-scheme: dark)';
/** In CSS pixels: a phone that is seen through a wider page takes the whole screen as well. */
const NARROW = 480;
/** With a keyboard on the screen less than this is left, in CSS pixels: the head makes room. */
const LOW = 420;
/** From this scale on the parent has zoomed in with two fingers; the chat is then to be moved around in like any page. */
const ZOOMED = 1.05;
/** Below this the page has no viewport of its own for phones and is seen from afar. */
const AFAR = 0.9;

export class Viewport {
  private readonly queries = [FULL, SHORT, DARK].map((query) => matchMedia(query));

  constructor(private readonly changed: () => void) {}

  get full(): boolean {
    const view = this.seen;
    return this.queries[0]!.matches || (view !== null && view.width * view.scale <= NARROW);
  }

  get short(): boolean {
    return this.queries[1]!.matches;
  }

  /** A keyboard leaves little of a screen that the panel fills. */
  get low(): boolean {
    const view = this.seen;
    return this.full && !this.short && view !== null && view.height * view.scale < LOW;
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

  /** Put the frame over what is seen: not below a keyboard, not beside the screen of a page that is too wide. */
  fit(frame: HTMLElement, open: boolean): void {
    const view = this.seen;
    const { style } = frame;
    const zoom = view && view.scale < AFAR ? 1 / view.scale : 1;
    const beside = view !== null && (zoom > 1 || view.width < innerWidth - NARROWER);
    style.setProperty('zoom', zoom > 1 ? String(zoom) : '');
    style.width = beside ? `${view.width / zoom}px` : '';
    style.left = beside ? `${view.offsetLeft / zoom}px` : '';
    style.right = beside ? 'auto' : '';
    // Else a closed launcher stays where it is: a keyboard for the page's own field is not to push it up.
    const fits = view !== null && (beside || (open && this.full));
    style.height = fits ? `${view.height / zoom}px` : '';
    style.top = fits ? `${view.offsetTop / zoom}px` : '';
    style.bottom = fits ? 'auto' : '';
  }

  /** What is seen of the page; null where that can not be told, or the parent has zoomed in. */
  private get seen(): VisualViewport | null {
    const view = window.visualViewport;
    return view && view.width && view.scale < ZOOMED ? view : null;
  }
}

/** Pixels by which a scroll bar may make what is seen narrower than the window. */
const NARROWER = 24;

/** Keeps Tab inside a panel that covers the page: what lies behind can not be seen, so it must not be reached. */

const REACHABLE = 'a[href], button, summary, textarea, [tabindex="0"]';

export function keepFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const reachable = [...panel.querySelectorAll<HTMLElement>(REACHABLE)].filter(
    (element) => element.getClientRects().length && getComputedStyle(element).visibility === 'visible',
  );
  const first = reachable[0];
  const last = reachable[reachable.length - 1];
  const current = (panel.getRootNode() as ShadowRoot).activeElement;
  // The title has the focus after opening, before the first thing that Tab reaches.
  const atStart = current === first || current?.getAttribute('tabindex') === '-1';
  if (event.shiftKey && atStart) last?.focus();
  else if (!event.shiftKey && current === last) first?.focus();
  else return;
  event.preventDefault();
}

import theme from '../theme.css?inline';
import widget from './widget.css?inline';

let shared: CSSStyleSheet | undefined;

/**
 * Give the shadow root its styles.
 *
 * A constructed sheet needs no permission from the host page's Content-Security-Policy. Safari before 16.4 has none:
 * there it is a style element, with the nonce of our script tag where the page's policy asks for one.
 */
export function dress(root: ShadowRoot, nonce: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (!shared) {
      shared = new CSSStyleSheet();
      shared.replaceSync(theme + widget);
    }
    root.adoptedStyleSheets = [shared];
  } else {
    const style = document.createElement('style');
    if (nonce) style.nonce = nonce;
    style.textContent = theme + widget;
    root.append(style);
  }
}

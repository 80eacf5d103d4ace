/** What the host page says on the script tag, or on an element that it placed itself. README.md lists it for them. */

export interface Settings {
  server: string;
  phone: string;
  email: string;
  /** The launcher's words; empty for our own. */
  label: string;
  launcher: boolean;
  open: boolean;
  /** It stands in the page, where the element stands, instead of floating above it. */
  inline: boolean;
  position: 'start' | 'end';
  scheme: 'auto' | 'light' | 'dark';
  remember: 'browser' | 'tab';
  nonce: string;
}

const FILE = 'widget.js';
/** The script that is running: at load it knows itself, later nobody does. */
const ourScript = itself(document.currentScript as HTMLScriptElement | null);

/** A module, or a loader that runs scripts in its own way (Rocket Loader), knows no current script, or another one. */
export function itself(current: HTMLScriptElement | null): HTMLScriptElement | null {
  return current?.src.includes(FILE) ? current : (document.querySelector<HTMLScriptElement>(`script[src*="${FILE}"]`) ?? current);
}

export function settings(
  element: DOMStringMap,
  script: { dataset: DOMStringMap; src: string; nonce?: string } | null = ourScript,
): Settings {
  const given: DOMStringMap = { ...script?.dataset, ...element };
  const home = script?.src ? new URL(script.src).origin : location.origin;
  return {
    server: new URL(given['server'] || home, location.href).href.replace(/\/+$/, ''),
    phone: given['phone'] ?? '',
    email: given['email'] ?? '',
    label: given['label'] ?? '',
    launcher: given['launcher'] !== 'none' && given['mode'] !== 'inline',
    open: given['open'] === 'true',
    inline: given['mode'] === 'inline',
    position: given['position'] === 'start' ? 'start' : 'end',
    scheme: given['scheme'] === 'light' || given['scheme'] === 'dark' ? given['scheme'] : 'auto',
    remember: given['remember'] === 'tab' ? 'tab' : 'browser',
    nonce: script?.nonce ?? '',
  };
}

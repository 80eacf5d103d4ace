/** The top of the panel: who speaks, that it is no lawyer, and what else can be done. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { cross, dots, fork } from './icons';
import { say, type Phrase } from './strings';

export type Command = 'startOver' | 'save' | 'print' | 'erase';

interface HeadContext {
  server: string;
  menuOpen: boolean;
  toggleMenu: () => void;
  pick: (command: Command) => void;
  /** Null where the chat is a part of the page. */
  close: (() => void) | null;
}

export function head({ server, menuOpen, toggleMenu, pick, close }: HeadContext): TemplateResult {
  const command = (what: Command) => html`
    <li><button type="button" class=${what} @click=${() => pick(what)}>${say(what)}</button></li>
  `;
  const page = (path: string, name: Phrase) => html`
    <li>
      <a href=${`${server}/${path}`} target="_blank" rel="noopener"
        >${say(name)}<span class="away"> (${say('newTab')})</span></a
      >
    </li>
  `;
  return html`
    <div class="head">
      <span class="mark">${fork}</span>
      <div class="heading">
        <h2 id="title" tabindex="-1">${say('name')}</h2>
        <p id="promise">${say('promise')}</p>
      </div>
      <button
        type="button"
        class="glyph"
        id="menu-button"
        aria-label=${say('menu')}
        title=${say('menu')}
        aria-expanded=${menuOpen}
        aria-controls="menu"
        @click=${toggleMenu}
      >
        ${dots}
      </button>
      ${close
        ? html`<button type="button" class="glyph" aria-label=${say('close')} title=${say('close')} @click=${close}>
            ${cross}
          </button>`
        : nothing}
      <ul class="menu" id="menu" ?hidden=${!menuOpen}>
        ${page('q', 'allQuestions')} ${command('startOver')} ${command('save')} ${command('print')}
        ${page('privacy', 'privacy')} ${page('accessibility', 'accessibility')}
        ${command('erase')}
      </ul>
    </div>
  `;
}

/** The buttons of a reply. */
import { html, nothing, type TemplateResult } from 'lit';
import { check } from './icons';
import type { Button } from './reply';
import { say } from './strings';
import type { Turn } from './transcript';

export type Choose = (reply: string, button: Button) => void;

/** Buttons with a time of day stand in columns, like a timetable. */
const TIME = /\b\d{1,2}:\d\d\b/;
/** Characters beyond which a title is a whole date, and needs a wide column. */
const BRIEF = 12;

/** @param question What the buttons answer, the name of their group; empty where they only lead on. */
export function choices(
  { id, buttons, chosen, past }: Turn & { from: 'assistant' },
  question: string,
  choose: Choose,
): TemplateResult {
  const times = buttons.some((button) => TIME.test(button.title));
  const columns = !times ? '' : buttons.every((button) => button.title.length <= BRIEF) ? ' times brief' : ' times';
  return html`
    <div class=${`choices${columns}`} role="group" aria-label=${question || say('choices')}>
      ${buttons.map((button) => {
        const isChosen = chosen === button.choice;
        // Not `disabled`: that would throw the focus of a keyboard back to the top of the page.
        const idle = isChosen || past === true;
        // A name instead of more text inside: the log would announce that as something new.
        return html`<button
          type="button"
          class=${isChosen ? 'choice chosen' : 'choice'}
          aria-label=${isChosen ? `${button.title}, ${say('chosen')}` : nothing}
          aria-disabled=${idle}
          @click=${() => idle || choose(id, button)}
        >
          ${isChosen ? check : nothing}${button.title}
        </button>`;
      })}
    </div>
  `;
}

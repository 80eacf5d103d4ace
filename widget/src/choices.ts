/** The buttons of a reply. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { check } from './icons';
import type { Button } from './reply';
import { say } from './strings';
import type { Turn } from './transcript';

export type Choose = (reply: string, button: Button) => void;

/** Buttons with a time of day stand in columns, like a timetable. */
const TIME = /\b\d{1,2}:\d\d\b/;
/** Characters beyond which a title is a whole date, and needs a wide column. */
const BRIEF = 12;

/** A day, and a time on it: "Mon, Nov 30, 5:00 PM", "mar 1 dic, 5:00 PM". */
const MOMENT = /^(.+?),? (\d{1,2}:\d\d\s?[AP]M)$/;

type Reply = Turn & { from: 'assistant' };

/** @param question What the buttons answer, the name of their group; empty where they only lead on. */
export function choices(reply: Reply, question: string, choose: Choose): TemplateResult {
  const { buttons } = reply;
  const label = question || say('choices');
  const days = byDay(buttons);
  if (days) {
    return html`
      <div class="days" role="group" aria-label=${label}>
        ${days.map(
          ([day, some]) => html`${day ? html`<p class="day">${day}</p>` : nothing}
            <div class=${day ? 'choices times brief' : 'choices'}>
              ${some.map((button) => choice(reply, button, MOMENT.exec(button.title)?.[2] ?? button.title, choose))}
            </div>`,
        )}
      </div>
    `;
  }
  const times = buttons.some((button) => TIME.test(button.title));
  const columns = !times ? '' : buttons.every((button) => button.title.length <= BRIEF) ? ' times brief' : ' times';
  return html`
    <div class=${`choices${columns}`} role="group" aria-label=${label}>
      ${buttons.map((button) => choice(reply, button, button.title, choose))}
    </div>
  `;
}

/** Times under their day, in their order; what is no time comes last, under none. Null where there are not two times. */
function byDay(buttons: Button[]): [string, Button[]][] | null {
  const days = new Map<string, Button[]>();
  for (const button of buttons) {
    const day = MOMENT.exec(button.title)?.[1] ?? '';
    days.set(day, [...(days.get(day) ?? []), button]);
  }
  const others = days.get('') ?? [];
  days.delete('');
  if (buttons.length - others.length < 2) return null;
  return others.length ? [...days, ['', others]] : [...days];
}

function choice({ id, chosen, past }: Reply, button: Button, words: string, choose: Choose): TemplateResult {
  const isChosen = chosen === button.choice;
  // Not `disabled`: that would throw the focus of a keyboard back to the top of the page.
  const idle = isChosen || past === true;
  // A name instead of more text inside: the log would announce that as something new.
  const name = isChosen ? `${button.title}, ${say('chosen')}` : words === button.title ? nothing : button.title;
  return html`<button
    type="button"
    class=${isChosen ? 'choice chosen' : 'choice'}
    aria-label=${name}
    aria-disabled=${idle}
    @click=${() => idle || choose(id, button)}
  >
    ${isChosen ? check : nothing}${words}
  </button>`;
}

/** One turn of the talk as it stands in the log. Text goes in as text: an answer can never carry markup. */
import { html, nothing, type TemplateResult } from 'lit';
import { card, type CardContext } from './cards';
import { reason, thumbs, type Vote } from './feedback';
import { check } from './icons';
import { lines } from './lines';
import { safeLink } from './links';
import { link, markdown } from './markdown';
import type { Button, Reply, Source } from './reply';
import { day, say } from './strings';
import type { Outgoing, Turn } from './transcript';

export interface TurnContext extends CardContext {
  choose: (reply: string, button: Button) => void;
  vote: Vote;
  edit: (id: string) => void;
  remove: (id: string) => void;
  /** True while nothing gets through, so that a waiting message says that it waits. */
  stuck: boolean;
  /** The panel fills a small screen. */
  small: boolean;
}

export type Line = Turn | (Outgoing & { kind: 'message' });

export function line(entry: Line, context: TurnContext): TemplateResult {
  if ('kind' in entry) return parent(entry, context);
  if (entry.from === 'parent') return parent(entry, context);
  if (entry.from === 'note') return html`<li class="note"><p>${say(entry.note)}</p></li>`;
  return reply(entry, context);
}

function parent(entry: { id: string; text: string; kind?: string; refused?: string }, context: TurnContext) {
  const waits = entry.kind === 'message' && entry.refused === undefined;
  return html`
    <li class=${`parent${waits ? ' waits' : ''}`}>
      <span class="away">${say('youSaid')}</span>
      <p class="bubble" dir="auto">${entry.text}</p>
      ${waits && context.stuck ? html`<p class="state">${say('waitingToSend')}</p>` : nothing}
      ${entry.refused === undefined
        ? nothing
        : html`<p class="state refused">${say('notSent', { reason: entry.refused || say('refused') })}</p>
            <div class="row">
              <button type="button" class="plain" @click=${() => context.edit(entry.id)}>${say('edit')}</button>
              <button type="button" class="plain" @click=${() => context.remove(entry.id)}>${say('remove')}</button>
            </div>`}
    </li>
  `;
}

function reply(entry: Turn & { from: 'assistant' }, context: TurnContext) {
  const { sources, answer } = entry;
  return html`
    <li class=${`assistant ${entry.outcome}`}>
      ${entry.person
        ? html`<p class="who">${say('personSaid', { name: entry.person })}</p>`
        : html`<span class="away">${say('itSaid')}</span>`}
      ${words(entry, context.small)} ${entry.outcome === 'crisis' ? lines() : nothing} ${entry.card ? card(entry.card, context) : nothing}
      ${sources.length || answer
        ? html`<div class="foot">
              ${sources.length ? origin(sources, answer?.reviewed ?? '') : html`<span></span>`}
              ${answer && !entry.past ? thumbs(entry, context.vote) : nothing}
            </div>
            ${answer ? reason(entry, context.vote) : nothing}`
        : nothing}
      ${entry.buttons.length ? choices(entry, context) : nothing}
    </li>
  `;
}

const prose = (text: string) =>
  text ? html`<div class="prose" dir="auto">${markdown(text)}</div>` : nothing;

/** Characters from which on a part is worth folding away. */
const LONG = 280;

/**
 * What was said. On a small screen, and above a card, the detail is folded, so that the answer and what can be done
 * next are seen together.
 */
function words({ text, more, outcome, card }: Reply, small: boolean) {
  const folds = (small || card !== null) && more.length >= LONG && outcome !== 'crisis';
  const at = folds ? text.indexOf(more) : -1;
  if (at <= 0) return prose(text);
  return html`${prose(text.slice(0, at))}
    <details class="more">
      <summary>${say('more')}</summary>
      ${prose(more)}
    </details>
    ${prose(text.slice(at + more.length))}`;
}

const origin = (sources: Source[], reviewed: string) => html`
  <details class="sources">
    <summary>${say('sources')}</summary>
    <ul>
      ${sources.map(({ title, url, cite }) => {
        const address = safeLink(url);
        return html`<li dir="auto">
          ${address ? link(address, title || cite) : title}
          ${cite && title ? html`<span class="cite">${cite}</span>` : nothing}
        </li>`;
      })}
    </ul>
    ${reviewed ? html`<p>${say('reviewed', { date: day(reviewed) })}</p>` : nothing}
  </details>
`;

/** Buttons with a time of day stand in columns, like a timetable. */
const TIME = /\b\d{1,2}:\d\d\b/;
/** Characters beyond which a title is a whole date, and needs a wide column. */
const BRIEF = 12;

function choices({ id, buttons, chosen, past }: Turn & { from: 'assistant' }, context: TurnContext) {
  const times = buttons.some((button) => TIME.test(button.title));
  const columns = !times ? '' : buttons.every((button) => button.title.length <= BRIEF) ? ' times brief' : ' times';
  return html`
    <div class=${`choices${columns}`} role="group" aria-label=${say('choices')}>
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
          @click=${() => idle || context.choose(id, button)}
        >
          ${isChosen ? check : nothing}${button.title}
        </button>`;
      })}
    </div>
  `;
}

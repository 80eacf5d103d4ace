/** One turn of the talk as it stands in the log. Text goes in as text: an answer can never carry markup. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { answer, next, type AnswerContext } from './answer';
import { reason, thumbs, type Vote } from './feedback';
import { passOn, type PassContext } from './pass';
import { sources } from './sources';
import { inLanguage, say } from './strings';
import type { Outgoing, Turn } from './transcript';

export interface TurnContext extends AnswerContext, PassContext {
  vote: Vote;
  edit: (id: string) => void;
  remove: (id: string) => void;
  /** True while nothing gets through, so that a waiting message says that it waits. */
  stuck: boolean;
}

export type Line = Turn | (Outgoing & { kind: 'message' });

export function line(entry: Line, context: TurnContext): TemplateResult {
  if ('kind' in entry) return parent(entry, context);
  if (entry.from === 'parent') return parent(entry, context);
  if (entry.from === 'note') return html`<li class="note"><p>${say(entry.note)}</p></li>`;
  return inLanguage(entry.language, () => reply(entry, context));
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
  const { sources: list, answer: answered } = entry;
  return html`
    <li class=${`assistant ${entry.outcome}`} lang=${entry.language || nothing}>
      ${entry.person
        ? html`<p class="who">${say('personSaid', { name: entry.person })}</p>`
        : html`<span class="away">${say('itSaid')}</span>`}
      ${answer(entry, context)}
      ${list.length || answered
        ? html`<div class="foot">
              ${list.length ? sources(list, answered?.reviewed ?? '') : html`<span></span>`}
              ${answered ? html`<div class="thumbs">${passOn(entry, context)} ${entry.past ? nothing : thumbs(entry, context.vote)}</div>` : nothing}
            </div>
            ${answered ? reason(entry, context.vote) : nothing}`
        : nothing}
      ${next(entry, context)}
    </li>
  `;
}

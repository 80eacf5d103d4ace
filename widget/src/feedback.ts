/** "Did this help?" below an answer: one press is enough, a reason is welcome. */
import { html, nothing } from 'lit/html.js';
import { thumbDown, thumbUp } from './icons';
import { say } from './strings';
import type { Turn } from './transcript';

export type Vote = (reply: string, helpful: boolean, reason?: string) => void;

type Answer = Turn & { from: 'assistant' };

export const thumbs = ({ id, helpful }: Answer, vote: Vote) => html`
    <button
      type="button"
      class="glyph"
      aria-label=${say('helped')}
      title=${say('helped')}
      aria-pressed=${helpful === true}
      @click=${() => vote(id, true)}
    >
      ${thumbUp}
    </button>
    <button
      type="button"
      class="glyph"
      aria-label=${say('notHelped')}
      title=${say('notHelped')}
      aria-pressed=${helpful === false}
      @click=${() => vote(id, false)}
    >
      ${thumbDown}
    </button>
`;

export function reason({ id, helpful, reasonGiven }: Answer, vote: Vote) {
  if (helpful === undefined) return nothing;
  if (reasonGiven) return html`<p class="thanks">${say('thanks')}</p>`;
  /** The form goes away, so the focus goes back to the thumb that brought it. */
  const close = (form: HTMLFormElement, words: string) => {
    const thumb = form.closest('li')?.querySelector<HTMLElement>('.thumbs [aria-pressed="true"]');
    vote(id, false, words);
    thumb?.focus();
  };
  return html`
    <form
      class="reason"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const form = event.currentTarget as HTMLFormElement;
        close(form, form.querySelector('textarea')!.value.trim());
      }}
    >
      <label for=${`reason-${id}`}>${say('reason')}</label>
      <textarea id=${`reason-${id}`} rows="2" maxlength="500" dir="auto"></textarea>
      <div class="row">
        <button type="submit" class="button">${say('sendReason')}</button>
        <button
          type="button"
          class="plain"
          @click=${(event: Event) => close((event.currentTarget as HTMLElement).closest('form')!, '')}
        >
          ${say('skipReason')}
        </button>
      </div>
    </form>
  `;
}

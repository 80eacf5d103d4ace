/** The line between the talk and the field: why something waits, whom else to ask, what is new below. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { down } from './icons';
import { lines } from './lines';
import type { Trouble } from './session';
import { say } from './strings';

interface StatusContext {
  /** What stands in the way of sending, in words; empty when nothing does. */
  problem: string;
  trouble: Trouble | null;
  /** An answer takes long enough to say so to those who do not see the dots. */
  slow: boolean;
  /** What was just done, for those who do not see it. */
  told: string;
  /** A message of the parent's has no answer, and none may come soon: it may be one of danger. */
  unheard: boolean;
  below: boolean;
  contact: { phone: string; email: string };
  tryNow: () => void;
  showNew: () => void;
}

export function status({ problem, trouble, slow, told, unheard, below, contact, tryNow, showNew }: StatusContext): TemplateResult {
  const words = problem || (trouble ? say(trouble.kind, trouble.kind === 'busy' ? { seconds: trouble.seconds } : {}) : '');
  const cutOff = trouble !== null && trouble.kind !== 'busy';
  const urgent = cutOff || unheard;
  const { phone, email } = contact;
  return html`
    <div class=${words || urgent || below ? 'status shown' : 'status'}>
      <p role="status">${words || (told || slow ? html`<span class="away">${told || say('working')}</span>` : nothing)}${urgent
          ? html` <strong>${say('danger')}</strong>`
          : nothing}</p>
      ${urgent ? lines() : nothing}
      ${cutOff && (phone || email)
        ? html`<p>
            ${say('instead')}
            ${phone ? html`<a href=${`tel:${phone.replace(/[^\d+]/g, '')}`}>${say('call', { phone })}</a>` : nothing}
            ${email ? html`<a href=${`mailto:${email}`}>${say('write', { email })}</a>` : nothing}
          </p>`
        : nothing}
      ${cutOff ? html`<button type="button" class="plain" @click=${tryNow}>${say('tryNow')}</button>` : nothing}
      ${below ? html`<button type="button" class="button" @click=${showNew}>${down}${say('newReply')}</button>` : nothing}
    </div>
  `;
}

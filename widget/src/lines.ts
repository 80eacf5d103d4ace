/** Whom to call in danger. Kept in this file: these numbers work when neither the server nor the internet does. */
import { html, type TemplateResult } from 'lit';
import { say } from './strings';

/** Big enough for a thumb that shakes. */
export const lines = (): TemplateResult => html`
  <div class="lines" role="group" aria-label=${say('dangerLines')}>
    <a class="button" href="tel:988">${say('call', { phone: '988' })}</a>
    <a class="button" href="sms:988">${say('text', { phone: '988' })}</a>
    <a class="button" href="tel:911">${say('call', { phone: '911' })}</a>
  </div>
`;

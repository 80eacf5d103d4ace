/** Whom to call in danger. Kept in this file: these numbers work when neither the server nor the internet does. */
import { html, type TemplateResult } from 'lit/html.js';
import { say } from './strings';

const button = (verb: 'call' | 'text', scheme: 'tel' | 'sms', phone: string) =>
  html`<a class="button" href=${`${scheme}:${phone}`}>${say(verb, { phone })}</a>`;

export const lines = (): TemplateResult =>
  html`<div class="lines">${button('call', 'tel', '988')}${button('text', 'sms', '988')}${button('call', 'tel', '911')}</div>`;

import { render } from 'lit/html.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerMail, passOn, type PassContext } from '../src/pass';
import type { Turn } from '../src/transcript';
import { aReply } from './fakes';

const PAGE = 'https://plan.example/q/ask_record/may_i?plan=iep';
const entry = (fields: Record<string, unknown> = {}) =>
  ({
    from: 'assistant',
    ...aReply('r', {
      text: 'all of it',
      heading: 'May I record?',
      body: 'Ask **first**.\n\nWrite tonight.',
      write_to: 'Write to: Principal.',
      script: 'I would like to record on [date].',
      more: '1. one',
      ask: 'Which plan is it?',
      answer: { intent: 'ask_record', point: 'ask_record/may_i', plan: 'iep' },
      ...fields,
    }),
  }) as Turn & { from: 'assistant' };

const draw = (fields: Partial<PassContext> = {}, reply = entry()) => {
  const place = document.createElement('li');
  const context = { server: 'https://plan.example', copy: null, copied: '', aloud: null, reading: '', ...fields };
  render(passOn(reply, context), place);
  return place;
};
const named = (place: Element, name: string) => place.querySelector<HTMLElement>(`[aria-label="${name}"]`);
const mailOf = (reply = entry()) => new URLSearchParams(answerMail(reply, PAGE).replace('mailto:?', ''));

afterEach(() => vi.unstubAllGlobals());

describe('an answer read aloud', () => {
  it('is its heading, its words, the words to send and what it asks; open steps too', () => {
    const aloud = vi.fn();
    const place = draw({ aloud });
    const steps = document.createElement('details');
    steps.className = 'more';
    place.append(steps);
    const heard = ['Ask first.', 'Write tonight.', 'Write to: Principal.', 'Words to send: I would like to record on [date].'];
    named(place, 'Read aloud')!.click();
    expect(aloud).toHaveBeenLastCalledWith('r', ['May I record?', ...heard, 'Which plan is it?']);
    steps.open = true;
    named(place, 'Read aloud')!.click();
    expect(aloud).toHaveBeenLastCalledWith('r', ['May I record?', ...heard, '1. one', 'Which plan is it?']);
  });

  it('can be stopped while it is read', () => {
    expect(named(draw({ aloud: vi.fn(), reading: 'r' }), 'Stop reading')).not.toBeNull();
    expect(named(draw({ aloud: vi.fn(), reading: 'other' }), 'Read aloud')).not.toBeNull();
  });

  it('is not offered without a voice', () => expect(named(draw(), 'Read aloud')).toBeNull());

  it('of a table is all of it, the heading once', () => {
    const aloud = vi.fn();
    const card = { kind: 'compare', columns: [{ title: 'IEP' }], rows: [{ head: 'For', cells: ['b'] }] };
    named(draw({ aloud }, entry({ card, text: 'May I record?\n\nFor: b' })), 'Read aloud')!.click();
    expect(aloud).toHaveBeenCalledWith('r', ['May I record?', 'For: b']);
  });
});

describe('an e-mail of an answer', () => {
  it('has the question as subject, and the words, the page and what it is not', () => {
    expect(mailOf().get('subject')).toBe('May I record?');
    expect(mailOf().get('body')?.split('\r\n\r\n')).toEqual([
      'Ask first.',
      'Write tonight.',
      'Write to: Principal.',
      'Words to send: I would like to record on [date].',
      `The whole answer: ${PAGE}`,
      'This is information, not legal advice.',
    ]);
  });

  it('that would be cut by the mail program is cut at a paragraph, and still says where all of it is', () => {
    const long = entry({ body: Array.from({ length: 9 }, (_, at) => `${at} ${'word '.repeat(60)}`).join('\n\n') });
    expect(answerMail(long, PAGE).length).toBeLessThanOrEqual(1900);
    const parts = mailOf(long).get('body')!.split('\r\n\r\n');
    expect(parts[0]).toMatch(/^0 word/);
    expect(parts.slice(-2)[0]).toBe(`The whole answer: ${PAGE}`);
  });

  it('leads to the page of the topic where the answer is that of a topic', () => {
    const general = entry({ answer: { intent: 'ask_record', point: '', plan: 'either' } });
    const address = named(draw({}, general), 'Email this answer')!.getAttribute('href')!;
    expect(decodeURIComponent(address)).toContain('The whole answer: https://plan.example/q/ask_record\r\n');
  });
});

describe('sharing', () => {
  it('hands the words and the page to the phone, and bears it when nothing is chosen', async () => {
    const share = vi.fn().mockRejectedValue(new DOMException('', 'AbortError'));
    vi.stubGlobal('navigator', { share, canShare: () => true });
    named(draw(), 'Share this answer')!.click();
    const [{ title, text, url }] = share.mock.calls[0]!;
    expect([title, url]).toEqual(['May I record?', PAGE]);
    expect(text).toMatch(/^May I record\?\n\nAsk first\./);
    expect(text).not.toContain('Which plan is it?');
    await Promise.resolve();
  });

  it('is not offered where a page may not', () => {
    vi.stubGlobal('navigator', { canShare: () => false });
    expect(named(draw(), 'Share this answer')).toBeNull();
    vi.stubGlobal('navigator', {});
    expect(named(draw(), 'Share this answer')).toBeNull();
  });
});

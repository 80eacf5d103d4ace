import { render } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { line, type Line, type TurnContext } from '../src/render';
import { aReply } from './fakes';

const context = (fields: Partial<TurnContext> = {}): TurnContext => ({
  server: 'https://plan.example',
  copy: null,
  copied: '',
  stuck: false,
  small: false,
  choose: vi.fn(),
  vote: vi.fn(),
  edit: vi.fn(),
  remove: vi.fn(),
  ...fields,
});
const draw = (entry: Line, fields: Partial<TurnContext> = {}) => {
  const place = document.createElement('ol');
  render(line(entry, context(fields)), place);
  return place;
};
const drawReply = (reply: Record<string, unknown>, fields: Partial<TurnContext> = {}) =>
  draw({ from: 'assistant', ...aReply('r', reply) }, fields);
const text = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

describe('a reply', () => {
  it('says who speaks to those who do not see where it stands', () => {
    expect(text(drawReply({ text: 'Hello' }))).toBe('Which Plan said: Hello');
    expect(text(draw({ from: 'parent', id: 'p', text: 'hi' }))).toBe('You said: hi');
  });

  it('folds its sources, with citation and the day of the last check', () => {
    const sources = drawReply({
      sources: [{ title: 'Deadline', url: 'https://www.ecfr.gov/x', cite: '34 CFR 300.301' }],
      answer: { intent: 'ask_timeline', plan: 'iep', reviewed: '2026-11-02' },
    }).querySelector('.sources') as HTMLDetailsElement;
    expect(sources.open).toBe(false);
    expect(text(sources)).toContain('34 CFR 300.301');
    expect(text(sources)).toContain('November 2, 2026');
  });

  it('asks for a verdict on answers, not on chat', () => {
    expect(drawReply({ text: 'Hello' }).querySelector('.thumbs')).toBeNull();
    expect(drawReply({ answer: { intent: 'a', plan: 'iep' } }).querySelector('.thumbs')).not.toBeNull();
  });

  describe('of many words', () => {
    const more = `1. one\n2. ${'two '.repeat(80).trim()}`;
    const reply = { text: `Yes.\n\n${more}\n\nTell me which plan it is:`, more };

    it('is folded on a small screen, in its place and said once', () => {
      const drawn = drawReply(reply, { small: true });
      const folded = drawn.querySelector<HTMLDetailsElement>('.more')!;
      expect(folded.open).toBe(false);
      expect(text(folded.querySelector('li'))).toBe('one');
      expect(text(drawn)?.match(/one/g)).toHaveLength(1);
      expect(text(drawn)).toMatch(/Yes\..*More.*Tell me which plan it is:$/);
    });

    it('is folded above a card', () => {
      const card = { kind: 'contact', role: 'The principal', how: '', say: '' };
      expect(drawReply({ ...reply, card }).querySelector('.more')).not.toBeNull();
    });

    it('is shown whole where there is room, when it is short, and in danger', () => {
      for (const drawn of [
        drawReply(reply),
        drawReply({ text: 'Yes.\n\nFew words.', more: 'Few words.' }, { small: true }),
        drawReply({ ...reply, outcome: 'crisis' }, { small: true }),
        drawReply({ text: 'Yes.', more: `elsewhere ${more}` }, { small: true }),
      ]) {
        expect(drawn.querySelector('.more')).toBeNull();
      }
    });
  });

  it('survives fields of the wrong shape', () => {
    const reply = { text: 5, buttons: 'x', sources: [null, 3], answer: [], card: { kind: 'compare' }, more: {} };
    expect(text(drawReply(reply))).toBe('Which Plan said:');
  });
});

describe('buttons', () => {
  const buttons = [
    { title: '504 plan', choice: 'a' },
    { title: 'IEP', choice: 'b' },
  ];

  it('send their choice', () => {
    const choose = vi.fn();
    drawReply({ buttons }, { choose }).querySelectorAll('button')[1]!.click();
    expect(choose).toHaveBeenCalledWith('r', buttons[1]);
  });

  it('stay after a press, and the chosen one says so and does nothing more', () => {
    const choose = vi.fn();
    const place = draw({ from: 'assistant', ...aReply('r', { buttons }), chosen: 'a' }, { choose });
    const [chosen, other] = place.querySelectorAll('button');
    chosen!.click();
    expect(choose).not.toHaveBeenCalled();
    expect(chosen!.getAttribute('aria-label')).toBe('504 plan, chosen');
    expect(other!.getAttribute('aria-disabled')).toBe('false');
  });

  it('of an ended talk do nothing', () => {
    const choose = vi.fn();
    draw({ from: 'assistant', ...aReply('r', { buttons }), past: true }, { choose }).querySelector('button')!.click();
    expect(choose).not.toHaveBeenCalled();
  });

  it('with times stand like a timetable', () => {
    expect(drawReply({ buttons: [{ title: 'Tue, Dec 1, 3:00 PM', choice: 't' }] }).querySelector('.times')).not.toBeNull();
    expect(drawReply({ buttons }).querySelector('.times')).toBeNull();
  });
});

describe('cards', () => {
  it('compare in columns', () => {
    const columns = [
      { title: '504 plan', points: ['**more** time'] },
      { title: 'IEP', points: ['teaching', 'goals'] },
    ];
    const sections = drawReply({ card: { kind: 'compare', columns } }).querySelectorAll('.compare section');
    expect([...sections].map((section) => section.querySelectorAll('li').length)).toEqual([1, 2]);
  });

  it('name whom to ask and what to say, to copy where that works', () => {
    const card = { kind: 'contact', role: 'The principal', how: 'By email.', say: 'Please help.' };
    const copy = vi.fn();
    const place = drawReply({ card }, { copy });
    expect(text(place.querySelector('h3'))).toContain('The principal');
    place.querySelector<HTMLButtonElement>('.words button')!.click();
    expect(copy).toHaveBeenCalledWith('Please help.');
    expect(drawReply({ card }).querySelector('.words button')).toBeNull();
  });

  it('put a call into the calendar, from our server alone', () => {
    const card = (ics: string) => drawReply({ card: { kind: 'booking', when: 'Tue', ics } }).querySelector('a');
    expect(card('/v1/bookings/1/invitation.ics')!.href).toBe('https://plan.example/v1/bookings/1/invitation.ics');
    expect(card('https://evil.example/x.ics')).toBeNull();
  });
});

it('a message that waits says so only while nothing gets through', () => {
  const waiting: Line = { kind: 'message', id: 'm', text: 'hi' };
  expect(text(draw(waiting))).not.toContain('Waiting');
  expect(text(draw(waiting, { stuck: true }))).toContain('Waiting to send');
});

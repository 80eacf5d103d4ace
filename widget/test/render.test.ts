import { render } from 'lit/html.js';
import { describe, expect, it, vi } from 'vitest';
import { line, type Line, type TurnContext } from '../src/render';
import { aReply } from './fakes';

const context = (fields: Partial<TurnContext> = {}): TurnContext => ({
  server: 'https://plan.example',
  copy: null,
  copied: '',
  aloud: null,
  reading: '',
  stuck: false,
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

  describe('with parts', () => {
    const reply = {
      text: 'all of it',
      heading: 'May they wait?',
      body: 'They may not just wait.\n\nNo answer tomorrow? Call the office.',
      write_to: 'Write to: School principal.',
      script: 'I asked on [date].',
      more: '1. one\n2. two',
      more_title: 'More: How long?',
      ask: 'Which plan is it?',
      buttons: [{ title: 'IEP', choice: 'a' }],
    };

    it('shows the question it took as a heading, then the words', () => {
      const drawn = drawReply(reply);
      expect(text(drawn.querySelector('h3'))).toBe('May they wait?');
      expect(text(drawn)).not.toContain('all of it');
      expect(text(drawn.querySelector('.prose'))).toBe('They may not just wait.');
    });

    it('keeps the question that it asks with its buttons', () => {
      const group = drawReply(reply).querySelector('.ask + [role="group"]')!;
      expect(group.getAttribute('aria-label')).toBe('Which plan is it?');
      expect(text(group)).toBe('IEP');
    });

    it('puts buttons that answer no question at the end', () => {
      const drawn = drawReply({ ...reply, ask: '' });
      expect(drawn.querySelector('.ask')).toBeNull();
      expect(text(drawn.querySelector('li > :last-child'))).toBe('IEP');
    });

    it('names every fold by what it holds, and says nothing twice', () => {
      const drawn = drawReply({ ...reply, card: { kind: 'contact', role: 'Principal', how: 'By email.', say: reply.script } });
      const folds = [...drawn.querySelectorAll('details')];
      expect(folds.map((one) => text(one.querySelector('summary')))).toEqual([
        'Write to: Principal, Words to send',
        'More: How long?',
      ]);
      expect(folds.every((one) => !one.open)).toBe(true);
      expect(text(drawn)?.match(/I asked on/g)).toHaveLength(1);
    });

    it('marks the blanks of what can be sent, and opens a mail with it', () => {
      const drawn = drawReply(reply);
      expect(text(drawn.querySelector('mark'))).toBe('[date]');
      expect(drawn.querySelector('.write a')?.getAttribute('href')).toBe('mailto:?body=I%20asked%20on%20%5Bdate%5D.');
    });

    it('names whom to write to in a line where there is nothing to open', () => {
      expect(text(drawReply({ ...reply, script: '' }).querySelector('.line'))).toBe('Write to: School principal.');
    });

    it('folds what goes beyond 80 words under its own first sentence', () => {
      const long = { ...reply, body: `${'word '.repeat(74)}.\n\nNo answer tomorrow? Call the office.` };
      expect(text(drawReply(long).querySelector('.rest summary'))).toBe('No answer tomorrow?');
      expect(text(drawReply(long).querySelector('.rest .prose'))).toBe('No answer tomorrow? Call the office.');
      expect(drawReply(reply).querySelector('.rest')).toBeNull();
    });

    it('folds nothing in danger, and names whom to call right after the first words', () => {
      const drawn = drawReply({ ...reply, outcome: 'crisis', text: 'I am so sorry.\n\nCall now.' });
      expect(drawn.querySelector('details')).toBeNull();
      expect(text(drawn)).toBe('Which Plan said: I am so sorry. Call 988Text 988Call 911 Call now.');
    });

    it('falls back to the whole text, less what stands elsewhere', () => {
      const drawn = drawReply({ text: 'Yes.\n\nSteps.\n\nWhich?', more: 'Steps.', ask: 'Which?' });
      expect(text(drawn)).toBe('Which Plan said: Yes. Which? Steps Steps.');
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

  it('with times stand under their day, each with its whole name, and what is no time comes last', () => {
    const titles = ['Mon, Nov 30, 5:00 PM', 'Mon, Nov 30, 5:30 PM', 'Not now', 'Tue, Dec 1, 9:00 AM'];
    const place = drawReply({ buttons: titles.map((title) => ({ title, choice: title })) });
    expect([...place.querySelectorAll('.day')].map(text)).toEqual(['Mon, Nov 30', 'Tue, Dec 1']);
    const drawn = [...place.querySelectorAll('button')];
    expect(drawn.map(text)).toEqual(['5:00 PM', '5:30 PM', '9:00 AM', 'Not now']);
    expect(drawn.map((one) => one.getAttribute('aria-label'))).toEqual([titles[0], titles[1], titles[3], null]);
  });

  it('with one time stand like a timetable', () => {
    expect(drawReply({ buttons: [{ title: 'Tue, Dec 1, 3:00 PM', choice: 't' }] }).querySelector('.times')).not.toBeNull();
    expect(drawReply({ buttons }).querySelector('.times')).toBeNull();
  });
});

describe('cards', () => {
  it('compare in a table with heads of rows and columns, four rows first', () => {
    const rows = ['For', 'Inside', 'Who leads', 'If you disagree', 'Law'].map((head) => ({ head, cells: ['**a**', 'b'] }));
    const columns = [{ title: '504 plan' }, { title: 'IEP' }];
    const card = drawReply({ card: { kind: 'compare', columns, rows } }).querySelector('.compare')!;
    expect([...card.querySelectorAll('thead th')].slice(0, 2).map(text)).toEqual(['504 plan', 'IEP']);
    expect([...card.querySelectorAll(':scope > table th[scope="row"]')].map(text)).toEqual(['For', 'Inside', 'Who leads', 'If you disagree']);
    expect(text(card.querySelector('details summary'))).toBe('More: law');
    expect(text(card.querySelector('details tbody th'))).toBe('Law');
  });

  it('of a talk kept from before do no harm', () => {
    const kept = { ...aReply('r'), card: { kind: 'compare', columns: [] } } as unknown as ReturnType<typeof aReply>;
    expect(text(draw({ from: 'assistant', ...kept }))).toBe('Which Plan said: reply r');
  });

  it('name whom to write to and the words, to copy where that works', () => {
    const card = { kind: 'contact', role: 'The principal', how: 'By email.', say: 'Please help.' };
    const copy = vi.fn();
    const place = drawReply({ card }, { copy });
    expect(text(place.querySelector('.write summary'))).toBe('Write to: The principal, Words to send');
    place.querySelector<HTMLButtonElement>('.write button')!.click();
    expect(copy).toHaveBeenCalledWith('Please help.', 'r');
    expect(drawReply({ card }).querySelector('.write button')).toBeNull();
  });

  it('of a letter give it to read, marked, and to take along, from our server alone', () => {
    const files = { mailto: 'mailto:?subject=x', txt: '/v1/l.txt', docx: 'https://evil.example/x', print: '/v1/l' };
    const letter = { id: 'l', name: 'Ask', subject: 'Request', body: 'Dear [name], test.', to: 'Principal', copy: ['Nurse'], files };
    const copy = vi.fn();
    const place = drawReply({ text: 'Here.\n\nDear [name], test.', letter }, { copy });
    expect(text(place)?.match(/test\./g)).toHaveLength(1);
    expect(text(place.querySelector('mark'))).toBe('[name]');
    expect([...place.querySelectorAll('a')].map((one) => one.getAttribute('href'))).toEqual([
      'mailto:?subject=x',
      'https://plan.example/v1/l.txt',
      'https://plan.example/v1/l',
    ]);
    place.querySelector<HTMLButtonElement>('.letter button')!.click();
    expect(copy).toHaveBeenCalledWith('Dear [name], test.', 'r');
  });

  it('of a letter are followed by the question what to change', () => {
    const files = { mailto: '', txt: '', docx: '', print: '' };
    const letter = { id: 'l', name: 'Ask', subject: 'Request', body: 'Dear you.', to: 'Principal', copy: [], files };
    const place = drawReply({ text: 'all', body: 'Still to fill in.', ask: 'A change?', buttons: [{ title: 'Shorter', choice: 's' }], letter });
    const order = [...place.querySelectorAll('.letter, .ask, .choice')].map((one) => one.classList[0] ?? one.className);
    expect(order).toEqual(['card', 'ask', 'choice']);
  });

  it('put a call into the calendar, from our server alone', () => {
    const card = (ics: string) => drawReply({ card: { kind: 'booking', when: 'Tue', ics } }).querySelector('a');
    expect(card('/v1/bookings/1/invitation.ics')!.href).toBe('https://plan.example/v1/bookings/1/invitation.ics');
    expect(card('https://evil.example/x.ics')).toBeNull();
  });
});

describe('a reply in Spanish', () => {
  const buttons = [
    { title: 'mar 1 dic, 5:00 PM', choice: 'a' },
    { title: 'mar 1 dic, 5:30 PM', choice: 'b' },
    { title: 'Otros días', choice: 'c' },
  ];
  const place = drawReply({ text: 'Hola.', language: 'es', buttons, sources: [{ title: 'x', url: 'https://x.org', cite: 'y' }] });

  it('is spoken as such, with the labels around it', () => {
    expect(place.querySelector('li')!.lang).toBe('es');
    expect(text(place.querySelector('.away'))).toBe('Which Plan dice:');
    expect(text(place.querySelector('.sources summary'))).toBe('Fuentes');
    expect(text(drawReply({ text: 'Hello' }).querySelector('.away'))).toBe('Which Plan said:');
  });

  it('has its times under their day', () => {
    expect([...place.querySelectorAll('.day')].map(text)).toEqual(['mar 1 dic']);
    expect([...place.querySelectorAll('.choice')].map(text)).toEqual(['5:00 PM', '5:30 PM', 'Otros días']);
  });
});

it('a message that waits says so only while nothing gets through', () => {
  const waiting: Line = { kind: 'message', id: 'm', text: 'hi' };
  expect(text(draw(waiting))).not.toContain('Waiting');
  expect(text(draw(waiting, { stuck: true }))).toContain('Waiting to send');
});

import { render } from 'lit/html.js';
import { describe, expect, it } from 'vitest';
import { line } from '../src/render';
import type { Trouble } from '../src/session';
import { status } from '../src/status';
import { aReply } from './fakes';

type Shown = Parameters<typeof status>[0];

const draw = (fields: Partial<Shown>) => {
  const place = document.createElement('div');
  const context = { problem: '', trouble: null, slow: false,
  told: '', unheard: false, below: false, contact: { phone: '', email: '' } };
  render(status({ ...context, tryNow: () => undefined, showNew: () => undefined, ...fields }), place);
  return place;
};
const targets = (place: Element) => [...place.querySelectorAll('.lines a')].map((a) => a.getAttribute('href'));
const ALL = ['tel:988', 'sms:988', 'tel:911'];

describe('whom to call in danger', () => {
  it.each<Trouble>([{ kind: 'offline' }, { kind: 'unreachable' }])('is said whenever nothing gets through: $kind', (trouble) => {
    const place = draw({ trouble });
    expect(targets(place)).toEqual(ALL);
    expect(place.querySelector('[role=status]')?.textContent).toMatch(/988.*911/);
  });

  it('is said while a message of the parent has no answer', () => {
    expect(targets(draw({ unheard: true }))).toEqual(ALL);
    expect(targets(draw({ unheard: true, trouble: { kind: 'busy', seconds: 9 } }))).toEqual(ALL);
  });

  it('is not said while all is well', () => {
    for (const fields of [{}, { slow: true }, { below: true }, { trouble: { kind: 'busy', seconds: 9 } as const }]) {
      expect(targets(draw(fields))).toEqual([]);
    }
    expect(draw({}).querySelector('[role=status]')?.childElementCount).toBe(0);
  });

  it('stands below the words of danger, as buttons', () => {
    const place = document.createElement('ol');
    const nothing = () => undefined;
    const context = { server: '', copy: null, copied: '', aloud: null, reading: '', stuck: false, small: true, choose: nothing, vote: nothing, edit: nothing, remove: nothing };
    render(line({ from: 'assistant', ...aReply('r', { text: 'Call 988.', outcome: 'crisis' }) }, context), place);
    expect(targets(place)).toEqual(ALL);
  });
});

import { render } from 'lit/html.js';
import { describe, expect, it } from 'vitest';
import { composer } from '../src/composer';
import { readReply } from '../src/reply';

const field = (expects: string) => {
  const place = document.createElement('div');
  render(composer('', expects, () => undefined, () => undefined), place);
  return place.querySelector('textarea')!;
};

describe('the field', () => {
  it.each([
    ['name', 'Your first name', 'given-name', 'text'],
    ['address', 'Email or phone number', 'email', 'email'],
    ['time', 'A day and time, such as Tuesday after 3', 'off', 'text'],
    ['code', 'The six digits from the email', 'one-time-code', 'numeric'],
    ['confirmation', 'Yes, or another time', 'off', 'text'],
  ])('helps to type a %s', (expects, placeholder, autocomplete, inputmode) => {
    const area = field(expects);
    expect(area.placeholder).toBe(placeholder);
    expect(area.getAttribute('autocomplete')).toBe(autocomplete);
    expect(area.getAttribute('inputmode')).toBe(inputmode);
  });

  it.each(['', 'something new', 'constructor'])('takes anything where %j is expected', (expects) => {
    expect(field(expects).placeholder).toBe('Type your question');
    expect(field(expects).getAttribute('autocomplete')).toBe('off');
  });

  it('is told by the reply', () => {
    expect(readReply({ id: 'a', text: 'Which email?', expects: 'address' })?.expects).toBe('address');
    expect(readReply({ id: 'a', text: 'Hello' })?.expects).toBe('');
  });
});

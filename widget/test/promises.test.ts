/** What README.md promises to whoever embeds the widget. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { settings } from '../src/settings';
import { day, say } from '../src/strings';
import { uuid } from '../src/uuid';

const file = (name: string) => readFileSync(name, 'utf8');

describe('the built file', () => {
  const built = file('dist/widget.js');

  it('is at most 30 KB over the wire', () => {
    expect(gzipSync(built, { level: 9 }).length).toBeLessThanOrEqual(30_000);
  });

  it('names no other server', () => {
    const servers = new Set(built.match(/https?:\/\/[\w.-]+/g));
    servers.delete('http://www.w3.org'); // the name of SVG's namespace, never fetched
    expect([...servers]).toEqual([]);
  });

  it('keeps a line break that is meant as one: else the lines for danger run together', () => {
    expect(built).toMatch(/join\((`\n\n`|"\\n\\n")\)/);
    expect(built).not.toMatch(/join\((` `|" {2,}")\)/);
  });

  it('sets no cookie', () => {
    expect(built).not.toContain('.cookie');
  });
});

it('the lock file names no registry', () => {
  expect(file('package-lock.json')).not.toContain('"resolved"');
});

it('every variable of the theme is used, and every one used is in the theme', () => {
  const names = (text: string) => new Set(text.match(/--whichplan-[a-z-]+/g));
  expect(names(file('src/widget.css'))).toEqual(names(file('theme.css')));
});

it('every phrase is said somewhere', () => {
  const sources = readdirSync('src').map((name) => file(`src/${name}`)).join('');
  // Put together from the name of a command.
  const built = /^(startOver|erase)(Title|Text|Yes)$/;
  for (const phrase of Object.keys(JSON.parse(file('strings.json')))) {
    if (!built.test(phrase)) expect(sources, phrase).toMatch(new RegExp(`'${phrase}'`));
  }
});

it('a phrase in another language is one of ours, with the same values', () => {
  const own = JSON.parse(file('strings.json'));
  const values = (words: string) => words.match(/\{\w+\}/g) ?? [];
  for (const [phrase, words] of Object.entries<string>(JSON.parse(file('strings.es.json')))) {
    expect(values(words), phrase).toEqual(values(own[phrase]));
  }
});

it('phrases are filled in, and days are calendar days', () => {
  expect(say('call', { phone: '988' })).toBe('Call 988');
  expect(day('2026-11-02')).toBe('November 2, 2026');
  expect(day('soon')).toBe('soon');
});

describe('the script tag', () => {
  const script = (dataset: DOMStringMap) => ({ src: 'https://plan.example/widget.js', dataset });

  it('talks to where it came from, unless it says otherwise', () => {
    expect(settings({}, script({})).server).toBe('https://plan.example');
    expect(settings({}, script({ server: 'https://a.org/plan/' })).server).toBe('https://a.org/plan');
  });

  it('is overruled by an element that the page placed itself', () => {
    expect(settings({ position: 'start' }, script({ position: 'end' })).position).toBe('start');
  });

  it('falls back to sense where it says nonsense', () => {
    expect(settings({}, script({ scheme: 'pink', position: 'top', remember: 'never' }))).toMatchObject({
      scheme: 'auto',
      position: 'end',
      remember: 'browser',
    });
  });
});

it('ids are UUIDs of version 4', () => {
  expect(uuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

import { render } from 'lit/html.js';
import { describe, expect, it } from 'vitest';
import { ownFile, safeLink } from '../src/links';
import { markdown, parse, plainText } from '../src/markdown';

const html = (text: string) => {
  const place = document.createElement('div');
  render(markdown(text), place);
  return place;
};
const clean = (text: string) => html(text).innerHTML.replace(/<!--.*?-->/g, '');

describe('the small Markdown of answers', () => {
  it('makes paragraphs and keeps single line ends', () => {
    expect(clean('one\ntwo\n\nthree')).toBe('<p>one<br>two</p><p>three</p>');
  });

  it('makes lists, with wrapped lines and blank lines between items', () => {
    expect(clean('Do this:\n1. Write it\n   down\n\n2. Send it')).toBe(
      '<p>Do this:</p><ol start="1"><li>Write it down</li><li>Send it</li></ol>',
    );
    expect(clean('- a\n* b\n\nafter')).toBe('<ul><li>a</li><li>b</li></ul><p>after</p>');
  });

  it('makes strong and links, one inside the other', () => {
    expect(clean('**Call [988](tel:988)** now')).toBe('<p><strong>Call <a href="tel:988">988</a></strong> now</p>');
    const page = html('[the rule](https://www.ecfr.gov/current/title-34/section-300.301)').querySelector('a')!;
    expect(page.rel).toBe('noopener noreferrer');
    expect(page.textContent).toBe('the rule (opens in a new tab)');
  });

  it('leaves alone what only looks like Markdown', () => {
    expect(clean('2 * 3 ** 4 [sic] (a) _x_')).toBe('<p>2 * 3 ** 4 [sic] (a) _x_</p>');
    expect(clean('\\*\\*not strong\\*\\*')).toBe('<p>**not strong**</p>');
  });

  it('is quick on hostile input', () => {
    const start = performance.now();
    parse('**'.repeat(5000) + '['.repeat(5000) + '[a]('.repeat(2000));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('has words for paper', () => {
    expect(plainText('**A** [rule](https://a.gov/x)\n\n1. one\n2. [988](tel:988)')).toBe(
      'A rule (https://a.gov/x)\n\n1. one\n2. 988',
    );
  });
});

describe('markup in an answer', () => {
  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    '**<iframe srcdoc="<script>alert(1)</script>">**',
    '- <a href="javascript:alert(1)">x</a>',
    '[<img src=x onerror=alert(1)>](https://a.gov)',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/relative)',
    '[x](https://a.gov/"onclick="alert(1))',
    '[x](java\nscript:alert(1))',
    '${alert(1)} {{alert(1)}}',
  ])('does nothing: %s', (text) => {
    const place = html(text);
    const names = new Set([...place.querySelectorAll('*')].map((element) => element.localName));
    for (const name of names) expect(['p', 'ul', 'li', 'strong', 'br', 'a', 'span']).toContain(name);
    for (const element of place.querySelectorAll('*')) {
      for (const { name } of element.attributes) expect(['href', 'target', 'rel', 'class']).toContain(name);
      if (element.localName === 'a') expect(element.getAttribute('href')).toMatch(/^https:\/\/a\.gov\//);
    }
  });
});

describe('addresses', () => {
  it('of pages, telephones and mail may be followed', () => {
    expect(safeLink('https://a.gov')).toBe('https://a.gov/');
    expect(safeLink('tel:+15550100142')).toBe('tel:+15550100142');
    expect(safeLink('mailto:a@b.org')).toBe('mailto:a@b.org');
    expect(safeLink('http://a.gov')).toBeNull();
  });

  it('of a file must be on our own server', () => {
    expect(ownFile('/v1/x.ics', 'http://localhost:8080')).toBe('http://localhost:8080/v1/x.ics');
    expect(ownFile('/v1/x.ics', 'https://a.org/plan')).toBe('https://a.org/plan/v1/x.ics');
    expect(ownFile('https://evil.example/x.ics', 'https://a.org')).toBeNull();
    expect(ownFile('javascript:alert(1)', 'https://a.org')).toBeNull();
  });
});

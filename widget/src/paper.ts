/** The talk on paper or in a file, for the meeting at school. */
import { plainText } from './markdown';
import type { Card } from './reply';
import { inWords, say } from './strings';
import type { Talk } from './transcript';

interface Part {
  who: string;
  words: string;
}

export function parts({ turns, outbox }: Pick<Talk, 'turns' | 'outbox'>): Part[] {
  const said = turns.flatMap((turn): Part[] => {
    if (turn.from === 'note') return [];
    if (turn.from === 'parent') return [{ who: say('you'), words: turn.text }];
    const sources = turn.sources.map(({ title, cite, url }) => `- ${[title, cite, url].filter(Boolean).join(', ')}`);
    const words = [
      plainText(turn.text),
      turn.card ? cardText(turn.card) : '',
      sources.length ? `${say('sources')}:\n${sources.join('\n')}` : '',
    ];
    return [{ who: say('name'), words: words.filter(Boolean).join('\n\n') }];
  });
  const waiting = outbox.flatMap((item) => (item.kind === 'message' ? [{ who: say('you'), words: item.text }] : []));
  return [...said, ...waiting];
}

function cardText(card: Card): string {
  if (card.kind === 'compare') {
    return card.columns
      .map(({ title, points }) => [title, ...points.map((point) => `- ${plainText(point)}`)].join('\n'))
      .join('\n\n');
  }
  if (card.kind === 'contact') {
    return [`${say('contactTitle')}: ${card.role}`, plainText(card.how), card.say && `“${card.say}”`]
      .filter(Boolean)
      .join('\n');
  }
  return `${say('bookedTitle')}: ${card.when}`;
}

const note = () => say('paperNote', { date: inWords(new Date()) });

export function asText(talk: Pick<Talk, 'turns' | 'outbox'>): string {
  const body = parts(talk).map(({ who, words }) => `${who}:\n${words}`);
  return [say('paperTitle'), note(), ...body].join('\n\n') + '\n';
}

export function save(talk: Talk): void {
  const file = URL.createObjectURL(new Blob([asText(talk)], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = file;
  link.download = say('fileName');
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

/** Print from a page of its own, because a shadow root can not hide the host page on paper. */
export function print(talk: Talk, root: ShadowRoot): void {
  const frame = document.createElement('iframe');
  frame.title = say('paperTitle');
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.className = 'paper';
  root.append(frame);
  const page = frame.contentDocument!;
  const add = (name: string, words: string, style: Partial<CSSStyleDeclaration> = {}) => {
    const element = page.createElement(name);
    element.textContent = words;
    // Set property by property: a style attribute would need the host page's permission.
    Object.assign(element.style, { margin: '0 0 6pt', whiteSpace: 'pre-wrap' }, style);
    page.body.append(element);
  };
  page.title = say('paperTitle');
  Object.assign(page.body.style, { font: '11pt/1.45 Georgia, serif', color: '#000', background: '#fff' });
  add('h1', say('paperTitle'), { font: 'bold 16pt/1.3 system-ui, sans-serif' });
  add('p', note());
  for (const { who, words } of parts(talk)) {
    add('h2', who, { font: 'bold 10pt/1.3 system-ui, sans-serif', marginTop: '14pt', breakAfter: 'avoid' });
    add('p', words);
  }
  const done = () => setTimeout(() => frame.remove());
  frame.contentWindow!.addEventListener('afterprint', done);
  frame.contentWindow!.print();
}

/** The talk on paper or in a file, for the meeting at school. */
import { parse, plainText, type Inline } from './markdown';
import type { Card } from './reply';
import { day, inWords, say } from './strings';
import type { Talk, Turn } from './transcript';

/** One turn: who, and pieces in Markdown. On paper a heading, a quotation and a table look like ones. */
interface Part {
  who: string;
  pieces: Piece[];
}

type Piece =
  | { kind: 'heading' | 'text' | 'quote' | 'small'; words: string }
  | { kind: 'table'; head: string[]; rows: string[][] };

export function parts({ turns, outbox }: Pick<Talk, 'turns' | 'outbox'>): Part[] {
  const own = (words: string): Part => ({ who: say('you'), pieces: [{ kind: 'text', words }] });
  const said = turns.flatMap((turn): Part[] => {
    if (turn.from === 'note') return [];
    if (turn.from === 'parent') return [own(turn.text)];
    return [{ who: turn.person || say('name'), pieces: pieces(turn) }];
  });
  return [...said, ...outbox.flatMap((item) => (item.kind === 'message' ? [own(item.text)] : []))];
}

function pieces({ heading, body, text, writeTo, script, more, card, sources, answer }: Turn & { from: 'assistant' }): Piece[] {
  const found: Piece[] = body
    ? [
        { kind: 'heading', words: heading },
        { kind: 'text', words: body },
        { kind: 'text', words: writeTo },
        { kind: 'text', words: script && `${say('words')}:` },
        { kind: 'quote', words: script },
        { kind: 'text', words: more },
      ]
    : [{ kind: 'text', words: text }];
  if (card) found.push(...cardPieces(card, script));
  if (sources.length) found.push({ kind: 'text', words: `${say('sources')}:` });
  for (const { title, cite, url } of sources) {
    found.push({ kind: 'small', words: [title, cite !== title && cite, url].filter(Boolean).join(', ') });
  }
  if (answer?.reviewed) found.push({ kind: 'small', words: say('reviewed', { date: day(answer.reviewed) }) });
  return found.filter((piece) => piece.kind === 'table' || piece.words);
}

function cardPieces(card: Card, script: string): Piece[] {
  if (card.kind === 'compare') {
    const rows = card.rows ?? []; // a talk kept from before has none
    return [{ kind: 'table', head: ['', ...card.titles], rows: rows.map(({ head, cells }) => [head, ...cells.map(plainText)]) }];
  }
  if (card.kind === 'contact') {
    return [
      { kind: 'text', words: say('writeTo', { role: card.role }) },
      { kind: 'text', words: card.how },
      { kind: 'quote', words: card.say === script ? '' : card.say },
    ];
  }
  return [{ kind: 'text', words: `${say('bookedTitle')}: ${card.when}` }];
}

const note = () => say('paperNote', { date: inWords(new Date()) });

function plain(piece: Piece): string {
  if (piece.kind === 'table') {
    return piece.rows.map(([head, ...cells]) => cells.map((cell, at) => `${piece.head[at + 1]}, ${head}: ${cell}`).join('\n')).join('\n');
  }
  const words = plainText(piece.words);
  return piece.kind === 'quote' ? `“${words}”` : piece.kind === 'small' ? `- ${words}` : words;
}

export function asText(talk: Pick<Talk, 'turns' | 'outbox'>): string {
  const body = parts(talk).map((part) => `${part.who}:\n${part.pieces.map(plain).join('\n\n').replace(/\n\n- /g, '\n- ')}`);
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
  page.title = say('paperTitle');
  Object.assign(page.body.style, { font: '11pt/1.45 Georgia, serif', color: '#000', background: '#fff' });
  const sheet = new Sheet(page);
  sheet.add(page.body, 'h1', say('paperTitle'), { font: 'bold 16pt/1.3 system-ui, sans-serif' });
  sheet.add(page.body, 'p', note());
  for (const { who, pieces: found } of parts(talk)) {
    sheet.add(page.body, 'h2', who, { font: 'bold 10pt/1.3 system-ui, sans-serif', marginTop: '14pt', breakAfter: 'avoid' });
    for (const piece of found) sheet.put(piece);
  }
  const done = () => setTimeout(() => frame.remove());
  frame.contentWindow!.addEventListener('afterprint', done);
  frame.contentWindow!.print();
}

/** Puts pieces on a page. Looks are set property by property: a style attribute would need the host page's permission. */
class Sheet {
  constructor(private readonly page: Document) {}

  add(place: Element, name: string, words = '', style: Partial<CSSStyleDeclaration> = {}): HTMLElement {
    const element = this.page.createElement(name);
    element.textContent = words;
    Object.assign(element.style, { margin: '0 0 6pt' }, style);
    place.append(element);
    return element;
  }

  put(piece: Piece): void {
    const { body } = this.page;
    if (piece.kind === 'table') this.table(piece);
    else if (piece.kind === 'heading') this.add(body, 'h3', piece.words, { font: 'bold 12pt/1.3 Georgia, serif', breakAfter: 'avoid' });
    else if (piece.kind === 'quote') this.blocks(this.add(body, 'blockquote', '', { borderLeft: '2pt solid', paddingLeft: '8pt' }), piece.words);
    else if (piece.kind === 'small') this.add(body, 'p', piece.words, { fontSize: '9pt' });
    else this.blocks(body, piece.words);
  }

  private table({ head, rows }: Piece & { kind: 'table' }): void {
    const table = this.add(this.page.body, 'table', '', { borderCollapse: 'collapse' });
    const cell = { border: '0.5pt solid', padding: '3pt 5pt', textAlign: 'left', verticalAlign: 'top' };
    for (const [at, row] of [head, ...rows].entries()) {
      const line = this.add(table, 'tr');
      for (const [place, words] of row.entries()) this.add(line, at && place ? 'td' : 'th', words, cell);
    }
  }

  private blocks(place: Element, words: string): void {
    for (const block of parse(words)) {
      if (block.kind === 'paragraph') this.spans(this.add(place, 'p'), block.inside);
      else {
        const list = this.add(place, block.start === null ? 'ul' : 'ol');
        if (block.start !== null) list.setAttribute('start', String(block.start));
        for (const item of block.items) this.spans(this.add(list, 'li'), item);
      }
    }
  }

  private spans(place: Element, spans: Inline[]): void {
    for (const span of spans) {
      if (span.kind === 'text') place.append(span.text);
      else if (span.kind === 'break') this.add(place, 'br');
      else if (span.kind === 'strong') this.spans(this.add(place, 'strong'), span.inside);
      else place.append(plainTextOf(span));
    }
  }
}

/** A link's words and its address: paper can not be pressed. */
const plainTextOf = ({ address, inside }: Inline & { kind: 'link' }): string => {
  const words = inside.map((span) => (span.kind === 'text' ? span.text : '')).join('');
  const shown = address.replace(/^(tel|mailto):/, '');
  return words === shown ? words : `${words} (${shown})`;
};

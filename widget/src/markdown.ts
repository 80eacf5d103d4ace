/**
 * The small Markdown that answers use: paragraphs, lists, strong, links. Everything else stays plain text.
 *
 * It is read into a tree and rendered as lit templates, never as a string of HTML: what is not in the tree
 * cannot come out.
 */
import { html, type TemplateResult } from 'lit/html.js';
import { safeLink } from './links';
import { say } from './strings';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong'; inside: Inline[] }
  | { kind: 'link'; address: string; inside: Inline[] };

export type Block =
  | { kind: 'paragraph'; inside: Inline[] }
  | { kind: 'list'; start: number | null; items: Inline[][] };

const ITEM = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;
const SPAN = /\\([\\*[\]()_.-])|\*\*(?=\S)(.+?)\*\*|\[([^[\]\n]+)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|(\n)/gs;

export function parse(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let list: { ordered: boolean; start: number | null; items: string[] } | null = null;

  const closeParagraph = () => {
    if (lines.length) blocks.push({ kind: 'paragraph', inside: inline(lines.join('\n')) });
    lines = [];
  };
  const closeList = () => {
    if (list) blocks.push({ kind: 'list', start: list.start, items: list.items.map((item) => inline(item)) });
    list = null;
  };

  let blank = false;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const item = ITEM.exec(line);
    if (!line.trim()) {
      closeParagraph();
      blank = true;
      continue;
    }
    if (item) {
      closeParagraph();
      const ordered = item[1] !== undefined;
      if (list && list.ordered !== ordered) closeList();
      list ??= { ordered, start: ordered ? Number(item[1]) : null, items: [] };
      list.items.push(item[2]!);
    } else if (list && (!blank || /^\s/.test(line))) {
      // A wrapped line still belongs to its item.
      list.items.push(`${list.items.pop()!} ${line.trim()}`);
    } else {
      closeList();
      lines.push(line.trim());
    }
    blank = false;
  }
  closeParagraph();
  closeList();
  return blocks;
}

function inline(text: string, links = true): Inline[] {
  const spans: Inline[] = [];
  const plain = (words: string) => {
    const last = spans[spans.length - 1];
    if (!words) return;
    if (last?.kind === 'text') last.text += words;
    else spans.push({ kind: 'text', text: words });
  };
  let end = 0;
  for (const match of text.matchAll(SPAN)) {
    const [whole, escaped, strong, label, address, newline] = match;
    plain(text.slice(end, match.index));
    end = match.index + whole.length;
    if (escaped !== undefined) plain(escaped);
    else if (strong !== undefined) spans.push({ kind: 'strong', inside: inline(strong, links) });
    else if (newline !== undefined) spans.push({ kind: 'break' });
    else {
      const target = links ? safeLink(address!) : null;
      // A forbidden address loses its link, not its words.
      if (target) spans.push({ kind: 'link', address: target, inside: inline(label!, false) });
      else inline(label!, false).forEach((span) => spans.push(span));
    }
  }
  plain(text.slice(end));
  return spans;
}

/** The paragraphs and lists of a text, each still in Markdown. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);

/** The sentences of a paragraph. A list is one. No look-behind: Safari before 16.4 would not read the whole file. */
export const sentences = (text: string): string[] =>
  ITEM.test(text) ? [text] : (text.match(/.+?(?:[.?!]["”)]*(?=\s|$)|$)/gs) ?? []).map((one) => one.trim());

/** The words alone, for the saved file: a link shows its address. */
export function plainText(text: string): string {
  const words = (spans: Inline[]): string =>
    spans
      .map((span) => {
        if (span.kind === 'text') return span.text;
        if (span.kind === 'break') return '\n';
        const inside = words(span.inside);
        if (span.kind === 'strong') return inside;
        const shown = span.address.replace(/^(tel|mailto):/, '');
        return inside === shown ? inside : `${inside} (${shown})`;
      })
      .join('');
  return parse(text)
    .map((block) =>
      block.kind === 'paragraph'
        ? words(block.inside)
        : block.items
            .map((item, index) => `${block.start === null ? '-' : `${block.start + index}.`} ${words(item)}`)
            .join('\n'),
    )
    .join('\n\n');
}

/** A link to `address`, which `safeLink` has passed. A web page opens beside the talk, and says so. */
export function link(address: string, inside: unknown): TemplateResult {
  return address.startsWith('https:')
    ? html`<a href=${address} target="_blank" rel="noopener noreferrer"
        >${inside}<span class="away"> (${say('newTab')})</span></a
      >`
    : html`<a href=${address}>${inside}</a>`;
}

function spans(inside: Inline[]): unknown[] {
  return inside.map((span) => {
    if (span.kind === 'text') return span.text;
    if (span.kind === 'break') return html`<br />`;
    if (span.kind === 'strong') return html`<strong>${spans(span.inside)}</strong>`;
    return link(span.address, spans(span.inside));
  });
}

export function markdown(text: string): TemplateResult[] {
  return parse(text).map((block) => {
    if (block.kind === 'paragraph') return html`<p>${spans(block.inside)}</p>`;
    const items = block.items.map((item) => html`<li>${spans(item)}</li>`);
    return block.start === null ? html`<ul>${items}</ul>` : html`<ol start=${block.start}>${items}</ol>`;
  });
}

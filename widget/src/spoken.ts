/** An answer as a screen reader says it at once: the question it took and its words, then what more there is. */
import { plainText } from './markdown';
import type { Reply } from './reply';
import { inLanguage, say } from './strings';

/** The rest stands in the log, to be read when the parent wants it: a hundred words of controls are none. */
export const spoken = (reply: Reply): string => inLanguage(reply.language, () => words(reply));

function words({ heading, body, text, ask, buttons, more, script, card, sources, outcome, person }: Reply): string {
  if (outcome === 'crisis') return plainText(text);
  const further = [
    buttons.length ? say(buttons.length === 1 ? 'oneChoice' : 'countChoices', { count: buttons.length }) : '',
    script || card?.kind === 'contact' ? say('words') : '',
    more ? say('more') : '',
    sources.length ? say('sources') : '',
  ].filter(Boolean);
  return [
    person && say('personSaid', { name: person }),
    heading,
    plainText(body || text),
    body && plainText(ask),
    further.length ? say('further', { parts: further.join(', ') }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

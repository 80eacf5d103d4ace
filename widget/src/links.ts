const SCHEMES = new Set(['https:', 'tel:', 'mailto:']);

/** The address if a link may lead there, else null. Relative addresses are refused: they would mean the host page. */
export function safeLink(address: string): string | null {
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A file of our own server, or null. Unlike other links it may be a path, and http where the server itself is. */
export function ownFile(address: string, server: string): string | null {
  try {
    // The server may live below a path of its host, and so do its files.
    const url = new URL(address.startsWith('/') ? server + address : address);
    return url.origin === new URL(server).origin ? url.href : null;
  } catch {
    return null;
  }
}

/** The address that opens the parent's own mail program with `words` in a new message. RFC 6068 names its line ends. */
export const mail = (words: string, subject = ''): string =>
  `mailto:?${subject && `subject=${encodeURIComponent(subject)}&`}body=${encodeURIComponent(words.replace(/\n/g, '\r\n'))}`;

/** The page that stands for one answer, to be sent to others and found again. */
export function answerPage(server: string, { intent, point, plan, state }: { intent: string; point: string; plan: string; state: string }): string {
  const query = new URLSearchParams();
  if (plan && plan !== 'either') query.set('plan', plan);
  if (state) query.set('state', state);
  return `${server}/q/${point || intent}${query.toString() ? `?${query.toString()}` : ''}`;
}

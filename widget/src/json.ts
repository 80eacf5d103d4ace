/** Values as JSON, on any page. */

const TYPES = [Object.prototype, Array.prototype, String.prototype, Number.prototype] as { toJSON?: unknown }[];

/**
 * What JSON.stringify gives where nobody has meddled: old libraries put a `toJSON` on every array, and a list would
 * travel as a text. For that moment it is taken away.
 */
export function encode(value: unknown): string {
  const kept = TYPES.map((type) => Object.getOwnPropertyDescriptor(type, 'toJSON'));
  for (const type of TYPES) delete type.toJSON;
  try {
    return JSON.stringify(value);
  } finally {
    kept.forEach((found, at) => found && Object.defineProperty(TYPES[at]!, 'toJSON', found));
  }
}

/** Generates the spellings of a secret in a text: either case, escaped, partly escaped, in base64. */

/**
 * A trie of the spellings of one character. `complete`: a spelling ends here; another may continue (`%`, `%25`). Keys
 * are UTF-16 units.
 */
export interface Spelling {
  readonly next: Map<number, Spelling>;
  complete: boolean;
}

type Alphabet = 'any-case' | 'base64';

/** One text to search for. */
export interface SecretForm {
  /** Its first character. */
  readonly first: string;
  readonly alphabet: Alphabet;
  /** The spellings of each character. */
  readonly characters: readonly Spelling[];
  /** Length of a beginning that identifies the secret, in characters. */
  readonly identifyingLength: number;
}

/** In characters. Longer secrets are searched in pieces, so that little text waits. */
const pieceLength = 128;
/** In characters; the rest of a longer secret is ignored. */
const longestSecret = 4096;
/** The shortest key that users can set, see `findApiKeyProblem`. */
const shortestSecret = 6;
/** Below this length, words (`ollama`, `lm-studio`, `not-needed`) and numbers are placeholders. */
const shortestWords = 12;
/** Different characters required; `aaaaaa` or `------` is no secret. */
const leastDifferent = 4;
const backslash = 0x5c;

/** Whether to mask it: short or ordinary words would match everywhere. */
export function isWorthHiding(secret: string): boolean {
  if (secret.length < shortestSecret || !isVaried(secret)) return false;
  return secret.length >= shortestWords || (/[a-z]/i.test(secret) && /[^a-z_. -]/i.test(secret));
}

export function toForms(secrets: readonly string[]): SecretForm[] {
  const pieces = new Set(secrets.filter(isWorthHiding).flatMap(cut));
  return [...pieces]
    .filter(isVaried)
    .flatMap((piece) => [
      toForm(piece, 'any-case'),
      ...base64Cores(piece).map((core) => toForm(core, 'base64')),
    ]);
}

function isVaried(text: string): boolean {
  return new Set(text).size >= leastDifferent;
}

/** Pieces of nearly the same length. */
function cut(secret: string): string[] {
  const characters = [...secret].slice(0, longestSecret);
  const count = Math.ceil(characters.length / pieceLength);
  const length = Math.ceil(characters.length / count);
  return Array.from({ length: count }, (_, i) => characters.slice(i * length, (i + 1) * length).join(''));
}

/** The part of the base64 that does not depend on neighbouring bytes: one text for each alignment. */
function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
}

function toForm(text: string, alphabet: Alphabet): SecretForm {
  const [first = '', ...rest] = text;
  const characters = [first, ...rest].map((character) => spellingOf(character, alphabet));
  return { first, alphabet, characters, identifyingLength: alphabet === 'base64' ? 8 : 6 };
}

const known = new Map<string, Spelling>();

function spellingOf(character: string, alphabet: Alphabet): Spelling {
  const name = `${alphabet} ${character}`;
  let root = known.get(name);
  if (!root) {
    root = node();
    addSpellings(root, character, alphabet);
    known.set(name, root);
  }
  return root;
}

/**
 * One trie of the forms' first characters, so that searching for many costs no more than for one. The second member
 * maps nodes to the forms whose first character ends there.
 */
export function toBeginnings(forms: readonly SecretForm[]): [Spelling, ReadonlyMap<Spelling, number[]>] {
  const root = node();
  const firsts = new Map<Spelling, number[]>();
  for (const [form, { first, alphabet }] of forms.entries()) {
    for (const end of addSpellings(root, first, alphabet)) {
      const ending = firsts.get(end);
      if (ending) ending.push(form);
      else firsts.set(end, [form]);
    }
  }
  return [root, firsts];
}

/** Returns the nodes where the character ends. */
function addSpellings(root: Spelling, character: string, alphabet: Alphabet): Set<Spelling> {
  const ends = new Set<Spelling>();
  const variants = variantsOf(character, alphabet);
  for (const variant of variants) {
    ends.add(insert(root, variant, false));
    for (const sequence of escapesOf(variant)) ends.add(insert(root, sequence, true));
  }
  const escaped = afterBackslashes(root);
  for (const variant of variants) {
    ends.add(insert(escaped, unicodeOf(variant).slice(1), true));
    if (/["\\/]/.test(variant)) ends.add(insert(escaped, variant, false));
  }
  return ends;
}

/**
 * Node behind any number of backslashes: 1, 3 and 7 where JSON is nested in JSON in JSON. A single node, so that a
 * run of them costs no more than other text.
 */
function afterBackslashes(root: Spelling): Spelling {
  const escaped = root.next.get(backslash) ?? node();
  root.next.set(backslash, escaped);
  escaped.next.set(backslash, escaped);
  return escaped;
}

/** Base64 depends on case; its URL-safe alphabet (RFC 4648, section 5) is another spelling. */
function variantsOf(character: string, alphabet: Alphabet): string[] {
  if (alphabet === 'base64') {
    const other = { '+': '-', '/': '_' }[character];
    return other === undefined ? [character] : [character, other];
  }
  return [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  '/': 'sol',
};

/** Escapes in URLs, in JSON within URLs, in forms and in HTML. */
function escapesOf(character: string): string[] {
  const percent = [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
  const point = character.codePointAt(0) ?? 0;
  const html = [`&#${point};`, `&#0${point};`, `&#x${point.toString(16)};`];
  const entity = entities[character];
  if (entity !== undefined) html.push(`&${entity};`);
  return [
    percent,
    percent.replaceAll('%', '%25'),
    encodeURIComponent(unicodeOf(character)),
    ...(/["\\/]/.test(character) ? [`%5c${percent}`] : []),
    ...html,
    ...html.map((sequence) => sequence.replace('&', '\\u0026')),
    ...(character === ' ' ? ['+'] : []),
  ];
}

function unicodeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function node(): Spelling {
  return { next: new Map(), complete: false };
}

/** Adds a text to the trie and returns its last node; with `anyCase` both cases share nodes. */
function insert(root: Spelling, text: string, anyCase: boolean): Spelling {
  let place = root;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? '';
    const child = place.next.get(unit.charCodeAt(0)) ?? node();
    for (const same of anyCase ? [unit.toLowerCase(), unit.toUpperCase()] : [unit])
      if (!place.next.has(same.charCodeAt(0))) place.next.set(same.charCodeAt(0), child);
    place = child;
  }
  place.complete = true;
  return place;
}

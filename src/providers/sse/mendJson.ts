/** Reads JSON with what some services write into it by mistake: raw line ends and tabs in strings, and numbers of Python. */

import { endOfString } from '../../base/common/jsonLimits.ts';
import { parseBoundedJson } from './json.ts';

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The value; `undefined` where there is nothing to mend, or it is no JSON all the same. Linear in the text. */
export function mendJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text) || !/[\n\r\t]|NaN|Infinity/.test(text)) return undefined;
  const parts: string[] = [];
  let place = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', place)) {
    const end = Math.min(text.length, endOfString(text, quote) + 1);
    parts.push(mendNumbers(text.slice(place, quote)));
    parts.push(text.slice(quote, end).replace(/[\n\r\t]/g, (sign) => escapes[sign] ?? sign));
    place = end;
  }
  parts.push(mendNumbers(text.slice(place)));
  const mended = parts.join('');
  return mended === text ? undefined : parseBoundedJson(mended);
}

function mendNumbers(text: string): string {
  return text.replace(/-?\b(?:NaN|Infinity)\b/g, 'null');
}

// Makes the readings of Chinese characters small: they would be a tenth of the package.
import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

/**
 * Qiao asks `pinyin-pro` for the readings of single characters, without tones. So the bundle holds neither its words nor its
 * tones, and the characters by code point: each with the number of its readings, in order of how many characters have them.
 * Packed with Brotli they are a third of what the words and the tones are; the host unpacks them with the first search.
 */
export const packedReadings: Plugin = {
  name: 'packed-readings',
  setup({ onLoad }) {
    onLoad({ filter: /pinyin-pro\/dist\/esm\/data\/dict1\.mjs$/ }, async ({ path: file }) => {
      const source = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
      const literal = /= (\{\n[\s\S]*?\n\});\n/.exec(source)?.[1];
      if (literal === undefined) throw new Error(`No readings in ${file}.`);
      const table: Record<string, string[]> = runInNewContext(`(${literal})`);
      return { contents: moduleOf(JSON.stringify(columnsOf(table))) };
    });
    onLoad({ filter: /pinyin-pro\/dist\/esm\/data\/dict([2-5])\.mjs$/ }, ({ path: file }) => {
      const number = /(\d)\.mjs$/.exec(file)?.[1];
      return { contents: `export const Pattern${number} = []; export default {};` };
    });
  },
};

interface Columns {
  /** Different sets of readings, separated by blanks; those that most characters have come first. */
  readings: string[];
  /** How far each character's code point is from that of the one before. */
  gaps: number[];
  /** For each character the place of its readings in `readings`, as a code unit from a blank on. */
  places: string;
}

function columnsOf(table: Record<string, string[]>): Columns {
  const byCharacter = new Map(
    Object.entries(table).flatMap(([readings, characters]) =>
      characters.map((one): [string, string] => [one, withoutTones(readings)]),
    ),
  );
  const counts = new Map<string, number>();
  for (const readings of byCharacter.values()) counts.set(readings, (counts.get(readings) ?? 0) + 1);
  const readings = [...counts].sort(([, a], [, b]) => b - a).map(([one]) => one);
  const places = new Map(readings.map((one, place) => [one, place]));
  const characters = [...byCharacter]
    .map(([one, of]) => ({ code: one.codePointAt(0) ?? 0, place: places.get(of) ?? 0 }))
    .sort((a, b) => a.code - b.code);
  return {
    readings,
    gaps: characters.map(({ code }, at) => code - (characters[at - 1]?.code ?? 0)),
    places: String.fromCharCode(...characters.map(({ place }) => place + 0x20)),
  };
}

/** Each reading once; a \u00fc stays what it is. */
function withoutTones(readings: string): string {
  const plain = readings.normalize('NFD').replaceAll(/[\u0300\u0301\u0304\u030c]/g, '');
  return [...new Set(plain.normalize('NFC').split(' '))].join(' ');
}

/** `packed`: `Columns` as JSON. The module exports what `dict1.mjs` does. */
function moduleOf(columns: string): string {
  return `import { brotliDecompressSync } from 'node:zlib';
import { FastDictFactory } from '../common/utils.mjs';
const packed = '${brotliCompressSync(columns).toString('base64')}';
const { readings, gaps, places } = JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString());
const dictionary = new FastDictFactory();
let code = 0;
gaps.forEach((gap, at) => {
  code += gap;
  dictionary.set(String.fromCodePoint(code), readings[places.charCodeAt(at) - 0x20]);
});
export { dictionary as default };`;
}

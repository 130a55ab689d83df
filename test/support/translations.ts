/** VS Code's translations of Qiao's texts, for tests that have no VS Code. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

export type Language = 'en' | 'zh-cn';

/** By the English text, as `l10n.bundle` has them; none in English. */
export function translations(language: Language): Record<string, string> {
  if (language === 'en') return {};
  const file = path.join(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

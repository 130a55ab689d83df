// Makes VS Code use a language without its language pack.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * VS Code tells extensions a display language only if it has a pack for it, and there is none on npm. This one
 * is empty: VS Code's own words stay English while Qiao's are in `locale`. Write it before the start.
 */
export async function writeEmptyLanguagePack(userDataFolder: string, locale: string): Promise<void> {
  await mkdir(userDataFolder, { recursive: true });
  const translations = path.join(userDataFolder, 'noTranslations.json');
  const pack = {
    hash: 'empty',
    label: locale,
    extensions: [{ extensionIdentifier: { id: 'local.empty' }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(path.join(userDataFolder, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePromptFile } from '../../../src/prompts/host/promptFile.ts';

const folder = path.join(import.meta.dirname, '../../../media/prompts');

describe('the starter prompts', () => {
  for (const language of ['en', 'zh-cn']) {
    it(`are without mistakes: ${language}`, () => {
      const files = globSync('*.md', { cwd: path.join(folder, language) });
      assert.equal(files.length, 6);
      for (const name of files) {
        const { file, problems } = parsePromptFile(
          readFileSync(path.join(folder, language, name), 'utf8'),
          name,
        );
        assert.deepEqual(problems, [], name);
        assert.notEqual(file?.description, '');
      }
    });
  }
});

import assert from 'node:assert/strict';
import { diskFiles } from '../../../src/base/host/files.ts';
import { filesWith, useHistory, writeChat } from './historySupport.ts';

const { window } = useHistory();

describe('the texts that a search keeps', () => {
  it('are gone with the list, also those that were still being read when it closed', async () => {
    let reads = 0;
    const read: typeof diskFiles.read = (file, from) => {
      reads++;
      return diskFiles.read(file, from);
    };
    const history = window({ files: filesWith({ read }) });
    for (const id of ['a', 'b', 'c']) await writeChat(history, { id, question: `of ${id}` });
    await history.list('');
    const search = async (): Promise<number> => {
      const before = reads;
      assert.equal((await history.list('of b')).length, 1);
      return reads - before;
    };
    const watching = history.watchList(() => {});
    await search();
    assert.equal(await search(), 0, 'kept while the list is open');
    watching.dispose();
    const reopened = history.watchList(() => {});
    const running = history.list('of b');
    reopened.dispose();
    assert.equal((await running).length, 1);
    // What was begun before this search is over with it.
    await search();
    assert.ok((await search()) >= 3, 'read again: nothing was kept');
  });
});

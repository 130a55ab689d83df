import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { HostMessage } from '../../src/core/protocol.ts';
import { connectPanel, type PanelParts } from '../../src/host/panelConnection.ts';

describe('two panels', () => {
  it('have one draft: what one tells, the others are told', async () => {
    const composer = { draft: '' };
    const told: HostMessage[] = [];
    const parts = {
      composer,
      chats: {},
      showRequest: { drop: () => {} },
      tellOthers: (message: HostMessage) => told.push(message),
    } as unknown as PanelParts;
    const panel = connectPanel({} as vscode.Webview, parts);
    await panel.receive({ type: 'draft-change', text: 'typed in one' });
    await panel.receive({ type: 'draft-change', text: '' });
    assert.equal(composer.draft, '');
    assert.deepEqual(told, [
      { type: 'draft-follow', text: 'typed in one' },
      { type: 'draft-follow', text: '' },
    ]);
    panel.dispose();
  });
});

import assert from 'node:assert/strict';
import { plainLine } from '../../../src/base/common/plainText.ts';
import {
  createInputBox,
  createQuickPick,
  showInputBox,
  showQuickPick,
} from '../../../src/base/host/window/quickInput.ts';
import { window } from '../../support/standIn/vscode.ts';

const hostile = (name: string) => `${name} [x](file:///etc/passwd) $(trash)\n\u200b`;
const harmless = (name: string) => plainLine(hostile(name));

interface Item {
  label: string;
  description: string;
  detail: string;
  buttons: { iconPath: never; tooltip: string }[];
  id: number;
}

const item = (id: number): Item => ({
  label: hostile('label'),
  description: hostile('description'),
  detail: hostile('detail'),
  buttons: [{ iconPath: 'icon' as never, tooltip: hostile('button') }],
  id,
});

function assertHarmless(shown: object): void {
  const texts = JSON.stringify({ ...shown, original: undefined });
  assert.doesNotMatch(texts, /\]\(|\$\(|\\n|\u200b/);
  assert.match(texts, /label.*description.*detail.*button/s);
}

describe('quick inputs of VS Code', () => {
  it('showQuickPick shows plain items, and gives back the item that was chosen', async () => {
    const items = [item(1), item(2)];
    let options: unknown;
    window.showQuickPick = async (shown: readonly object[], given: unknown) => {
      shown.forEach(assertHarmless);
      options = given;
      return shown[1];
    };
    const chosen = await showQuickPick(items, { title: hostile('a'), placeHolder: hostile('b') });
    assert.equal(chosen, items[1]);
    assert.deepEqual(options, { title: harmless('a'), placeHolder: harmless('b') });
  });

  it('showQuickPick gives back all that were chosen, and texts as they were', async () => {
    const items = [item(1), item(2), item(3)];
    window.showQuickPick = async (shown: readonly object[]) => shown.slice(1);
    assert.deepEqual(await showQuickPick(items, { canPickMany: true }), items.slice(1));
    window.showQuickPick = async (shown: readonly { label: string }[]) => {
      assert.equal(shown[0]?.label, harmless('c'));
      return shown[0];
    };
    assert.equal(await showQuickPick([hostile('c'), 'd']), hostile('c'));
    window.showQuickPick = async () => undefined;
    assert.equal(await showQuickPick([hostile('c')]), undefined);
  });

  it('showInputBox shows a plain prompt and plain problems', async () => {
    window.showInputBox = async ({ validateInput, ...texts }: Parameters<typeof showInputBox>[0]) => [
      texts,
      await validateInput?.('x'),
      await validateInput?.('y'),
      await validateInput?.('z'),
    ];
    const answers: Record<
      string,
      ReturnType<NonNullable<Parameters<typeof showInputBox>[0]['validateInput']>>
    > = {
      x: hostile('x'),
      y: { message: hostile('y'), severity: 2 },
    };
    const shown = await showInputBox({
      ...{ title: hostile('a'), prompt: hostile('b'), placeHolder: hostile('c'), value: hostile('kept') },
      validateInput: (text) => answers[text],
    });
    assert.deepEqual(shown, [
      { title: harmless('a'), prompt: harmless('b'), placeHolder: harmless('c'), value: hostile('kept') },
      harmless('x'),
      { message: harmless('y'), severity: 2 },
      undefined,
    ]);
  });

  it('createQuickPick lets plain items through only, whenever they come, and tells of the caller’s own', () => {
    const listeners: Record<string, (value: unknown) => void> = {};
    const on = (name: string) => (listener: (value: unknown) => void) => {
      listeners[name] = listener;
    };
    const picker = {
      title: '',
      placeholder: '',
      items: [] as Item[],
      activeItems: [] as Item[],
      selectedItems: [] as Item[],
      onDidChangeActive: on('active'),
      onDidTriggerItemButton: on('button'),
    };
    window.createQuickPick = () => picker;
    const pick = createQuickPick<Item>({
      title: hostile('a'),
      placeholder: hostile('b'),
      matchOnDetail: true,
    });
    assert.deepEqual([picker.title, picker.placeholder], [harmless('a'), harmless('b')]);
    for (const items of [[item(1)], [item(2), item(3)]]) {
      pick.items = items;
      picker.items.forEach(assertHarmless);
      assert.deepEqual(pick.items, items);
      pick.activeItems = items.slice(-1);
      assert.equal(picker.activeItems[0], picker.items.at(-1));
      picker.selectedItems = picker.items;
      assert.deepEqual(pick.selectedItems, items);
      let told: unknown;
      pick.onDidChangeActive((active) => {
        told = active[0];
      });
      listeners.active?.([picker.items[0]]);
      assert.equal(told, items[0]);
      pick.onDidTriggerItemButton((event) => {
        told = event.item;
      });
      listeners.button?.({ button: 1, item: picker.items[0] });
      assert.equal(told, items[0]);
    }
  });

  it('createInputBox shows plain texts, whenever they come', () => {
    const input = { title: '', prompt: '', placeholder: '', value: '', buttons: [] as unknown[] };
    window.createInputBox = () => input;
    const box = createInputBox({ prompt: hostile('a'), placeholder: hostile('b'), value: hostile('kept') });
    box.setHead(hostile('c'), [{ iconPath: 'icon' as never, tooltip: hostile('d') }]);
    assert.deepEqual(input, {
      ...{ prompt: harmless('a'), placeholder: harmless('b'), title: harmless('c'), value: hostile('kept') },
      buttons: [{ iconPath: 'icon', tooltip: harmless('d') }],
    });
  });
});

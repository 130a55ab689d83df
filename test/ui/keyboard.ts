// Drives VS Code and the panel by keys alone, and looks where the focus is and whether one sees it.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { quickInputField, quickPickRow } from './actions.ts';

/** Counts presses of any pointer, in every frame of the page from its next load on. */
export async function countPointerEvents(page: Page): Promise<() => number> {
  let count = 0;
  await page.exposeFunction('countPointerEvent', () => {
    count++;
  });
  await page.addInitScript(() => {
    const report = () => (window as unknown as { countPointerEvent(): void }).countPointerEvent();
    const listen = () => {
      for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel'])
        window.addEventListener(type, report, { capture: true, passive: true });
    };
    listen();
    // VS Code writes a webview's page into an empty one, which takes all listeners away.
    Document.prototype.open = new Proxy(Document.prototype.open, {
      apply(open, self, parts) {
        const opened = Reflect.apply(open, self, parts);
        listen();
        return opened;
      },
    });
  });
  return () => count;
}

/** Runs a command from the palette; `title` as the palette shows it. */
export async function runByKeys(page: Page, title: string): Promise<void> {
  const row = quickPickRow(page, title).and(page.locator('.focused'));
  await expect(async () => {
    await page.keyboard.press('F1');
    await expect(quickInputField(page)).toBeFocused({ timeout: 4000 });
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(`>${title}`);
    await expect(row).toBeVisible({ timeout: 4000 });
  }).toPass();
  await page.keyboard.press('Enter');
}

/** Waits until this part of the panel has the focus, in sight and with a mark that one sees. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  await expect(target).toBeInViewport();
  await expect.poll(() => target.evaluate(focusMark)).not.toBe('none');
}

/** Presses a key, Tab by default, until the target has the focus; whatever is met on the way shows that it has it. */
export async function tabTo(panel: FrameLocator, target: Locator, key = 'Tab'): Promise<void> {
  const page = target.page();
  const seen: string[] = [];
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press(key);
    const focused = panel.locator(':focus');
    await expect.poll(() => focused.evaluate(focusMark), { message: seen.join(', ') }).not.toBe('none');
    seen.push(await focused.evaluate(({ tagName, className }) => `${tagName}.${className}`));
    if (await target.evaluate((element) => element === document.activeElement)) return expectFocus(target);
  }
  throw new Error(`${key} does not lead to ${target}; it meets ${seen.join(', ')}`);
}

/** How an element, or the box that stands for it, shows the focus: as an outline, a border, a background, or not. */
function focusMark(element: Element): 'outline' | 'border' | 'background' | 'none' {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'none';
  const probe = document.createElement('span');
  probe.style.color = 'var(--vscode-focusBorder)';
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const boxes = [element, element.closest('.composer-box'), element.closest('.history-entry')];
  for (const box of boxes.filter((one) => one !== null)) {
    const style = getComputedStyle(box);
    if (style.outlineStyle !== 'none' && style.outlineWidth !== '0px' && style.outlineColor === color)
      return 'outline';
    if (style.borderTopStyle !== 'none' && style.borderTopColor === color) return 'border';
  }
  const isItem = element.getAttribute('role') === 'menuitem';
  return isItem && getComputedStyle(element).backgroundColor !== 'rgba(0, 0, 0, 0)' ? 'background' : 'none';
}

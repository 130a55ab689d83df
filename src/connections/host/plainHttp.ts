/** Asks the user once per origin whether a key may be sent without encryption, and remembers the answer. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import { plainOrigin } from '../../providers/http/plainHttp.ts';

export interface PlainHttpConsent {
  /** Whether the user has allowed this origin; never asks. */
  has(origin: string): boolean;
  /** As `has`, but asks if nothing is known. A denial is kept for this window. */
  ask(origin: string): Promise<boolean>;
  /** For an address that the user sets or tests: asks again after a denial. `true` for every safe address. */
  askAbout(address: string): Promise<boolean>;
}

const stateName = 'qiao.plainHttpOrigins';

/** `state`: global, so that no workspace can write it. */
export function createPlainHttpConsent(state: vscode.Memento): PlainHttpConsent {
  /** Concurrent requests share one question. */
  const answers = new Map<string, Promise<boolean>>();
  const allowed = (): readonly string[] => state.get<readonly string[]>(stateName, []);
  const has = (origin: string): boolean => allowed().includes(origin);

  const question = async (origin: string): Promise<boolean> => {
    const send = l10n.t('Send Without Encryption');
    const choice = await showWarningMessage(
      l10n.t('Send the key to {0} without encryption?', origin),
      {
        modal: true,
        detail: l10n.t(
          'The address begins with “http://” and belongs to another machine: anyone on the way can read the key, your questions and the answers. Use an https address if the server has one.',
        ),
      },
      send,
    );
    if (choice !== send) return false;
    await state.update(stateName, [...allowed().filter((other) => other !== origin), origin]);
    return true;
  };
  const ask = async (origin: string): Promise<boolean> => {
    if (has(origin)) return true;
    const answer = answers.get(origin) ?? question(origin);
    answers.set(origin, answer);
    return answer;
  };
  return {
    has,
    ask,
    async askAbout(address) {
      const origin = plainOrigin(address);
      if (origin === undefined) return true;
      const before = await answers.get(origin);
      if (before === false) answers.delete(origin);
      return ask(origin);
    },
  };
}

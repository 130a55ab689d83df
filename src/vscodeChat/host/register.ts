/** Offers Qiao to VS Code's own chat, where there is one; what it does is loaded with the first use. */

import * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { ModelServices } from '../../connections/host/modelServices.ts';
import { createModelProvider } from './modelProvider.ts';

export interface NativeOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
  loadModelServices(): Promise<ModelServices>;
  loadChat(): Promise<NativeChat>;
}

/** What VS Code calls in its own chat. */
export interface NativeChat {
  answer(...request: Parameters<vscode.ChatRequestHandler>): Promise<vscode.ChatResult>;
  followups(result: vscode.ChatResult): vscode.ChatFollowup[];
  prepareAskModel(input: unknown): Promise<vscode.PreparedToolInvocation>;
  askModel(input: unknown, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult>;
}

/** The vendor's name in VS Code's list of models. */
export const nativeVendor = 'qiao';
export const participantId = 'qiao.chat';
export const askModelToolName = 'qiao_askModel';

/** An editor without these interfaces, or with other ones of the same name, goes without; nothing is thrown. */
export function registerNative(options: NativeOptions): vscode.Disposable {
  const registrations = [registerModels, registerParticipant, registerTool].map((register) => {
    try {
      return register(options);
    } catch (error) {
      options.log.info(`Not offered to VS Code’s chat: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  });
  return vscode.Disposable.from(...registrations.filter((registration) => registration !== undefined));
}

/**
 * Has VS Code list the models. At the very first start the promise says when it has, or a second later: before that it
 * refuses every message, whoever it is for. Later it remembers them, and nothing waits.
 */
export function listModels(state: vscode.Memento): Promise<void> | undefined {
  if (typeof vscode.lm?.registerLanguageModelChatProvider !== 'function') return undefined;
  const listed = Promise.resolve(vscode.lm.selectChatModels({ vendor: nativeVendor })).then(
    async ({ length }) => {
      if (length > 0) await state.update(listedKey, true);
    },
    () => {},
  );
  if (state.get(listedKey) === true) return undefined;
  return Promise.race([listed, new Promise<void>((resolve) => setTimeout(resolve, longestWait))]);
}

const listedKey = 'qiao.native.listed';
/** In milliseconds. */
const longestWait = 1000;

function registerModels(options: NativeOptions): vscode.Disposable | undefined {
  if (typeof vscode.lm?.registerLanguageModelChatProvider !== 'function') return undefined;
  const subscriptions: vscode.Disposable[] = [];
  const provider = createModelProvider({
    ...options,
    async load(onChange) {
      const [{ createNativeModels }, parts] = await Promise.all([
        import('./nativeModels.ts'),
        options.loadModelServices(),
      ]);
      subscriptions.push(parts.lists.onDidChange(onChange));
      return createNativeModels({ ...options, ...parts });
    },
    manage: () => vscode.commands.executeCommand('qiao.manageConnections'),
  });
  subscriptions.push(provider, vscode.lm.registerLanguageModelChatProvider(nativeVendor, provider));
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}

function registerParticipant({ loadChat }: NativeOptions): vscode.Disposable | undefined {
  if (typeof vscode.chat?.createChatParticipant !== 'function') return undefined;
  const participant = vscode.chat.createChatParticipant(participantId, async (...request) =>
    (await loadChat()).answer(...request),
  );
  participant.followupProvider = {
    provideFollowups: async (result) => (await loadChat()).followups(result),
  };
  participant.iconPath = new vscode.ThemeIcon('comment-discussion');
  return participant;
}

function registerTool({ loadChat }: NativeOptions): vscode.Disposable | undefined {
  if (typeof vscode.lm?.registerTool !== 'function') return undefined;
  return vscode.lm.registerTool<unknown>(askModelToolName, {
    prepareInvocation: async ({ input }) => (await loadChat()).prepareAskModel(input),
    invoke: async ({ input }, token) => (await loadChat()).askModel(input, token),
  });
}

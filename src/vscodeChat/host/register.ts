/** Registers models, participant and tool with VS Code's chat, if it exists; loads the rest with the first use. */

import * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { ModelServices } from '../../connections/host/modelServices.ts';
import { createModelProvider } from './modelProvider.ts';

export interface VscodeChatOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
  loadModelServices(): Promise<ModelServices>;
  loadChat(): Promise<VscodeChatHandlers>;
}

/** Handlers that VS Code's chat calls. */
export interface VscodeChatHandlers {
  answer(...request: Parameters<vscode.ChatRequestHandler>): Promise<vscode.ChatResult>;
  followups(result: vscode.ChatResult): vscode.ChatFollowup[];
  prepareAskModel(input: unknown): Promise<vscode.PreparedToolInvocation>;
  askModel(input: unknown, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult>;
}

/** The vendor's name in VS Code's list of models. */
export const modelVendor = 'qiao';
export const participantId = 'qiao.chat';
export const askModelToolName = 'qiao_askModel';

/** Skips interfaces that the editor lacks or that fail; never throws. */
export function registerVscodeChat(options: VscodeChatOptions): vscode.Disposable {
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
 * Makes VS Code list the models. At the very first start the promise resolves when it has, or after a second: before
 * that VS Code's chat refuses every message. Later VS Code remembers the models, and nothing waits.
 */
export function listModels(state: vscode.Memento): Promise<void> | undefined {
  if (typeof vscode.lm?.registerLanguageModelChatProvider !== 'function') return undefined;
  const listed = Promise.resolve(vscode.lm.selectChatModels({ vendor: modelVendor })).then(
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

function registerModels(options: VscodeChatOptions): vscode.Disposable | undefined {
  if (typeof vscode.lm?.registerLanguageModelChatProvider !== 'function') return undefined;
  const subscriptions: vscode.Disposable[] = [];
  const provider = createModelProvider({
    ...options,
    async load(onChange) {
      const [{ createVscodeChatModels }, parts] = await Promise.all([
        import('./vscodeChatModels.ts'),
        options.loadModelServices(),
      ]);
      subscriptions.push(parts.lists.onDidChange(onChange));
      return createVscodeChatModels({ ...options, ...parts });
    },
    manage: () => vscode.commands.executeCommand('qiao.manageConnections'),
  });
  subscriptions.push(provider, vscode.lm.registerLanguageModelChatProvider(modelVendor, provider));
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}

function registerParticipant({ loadChat }: VscodeChatOptions): vscode.Disposable | undefined {
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

function registerTool({ loadChat }: VscodeChatOptions): vscode.Disposable | undefined {
  if (typeof vscode.lm?.registerTool !== 'function') return undefined;
  return vscode.lm.registerTool<unknown>(askModelToolName, {
    prepareInvocation: async ({ input }) => (await loadChat()).prepareAskModel(input),
    invoke: async ({ input }, token) => (await loadChat()).askModel(input, token),
  });
}

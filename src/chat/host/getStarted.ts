/** *Get Started*: opens the walkthrough, and ticks off the steps that were done before VS Code knew it. */

import * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { ChatViews } from './chatViews.ts';

const walkthrough = 'qiao.qiao#start';

/** VS Code ticks off by itself what is done from then on. */
export async function getStarted({
  connectionState,
  views,
}: {
  connectionState: Pick<ConnectionState, 'current'>;
  views: Pick<ChatViews, 'all'>;
}): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough);
  // It may read the manifest's steps only now. What holds already, such as a key from the environment, it then takes for
  // seen, and never ticks.
  if ((await connectionState.current()) !== 'none') await tick('key');
  if (views.all.some(({ chats }) => chats.current.conversation.turns.length > 0)) await tick('ask');
}

async function tick(step: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('welcome.markStepComplete', `${walkthrough}#${step}`);
  } catch {
    // It keeps that, and says that it does not know the step yet.
  }
}

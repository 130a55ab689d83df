/** Reads and writes Qiao's settings; invalid values count as unset. */

import * as vscode from 'vscode';
import type { AnswerLimits, RetryOptions, Timeouts } from '../../providers/connection.ts';

const section = 'qiao';
const defaultModel = 'dashscope/qwen-plus';

export interface DashScopeSettings {
  /** Empty: the region's address. */
  baseUrl: string;
  region: string;
  workspaceId: string;
}

export function readModelSetting(): string {
  return vscode.workspace.getConfiguration(section).get('model', '').trim() || defaultModel;
}

export function readSystemPrompt(): string {
  return vscode.workspace.getConfiguration(section).get('systemPrompt', '');
}

export function readDashScopeSettings(): DashScopeSettings {
  const settings = vscode.workspace.getConfiguration(`${section}.dashscope`);
  return {
    baseUrl: settings.get('baseUrl', '').trim(),
    region: settings.get('region', 'beijing'),
    workspaceId: settings.get('workspaceId', '').trim(),
  };
}

/** Timeouts, retries and answer limits. The settings hold seconds, the result milliseconds. */
export function readReliability(): { timeouts: Timeouts; retry: RetryOptions; limits: AnswerLimits } {
  const settings = vscode.workspace.getConfiguration(section);
  const seconds = (name: string, fallback: number): number => {
    const value: unknown = settings.get(name);
    return (typeof value === 'number' && value > 0 ? value : fallback) * 1000;
  };
  const count = (name: string): number | undefined => {
    const value: unknown = settings.get(name);
    return typeof value === 'number' && value >= 1 ? value : undefined;
  };
  const attempts: unknown = settings.get('retry.maxAttempts');
  return {
    timeouts: {
      connectMs: seconds('timeout.connect', 15),
      firstByteMs: seconds('timeout.firstByte', 300),
      idleMs: seconds('timeout.silence', 300),
      keepAliveMs: seconds('timeout.keepAlive', 1800),
    },
    limits: {
      characters: count('limits.characters'),
      toolCalls: count('limits.toolCalls'),
      keepAliveCharacters: count('limits.keepAliveCharacters'),
    },
    retry: {
      maxAttempts: typeof attempts === 'number' && attempts >= 1 ? Math.floor(attempts) : 3,
      backoffMs: seconds('retry.backoff', 1),
    },
  };
}

/** `undefined` restores the default. */
export async function writeModelSetting(ref: string | undefined): Promise<void> {
  await update('model', ref);
}

export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) listener();
  });
}

/** Writes to the workspace if it has a value, because that would hide a global one. */
async function update(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(
    name,
    value,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

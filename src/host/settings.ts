/** Qiao's settings, read anew each time and never trusted to be well-formed. */

import * as vscode from 'vscode';
import type { ModelParameters } from '../core/chatModel.ts';
import { modelParametersSchema } from '../core/chatModelSchema.ts';
import { type DashScopeRegion, dashScopeHosts } from '../providers/dashscopeRegions.ts';

const section = 'qiao';

export interface DashScopeSettings {
  /** The region's address, or the one that was set in its place. */
  baseUrl: string;
  workspaceId: string;
}

export function readModelSetting(): string {
  return vscode.workspace.getConfiguration(section).get('model', '').trim() || 'dashscope/qwen2-72b-instruct';
}

export function readSystemPrompt(): string {
  return vscode.workspace.getConfiguration(section).get('systemPrompt', '');
}

/** What does not have the shape of parameters is left out, as a whole. */
export function readParameters(): ModelParameters {
  const value: unknown = vscode.workspace.getConfiguration(section).get('parameters');
  return modelParametersSchema.safeParse(value ?? {}).data ?? {};
}

export function readDashScopeSettings(): DashScopeSettings {
  const settings = vscode.workspace.getConfiguration(`${section}.dashscope`);
  const region = settings.get<string>('region', 'beijing');
  return {
    baseUrl: settings.get('baseUrl', '').trim() || dashScopeHosts[isRegion(region) ? region : 'beijing'],
    workspaceId: settings.get('workspaceId', '').trim(),
  };
}

export async function writeModelSetting(ref: string): Promise<void> {
  await update('model', ref);
}

export async function writeParameters(parameters: ModelParameters): Promise<void> {
  await update('parameters', Object.keys(parameters).length === 0 ? undefined : parameters);
}

export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) listener();
  });
}

/** Where the value comes from is where it is changed, so that a workspace's own value does not hide the new one. */
async function update(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(
    name,
    value,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

function isRegion(name: string): name is DashScopeRegion {
  return name in dashScopeHosts;
}

/** Reads and writes the setting `qiao.parameters`; keeps members that Qiao does not know. */

import * as vscode from 'vscode';
import type { ModelParameters } from '../../llm/chatModel.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { parameterNames } from '../../llm/parameters.ts';

/** Leaves out invalid members. */
export function readParameters(): ModelParameters {
  const known = Object.entries(readRaw()).flatMap(([name, value]) => {
    const { data } = modelParametersSchema.safeParse({ [name]: value });
    return data ? [data] : [];
  });
  return Object.assign({}, ...known);
}

export async function writeParameters(parameters: ModelParameters): Promise<void> {
  const names: readonly string[] = parameterNames;
  const unknown = Object.entries(readRaw()).filter(([name]) => !names.includes(name));
  const value = { ...Object.fromEntries(unknown), ...parameters };
  const settings = vscode.workspace.getConfiguration('qiao');
  const next = Object.keys(value).length === 0 ? undefined : value;
  await settings.update('parameters', next, vscode.ConfigurationTarget.Global);
}

function readRaw(): Record<string, unknown> {
  const value: unknown = vscode.workspace.getConfiguration('qiao').get('parameters');
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

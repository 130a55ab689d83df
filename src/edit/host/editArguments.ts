/** Validates the arguments of edit commands; invalid ones count as missing. */

import * as vscode from 'vscode';
import type { EditRequest } from './inlineEdits.ts';

/** `{ instruction?, uri?, range? }`; keybindings and menus pass other values, or none. */
export function editRequest(value: unknown): EditRequest {
  if (typeof value !== 'object' || value === null || value instanceof vscode.Uri) return {};
  const instruction =
    'instruction' in value && typeof value.instruction === 'string' ? value.instruction : undefined;
  return {
    instruction,
    uri: 'uri' in value ? uriOf(value.uri) : undefined,
    range: 'range' in value ? rangeOf(value.range) : undefined,
  };
}

export function uriOf(value: unknown): vscode.Uri | undefined {
  return value instanceof vscode.Uri ? value : undefined;
}

export function rangeOf(value: unknown): vscode.Range | undefined {
  return value instanceof vscode.Range ? value : undefined;
}

export function hunkOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

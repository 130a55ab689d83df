/** The request that a code snippet is written from, without its secrets. */

import type { ProtocolId } from './protocols.ts';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface SnippetRequest {
  protocol: ProtocolId;
  /** The members that hold an answer, a delta and an error; missing for DashScope, where they depend on the request. */
  answer?: AnswerPlaces;
  /** The kind of authentication; `bearer`: one key in the `Authorization` header. */
  auth: 'bearer' | 'none' | 'oauth' | 'iam' | 'access-token';
  /** The environment variable that holds the key, for `bearer`. */
  keyVariable: string;
  /** The complete address, without a token. */
  url: string;
  /** The part of it that the platform's client libraries take as their base URL. */
  baseUrl: string;
  /** For Qianfan v1 the endpoint's name. */
  model: string;
  streaming: boolean;
  /** The user's and the workspace's headers; lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: JsonObject;
}

/** Paths of members and list indices, joined by dots: `choices.0.message.content`. */
export interface AnswerPlaces {
  result: string;
  piece: string;
  /** The member that only errors have. */
  error: string;
}

export interface Snippet {
  /** VS Code's id of the language. */
  language: 'shellscript' | 'python' | 'java' | 'go' | 'javascript';
  /** The name to save and run it under. */
  fileName: string;
  text: string;
}

/** The snippet's comments, in the user's language, each on one line without final punctuation. */
export interface SnippetComments {
  /** Precedes the command that installs dependencies. */
  install: string;
  /** Precedes the environment variables that hold keys. */
  keys: string;
  /** Precedes environment variables with fixed values. */
  variables: string;
}

/** Writes one kind of snippet. */
export type SnippetWriter = (request: SnippetRequest, comments: SnippetComments) => Snippet;

/** A header of the request; one that looks like a secret is read from the environment. */
export interface SnippetHeader {
  name: string;
  value: string;
  /** The environment variable that replaces the value, which is empty. */
  variable?: string;
}

/** The headers a snippet must set itself, `without` excepted. */
export function headersOf({ headers }: SnippetRequest, without?: string): SnippetHeader[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (name === without) return [];
    if (!secretName.test(name)) return [{ name, value }];
    return [{ name, value: '', variable: name.toUpperCase().replace(/[^A-Z0-9]+/g, '_') }];
  });
}

/** The environment variables a snippet reads its keys from, in the order of their use. */
export function keyVariables(request: SnippetRequest): string[] {
  const variables: Record<SnippetRequest['auth'], string[]> = {
    bearer: [request.keyVariable],
    none: [],
    oauth: ['QIANFAN_AK', 'QIANFAN_SK'],
    iam: ['QIANFAN_ACCESS_KEY', 'QIANFAN_SECRET_KEY'],
    'access-token': ['QIANFAN_ACCESS_TOKEN'],
  };
  const own = headersOf(request).flatMap(({ variable }) => variable ?? []);
  return [...variables[request.auth], ...own];
}

/** The header that names a DashScope workspace. */
export const workspaceHeader = 'x-dashscope-workspace';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member as an object; empty where it is none. */
export function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

/** The objects in the member's list, such as the messages; other items are dropped. */
export function objectsAt(object: JsonObject, name: string): JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The member as a text; empty where it is none. */
export function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

const secretName = /auth|key|token|secret|cookie|passw|credential|signature|session/;

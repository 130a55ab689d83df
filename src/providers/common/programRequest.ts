/** What a program is written from: a request as it travels, without its secrets. */

import type { WireProtocol } from './protocols.ts';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface ProgramRequest {
  protocol: WireProtocol;
  /** Where an answer, a piece of one and an error stand; missing for DashScope, where it depends on the request. */
  answer?: AnswerPlaces;
  /** How the request proves who asks; `bearer`: one key in the `Authorization` header. */
  auth: 'bearer' | 'none' | 'oauth' | 'iam' | 'access-token';
  /** The environment variable that holds the key, for `bearer`. */
  keyVariable: string;
  /** The whole address, without a token. */
  url: string;
  /** The part of it that the platform's own client libraries take as their base URL. */
  baseUrl: string;
  /** For Qianfan v1 the endpoint's name. */
  model: string;
  streaming: boolean;
  /** The user's own, and the workspace's; lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: JsonObject;
}

/** Members, and places in lists, with dots between them: `choices.0.message.content`. */
export interface AnswerPlaces {
  result: string;
  piece: string;
  /** The member that an error has. */
  error: string;
}

export interface Program {
  /** VS Code's id of the language. */
  language: 'shellscript' | 'python' | 'java' | 'go' | 'javascript';
  /** The name it can be saved and run under. */
  fileName: string;
  text: string;
}

/** The few comments of a program, in the user's language, each without a mark at its end and in one line. */
export interface ProgramWords {
  /** Before the command that installs what the program needs. */
  install: string;
  /** Before the names of the environment variables that hold the keys. */
  keys: string;
  /** Before environment variables with the values they must have. */
  variables: string;
}

/** Writes one kind of program. */
export type ProgramWriter = (request: ProgramRequest, words: ProgramWords) => Program;

/** A header of the request; one that looks like a secret comes from the environment. */
export interface ProgramHeader {
  name: string;
  value: string;
  /** Stands for the value, which is then empty. */
  variable?: string;
}

/** The headers a program must set itself; `x-dashscope-workspace` goes along unless `without` names it. */
export function headersOf({ headers }: ProgramRequest, without?: string): ProgramHeader[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (name === without) return [];
    if (!secretName.test(name)) return [{ name, value }];
    return [{ name, value: '', variable: name.toUpperCase().replace(/[^A-Z0-9]+/g, '_') }];
  });
}

/** The variables a program reads its keys from, in the order in which they are asked for. */
export function keyVariables(request: ProgramRequest): string[] {
  const variables: Record<ProgramRequest['auth'], string[]> = {
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

/** A member that is an object; an empty one where it is none. */
export function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

/** A member that is a list of objects, such as the messages; what is none is left out. */
export function objectsAt(object: JsonObject, name: string): JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A member that is a text; an empty one where it is none. */
export function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

const secretName = /auth|key|token|secret|cookie|passw|credential|signature|session/;

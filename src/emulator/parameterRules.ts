/** Validation rules of single parameters, with the platforms' published messages. */

import { isPlainObject } from './plainObject.ts';

/** Returns the platform's message if the value breaks the rule. */
export type ParameterRule = (value: unknown, name: string) => string | undefined;

export const boolean: ParameterRule = (value, name) =>
  typeof value === 'boolean' ? undefined : `'${name}' must be Boolean`;

export const object: ParameterRule = (value, name) =>
  isPlainObject(value) ? undefined : `'${name}' must be Object`;

export const text: ParameterRule = (value, name) =>
  typeof value === 'string' ? undefined : `'${name}' must be String`;

export const oneOf =
  (...values: readonly string[]): ParameterRule =>
  (value, name) =>
    values.some((candidate) => candidate === value)
      ? undefined
      : `'${name}' must be one of ${values.join(', ')}`;

export const float =
  (inRange: (value: number) => boolean, message: string): ParameterRule =>
  (value, name) =>
    typeof value !== 'number' ? `'${name}' must be Float` : inRange(value) ? undefined : message;

export const integer =
  (minimum: number, maximum: number, message: string): ParameterRule =>
  (value, name) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return `'${name}' must be Integer`;
    }
    return value >= minimum && value <= maximum ? undefined : message;
  };

export const nullable =
  (rule: ParameterRule): ParameterRule =>
  (value, name) =>
    value === null ? undefined : rule(value, name);

export const maxTokens = (maximum: number): ParameterRule =>
  integer(1, maximum, `Range of max_tokens should be [1, ${maximum}]`);

export const stop: ParameterRule = (value) => {
  const texts = (list: unknown[]) => list.every((item) => typeof item === 'string');
  const ids = (list: unknown[]) => list.every((item) => Number.isInteger(item));
  const sequences = (list: unknown[]) => list.every((item) => Array.isArray(item) && ids(item));
  return typeof value === 'string' ||
    (Array.isArray(value) && (texts(value) || ids(value) || sequences(value)))
    ? undefined
    : 'The "stop" parameter must be of type "str", "list[str]", "list[int]", or "list[list[int]]", and all elements within the list must be of the same type.';
};

/** Qianfan's: at most four of at most twenty characters. */
export const shortStops: ParameterRule = (value) =>
  Array.isArray(value) &&
  value.length <= 4 &&
  value.every((item) => typeof item === 'string' && item.length <= 20)
    ? undefined
    : 'stop is invalid, should be at most 4 strings of at most 20 characters';

export const tools: ParameterRule = (value) => {
  const names = Array.isArray(value)
    ? value.map((tool) =>
        isPlainObject(tool) && isPlainObject(tool.function) ? tool.function.name : undefined,
      )
    : [undefined];
  if (names.includes('search')) {
    return 'Tool names are not allowed to be [search]';
  }
  return names.every((name) => typeof name === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(name))
    ? undefined
    : 'Required parameter(tools) missing or invalid, please check the request parameters.';
};

export const toolChoice: ParameterRule = (value) =>
  value === 'auto' || value === 'none' || isPlainObject(value)
    ? undefined
    : 'tool_choice is one of the strings that should be ["none", "auto"]';

/** Handler maps for the messages between a page and its host: one handler for each type of message. */

/** A message names its type; its other members depend on it. */
export interface Message {
  readonly type: string;
}

/** One handler for each type of the union: a missing one is a type error. */
export type Handlers<Union extends Message, Rest extends readonly unknown[] = [], Result = unknown> = {
  readonly [Type in Union['type']]: (message: Union & { type: Type }, ...rest: Rest) => Result;
};

/** Calls the handler of the message. Returns and throws what the handler does. */
export function dispatch<Union extends Message, Rest extends readonly unknown[], Result>(
  handlers: Handlers<Union, Rest, Result>,
  message: Union,
  ...rest: Rest
): Result {
  const type: Union['type'] = message.type;
  return handlers[type](message, ...rest);
}

/** The same handler for each message that has an entry in `entries`. */
export function handleAll<Union extends Message, Type extends Union['type']>(
  entries: Readonly<Record<Type, unknown>>,
  handler: (message: Union) => unknown,
): Handlers<Extract<Union, { type: Type }>> {
  return Object.fromEntries(Object.keys(entries).map((type): unknown[] => [type, handler]));
}

/** All maps in one. A message that two of them handle is a type error. */
export function mergeHandlers<Maps extends readonly object[]>(
  ...maps: [HandledTwice<Maps>] extends [never] ? Maps : { handledTwice: HandledTwice<Maps> }[]
): Merged<Maps[number]> {
  return Object.assign({}, ...maps);
}

type HandledTwice<Maps extends readonly object[]> = Maps extends readonly [
  infer First,
  ...infer Rest extends readonly object[],
]
  ? Extract<keyof First, KeyOfAny<Rest[number]>> | HandledTwice<Rest>
  : never;

type KeyOfAny<Map> = Map extends unknown ? keyof Map : never;

/** The intersection of a union's members. */
type Merged<Map> = (Map extends unknown ? (map: Map) => void : never) extends (map: infer All) => void
  ? All
  : never;

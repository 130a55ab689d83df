/** The request lifecycle as lists of functions: `npm run structure` checks each hop and counts the files. */

import type { Hop } from './callGraph.ts';

/**
 * One function of the lifecycle. It is called by the one before it, or by `from`, which must be an earlier one.
 * `at`: see `CallGraph.find`.
 */
export interface Step {
  readonly at: string;
  readonly from?: string;
  /** Default `call`. */
  readonly by?: Hop;
}

/*
 * The list holds every function that is handed the question, the request or a part of the answer, and hands it on or makes
 * of it what is handed on; and those that make the model that gets the request. It holds those that return before the
 * next step, too. Left out is what is asked for a setting, a text, a price or a secret, and what only watches. The list
 * stops at three doors with helpers of one folder behind them: `append` of the history, `assemblePrompt`, and `prepare`
 * of a protocol.
 *
 * The targets of the design hold for the files on the call stack: each hands the data on to the next, so a reader who
 * follows a question, or a delta, opens these. A function that returns before is a step of its caller, and one that the
 * question cannot do without: a check, a filter, a record, a limit. To merge such files would lower the count alone. They
 * are counted too, and may not become more.
 */

/** At most so many files: `direct` on the call stack, `all` with those that return before. */
export interface Target {
  readonly direct: number;
  readonly all: number;
}

export const targets = {
  enterToSocket: { direct: 22, all: 25 },
  deltaToPage: { direct: 13, all: 16 },
} satisfies Record<string, Target>;

/** From the key in the page to the request of undici, for DashScope. */
export const enterToSocket: readonly Step[] = [
  { at: 'draftField.ts#createDraftField' },
  { at: 'composer.ts#submit' },
  { at: 'vscodeApi.ts#post' },
  { at: 'webviewHost.ts#createWebviewHost', by: 'message' },
  { at: 'webviewHost.ts#receive' },
  { at: 'protocolSchema.ts#viewMessageSchema' },
  { at: "panelHandlers.ts#'turn-submit'", from: 'webviewHost.ts#receive', by: 'table' },
  { at: 'panelHandlers.ts#submit' },
  { at: 'composer.ts#take' },
  { at: 'slashCommands.ts#parse' },
  { at: 'composer.ts#reword', from: 'composer.ts#take' },
  { at: 'hiddenTexts.ts#confirmTyped' },
  { at: 'draftAttachments.ts#take', from: 'composer.ts#take' },
  { at: 'chatSession.ts#submit', from: 'panelHandlers.ts#submit' },
  { at: 'chatSession.ts##ask' },
  { at: 'chatSession.ts#ChatSession.record' },
  { at: 'conversationStore.ts#record' },
  { at: 'conversationStore.ts#apply' },
  { at: 'conversationLog.ts#applyEvent' },
  { at: 'conversationStore.ts#save', from: 'conversationStore.ts#record' },
  { at: 'history.ts#append' },
  { at: 'chatSession.ts##answer', from: 'chatSession.ts##ask' },
  { at: 'answerTurn.ts#answerTurn' },
  { at: 'answerTurn.ts#requestAnswer' },
  { at: 'models.ts#open' },
  { at: 'registry.ts#createChatModel' },
  { at: 'dashscope.ts#createDashScopeModel' },
  { at: 'answerStream.ts#createReplayModel' },
  { at: 'prompt.ts#assembleRequest', from: 'answerTurn.ts#requestAnswer' },
  { at: 'prompt.ts#assemblePrompt' },
  { at: 'generate.ts#generate', from: 'answerTurn.ts#requestAnswer' },
  { at: 'generate.ts#ask' },
  { at: 'answerStream.ts#createReplayModel' },
  { at: 'answerStream.ts#stream' },
  { at: 'exchange.ts#exchangeAnswer' },
  { at: 'attempts.ts#withAttempts' },
  { at: 'exchange.ts#run' },
  { at: 'answerStream.ts#createReplayModel' },
  { at: 'http.ts#sendRequest', from: 'exchange.ts#run' },
  { at: 'http.ts#exchange' },
  { at: 'http.ts#sendWithSystemCertificates' },
  { at: 'http.ts#attempt' },
  { at: 'dispatchers.ts#dispatcherFor' },
];

/** From the bytes of the socket to the message for the page, for DashScope. */
export const deltaToPage: readonly Step[] = [
  { at: 'body.ts#readBody' },
  { at: 'body.ts#createBodyReader' },
  { at: 'serverEvents.ts#createServerEventReader' },
  { at: 'body.ts#createBodyReader' },
  { at: 'decodeEvent.ts#decodeEvent' },
  { at: 'dashscopeDecoder.ts#createDashScopeDecoder' },
  { at: 'exchange.ts#readAnswer' },
  { at: 'answerMeter.ts#admit' },
  { at: 'partFilter.ts#createPartFilter', from: 'exchange.ts#readAnswer' },
  { at: 'secretFilter.ts#feed' },
  { at: 'exchange.ts#readAnswer', from: 'partFilter.ts#createPartFilter' },
  { at: 'partQueue.ts#push' },
  { at: 'generate.ts#ask', by: 'iterator' },
  { at: 'generate.ts#createStep' },
  { at: 'answerParts.ts#addStreamPart' },
  { at: 'answerTurn.ts#answerTurn', from: 'generate.ts#createStep' },
  { at: 'answerTurn.ts#createRecorder' },
  { at: 'deltaBatcher.ts#createDeltaBatcher' },
  { at: 'answerTurn.ts#createRecorder' },
  { at: 'conversationStore.ts#apply' },
  { at: 'conversationLog.ts#applyEvent' },
  { at: 'conversationStore.ts#post', from: 'answerTurn.ts#createRecorder' },
  { at: 'conversationStore.ts#addPage', by: 'event' },
  { at: 'webviewHost.ts#post' },
];

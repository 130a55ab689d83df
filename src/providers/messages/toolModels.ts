/** Recognizes models without tool calls by their names, since services' model lists do not tell. */

/**
 * Whether the name is that of a model that refuses requests with tools, or is no chat model; `false` says nothing
 * about other models. A name may have its vendor in front, as on gateways.
 *
 * - Qianfan v2, page "Function calling": of Speed and Lite only the Pro models are listed, of Tiny, Character and
 *   Novel none.
 * - DashScope, page "Qwen-MT": one user message and nothing else.
 * - Ollama's own names, with a tag, whose refusals ("does not support tools") its users report.
 */
export function refusesToolsByName(modelId: string): boolean {
  return toollessNames.test(modelId.toLowerCase());
}

const toollessNames = new RegExp(
  [
    /(^|\/)ernie-(speed|lite)(-(?!pro)|$)/,
    /(^|\/)ernie-(tiny|char|character|novel)(-|$)/,
    /(^|\/)qwen-mt-/,
    /^(gemma[23]?|qwen|dolphin-mistral):/,
    /(^|[-./_])(embed|embedding|embeddings|rerank|reranker|tts|asr|whisper|cosyvoice|paraformer)([-.:_/]|$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

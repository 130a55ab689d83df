/** Which models call no tools, told by their names: services that list models do not say. */

/**
 * Whether a name is one of a model that refuses requests with tools, or that is no chat model at all; `false` says
 * nothing about the others. A name may have its maker in front, as gateways write it.
 *
 * - Qianfan v2, page "Function calling": of Speed and Lite only the Pro models are listed, of Tiny, Character and Novel none.
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

/** Recognizes vision models by their names. */

/**
 * Whether the name is that of a vision model; `false` says nothing about other models. A name may have its vendor in
 * front, as on gateways, and a tag behind, as with Ollama.
 *
 * - DashScope, pages "Image and video understanding" and "Error messages" (url error): Qwen-VL of every generation,
 *   QVQ, Omni; of newer models without such a name Qwen3.5, 3.6 and 3.7 Plus, Qwen3.5 Flash and the open Qwen3.5.
 * - Qianfan v2, pages "图像理解" and "原生多模态": `ernie-4.5-…-vl…`, `ernie-4.5-8k-preview`.
 */
export function isVisionModel(modelId: string): boolean {
  return visionNames.test(modelId.toLowerCase());
}

const visionNames = new RegExp(
  [
    /(^|[-./\d])vl\d*([-.:]|$)/,
    /(^|[-./])(qvq|omni)([-.:]|$)/,
    /(^|\/)qwen3\.[567]-plus([-.:]|$)/,
    /(^|\/)qwen3\.5-(flash|\d+b)([-.:]|$)/,
    /(^|\/)ernie-4\.5-8k-preview$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

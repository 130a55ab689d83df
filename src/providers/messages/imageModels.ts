/** Which models see, told by their names. */

/**
 * Whether a name is one that a platform gives to models that see; `false` says nothing about the others. A name may have
 * its maker in front, as gateways write it, and a tag behind, as Ollama does.
 *
 * - DashScope, pages "Image and video understanding" and "Error messages" (url error): Qwen-VL of every generation, QVQ,
 *   Omni; of the newer ones that are no longer named so Qwen3.5, 3.6 and 3.7 Plus, Qwen3.5 Flash and the open Qwen3.5.
 * - Qianfan v2, pages "图像理解" and "原生多模态": `ernie-4.5-…-vl…`, `ernie-4.5-8k-preview`.
 */
export function seesByName(modelId: string): boolean {
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

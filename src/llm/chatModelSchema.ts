/** Schema of the parameters that users set, for settings, history and the panel. */

import * as z from 'zod';
import type { ModelParameters } from './chatModel.ts';

/** Checks shapes only; `parameters.ts` checks values against a model's ranges. */
export const modelParametersSchema: z.ZodType<ModelParameters> = z.strictObject({
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  maxOutputTokens: z.number().optional(),
  seed: z.number().optional(),
  stop: z
    .union([z.string(), z.array(z.string()), z.array(z.number()), z.array(z.array(z.number()))])
    .optional(),
  repetitionPenalty: z.number().optional(),
  presencePenalty: z.number().optional(),
  enableThinking: z.boolean().optional(),
  thinkingBudget: z.number().optional(),
  stream: z.boolean().optional(),
  incrementalOutput: z.boolean().optional(),
  resultFormat: z.enum(['text', 'message']).optional(),
});

/** Schema of model catalogs, shipped or given by the user. */

import * as z from 'zod';
import type { ParameterRule } from '../../llm/chatModel.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { parameterNames } from '../../llm/parameters.ts';
import { daySchema, modelPriceSchema } from '../../llm/pricingSchema.ts';
import { profileProviders } from './protocols.ts';

/** Models in one catalog. */
export const maxCatalogModels = 5000;

const tokens = z.int().positive();
const id = z.string().min(1).max(200).regex(/^\S+$/, 'no spaces');

const numberRule = z.strictObject({
  type: z.enum(['number', 'integer']),
  min: z.number().optional(),
  minExclusive: z.boolean().optional(),
  max: z.number().optional(),
  maxExclusive: z.boolean().optional(),
  default: z.number().optional(),
});

const rule: z.ZodType<ParameterRule> = z.discriminatedUnion('type', [
  numberRule,
  z.strictObject({ type: z.literal('boolean') }),
  z.strictObject({
    type: z.literal('stop'),
    maxItems: z.int().positive().optional(),
    maxLength: z.int().positive().optional(),
  }),
]);

const rules = z.partialRecord(z.enum(parameterNames), rule);

const modelSchema = z.strictObject({
  /** The provider that serves the model. */
  provider: z.enum(profileProviders),
  id,
  name: z.string().min(1).max(200).optional(),
  family: z.string().min(1).max(200).optional(),
  contextTokens: tokens.optional(),
  maxInputTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  maxInputCharacters: tokens.optional(),
  input: z.enum(['messages', 'prompt']).optional(),
  toolCalling: z.boolean().optional(),
  imageInput: z.boolean().optional(),
  path: z.enum(['text-generation', 'multimodal-generation']).optional(),
  /** Rules, or the name of a set in `parameterSets`. */
  parameters: z.union([z.string(), rules]).optional(),
  suggested: modelParametersSchema.optional(),
  price: modelPriceSchema.optional(),
  retired: daySchema.optional(),
  successor: id.optional(),
  source: z.string().min(1).max(500),
  date: daySchema,
});

/** One model; a missing member is unknown, or keeps its shipped value. */
export type CatalogModel = z.infer<typeof modelSchema>;

/** The content of a catalog file. */
export const catalogSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    parameterSets: z.record(z.string(), rules).optional(),
    models: z.array(modelSchema).max(maxCatalogModels),
  })
  .superRefine(({ models, parameterSets = {} }, context) => {
    const seen = new Set<string>();
    for (const [index, { provider, id: modelId, parameters }] of models.entries()) {
      const key = `${provider}/${modelId}`;
      if (seen.has(key))
        context.addIssue({
          code: 'custom',
          message: `"${key}" stands here twice`,
          path: ['models', index, 'id'],
        });
      seen.add(key);
      if (typeof parameters === 'string' && !Object.hasOwn(parameterSets, parameters))
        context.addIssue({
          code: 'custom',
          message: `no set of parameters is called "${parameters}"`,
          path: ['models', index, 'parameters'],
        });
    }
  });

/** A validated catalog. */
export type Catalog = z.infer<typeof catalogSchema>;

/** A process of its own that runs a comparison and may be killed: `node compareProcess.ts <CompareProcessOptions as JSON>`. */

import { diskFiles } from '../../src/base/host/files.ts';
import { CompareSession, type CompareSessionOptions } from '../../src/compare/host/compareSession.ts';
import { createComparisonFiles } from '../../src/compare/host/comparisonFiles.ts';
import { createChatModel } from '../../src/providers/index.ts';

export interface CompareProcessOptions {
  /** Where comparisons are kept. */
  folder: string;
  /** The emulated platform. */
  origin: string;
  id: string;
  /** A new comparison has so many questions; else the one there is goes on. */
  questions?: number;
  models: readonly string[];
}

/** Files in `folder`, models of the emulator at `origin`; each model's connection is what stands before its first `/`. */
export function compareParts(folder: string, origin: string): CompareSessionOptions {
  return {
    files: createComparisonFiles({
      folder,
      files: diskFiles,
      onTrouble(error) {
        throw error;
      },
    }),
    open: async (ref, { onWait }) =>
      createChatModel(
        {
          protocol: 'dashscope',
          baseUrl: origin,
          apiKey: 'sk-0123456789abcdef',
          retry: { maxAttempts: 3, backoffMs: 20, onWait },
        },
        ref.slice(ref.indexOf('/') + 1),
      ),
    connectionOf: (model) => model.slice(0, model.indexOf('/')),
    pace: () => ({ concurrency: 2 }),
    now: Date.now,
  };
}

if (import.meta.filename === process.argv[1]) {
  process.once('disconnect', () => process.exit());
  const options: CompareProcessOptions = JSON.parse(process.argv[2] ?? '');
  const { folder, origin, id, questions, models } = options;
  const parts = compareParts(folder, origin);
  const stored = questions === undefined ? (await parts.files.load(id))?.comparison : undefined;
  const session = new CompareSession(
    stored ?? {
      type: 'comparison',
      version: 1,
      id,
      createdAt: Date.now(),
      source: 'questions.csv',
      setup: { systemPrompt: '', parameters: {} },
      questions: Array.from({ length: questions ?? 0 }, (_, index) => ({
        id: `q${index + 1}`,
        text: `Question number ${index + 1}.`,
        attachments: [],
        history: [],
      })),
    },
    parts,
  );
  if (!stored) session.setModels(models);
  await session.start();
  process.send?.({ answers: session.comparison.answers.size });
  process.disconnect?.();
}

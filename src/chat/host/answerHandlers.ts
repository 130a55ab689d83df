/** What every page with answers asks of the host: to use their code, open their links and files, and draw their diagrams. */

import * as vscode from 'vscode';
import type { CodeTools } from '../../edit/host/code/codeTools.ts';
import { filesThere, openFile } from '../../edit/host/code/openFile.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { Diagrams } from '../../ui/host/diagrams.ts';
import { openLink } from '../../ui/host/openLink.ts';
import type { Attachment } from '../common/conversation.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { AnswerMessage } from '../common/protocolSchema.ts';

export interface AnswerDependencies {
  codeTools: Pick<CodeTools, 'run'>;
  diagrams: Pick<Diagrams, 'show'>;
}

/** What one page has to do with answers. */
interface AnswerPage {
  /** What the questions in sight took along: an answer may name these files. */
  attachments(): readonly Attachment[];
  post(message: Extract<HostMessage, { type: 'files-found' }>): void;
}

/** The buttons of errors are each page's own, see `panelActions.ts`. */
export function createAnswerHandlers({
  codeTools,
  diagrams,
  attachments,
  post,
}: AnswerDependencies & AnswerPage) {
  return {
    'text-copy': ({ text }) => vscode.env.clipboard.writeText(text),
    'link-open': ({ href }) => openLink(href),
    'file-open': ({ reference }) => openFile(reference, attachments()),
    async 'files-resolve'({ references }) {
      const there = await filesThere(references, attachments());
      post({ type: 'files-found', asked: references, there });
    },
    'diagram-show': ({ source }) => diagrams.show(source),
    'code-run': (request) => codeTools.run(request),
  } satisfies Partial<Handlers<AnswerMessage>>;
}

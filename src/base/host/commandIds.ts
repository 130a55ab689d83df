/** The only list of Qiao's commands, by the feature that implements them. Activation and types read it. */

export const commandIds = {
  chat: [
    'qiao.ask',
    'qiao.askSelection',
    'qiao.attachSelection',
    'qiao.newChat',
    'qiao.openInEditor',
    'qiao.find',
    'qiao.stop',
    'qiao.showHistory',
    'qiao.exportChat',
    'qiao.openChatAsMarkdown',
    'qiao.importChat',
    'qiao.getStarted',
  ],
  connections: [
    'qiao.selectModel',
    'qiao.setApiKey',
    'qiao.removeApiKey',
    'qiao.testConnection',
    'qiao.tryDemo',
    'qiao.leaveDemo',
    'qiao.manageConnections',
    'qiao.migrateConnection',
    'qiao.simulateFault',
    'qiao.updateCatalog',
    'qiao.openSettings',
  ],
  diagnostics: ['qiao.diagnose', 'qiao.copyDiagnosis', 'qiao.showLog'],
  edit: [
    'qiao.acceptProposal',
    'qiao.discardProposal',
    'qiao.editInline',
    'qiao.fixProblem',
    'qiao.acceptEdit',
    'qiao.rejectEdit',
    'qiao.stopEdit',
    'qiao.retryEdit',
    'qiao.nextHunk',
    'qiao.previousHunk',
    'qiao.saveUnformatted',
  ],
  editorEntries: [
    'qiao.explainProblem',
    'qiao.explainCode',
    'qiao.writeTests',
    'qiao.writeDocumentation',
    'qiao.explainTerminal',
    'qiao.attachTerminalSelection',
    'qiao.askCell',
    'qiao.attachFile',
  ],
  quickAsk: [
    'qiao.quickAsk',
    'qiao.quickAskReply',
    'qiao.quickAskStop',
    'qiao.quickAskAgain',
    'qiao.quickAskCopy',
    'qiao.quickAskContinue',
    'qiao.quickAskClose',
  ],
  prompts: [
    'qiao.runPrompt',
    'qiao.newPrompt',
    'qiao.editPrompt',
    'qiao.openPromptsFolder',
    'qiao.addStarterPrompts',
  ],
  compare: ['qiao.compare', 'qiao.compareQuestions', 'qiao.openComparison'],
  inspector: ['qiao.inspectLastRequest', 'qiao.inspectRequest', 'qiao.decodeEventStream'],
  usage: ['qiao.showUsage'],
  snippets: ['qiao.copyAsCode'],
  vscodeChat: ['qiao.enableNativeChat', 'qiao.openInChat'],
  scm: ['qiao.generateCommitMessage'],
} as const;

/** A feature that has commands. */
export type FeatureName = keyof typeof commandIds;

/** The commands of one feature; without a name, of all. */
export type CommandId<Name extends FeatureName = FeatureName> = (typeof commandIds)[Name][number];

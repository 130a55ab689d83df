// The pictures of what Qiao does beside answering in the panel.
import { test } from '../ui/fixtures.ts';
import { settings, takeFeaturePictures } from './scenes.ts';

test.use({ settings });

takeFeaturePictures(
  {
    setApiKey: 'Qiao: Set API Key',
    editInline: 'Qiao: Edit with Qiao…',
    compare: 'Qiao: Compare Models…',
    showDifferences: 'Show Differences',
    inspect: 'Inspect Request',
    copyAsCode: 'Qiao: Copy as Code…',
    openInEditor: 'Open in Editor',
    showUsage: 'Qiao: Show Usage',
    diagnose: 'Qiao: Diagnose',
    nextSteps: 'Next steps',
    instruction: 'Refuse discounts that make no sense',
    simpleQuestion: 'What is a bridge, in one sentence?',
    simpleAnswer: ['A bridge ', 'carries a road ', 'over a river.'],
    question: 'Why does 0.1 + 0.2 not give 0.3 in JavaScript?',
    answers: [
      'Numbers are stored as **binary fractions** (IEEE 754), and 0.1 has no finite one. What is stored is a little more; the sum of two such numbers shows the difference:\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\nCompare with a tolerance, or count in cents.',
      'JavaScript stores numbers as **binary fractions** (IEEE 754). Neither 0.1 nor 0.2 has a finite one, so both are rounded before they are added:\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\nFor money, count in cents; else compare with `Number.EPSILON`.',
    ],
  },
  '',
);

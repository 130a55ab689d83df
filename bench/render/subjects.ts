/** Who is measured, and the file that says how. */

export interface Subject {
  name: string;
  role: 'limit' | 'qiao' | 'peer';
  /** Under `bench/render`. */
  file: string;
}

export const subjects: readonly Subject[] = [
  { name: 'plain text lines, grouped', role: 'limit', file: 'page/plainText.ts' },
  { name: 'Qiao', role: 'qiao', file: 'page/qiao.ts' },
  { name: 'streaming-markdown', role: 'peer', file: 'peers/streamingMarkdown.js' },
  { name: 'marked + DOMPurify, all each frame', role: 'peer', file: 'peers/marked.js' },
  { name: 'react-markdown', role: 'peer', file: 'peers/reactMarkdown.js' },
];

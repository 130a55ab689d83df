/** The examples of the CommonMark and GitHub specifications. */

import MarkdownIt from 'markdown-it';
import commonMark from '../../fixtures/markdown/commonMark.json' with { type: 'json' };
import gitHub from '../../fixtures/markdown/gitHub.json' with { type: 'json' };

export interface SpecExample {
  /** E.g. `CommonMark 12` or `GitHub 198`. */
  name: string;
  markdown: string;
  /** What the specification says it becomes. */
  html: string;
}

/** Tabs are shown as arrows in CommonMark's text. */
const tabs = (text: string): string => text.replaceAll('→', '\t');

export const specExamples: readonly SpecExample[] = [
  ...commonMark.map(({ number, markdown, html }) => ({
    name: `CommonMark ${number}`,
    markdown: tabs(markdown),
    html: tabs(html),
  })),
  ...gitHub.map(({ number, markdown, html }) => ({ name: `GitHub ${number}`, markdown, html })),
];

const htmlReader = new MarkdownIt('commonmark').enable(['table', 'strikethrough']);
const htmlWriter = new MarkdownIt('commonmark', { html: false }).enable(['table', 'strikethrough']);

/** Whether the example holds raw HTML: a block of it, or a tag in text. */
export function involvesHtml({ markdown }: SpecExample): boolean {
  const isHtml = ({ type }: { type: string }) => type === 'html_block' || type === 'html_inline';
  return htmlReader
    .parse(markdown, {})
    .some((token) => isHtml(token) || (token.children?.some(isHtml) ?? false));
}

/** What the example becomes when its raw HTML is text. */
export function withHtmlAsText({ markdown }: SpecExample): string {
  return htmlWriter.render(markdown);
}

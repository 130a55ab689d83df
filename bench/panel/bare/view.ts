/** The limit's page: a field, and below it the texts that came, as plain lines. */

declare function acquireVsCodeApi(): { postMessage(text: string): void };

const api = acquireVsCodeApi();
const field = document.querySelector('textarea');
/** What is out of sight is skipped by groups: one long text would be laid out anew with each piece. */
const linesInGroup = 64;
let answer = document.body;
let group = answer;
let line = document.createTextNode('');
let lines = 0;

field?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  api.postMessage(field.value);
  field.value = '';
  answer = document.createElement('div');
  answer.className = 'answer-text';
  document.body.append(answer);
  lines = 0;
  beginLine();
});
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'string') return;
  for (const [index, text] of data.split('\n').entries()) {
    if (index > 0) beginLine();
    line.appendData(text);
  }
});

function beginLine(): void {
  if (lines % linesInGroup === 0) {
    group = document.createElement('div');
    group.style.contentVisibility = 'auto';
    answer.append(group);
  }
  lines += 1;
  line = document.createTextNode('');
  const element = document.createElement('div');
  element.append(line);
  group.append(element);
}

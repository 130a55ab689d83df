/** The limit's page: a field, and below it the texts that came, each as one text node. */

declare function acquireVsCodeApi(): { postMessage(text: string): void };

const api = acquireVsCodeApi();
const field = document.querySelector('textarea');
let answer = document.createTextNode('');

field?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  api.postMessage(field.value);
  field.value = '';
  const element = document.createElement('div');
  element.className = 'answer-text';
  answer = document.createTextNode('');
  element.append(answer);
  document.body.append(element);
});
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string') answer.appendData(data);
});

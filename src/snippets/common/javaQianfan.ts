/** Writes Java snippets with Baidu's library `com.baidubce:qianfan`, for Qianfan v1. */

import { type Json, objectsAt, type SnippetWriter, textAt } from '../../providers/common/snippetRequest.ts';
import { javaDouble, javaText } from './java.ts';
import { qianfanBaseUrl } from './libraryDefaults.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';

const step = '                ';

export const writeJavaQianfan: SnippetWriter = (request, comments) => {
  const { body, streaming, auth, baseUrl } = request;
  const { messages: _messages, stream: _stream, ...parameters } = body;
  const builder = [
    `.endpoint(${quote(request.model, 'java')})`,
    ...objectsAt(body, 'messages').map(
      (message) =>
        `.addMessage(${quote(textAt(message, 'role'), 'java')}, ${javaText(textAt(message, 'content'), step)})`,
    ),
    ...Object.entries(parameters).flatMap(([name, value]) => setterOf(name, value) ?? []),
  ];
  const [type, first, second] =
    auth === 'iam'
      ? ['TYPE_IAM', 'QIANFAN_ACCESS_KEY', 'QIANFAN_SECRET_KEY']
      : ['TYPE_OAUTH', 'QIANFAN_AK', 'QIANFAN_SK'];
  const opening = writeOpening(request, comments, {
    mark: '//',
    install: 'com.baidubce:qianfan',
    // The library takes its base URL only from the environment.
    variables: baseUrl === qianfanBaseUrl ? {} : { QIANFAN_BASE_URL: baseUrl },
  });
  const imports = [
    ...('stop' in parameters ? ['java.util.Arrays', ''] : []),
    'com.baidubce.qianfan.Qianfan',
    'com.baidubce.qianfan.core.auth.Auth',
    ...(streaming ? [] : ['com.baidubce.qianfan.model.chat.ChatResponse']),
  ];
  const text = `${opening}
${imports.map((name) => (name === '' ? '\n' : `import ${name};\n`)).join('')}
public class Main {
    public static void main(String[] args) {
        Qianfan qianfan = new Qianfan(
                Auth.${type},
                System.getenv("${first}"),
                System.getenv("${second}"));
        ${streaming ? '' : 'ChatResponse response = '}qianfan.chatCompletion()
${builder.map((line) => `${step}${line}\n`).join('')}${streaming ? readStream : readWhole}    }
}
`;
  return { language: 'java', fileName: 'Main.java', text };
};

const readWhole = `${step}.execute();
        System.out.println(response.getResult());
`;

const readStream = `${step}.executeStream()
${step}.forEachRemaining(chunk -> System.out.print(chunk.getResult()));
        System.out.println();
`;

/** Whether the library has a setter for each parameter; `top_k` has none. */
export function javaQianfanTakes(parameter: string, value: Json): boolean {
  return parameter === 'messages' || parameter === 'stream' || setterOf(parameter, value) !== undefined;
}

function setterOf(name: string, value: Json): string | undefined {
  if (name === 'stop' && Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return `.stop(Arrays.asList(${value.map((item) => quote(String(item), 'java')).join(', ')}))`;
  if (typeof value !== 'number') return undefined;
  switch (name) {
    case 'temperature':
      return `.temperature(${javaDouble(value)})`;
    case 'top_p':
      return `.topP(${javaDouble(value)})`;
    case 'penalty_score':
      return `.penaltyScore(${javaDouble(value)})`;
    default:
      return undefined;
  }
}

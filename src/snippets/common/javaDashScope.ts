/** Writes Java snippets with Alibaba's library `dashscope-sdk-java`. */

import {
  headersOf,
  type Json,
  type JsonObject,
  objectAt,
  objectsAt,
  type SnippetRequest,
  type SnippetWriter,
  textAt,
  workspaceHeader,
} from '../../providers/common/snippetRequest.ts';
import { answerShape } from './dashScopeShape.ts';
import { isJavaFloat, isJavaInteger, javaDouble, javaText, javaValue } from './java.ts';
import { dashScopeBaseUrl } from './libraryDefaults.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';

const step = '                ';

export const writeJavaDashScope: SnippetWriter = (request, comments) => {
  const { parts } = answerShape(request);
  const names = parts ? multimodal : textOnly;
  const { setters, others } = parametersOf(request, parts);
  const own = headersOf(request, workspaceHeader);
  const workspace = request.headers[workspaceHeader];
  const prompt = textAt(objectAt(request.body, 'input'), 'prompt');
  const messages = objectsAt(objectAt(request.body, 'input'), 'messages');
  const isChat = messages.length > 0;
  const setUp = [
    ...(isChat ? [writeMessages(messages, parts)] : []),
    ...writeMap('parameters', others),
    ...writeMap(
      'headers',
      own.map(({ name, value, variable }) => [
        name,
        variable ? `System.getenv("${variable}")` : quote(value, 'java'),
      ]),
    ),
  ];
  const builder = [
    `.apiKey(System.getenv("${request.keyVariable}"))`,
    `.model(${quote(request.model, 'java')})`,
    ...(workspace === undefined ? [] : [`.workspace(${quote(workspace, 'java')})`]),
    isChat ? '.messages(messages)' : `.prompt(${javaText(prompt, step)})`,
    ...setters,
    ...(others.length > 0 ? ['.parameters(parameters)'] : []),
    ...(own.length > 0 ? ['.headers(headers)'] : []),
    '.build();',
  ];
  const isDefault = request.baseUrl === dashScopeBaseUrl;
  const imports = [
    ...(usesLists(isChat, others) ? ['java.util.Arrays'] : []),
    ...(parts ? ['java.util.Collections'] : []),
    ...(others.length + own.length > 0 ? ['java.util.HashMap'] : []),
    ...(isChat ? ['java.util.List'] : []),
    ...(others.length + own.length > 0 ? ['java.util.Map'] : []),
    '',
    ...names.imports,
    ...(isChat ? [`com.alibaba.dashscope.common.${names.message}`, 'com.alibaba.dashscope.common.Role'] : []),
    'com.alibaba.dashscope.exception.ApiException',
    ...(parts ? [] : ['com.alibaba.dashscope.exception.InputRequiredException']),
    'com.alibaba.dashscope.exception.NoApiKeyException',
    ...(parts ? ['com.alibaba.dashscope.exception.UploadFileException'] : []),
    ...(isDefault ? [] : ['com.alibaba.dashscope.utils.Constants']),
    ...(request.streaming ? ['io.reactivex.Flowable'] : []),
  ];
  const text = `${writeOpening(request, comments, { mark: '//', install: 'com.alibaba:dashscope-sdk-java' })}
${imports.map((name) => (name === '' ? '\n' : `import ${name};\n`)).join('')}
public class Main {
    public static void chat() throws NoApiKeyException, ApiException, ${names.exception} {
${isDefault ? '' : `        Constants.baseHttpApiUrl = ${quote(request.baseUrl, 'java')};\n`}${setUp.join('')}        ${names.param} param = ${names.param}.builder()
${builder.map((line) => `${step}${line}\n`).join('')}${request.streaming ? readStream(request) : readWhole(request)}    }

    public static void main(String[] args) {
        try {
            chat();
        } catch (ApiException | NoApiKeyException | ${names.exception} e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
`;
  return { language: 'java', fileName: 'Main.java', text };
};

const textOnly = {
  service: 'Generation',
  param: 'GenerationParam',
  result: 'GenerationResult',
  message: 'Message',
  exception: 'InputRequiredException',
  imports: ['Generation', 'GenerationParam', 'GenerationResult'].map(
    (name) => `com.alibaba.dashscope.aigc.generation.${name}`,
  ),
};

const multimodal = {
  service: 'MultiModalConversation',
  param: 'MultiModalConversationParam',
  result: 'MultiModalConversationResult',
  message: 'MultiModalMessage',
  exception: 'UploadFileException',
  imports: ['MultiModalConversation', 'MultiModalConversationParam', 'MultiModalConversationResult'].map(
    (name) => `com.alibaba.dashscope.aigc.multimodalconversation.${name}`,
  ),
};

type Entry = readonly [name: string, code: string];

/** Uses the builder's setters if their types hold the value exactly, else its map of parameters. */
function parametersOf({ body }: SnippetRequest, parts: boolean): { setters: string[]; others: Entry[] } {
  const setters: string[] = [];
  const others: Entry[] = [];
  for (const [name, value] of Object.entries(objectAt(body, 'parameters'))) {
    const setter = setterOf(name, value, parts);
    if (setter) setters.push(setter);
    else others.push([name, javaValue(value)]);
  }
  return { setters, others };
}

function setterOf(name: string, value: Json, parts: boolean): string | undefined {
  const camelCase = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  switch (name) {
    case 'result_format':
      return value === 'message' && !parts
        ? '.resultFormat(GenerationParam.ResultFormat.MESSAGE)'
        : undefined;
    case 'incremental_output':
      return value === true ? '.incrementalOutput(true)' : undefined;
    case 'enable_thinking':
      return `.${camelCase}(${value})`;
    case 'top_p':
      return typeof value === 'number' ? `.topP(${javaDouble(value)})` : undefined;
    case 'temperature':
    case 'repetition_penalty':
    case 'presence_penalty':
      return isJavaFloat(value) ? `.${camelCase}(${javaDouble(value)}f)` : undefined;
    case 'top_k':
    case 'seed':
    case 'max_tokens':
    case 'thinking_budget':
      return isJavaInteger(value) ? `.${camelCase}(${value})` : undefined;
    default:
      return undefined;
  }
}

function writeMessages(messages: readonly JsonObject[], parts: boolean): string {
  const { message: type } = parts ? multimodal : textOnly;
  const items = messages.map((message) => {
    const content = parts
      ? `Arrays.asList(\n${objectsAt(message, 'content')
          .map((part) => `${step}                ${writePart(part)}`)
          .join(',\n')})`
      : javaText(textAt(message, 'content'), `${step}        `);
    const role = `Role.${textAt(message, 'role').toUpperCase()}.getValue()`;
    return `${step}${type}.builder()\n${step}        .role(${role})\n${step}        .content(${content})\n${step}        .build()`;
  });
  return `        List<${type}> messages = Arrays.asList(\n${items.join(',\n')});\n`;
}

function writePart(part: JsonObject): string {
  const [[name = 'text', value = ''] = []] = Object.entries(part);
  return `Collections.singletonMap(${quote(name, 'java')}, ${javaText(String(value), `${step}                `)})`;
}

function writeMap(name: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [];
  const puts = entries.map(([key, code]) => `        ${name}.put(${quote(key, 'java')}, ${code});\n`);
  return [`        Map<String, Object> ${name} = new HashMap<>();\n${puts.join('')}`];
}

function usesLists(isChat: boolean, others: readonly Entry[]): boolean {
  return isChat || others.some(([, code]) => code.startsWith('Arrays.'));
}

function readWhole(request: SnippetRequest): string {
  const { service, result } = answerShape(request).parts ? multimodal : textOnly;
  return `        ${result} result = new ${service}().call(param);
${readText(request, 'result', '        ')}        System.out.println(text);
`;
}

function readStream(request: SnippetRequest): string {
  const shape = answerShape(request);
  const { service, result } = shape.parts ? multimodal : textOnly;
  const print = shape.cumulative
    ? `            System.out.print(text.substring(printed.length()));
            printed.setLength(0);
            printed.append(text);
`
    : '            System.out.print(text);\n';
  return `${shape.cumulative ? '        StringBuilder printed = new StringBuilder();\n' : ''}        Flowable<${result}> results = new ${service}().streamCall(param);
        results.blockingForEach(result -> {
${readText(request, 'result', '            ')}${print}        });
        System.out.println();
`;
}

/** Without a requested format, the platform may answer in either. */
function readText(request: SnippetRequest, source: string, indent: string): string {
  const { parts, asksForMessage } = answerShape(request);
  const content = `${source}.getOutput().getChoices().get(0).getMessage().getContent()`;
  if (parts) {
    return `${indent}Object text = ${content}.isEmpty()
${indent}        ? ""
${indent}        : ${content}.get(0).get("text");
`;
  }
  if (asksForMessage) return `${indent}String text = ${content};\n`;
  return `${indent}String text = ${source}.getOutput().getText() != null
${indent}        ? ${source}.getOutput().getText()
${indent}        : ${content};
`;
}

/** Lists the snippet targets that can send a request exactly. */

import { headersOf, type SnippetRequest, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { writeCurl } from './curl.ts';
import { writeGoQianfan } from './goQianfan.ts';
import { writeJavaDashScope } from './javaDashScope.ts';
import { javaQianfanTakes, writeJavaQianfan } from './javaQianfan.ts';
import { writeNodeFetch } from './nodeFetch.ts';
import { writeNodeOpenAI } from './nodeOpenAI.ts';
import { writeNodeQianfan } from './nodeQianfan.ts';
import { writePythonDashScope } from './pythonDashScope.ts';
import { writePythonOpenAI } from './pythonOpenAI.ts';
import { writePythonQianfan } from './pythonQianfan.ts';
import { writePythonRequests } from './pythonRequests.ts';

export interface SnippetTarget {
  id: string;
  /** The language, for people. */
  label: string;
  /** The library it uses. */
  library: string;
  write: SnippetWriter;
}

/** cURL first, then each language with the vendor's library first. */
export function targetsFor(request: SnippetRequest): SnippetTarget[] {
  return all.filter(({ exists }) => exists(request)).map(({ exists: _exists, ...target }) => target);
}

/** Baidu's libraries take no extra headers and do not encode the endpoint's name. */
const suitsQianfanLibraries = (request: SnippetRequest): boolean =>
  request.protocol === 'qianfan-v1' &&
  headersOf(request).length === 0 &&
  encodeURIComponent(request.model) === request.model;

const signs = ({ auth }: SnippetRequest): boolean => auth === 'iam';
const hasPair = ({ auth }: SnippetRequest): boolean => auth === 'iam' || auth === 'oauth';
const isDashScope = ({ protocol }: SnippetRequest): boolean => protocol === 'dashscope';
/** OpenAI's library appends its path to the base URL, query included. */
const suitsOpenAILibrary = ({ protocol, url }: SnippetRequest): boolean =>
  protocol === 'openai' && !url.includes('?');

const all: readonly (SnippetTarget & { exists(request: SnippetRequest): boolean })[] = [
  { id: 'curl', label: 'cURL', library: 'sh', write: writeCurl, exists: () => true },
  {
    id: 'python-dashscope',
    label: 'Python',
    library: 'dashscope',
    write: writePythonDashScope,
    exists: isDashScope,
  },
  {
    id: 'python-openai',
    label: 'Python',
    library: 'openai',
    write: writePythonOpenAI,
    exists: suitsOpenAILibrary,
  },
  {
    id: 'python-qianfan',
    label: 'Python',
    library: 'qianfan',
    write: writePythonQianfan,
    exists: suitsQianfanLibraries,
  },
  {
    id: 'python-requests',
    label: 'Python',
    library: 'requests',
    write: writePythonRequests,
    exists: (request) => !signs(request),
  },
  {
    id: 'java-dashscope',
    label: 'Java',
    library: 'dashscope-sdk-java',
    write: writeJavaDashScope,
    exists: isDashScope,
  },
  {
    id: 'java-qianfan',
    label: 'Java',
    library: 'com.baidubce:qianfan',
    write: writeJavaQianfan,
    exists: (request) =>
      suitsQianfanLibraries(request) &&
      hasPair(request) &&
      Object.entries(request.body).every(([name, value]) => javaQianfanTakes(name, value)),
  },
  {
    id: 'go-qianfan',
    label: 'Go',
    library: 'bce-qianfan-sdk',
    write: writeGoQianfan,
    exists: (request) => suitsQianfanLibraries(request) && hasPair(request),
  },
  {
    id: 'node-qianfan',
    label: 'Node.js',
    library: '@baiducloud/qianfan',
    write: writeNodeQianfan,
    exists: (request) => suitsQianfanLibraries(request) && hasPair(request),
  },
  {
    id: 'node-openai',
    label: 'Node.js',
    library: 'openai',
    write: writeNodeOpenAI,
    exists: suitsOpenAILibrary,
  },
  {
    id: 'node-fetch',
    label: 'Node.js',
    library: 'fetch',
    write: writeNodeFetch,
    exists: (request) => !signs(request),
  },
];

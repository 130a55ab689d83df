/** Writes Go snippets with Baidu's library, for Qianfan v1. */

import { type Json, objectsAt, type SnippetWriter, textAt } from '../../providers/common/snippetRequest.ts';
import { qianfanBaseUrl } from './libraryDefaults.ts';
import { linesOf, quote } from './literals.ts';
import { writeOpening } from './opening.ts';

export const writeGoQianfan: SnippetWriter = (request, comments) => {
  const { body, streaming, baseUrl } = request;
  const { messages: _messages, stream: _stream, ...parameters } = body;
  const fields = Object.entries(parameters).flatMap(([name, value]) => {
    const field = fieldOf(name, value);
    return field ? [field] : [];
  });
  const others = Object.entries(parameters).filter(([name, value]) => fieldOf(name, value) === undefined);
  const messages = objectsAt(body, 'messages').map((message) => {
    const speaker = textAt(message, 'role') === 'assistant' ? 'Assistant' : 'User';
    return `\t\t\tqianfan.ChatCompletion${speaker}Message(${goText(textAt(message, 'content'), '\t\t\t')}),\n`;
  });
  const opening = writeOpening(request, comments, {
    mark: '//',
    install: 'go get github.com/baidubce/bce-qianfan-sdk/go/qianfan',
  });
  const text = `${opening}
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/baidubce/bce-qianfan-sdk/go/qianfan"
)

func main() {
${baseUrl === qianfanBaseUrl ? '' : `\tqianfan.GetConfig().BaseURL = ${quote(baseUrl, 'go')}\n`}	chat := qianfan.NewChatCompletion(
		qianfan.WithEndpoint(${quote(request.model, 'go')}),
	)
	request := &qianfan.ChatCompletionRequest{
		Messages: []qianfan.ChatCompletionMessage{
${messages.join('')}		},
${alignFields(fields)}	}
${others.length === 0 ? '' : `\trequest.SetExtra(map[string]interface{}{\n${others.map(([name, value]) => `\t\t${quote(name, 'go')}: ${goValue(value)},\n`).join('')}\t})\n`}${streaming ? readStream : readWhole}}
`;
  return { language: 'go', fileName: 'main.go', text };
};

const readWhole = `	response, err := chat.Do(context.TODO(), request)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response.Result)
`;

const readStream = `	stream, err := chat.Stream(context.TODO(), request)
	if err != nil {
		log.Fatal(err)
	}
	for {
		response, err := stream.Recv()
		if err != nil {
			log.Fatal(err)
		}
		if stream.IsEnd {
			break
		}
		fmt.Print(response.Result)
	}
	fmt.Println()
`;

/** Aligns the fields like gofmt. */
function alignFields(fields: readonly (readonly [name: string, code: string])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length + 1));
  return fields.map(([name, code]) => `\t\t${`${name}:`.padEnd(width)} ${code},\n`).join('');
}

/** The library omits zero fields; those go into its map of extra members. */
function fieldOf(name: string, value: Json): readonly [name: string, code: string] | undefined {
  if (name === 'stop' && Array.isArray(value) && value.length > 0)
    return ['Stop', `[]string{${value.map((item) => quote(String(item), 'go')).join(', ')}}`];
  if (typeof value !== 'number' || value === 0) return undefined;
  if (name === 'temperature') return ['Temperature', String(value)];
  if (name === 'top_p') return ['TopP', String(value)];
  return name === 'penalty_score' ? ['PenaltyScore', String(value)] : undefined;
}

function goText(text: string, indent: string): string {
  const lines = linesOf(text);
  if (lines.length === 1 || text.length < 60) return quote(text, 'go');
  return lines.map((line) => quote(line, 'go')).join(` +\n${indent}\t`);
}

function goValue(value: Json): string {
  if (typeof value === 'string') return quote(value, 'go');
  if (Array.isArray(value)) return `[]interface{}{${value.map(goValue).join(', ')}}`;
  return value === null ? 'nil' : String(value);
}

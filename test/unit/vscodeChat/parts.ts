/** Parts as VS Code's classes make them. */

export const text = (value: string): object => ({ value, audience: undefined });
export const thought = (value: string): object => ({ value, id: undefined, metadata: undefined });
export const call = (callId: string, name: string, input: object): object => ({ callId, name, input });
export const result = (callId: string, ...content: object[]): object => ({
  callId,
  content,
  isError: undefined,
});
export const data = (mimeType: string, bytes: string): object => ({ mimeType, data: Buffer.from(bytes) });
export const user = (...content: object[]) => ({ role: 1, content });
export const assistant = (...content: object[]) => ({ role: 2, content });
export const system = (...content: object[]) => ({ role: 3, content });

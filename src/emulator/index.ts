/** The emulator: answers as the platforms do, by their documented rules and formats. */

export { demoIamKeys } from './bce/verifySignature.ts';
export type { Emulator, EmulatorOptions } from './emulator.ts';
export { demoAccessToken } from './qianfan/tokenStore.ts';
export type { RecordedRequest } from './recordedRequest.ts';
export type { ScriptStep } from './scriptStep.ts';
export { scriptStepSchema } from './scriptStepSchema.ts';
export { createEmulator, type LocalEmulator, startEmulator } from './startEmulator.ts';

/** The emulator: stands in for the platforms on loopback, with the documented bytes and the documented rules. */

export { demoIamKeys } from './bce/verifySignature.ts';
export type { Emulator, EmulatorOptions } from './emulator.ts';
export { demoAccessToken } from './qianfan/tokenStore.ts';
export type { RecordedRequest } from './recordedRequest.ts';
export type { ScriptStep } from './scriptStep.ts';
export { scriptStepSchema } from './scriptStepSchema.ts';
export { createEmulator, type LocalEmulator, startEmulator } from './startEmulator.ts';

/** DashScope's errors in the platform's own words (Model Studio, page of error codes). */

import { type ImageProblem, maxDataUrlLength } from '../images.ts';
import type { Refusal } from '../refusal.ts';

export const invalidParameter = (message: string): Refusal => ({
  status: 400,
  code: 'InvalidParameter',
  message,
});

/** The code is documented, the words are not. */
export const thinkingNotSupported = (model: string): Refusal => ({
  status: 400,
  code: 'InvalidParameter.NotSupportEnableThinking',
  message: `The model ${model} does not support enable_thinking.`,
});

export const invalidApiKey: Refusal = {
  status: 401,
  code: 'InvalidApiKey',
  message: 'Invalid API-key provided.',
};

export const noApiKey: Refusal = { status: 401, code: 'InvalidApiKey', message: 'No API-key provided.' };

export const arrearage: Refusal = {
  status: 400,
  code: 'Arrearage',
  message: 'Access denied, please make sure your account is in good standing.',
};

export const modelAccessDenied: Refusal = {
  status: 403,
  code: 'Model.AccessDenied',
  message: 'Model access denied.',
};

export const workspaceAccessDenied: Refusal = {
  status: 403,
  code: 'Workspace.AccessDenied',
  message: 'Workspace access denied.',
};

export const freeTierOnly: Refusal = {
  status: 403,
  code: 'AllocationQuota.FreeTierOnly',
  message:
    'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
};

export const rateLimited: Refusal = {
  status: 429,
  code: 'Throttling.RateQuota',
  message: 'Requests rate limit exceeded, please try again later.',
};

export const modelNotFound: Refusal = {
  status: 404,
  code: 'ModelNotFound',
  message: 'Model can not be found.',
};

export const pathNotFound: Refusal = { status: 404, code: 'NotFound', message: 'Not found.' };

export const wrongService: Refusal = invalidParameter('url error, please check url！');

/** The status is documented, the words are not. */
export const unsupportedMediaType: Refusal = {
  status: 415,
  code: 'InvalidParameter',
  message: 'Unsupported media type.',
};

export const invalidBody: Refusal = invalidParameter(
  'Required body invalid, please check the request body format.',
);

export const emptyModel: Refusal = {
  status: 400,
  code: 'BadRequest.EmptyModel',
  message: 'Required parameter "model" missing from request.',
};

export const emptyInput: Refusal = {
  status: 400,
  code: 'BadRequest.EmptyInput',
  message: 'Required input parameter missing from request.',
};

export const emptyParameters: Refusal = {
  status: 400,
  code: 'BadRequest.EmptyParameters',
  message: 'Required parameter "parameters" missing from request.',
};

/** The page's words but for the pixels, which are those of a refusal that was seen. */
export const imageRefusals: Readonly<Record<ImageProblem, Refusal>> = {
  'no-url': invalidParameter(
    'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
  ),
  'too-large': invalidParameter(`Exceeded limit on max bytes per data-uri item : ${maxDataUrlLength}'.`),
  unreadable: invalidParameter('The media format is not supported or incorrect for the data inspection.'),
  'wrong-size': invalidParameter(
    'The image length and width do not meet the model restrictions. [height or width must be larger than 10]',
  ),
};

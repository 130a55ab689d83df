/** DashScope's errors in the platform's own words (Model Studio, page of error codes). */

import { type ApiError, apiError } from '../apiError.ts';
import { type ImageProblem, maxDataUrlLength } from '../images.ts';

export const invalidParameter = (message: string): ApiError => apiError(400, 'InvalidParameter', message);

/** The code is documented, the words are not. */
export const thinkingNotSupported = (model: string): ApiError =>
  apiError(
    400,
    'InvalidParameter.NotSupportEnableThinking',
    `The model ${model} does not support enable_thinking.`,
  );

export const invalidApiKey = apiError(401, 'InvalidApiKey', 'Invalid API-key provided.');

export const noApiKey = apiError(401, 'InvalidApiKey', 'No API-key provided.');

export const arrearage = apiError(
  400,
  'Arrearage',
  'Access denied, please make sure your account is in good standing.',
);

export const modelAccessDenied = apiError(403, 'Model.AccessDenied', 'Model access denied.');

export const workspaceAccessDenied = apiError(403, 'Workspace.AccessDenied', 'Workspace access denied.');

export const freeTierOnly = apiError(
  403,
  'AllocationQuota.FreeTierOnly',
  'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
);

export const rateLimited = apiError(
  429,
  'Throttling.RateQuota',
  'Requests rate limit exceeded, please try again later.',
);

export const modelNotFound = apiError(404, 'ModelNotFound', 'Model can not be found.');

export const pathNotFound = apiError(404, 'NotFound', 'Not found.');

export const wrongService: ApiError = invalidParameter('url error, please check url！');

/** The status is documented, the words are not. */
export const unsupportedMediaType = apiError(415, 'InvalidParameter', 'Unsupported media type.');

export const invalidBody: ApiError = invalidParameter(
  'Required body invalid, please check the request body format.',
);

export const emptyModel = apiError(
  400,
  'BadRequest.EmptyModel',
  'Required parameter "model" missing from request.',
);

export const emptyInput = apiError(
  400,
  'BadRequest.EmptyInput',
  'Required input parameter missing from request.',
);

export const emptyParameters = apiError(
  400,
  'BadRequest.EmptyParameters',
  'Required parameter "parameters" missing from request.',
);

/** In the words of the page; the pixels are from an observed error. */
export const imageErrors: Readonly<Record<ImageProblem, ApiError>> = {
  'no-url': invalidParameter(
    'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
  ),
  'too-large': invalidParameter(`Exceeded limit on max bytes per data-uri item : ${maxDataUrlLength}'.`),
  unreadable: invalidParameter('The media format is not supported or incorrect for the data inspection.'),
  'wrong-size': invalidParameter(
    'The image length and width do not meet the model restrictions. [height or width must be larger than 10]',
  ),
};

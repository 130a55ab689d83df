/** An error answer of a platform. */

export interface ApiError {
  status: number;
  code: string;
  /** In the platform's words. */
  message: string;
  headers?: Record<string, string>;
}

export const apiError = (status: number, code: string, message: string): ApiError => ({
  status,
  code,
  message,
});

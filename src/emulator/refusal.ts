/** An error answer, in the words of a platform. */

/** An error as the platform words it. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

/** Error that the user can understand and act on; it is shown, not logged. */

/** `message`: one or two sentences in the user's language. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Something the user can understand and act on: no fault of Qiao's, so nothing for the log. */

/** `message` is a sentence or two in the user's language. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

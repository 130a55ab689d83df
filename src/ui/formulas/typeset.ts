/** Types and names that the panel and the typesetter's bundle share. */

/** The MathML of a formula without its delimiters, or `undefined` when it can't be read. */
export type Typeset = (tex: string, display: boolean) => Element | 'too-large' | undefined;

/** The event on `document` by which the bundle says it is there; its `detail` is the `Typeset`. */
export const typesetterReady = 'qiao-typesetter-ready';

/** Types of the packages that carry lists of hostile texts. */
declare module 'dompurify-vectors/test/fixtures/expect.js' {
  const vectors: readonly { payload: string }[];
  // biome-ignore lint/style/noDefaultExport: so the package is written
  export default vectors;
}

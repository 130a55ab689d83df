/** Tells formulas from what else stands between dollars and brackets: prices, variables of a shell, escaped brackets. */

export interface Candidate {
  /** What opens it. */
  mark: '$' | '$$' | '\\(' | '\\[';
  content: string;
  /** The characters at both sides, empty at the ends of the text. */
  before: string;
  after: string;
}

export function looksLikeFormula({ mark, content, before, after }: Candidate): boolean {
  if (content.includes('`')) return false;
  if (mark === '\\(' || mark === '\\[') {
    // `f\(x\)`, `a\[0\]` and `\[x\](y)` are escaped brackets, and formulas do not nest.
    if (/[A-Za-z0-9_)\]]/.test(before) || /[([]/.test(after) || content.includes(mark)) return false;
    // An index, a list of numbers, the box of a task.
    if (mark === '\\[' && /^(\d*|\d+(?:, ?\d+)*|x)$/i.test(content.trim())) return false;
    // `\[INFO\]`, `\(optional\)`
    if (/^\s*[A-Za-z]{3}[A-Za-z \n-]*$/.test(content)) return false;
  }
  const bare = content.replaceAll(words, ' ');
  if (/[。：！？“”（）《》「」]/.test(bare)) return false;
  const isEastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(bare);
  if (isEastern && !/[\\^_=]/.test(content)) return false;
  // `$x=1，y=2$`; `$10，现价9$`, and `$a=1，$` of a program
  if (/[，；、]/.test(bare) && (isEastern || !/[\\^_=<>]/.test(content) || /[，；、]$/.test(content)))
    return false;
  const letters = bare.replaceAll(/\\[A-Za-z]+/g, ' ');
  if (/\b[A-Za-z]{3,}\s{1,4}[A-Za-z]{3}/.test(letters)) return false;
  // `$5 or 10$`, `$20/month$`
  const amount = /^\d[\d.,]*/.test(content) && !/[\\^_={]/.test(content);
  if (amount && /\s([A-Za-z]{3,}|or|to|at|in|by|is|if|on|up|vs)\b|\/\s?\p{L}{2,}/u.test(letters))
    return false;
  return mark !== '$$' || /[\\^_=+\-*/<>{\d]/.test(content) || !/[A-Za-z]{2,}/.test(letters);
}

/** Text within a formula may be in any language. */
const words = /\\(?:text|textbf|textit|mathrm|mbox|operatorname)\s?\{[^{}]{0,500}\}/g;

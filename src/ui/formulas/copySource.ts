/** What is copied of an answer holds the source of its formulas, not their signs one below the other. */

let watching = false;

/** Looks after every copy in the document from now on. */
export function copyFormulasAsSource(): void {
  if (watching) return;
  watching = true;
  document.addEventListener('copy', (event) => {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
    if (!selection || !range || !event.clipboardData || !holdsFormula(range)) return;
    const root = document.documentElement;
    // The browser knows best what a selection reads like: it is asked while the sources are what is seen.
    root.classList.add('copying-source');
    event.clipboardData.setData('text/plain', selection.toString());
    root.classList.remove('copying-source');
    event.preventDefault();
  });
}

function holdsFormula(range: Range): boolean {
  const around = range.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  const formulas = element?.querySelectorAll('.formula.typeset:not(.open)') ?? [];
  return Array.from(formulas).some((formula) => range.intersectsNode(formula));
}

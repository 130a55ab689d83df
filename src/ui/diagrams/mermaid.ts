/** Entry of Mermaid's bundle, a classic script: it gives `diagramFrame.ts` Mermaid as a global. */

import mermaid from 'mermaid';

Object.assign(globalThis, { mermaid });

/** What the host says to the page of diagrams; the page answers with the text `ready` alone. */

/** Draw this Mermaid source. */
export interface DiagramMessage {
  type: 'diagram';
  source: string;
}

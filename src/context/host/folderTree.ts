/** Formats the names in a folder as text for a model. */

export interface FolderTree {
  folders: Map<string, FolderTree>;
  files: string[];
  /** Whether there is more than is listed. */
  isCut: boolean;
}

/** Folders before files, each with `/`; says where something is left out. */
export function formatTree(title: string, tree: FolderTree): string {
  const lines = [title, ...linesOf(tree, '  ')];
  return `${lines.join('\n')}\n`;
}

function linesOf({ folders, files, isCut }: FolderTree, indentation: string): string[] {
  const lines = [...folders].flatMap(([name, inside]) => [
    `${indentation}${name}/`,
    ...linesOf(inside, `${indentation}  `),
  ]);
  for (const name of files) lines.push(`${indentation}${name}`);
  if (isCut) lines.push(`${indentation}… (more is left out)`);
  return lines;
}

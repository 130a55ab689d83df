/** Filters and ranks slash commands by a query; pure. */

import type { CommandChoice } from '../../../common/protocol.ts';

export interface FoundCommand {
  command: CommandChoice;
  /** Stretches of the name that match, in UTF-16 units, end exclusive. */
  matches: readonly (readonly [start: number, end: number])[];
}

/** Names that begin with `query`, then those that hold it, then descriptions that do: in Chinese one types a word of those. */
export function filterCommands(commands: readonly CommandChoice[], query: string): FoundCommand[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return commands.map((command) => ({ command, matches: [] }));
  const ranked = commands.flatMap((command) => {
    const at = command.name.toLowerCase().indexOf(wanted);
    if (at !== -1)
      return [{ rank: at === 0 ? 0 : 1, found: { command, matches: [[at, at + wanted.length] as const] } }];
    const described = command.description.toLowerCase().includes(wanted);
    return described ? [{ rank: 2, found: { command, matches: [] } }] : [];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ found }) => found);
}

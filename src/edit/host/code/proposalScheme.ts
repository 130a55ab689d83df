/** How the addresses of proposed texts begin, and how those of the texts end that they take the place of. */

export const proposalScheme = 'qiao-proposal';

export const originalMark = 'original';

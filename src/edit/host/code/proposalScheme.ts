/** The URI scheme of proposed texts, and the mark in the URIs of the original texts beside them. */

export const proposalScheme = 'qiao-proposal';

export const originalMark = 'original';

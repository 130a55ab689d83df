/** How the addresses of proposed texts begin. */

export const proposalScheme = 'qiao-proposal';

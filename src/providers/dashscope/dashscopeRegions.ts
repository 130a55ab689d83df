/** DashScope's public addresses; a key works in its own region only (vendor page "base URL", 2026). */

export const dashScopeHosts = {
  beijing: 'https://dashscope.aliyuncs.com',
  singapore: 'https://dashscope-intl.aliyuncs.com',
  us: 'https://dashscope-us.aliyuncs.com',
  hongkong: 'https://cn-hongkong.dashscope.aliyuncs.com',
} as const;

export function isDashScopeRegion(region: string): region is DashScopeRegion {
  return Object.hasOwn(dashScopeHosts, region);
}

/** The address of a region; Beijing's for an unknown one. */
export function dashScopeHost(region: string | undefined): string {
  return dashScopeHosts[region !== undefined && isDashScopeRegion(region) ? region : 'beijing'];
}

export type DashScopeRegion = keyof typeof dashScopeHosts;

/** The public addresses of DashScope; a key works in its own region only (vendor page "base URL", 2026). */

export const dashScopeHosts = {
  beijing: 'https://dashscope.aliyuncs.com',
  singapore: 'https://dashscope-intl.aliyuncs.com',
  us: 'https://dashscope-us.aliyuncs.com',
  hongkong: 'https://cn-hongkong.dashscope.aliyuncs.com',
} as const;

export type DashScopeRegion = keyof typeof dashScopeHosts;

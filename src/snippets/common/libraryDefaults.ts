/** The default base URLs of the vendors' client libraries. */

export const dashScopeBaseUrl = 'https://dashscope.aliyuncs.com/api/v1';

/** Of Qianfan v1. */
export const qianfanBaseUrl = 'https://aip.baidubce.com';

/** Addresses that the vendors' client libraries take when they are told nothing. */

export const dashScopeBaseUrl = 'https://dashscope.aliyuncs.com/api/v1';

/** Of Qianfan's first interface. */
export const qianfanBaseUrl = 'https://aip.baidubce.com';

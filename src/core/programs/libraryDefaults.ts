/** Where Qianfan's first interface lives. */

/** What its client libraries take when they are told nothing. */
export const qianfanBaseUrl = 'https://aip.baidubce.com';

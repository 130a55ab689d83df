/** Names of files as a large repository has them, made up; the same in every run. */

const folders =
  'src lib app packages core components utils services api models views controllers test docs assets hooks pages store modules common shared internal cmd server client web platform editor browser node'.split(
    ' ',
  );
const words =
  'user account order cart payment invoice product search index list detail button dialog modal form table chart session token history editor panel context message request response handler provider manager factory config settings theme color parser lexer stream buffer queue cache router layout header footer sidebar menu item tree'.split(
    ' ',
  );
const chinese =
  '用户 订单 支付 商品 搜索 列表 详情 会话 历史 编辑 设置 主题 缓存 文档 说明 测试 报告 设计'.split(' ');
const endings = 'ts ts ts tsx js py go java css json md vue rs'.split(' ');
/** Names that every package has. */
const common = 'index.ts package.json README.md types.ts utils.ts __init__.py mod.rs'.split(' ');

/** Different paths with `/`: one name in twenty is Chinese, one in ten stands in many folders. */
export function makePaths(count: number): string[] {
  let state = 20260101;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
  const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  const name = (): string => {
    const kind = below(20);
    if (kind === 0) return `${pick(chinese)}${pick(chinese)}.md`;
    if (kind <= 2) return pick(common);
    const stem = pick(words) + capital(pick(words)) + (below(2) === 0 ? capital(pick(words)) : '');
    return `${stem}${below(6) === 0 ? '.test' : ''}.${pick(endings)}`;
  };
  const folder = (): string => pick(folders) + (below(4) === 0 ? `-${pick(words)}` : '');
  const paths = new Set<string>();
  while (paths.size < count) paths.add([...Array.from({ length: 2 + below(5) }, folder), name()].join('/'));
  return [...paths];
}

/** A long answer as models write them: paragraphs, lists, code, tables, in English and Chinese. */

const sections: readonly ((number: number) => string)[] = [
  (n) =>
    `## Step ${n}: read the input\n\nThe function in **module ${n}** walks over \`orders\` and returns the *total in cents*, see [the guide](https://example.com/guide/${n}). It trusts the price to be a number, and rounds once per order rather than once per sum, which gives other cents.\n\n`,
  (n) =>
    `1. Read item ${n} and check that it is not empty.\n2. Apply the discount **before** the tax.\n3. Round half up:\n   - for each order\n   - and never for the sum\n4. Return the result with its currency.\n\n`,
  (n) =>
    `\`\`\`python\ndef total_${n}(orders: list[Order]) -> int:\n    """Sum of all orders, in cents."""\n    result = 0\n    for order in orders:\n        # discounts first, then tax\n        result += round(order.price * (1 - order.discount) * 1.19)\n    return result\n\`\`\`\n\n`,
  (n) =>
    `### 第 ${n} 步：检查边界\n\n函数遍历订单并**累加金额，**返回以分为单位的整数。空列表返回 \`0\`，折扣大于 1 时应当报错，见https://example.com/规范。建议为这些情况补充测试，并在文档中说明取整的规则。\n\n`,
  (n) =>
    `| Input | Result | Note |\n| :-- | --: | :-: |\n| \`[]\` | 0 | empty |\n| one order | ${n} 190 | with tax |\n| discount > 1 | – | fails |\n\n`,
  (n) =>
    `> Rounding per order and rounding the sum differ by up to ${n} cents.\n\n- [x] Read the code\n- [ ] Write a test for \`discount > 1\`\n\n`,
  (n) =>
    `\`\`\`typescript\nexport async function load${n}(id: string): Promise<Order> {\n  const response = await fetch(\`/orders/\${id}\`); // network\n  if (!response.ok) throw new Error('failed');\n  return (await response.json()) as Order;\n}\n\`\`\`\n\n`,
];

/** The first `length` characters of it. */
export function createAnswer(length: number): string {
  const parts: string[] = [];
  let written = 0;
  for (let number = 1; written < length; number++) {
    const part = sections[number % sections.length]?.(number) ?? '';
    parts.push(part);
    written += part.length;
  }
  return parts.join('').slice(0, length);
}

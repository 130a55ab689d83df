/** Finds functions and what they do in a syntax tree of TypeScript, without asking what the names stand for. */

import {
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isConstructorDeclaration,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionDeclaration,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  type Node,
} from 'typescript/unstable/ast';

/** Visits the node and all that is in it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** `a.b` of the name `b` in it; any other name itself. */
export function memberOr(name: Node): Node {
  return isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
}

/** Whether the value stands where it is handed on. */
export function isGiven({ parent }: Node): boolean {
  return (
    isPropertyAssignment(parent) ||
    isShorthandPropertyAssignment(parent) ||
    isBinaryExpression(parent) ||
    isCallExpression(parent) ||
    isNewExpression(parent)
  );
}

/** The name that a function is found by. */
export function nameNodeOf(node: Node): Node | undefined {
  return isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isMethodDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node) ||
    isPropertyDeclaration(node) ||
    isPropertyAssignment(node) ||
    isVariableDeclaration(node)
    ? node.name
    : undefined;
}

/** The name of a function, a class, a member or a variable, as it is written. */
export function nameOf(node: Node): string | undefined {
  return isConstructorDeclaration(node) ? 'constructor' : nameNodeOf(node)?.getText();
}

/** Whether the node stands in nodes of these names, in this order. */
export function isInside(node: Node, outer: readonly string[]): boolean {
  let left = outer.length;
  for (let at = node.parent; at && left > 0; at = at.parent) if (nameOf(at) === outer[left - 1]) left--;
  return left === 0;
}

/** How many nodes it is nested in. */
export function depthOf(node: Node): number {
  return node.parent ? depthOf(node.parent) + 1 : 0;
}

/** All identifiers in a node. */
export function names(node: Node): Set<string> {
  const found = new Set<string>();
  walk(node, (inner) => {
    if (isIdentifier(inner)) found.add(inner.getText());
  });
  return found;
}

/** Whether the node belongs to a class or an object that can be iterated over, or is one. */
export function isIterable(node: Node): boolean {
  for (let at = node; at; at = at.parent)
    if (
      (isClassDeclaration(at) || isObjectLiteralExpression(at) || isFunctionDeclaration(at)) &&
      names(at).has('asyncIterator')
    )
      return true;
  return false;
}

/** Whether there is a `for await`, or a call of `next`. */
export function reads(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (isForOfStatement(inner) && inner.awaitModifier) found = true;
    if (isPropertyAccessExpression(inner) && inner.name.getText() === 'next') found = true;
  });
  return found;
}

/** What a node looks something up in: `table` of `table[key]`. */
export function tablesIn(node: Node): Node[] {
  const tables: Node[] = [];
  walk(node, (inner) => {
    if (isElementAccessExpression(inner)) tables.push(inner.expression);
  });
  return tables;
}

/** The statement of the file that the node stands in. */
export function statementOf(node: Node): Node {
  return node.parent?.parent ? statementOf(node.parent) : node;
}

/** Tells what the names in a syntax tree stand for, and to whom a value is given, as TypeScript's checker knows it. */

import {
  type Identifier,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  type Node,
  type PrivateIdentifier,
} from 'typescript/unstable/ast';
import {
  type Checker,
  SymbolFlags,
  type Type,
  type Symbol as TypeScriptSymbol,
} from 'typescript/unstable/sync';
import { walk } from './syntax.ts';

type Name = Identifier | PrivateIdentifier;

/** Asks one checker. */
export class Symbols {
  readonly #checker: Checker;

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /** What the names in a node stand for; of a variable that is taken out of an object, the object's member too. */
  namedIn(node: Node): TypeScriptSymbol[] {
    const found: Name[] = [];
    walk(node, (inner) => {
      if (isIdentifier(inner) || isPrivateIdentifier(inner)) found.push(inner);
    });
    const symbols = this.#checker.getSymbolAtLocation(found).flatMap((symbol, index) => {
      const name = found[index];
      const shorthand = name && isShorthandPropertyAssignment(name.parent) ? name.parent : undefined;
      const value = shorthand && this.#checker.getShorthandAssignmentValueSymbol(shorthand);
      return [symbol, value].flatMap((one) => (one ? [this.withoutAlias(one)] : []));
    });
    return [...new Set(symbols)].flatMap((symbol) => [symbol, ...this.takenFrom(symbol)]);
  }

  /** What an import or an export stands for. */
  withoutAlias(symbol: TypeScriptSymbol): TypeScriptSymbol {
    return symbol.flags & SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The member that `const { member } = object` takes. */
  takenFrom(symbol: TypeScriptSymbol): TypeScriptSymbol[] {
    const element = symbol.valueDeclaration?.resolve();
    if (!element || !isBindingElement(element)) return [];
    const name = (element.propertyName ?? element.name)?.getText() ?? '';
    const type = this.#checker.getTypeAtLocation(element.parent);
    const member = type && this.#checker.getPropertyOfType(type, name);
    return member ? [this.withoutAlias(member)] : [];
  }

  /** The parameter, the member or the variable that a value is given to. */
  placesOf(value: Node): TypeScriptSymbol[] {
    const { parent } = value;
    if (isPropertyAssignment(parent) || isShorthandPropertyAssignment(parent))
      return this.placesOfMember(parent.parent, parent.name);
    if (isBinaryExpression(parent)) {
      const target = this.#checker.getSymbolAtLocation(
        isPropertyAccessExpression(parent.left) ? parent.left.name : parent.left,
      );
      return parent.right === value && target ? [target] : [];
    }
    if (!isCallExpression(parent) && !isNewExpression(parent)) return [];
    const given: readonly Node[] = parent.arguments ?? [];
    const parameter = this.#checker.getResolvedSignature(parent)?.getParameters()[given.indexOf(value)];
    return parameter ? [parameter] : [];
  }

  /** The members of types that a member of an object literal, or of a class, stands for. */
  placesOfMember(owner: Node, name: Node): TypeScriptSymbol[] {
    const types: (Type | undefined)[] = [];
    if (isClassDeclaration(owner)) {
      for (const { types: bases } of owner.heritageClauses ?? [])
        types.push(...bases.map((base) => this.#checker.getTypeAtLocation(base)));
    } else if (isObjectLiteralExpression(owner)) {
      const type = this.#checker.getContextualType(owner);
      types.push(type && this.#checker.getNonNullableType(type));
    }
    return types.flatMap((type) => {
      const member = type && this.#checker.getPropertyOfType(type, name.getText());
      return member ? [member] : [];
    });
  }
}

/** Where the symbols are declared: the same for a member of a type and of what is picked from that type. */
export function keysOf(symbols: readonly TypeScriptSymbol[]): string[] {
  return symbols.flatMap(({ declarations }) => declarations.map(({ path, index }) => `${path}#${index}`));
}

/** Asks the TypeScript compiler whether one function of the sources calls another, also through interfaces and callbacks. */

import path from 'node:path';
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isPrivateIdentifier,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  type Node,
} from 'typescript/unstable/ast';
import {
  API,
  type Checker,
  type Program,
  SymbolFlags,
  type Symbol as TypeScriptSymbol,
} from 'typescript/unstable/sync';
import { keysOf, Symbols } from './symbols.ts';
import {
  depthOf,
  isGiven,
  isInside,
  isIterable,
  memberOr,
  nameNodeOf,
  nameOf,
  names,
  reads,
  statementOf,
  tablesIn,
  walk,
} from './syntax.ts';

/** How the data gets from one function to the next. */
export type Hop =
  /** The first calls the second: by its name, through an interface that it implements, or as a callback. */
  | 'call'
  /** The first tells listeners, of an event or in a field of its class; the second listens, or adds them. */
  | 'event'
  /** The first looks the second up in a table of functions, whose type both name. */
  | 'table'
  /** The second reads from the asynchronous iterator that the first fills. */
  | 'iterator'
  /** Through `postMessage`, between page and extension host. */
  | 'message';

/** A named function of a file, with all that is nested in it. */
export interface FoundFunction {
  /** Relative to the folder of the sources. */
  readonly file: string;
  readonly name: string;
  readonly node: Node;
}

/** How often a function may be handed on before it is called. */
const mostHanded = 5;

/** A running TypeScript compiler with the project's sources. The owner disposes it. */
export class CallGraph implements Disposable {
  readonly #api: API;
  readonly #program: Program;
  readonly #checker: Checker;
  readonly #symbols: Symbols;
  readonly #folder: string;

  /** `folder`: where the sources lie. Throws when there is no such project. */
  constructor(configFile: string, folder: string) {
    this.#folder = folder;
    this.#api = new API({ cwd: path.dirname(configFile) });
    const project = this.#api.updateSnapshot({ openProjects: [configFile] }).getProject(configFile);
    if (!project) throw new Error(`There is no project ${configFile}.`);
    this.#program = project.program;
    this.#checker = project.checker;
    this.#symbols = new Symbols(project.checker);
  }

  [Symbol.dispose](): void {
    this.#api.close();
  }

  /**
   * `address`: `file#function` or `file#outer.inner`; of the file, as much of its end as tells it from others that have
   * such a function. Of several in one file, the least nested one is meant. Throws when there is none, or several.
   */
  find(address: string): FoundFunction {
    const mark = address.indexOf('#');
    const [wanted, name] = [address.slice(0, mark), address.slice(mark + 1)];
    const files = this.#files().filter((file) => `/${file}`.endsWith(`/${wanted}`));
    const all = files.flatMap((file) => this.#leastNested(file, name).map((node) => ({ file, name, node })));
    const [found] = all;
    if (!found || all.length > 1) {
      const places = all.map(({ file }) => file).join(', ');
      throw new Error(`${address}: ${all.length} functions in ${files.length} files: ${places}`);
    }
    return found;
  }

  /** Whether the data can get from one to the other in this way. */
  connects(from: FoundFunction, to: FoundFunction, hop: Hop): boolean {
    switch (hop) {
      case 'call':
        return this.#calls(from, to);
      case 'table':
        return tablesIn(from.node).length > 0 && this.#shareType(from.node, statementOf(to.node));
      case 'event':
        return this.#hears(from, to);
      case 'iterator':
        return isIterable(from.node) && reads(to.node);
      case 'message':
        return names(from.node).has('postMessage') && /onDidReceiveMessage|'message'/.test(to.node.getText());
    }
  }

  /** The functions of the sources that this one mentions by their names, as `file#function`: for who mends a chain. */
  calledBy({ node, file }: FoundFunction): string[] {
    const called = new Set<string>();
    for (const symbol of this.#symbols.namedIn(node)) {
      for (const { path: declared } of symbol.declarations) {
        const relative = path.posix.relative(this.#folder, declared);
        if (!relative.startsWith('..') && relative !== file) called.add(`${relative}#${symbol.name}`);
      }
    }
    return [...called].sort();
  }

  #leastNested(file: string, name: string): Node[] {
    const names = name.split('.');
    const all: Node[] = [];
    walk(this.#sourceOf(file), (node) => {
      if (nameOf(node) === names.at(-1) && isInside(node, names.slice(0, -1))) all.push(node);
    });
    const least = Math.min(...all.map(depthOf));
    return all.filter((node) => depthOf(node) === least);
  }

  #files(): string[] {
    const all = this.#program.getSourceFileNames().map((file) => path.posix.relative(this.#folder, file));
    return all.filter((file) => !file.startsWith('..'));
  }

  #sourceOf(file: string): Node {
    const source = this.#program.getSourceFile(path.join(this.#folder, file));
    if (!source) throw new Error(`TypeScript does not know ${file}.`);
    return source;
  }

  /** Where the names in a node are declared. */
  #mentioned(node: Node): Set<string> {
    return new Set(keysOf(this.#symbols.namedIn(node)));
  }

  /** Looks for the second function's own name first, then for the places that it is given to, and those that these are. */
  #calls(from: FoundFunction, { node }: FoundFunction): boolean {
    const mentioned = this.#mentioned(from.node);
    const name = nameNodeOf(node);
    const own = name && this.#checker.getSymbolAtLocation(name);
    let offered = [...(own ? [own] : []), ...this.#offeredInside(node)];
    const seen = new Set(offered);
    for (let handed = 0; handed <= mostHanded; handed++) {
      if (keysOf(offered).some((key) => mentioned.has(key))) return true;
      offered = offered.flatMap((symbol) => this.#givenTo(symbol)).filter((symbol) => !seen.has(symbol));
      for (const symbol of offered) seen.add(symbol);
    }
    return false;
  }

  /** The places that functions inside this one are given to. */
  #offeredInside(node: Node): TypeScriptSymbol[] {
    const symbols: TypeScriptSymbol[] = [];
    walk(node, (inner) => {
      if (isArrowFunction(inner) || isFunctionExpression(inner))
        symbols.push(...this.#symbols.placesOf(inner));
      else if (
        isMethodDeclaration(inner) ||
        isPropertyAssignment(inner) ||
        isShorthandPropertyAssignment(inner)
      )
        symbols.push(...this.#symbols.placesOfMember(inner.parent, inner.name));
    });
    return symbols;
  }

  /** The places that something is given to under its name, in all files. */
  #givenTo(symbol: TypeScriptSymbol): TypeScriptSymbol[] {
    const uses: Node[] = [];
    // TypeScript puts the number of its class before the name of a private member.
    const name = symbol.name.replace(/^__#\d+@/, '');
    for (const file of this.#files()) {
      const source = this.#sourceOf(file);
      if (!source.getFullText().includes(name)) continue;
      walk(source, (inner) => {
        if (!isIdentifier(inner) && !isPrivateIdentifier(inner)) return;
        if (inner.getText() === name && isGiven(memberOr(inner))) uses.push(inner);
      });
    }
    const keys = new Set(keysOf([symbol]));
    return this.#checker.getSymbolAtLocation(uses).flatMap((found, index) => {
      const use = uses[index];
      const shorthand = use && isShorthandPropertyAssignment(use.parent) ? use.parent : undefined;
      const value = shorthand ? this.#checker.getShorthandAssignmentValueSymbol(shorthand) : found;
      if (!use || !value) return [];
      const meant = this.#symbols.withoutAlias(value);
      if (!keysOf([meant, ...this.#symbols.takenFrom(meant)]).some((key) => keys.has(key))) return [];
      return this.#symbols.placesOf(memberOr(use));
    });
  }

  #hears(from: FoundFunction, to: FoundFunction): boolean {
    const told = this.#symbols.namedIn(from.node);
    const fields = told.filter(({ flags }) => flags & SymbolFlags.Property);
    const listening = this.#mentioned(to.node);
    if (from.file === to.file && keysOf(fields).some((key) => listening.has(key))) return true;
    const heard = this.#heard(to.node);
    return keysOf(told).some((key) => heard.has(key));
  }

  /** Whether both name the same type of the sources; the first one may name it where the member it looks in is declared. */
  #shareType(one: Node, other: Node): boolean {
    const isType = ({ flags, declarations }: TypeScriptSymbol): boolean =>
      (flags & (SymbolFlags.TypeAlias | SymbolFlags.Interface)) !== 0 &&
      declarations.some(({ path: declared }) => declared.startsWith(`${this.#folder}/`));
    const names = new Set(keysOf(this.#symbols.namedIn(other).filter(isType)));
    const tables = tablesIn(one).flatMap((table) => this.#symbols.namedIn(table));
    const members = tables.flatMap(({ valueDeclaration }) => valueDeclaration?.resolve() ?? []);
    const named = [one, ...members].flatMap((node) => this.#symbols.namedIn(node));
    return keysOf(named.filter(isType)).some((key) => names.has(key));
  }

  /** What the events are made of that a function listens to. */
  #heard(node: Node, depth = 0): Set<string> {
    const heard = new Set<string>();
    for (const symbol of this.#symbols.namedIn(node)) {
      if (!/^on[A-Z]/.test(symbol.name)) continue;
      const declaration = symbol.valueDeclaration?.resolve();
      if (!declaration) continue;
      for (const key of this.#mentioned(declaration)) heard.add(key);
      if (depth < 3) for (const key of this.#heard(declaration, depth + 1)) heard.add(key);
    }
    return heard;
  }
}

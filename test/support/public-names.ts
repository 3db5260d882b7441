import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'src', 'public');

/** A name that an entry point of the package exports. */
export interface PublicName {
  /** `index`, `stats`, … */
  readonly entry: string;
  readonly name: string;
  readonly isValue: boolean;
  readonly description: string;
  readonly examples: readonly string[];
}

/** What the entry points export, in one compilation together with further modules. */
export interface PublicNames {
  readonly names: readonly PublicName[];
  /** The example of each module header, by entry. */
  readonly programs: ReadonlyMap<string, string>;
}

const options: ts.CompilerOptions = {
  ...ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  ).options,
  incremental: false,
  noUnusedLocals: false,
  // as in most projects
  noUncheckedIndexedAccess: false,
  exactOptionalPropertyTypes: false,
  paths: { quorate: [join(folder, 'index.ts')], 'quorate/*': [join(folder, '*.ts')] },
};
delete options.tsBuildInfoFile;

const entryFiles = readdirSync(folder).map((file) => join(folder, file));
const entryOf = (file: string) => file.slice(folder.length + 1, -'.ts'.length);

/** Reads names and docstrings from the types: what an editor shows. */
export function readPublicNames(): PublicNames {
  const program = ts.createProgram(entryFiles, options);
  const checker = program.getTypeChecker();
  const names: PublicName[] = [];
  const programs = new Map<string, string>();
  for (const file of entryFiles) {
    const source = program.getSourceFile(file)!;
    const header = ts.getJSDocTags(source.statements[0]!).find(({ tagName }) => tagName.text === 'example');
    programs.set(entryOf(file), ts.getTextOfJSDocComment(header?.comment) ?? '');
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(source)!)) {
      const symbol =
        (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
      const examples = symbol.getJsDocTags(checker).filter(({ name }) => name === 'example');
      names.push({
        entry: entryOf(file),
        name: exported.name,
        isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
        description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        examples: examples.map(({ text }) => ts.displayPartsToString(text)),
      });
    }
  }
  return { names, programs };
}

/** What an example may use without a declaration: the caller's own records. */
const records = `
declare const items: import('quorate').Item[];
declare const votes: import('quorate').Vote[];
declare const labels: import('quorate').Vote[];
declare const pairs: import('quorate').PairInput[];
`;

/**
 * The type errors of examples, by title. An example may use every name of its entry, and `items`, `votes`, `labels` and
 * `pairs`, without an import.
 * @returns one line for each error; empty where all compile
 */
export function typeErrorsOf(
  examples: readonly { readonly title: string; readonly entry: string; readonly code: string }[],
  names: readonly PublicName[],
): string[] {
  const modules = new Map(
    examples.map(({ entry, code }, at) => {
      const own = declaredIn(code);
      const given = names.filter((each) => each.entry === entry && !own.has(each.name));
      const list = given.map(({ name, isValue }) => (isValue ? name : `type ${name}`)).join(', ');
      const from = entry === 'index' ? 'quorate' : `quorate/${entry}`;
      return [
        join(root, 'test', `example-${at}.ts`),
        `import { ${list} } from '${from}';\n${code}\nexport {};\n`,
      ];
    }),
  );
  const known = join(root, 'test', 'example-records.ts');
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || file === known || fileExists(file);
  host.getSourceFile = (file, version, ...more) => {
    const text = file === known ? records : modules.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...more)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...modules.keys(), known], options, host);
  return [...modules.keys()].flatMap((file, at) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${examples[at]!.title}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} (line ${source.getLineAndCharacterOfPosition(start).line})`,
    );
  });
}

function declaredIn(code: string): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) found.add(node.name.text);
    if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name)) {
      found.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest));
  return found;
}

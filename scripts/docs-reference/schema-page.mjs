// A JSON Schema as a Markdown page: a table of the top-level keys, then a section for every key with parts.

/** @param documented top-level keys that an earlier page explains: name -> {page, schema} */
export function schemaPage({ title, intro, schema, documented = new Map(), page }) {
  const lines = [`# ${title}`, '', intro, ''];
  const variants = schema.anyOf ?? schema.oneOf;
  if (!variants || schema.properties)
    return `${[...lines, ...bodyOf(schema, documented, page)].join('\n')}\n`;
  const common = commonKeys(variants);
  if (common.length > 0) {
    return `${[...lines, ...variantSections(variants, '##', '')].join('\n')}\n`;
  }
  const [first, ...others] = variants;
  lines.push(...bodyOf(first, documented, page));
  for (const other of others) lines.push('', `## With ${variantName(other)}`, '', ...keyTable(other));
  return `${lines.join('\n')}\n`;
}

/** The table of the top-level keys, then a section for every key with parts that no earlier page explains. */
function bodyOf(schema, documented, page) {
  const lines = [...tableHead];
  const required = schema.required ?? [];
  const sections = [];
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const earlier = documented.get(name);
    const same = earlier !== undefined && bare(earlier.schema) === bare(part);
    const deep = rowsBelow(part, '').length > 0;
    const link = !deep ? '' : same ? `See [${name}](${earlier.page}#${name}).` : `See [${name}](#${name}).`;
    lines.push(row(name, part, required.includes(name), page ? link : ''));
    if (deep && !same) sections.push([name, part]);
    if (earlier === undefined && page) documented.set(name, { page, schema: part });
  }
  for (const [name, part] of sections) lines.push('', `## ${name}`, '', ...sectionLines(name, part));
  return lines;
}

const bare = ({ description, ...schema }) => JSON.stringify(schema);

function sectionLines(name, part) {
  const shown = part.description ? [`${sentence(part.description)}`, ''] : [];
  const target = part.type === 'array' && part.items ? part.items : part;
  const suffix = target === part ? '' : '[]';
  const objects = objectVariants(target);
  if (objects.length > 1) {
    const others = (target.anyOf ?? target.oneOf ?? []).filter(
      (variant) => objectVariants(variant).length === 0,
    );
    if (others.length > 0) shown.push(`Short form: ${others.map(typeText).join(', or ')}.`, '');
    return [...shown, ...variantSections(objects, '###', `${name}${suffix}: `)];
  }
  return [...shown, ...keyTable(objects[0] ?? target, `${name}${suffix}.`)];
}

/** What all variants share, once; then what each has of its own. */
function variantSections(variants, marks, prefix) {
  const common = commonKeys(variants);
  const lines = [];
  if (common.length > 0) {
    const kept = Object.fromEntries(common.map((name) => [name, variants[0].properties[name]]));
    lines.push('Keys of every variant:', '', ...keyTable({ ...variants[0], properties: kept }), '');
  }
  for (const variant of variants) {
    const own = Object.entries(variant.properties).filter(
      ([name, part]) => !common.includes(name) && part.const === undefined,
    );
    lines.push(`${marks} ${prefix}${variantName(variant)}`, '');
    if (own.length === 0) lines.push('No keys of its own.', '');
    else lines.push(...keyTable({ ...variant, properties: Object.fromEntries(own) }), '');
  }
  return lines.slice(0, -1);
}

/** Keys that have the same schema in every variant. */
function commonKeys(variants) {
  if (!variants.every(isObject)) return [];
  return Object.entries(variants[0].properties)
    .filter(([name, part]) =>
      variants.every((variant) => JSON.stringify(variant.properties[name]) === JSON.stringify(part)),
    )
    .map(([name]) => name);
}

const tableHead = ['| key | type | default | meaning |', '|---|---|---|---|'];

function keyTable(schema, prefix = '') {
  return [...tableHead, ...rowsBelow(schema, prefix)];
}

/** Every key below a schema as a row, with its full path. */
function rowsBelow(schema, prefix) {
  const target = isObject(schema) ? schema : null;
  if (target) {
    return Object.entries(target.properties ?? {}).flatMap(([name, part]) => [
      row(`${prefix}${name}`, part, (target.required ?? []).includes(name)),
      ...partsOf(part).flatMap((inner) => rowsBelow(inner.schema, `${prefix}${name}${inner.suffix}.`)),
    ]);
  }
  return partsOf(schema).flatMap((inner) =>
    rowsBelow(inner.schema, inner.suffix ? `${prefix.replace(/\.$/, '')}${inner.suffix}.` : prefix),
  );
}

function partsOf(schema) {
  if (isObject(schema)) return [{ schema, suffix: '' }];
  if (schema.type === 'array' && schema.items) {
    return partsOf(schema.items).map((inner) => ({ ...inner, suffix: `[]${inner.suffix}` }));
  }
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap(partsOf);
}

function objectVariants(schema) {
  if (isObject(schema)) return [schema];
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap(objectVariants);
}

const isObject = (schema) => schema.properties !== undefined && Object.keys(schema.properties).length > 0;

/** What distinguishes a variant from the others: its constants, else its required keys. */
function variantName(schema) {
  const constants = Object.entries(schema.properties ?? {}).filter(([, part]) => part.const !== undefined);
  if (constants.length > 0) return constants.map(([name, part]) => `\`${name}: ${part.const}\``).join(', ');
  return (schema.required ?? []).map((name) => `\`${name}\``).join(', ') || typeText(schema);
}

function row(name, part, required, more = '') {
  const byDefault = part.default === undefined ? (required ? 'required' : '') : code(part.default);
  const meaning = [part.description ? sentence(part.description) : '', more].filter(Boolean).join(' ');
  return `| ${ticked(name)} | ${typeText(part)} | ${byDefault} | ${cell(meaning)} |`;
}

function typeText(schema) {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map(typeText))].join(' or ');
  if (schema.type === 'array') {
    const items = schema.items ? typeText(schema.items) : 'anything';
    return schema.prefixItems ? `[${schema.prefixItems.map(typeText).join(', ')}]` : `list of ${items}`;
  }
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'object') return isObject(schema) ? 'mapping' : 'mapping of any names';
  return `${schema.type ?? 'anything'}${range(schema)}`;
}

function range(schema) {
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  const lowText =
    low === undefined || low <= -9e15 ? '' : `${schema.minimum === undefined ? '>' : '≥'} ${low}`;
  const highText =
    high === undefined || high >= 9e15 ? '' : `${schema.maximum === undefined ? '<' : '≤'} ${high}`;
  const text = [lowText, highText].filter(Boolean).join(', ');
  return text && ` ${text}`;
}

const code = (value) => ticked(typeof value === 'string' ? value : JSON.stringify(value));
const ticked = (text) => `\`${cell(String(text))}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

import type { SchemaElement } from 'hyparquet';

/** Type of a column; nested columns keep their structure, so that readers get lists and structs, not text. */
export type ColumnShape =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'strings'
  | 'numbers'
  | 'messages'
  | 'turn'
  | 'json';

/** The shape of a value; null if the value does not determine it. */
export function shapeOf(value: unknown): ColumnShape | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (!Array.isArray(value)) return isTurn(value) ? 'turn' : 'json';
  if (value.length === 0) return null;
  if (value.every((entry) => typeof entry === 'string')) return 'strings';
  if (value.every((entry) => typeof entry === 'number')) return 'numbers';
  return value.every(isTurn) ? 'messages' : 'json';
}

function isTurn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 2 && keys.includes('role') && keys.includes('content');
}

const optional = 'OPTIONAL' as const;
const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: optional,
});
const turnFields: readonly SchemaElement[] = [text('role'), text('content')];

/** The Parquet schema elements of one column, depth first. */
export function elementsOf(name: string, shape: ColumnShape): readonly SchemaElement[] {
  switch (shape) {
    case 'string':
      return [text(name)];
    case 'json':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: optional }];
    case 'number':
      return [{ name, type: 'DOUBLE', repetition_type: optional }];
    case 'integer':
      return [{ name, type: 'INT64', repetition_type: optional }];
    case 'boolean':
      return [{ name, type: 'BOOLEAN', repetition_type: optional }];
    case 'strings':
      return listOf(name, [text('element')]);
    case 'numbers':
      return listOf(name, [{ name: 'element', type: 'DOUBLE', repetition_type: optional }]);
    case 'turn':
      return [{ name, repetition_type: optional, num_children: 2 }, ...turnFields];
    case 'messages':
      return listOf(name, [{ name: 'element', repetition_type: optional, num_children: 2 }, ...turnFields]);
  }
}

function listOf(name: string, element: readonly SchemaElement[]): readonly SchemaElement[] {
  return [
    { name, converted_type: 'LIST', repetition_type: optional, num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

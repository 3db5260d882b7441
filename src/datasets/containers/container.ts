import type { ContainerName } from '../../domain/export-spec.ts';
import type { RowWriter } from './row-writer.ts';

/** Opens a new file of the container; the extension is its name. */
export async function openContainer(name: ContainerName, file: string): Promise<RowWriter> {
  switch (name) {
    case 'jsonl':
      return (await import('./text-containers.ts')).openJsonl(file);
    case 'csv':
      return (await import('./text-containers.ts')).openCsv(file);
    case 'parquet':
      return (await import('./parquet.ts')).openParquet(file);
  }
}
